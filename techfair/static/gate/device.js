/** This phone as a device of the fair: how it joins, which gates it has, and what they need without network. */

export class Device {
  /** `store` keeps what the device is and knows; `addresses` are where it joins, by code or by a steward's sign-in. */
  constructor({ store, addresses, fetch, now = () => Date.now() }) {
    Object.assign(this, { store, addresses, fetch, now });
  }

  /** The token kept on this device; raises where it never joined. */
  async token() {
    const kept = await this.store.device();
    if (!kept) throw new Error("not joined");
    return kept.token;
  }

  /** Join with the code on the organizer's screen; whether it did. */
  async join(code) {
    const answer = await this.fetch(this.addresses.join, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ code }),
    });
    return answer.ok && this.#keep(await answer.json());
  }

  /** Become a device by the steward's own sign-in; whether somebody is signed in who may. */
  async joinAsSteward() {
    const asked = await this.fetch(this.addresses.steward);
    if (!asked.ok || asked.redirected) return false;
    const { csrf } = await asked.json();
    const answer = await this.fetch(this.addresses.device, { method: "POST", headers: { "X-CSRFToken": csrf } });
    return answer.ok && !answer.redirected && this.#keep(await answer.json());
  }

  async #keep({ token }) {
    const before = await this.store.device();
    await this.store.keepDevice({ since: new Date(this.now()).toISOString(), gates: [], ...before, token });
    return true;
  }

  /** Tell how many scans wait, learn the gates, and take in what each needs; answers the device as kept now. */
  async refresh(server) {
    const told = await server.ask("/device", { method: "PUT", body: { waiting: await this.store.count() } });
    const kept = { ...(await this.store.device()), name: told.name, gates: told.gates };
    await this.store.keepDevice(kept);
    for (const { code } of told.gates) await this.#refreshGate(server, code);
    return kept;
  }

  async #refreshGate(server, code) {
    const path = `/gates/${encodeURIComponent(code)}`;
    const manifest = await server.ask(`${path}/manifest${since(await this.store.manifest(code))}`);
    await this.store.keepManifest(code, { ...manifest, offset: Date.parse(manifest.at) - this.now() });
    if (!manifest.gives_names) return this.store.forgetNames(code);
    await this.store.keepNames(code, await server.ask(`${path}/names${since(await this.store.names(code))}`));
  }

  async choose(code) {
    await this.store.keepDevice({ ...(await this.store.device()), gate: code });
  }
}

function since(before) {
  return before ? `?since=${encodeURIComponent(before.cursor)}` : "";
}
