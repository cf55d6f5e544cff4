/** Sends scans. One that got no answer keeps its id, so that trying again never counts twice. */

const PATIENCE = 4000; // milliseconds until the network counts as gone
const SAME = 60000; // a code tried again within this time is the same scan

/** A random id (version 4), also where crypto.randomUUID is missing (pages without https). */
export function makeId(random = crypto) {
  const bytes = random.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Submitter {
  #unanswered = new Map();

  /** `token()` gives the device's token, `renew()` asks for a new one. */
  constructor({ address, token, renew, fetch, clock = () => Date.now() }) {
    Object.assign(this, { address, token, renew, fetch, clock });
  }

  /** The server's result, or {verdict: "unsent"} without an answer, or {verdict: "revoked"} for this device. */
  async send(code, gate) {
    const scan = this.#scanOf(code, gate);
    const result = await this.#post(scan).catch(() => ({ verdict: "unsent" }));
    if (result.verdict !== "unsent") this.#unanswered.delete(`${gate} ${code}`);
    return result;
  }

  #scanOf(code, gate) {
    const key = `${gate} ${code}`;
    const before = this.#unanswered.get(key);
    if (before && this.clock() - Date.parse(before.scanned_at) < SAME) return before;
    const scan = { id: makeId(), code, gate, scanned_at: new Date(this.clock()).toISOString() };
    this.#unanswered.set(key, scan);
    return scan;
  }

  async #post(scan, mayRenew = true) {
    const answer = await this.fetch(this.address, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${await this.token()}` },
      body: JSON.stringify({ scans: [scan], sent_at: new Date(this.clock()).toISOString() }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.status === 401 && mayRenew) {
      await this.renew();
      return this.#post(scan, false);
    }
    if (answer.status === 403) return { verdict: "revoked" };
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return (await answer.json()).results[0];
  }
}
