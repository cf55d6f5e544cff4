/** What a device keeps through closing and restarting: who it is, what its gates need, and scans that wait. */
import { openDB } from "../vendor/idb/index.js";

const STRICT = { durability: "strict" }; // what was acknowledged is on disk

export class Store {
  /** The device's store of one fair. */
  static async open(slug, open = openDB) {
    const base = await open("techfair gates", 1, {
      upgrade(base) {
        for (const name of ["devices", "manifests", "names", "claims"]) base.createObjectStore(name);
        base.createObjectStore("scans", { keyPath: "id" }).createIndex("in order", ["slug", "is_stuck", "order"]);
      },
    });
    return new Store(base, slug);
  }

  constructor(base, slug) {
    Object.assign(this, { base, slug });
  }

  /** {token, name, gates, gate, since}; undefined where this device never joined, or its storage was emptied. */
  device() {
    return this.base.get("devices", this.slug);
  }

  keepDevice(device) {
    return this.base.put("devices", device, this.slug);
  }

  forgetDevice() {
    return this.base.delete("devices", this.slug);
  }

  manifest(gate) {
    return this.base.get("manifests", `${this.slug}/${gate}`);
  }

  /** Take a manifest in: what became void since the last one joins what stays void; approval may still come. */
  async keepManifest(gate, told) {
    const before = Object.entries((await this.manifest(gate))?.void ?? {});
    const stays = before.filter(([, reason]) => reason !== "not_approved");
    const isVoid = Object.fromEntries([...stays, ...told.void.map(({ number, reason }) => [number, reason])]);
    await this.base.put("manifests", { ...told, void: isVoid }, `${this.slug}/${gate}`);
  }

  /** {cursor, of: {number: [name, organisation]}} where the organizer lets names onto devices. */
  names(gate) {
    return this.base.get("names", `${this.slug}/${gate}`);
  }

  async keepNames(gate, { names, cursor }) {
    const before = await this.names(gate);
    const of = { ...before?.of, ...Object.fromEntries(names.map((one) => [one.number, [one.name, one.organisation]])) };
    await this.base.put("names", { cursor, of }, `${this.slug}/${gate}`);
  }

  forgetNames(gate) {
    return this.base.delete("names", `${this.slug}/${gate}`);
  }

  firstOf(claim) {
    return this.base.get("claims", `${this.slug} ${claim}`);
  }

  keepClaim(claim, first) {
    return this.base.put("claims", first, `${this.slug} ${claim}`);
  }

  dropClaim(claim) {
    return this.base.delete("claims", `${this.slug} ${claim}`);
  }

  /**
   * Keep a scan until the server has it, and that it is the `first` under the claim that it holds: both or neither,
   * on disk when this returns. Going out releases a claim.
   */
  async wait(scan, { claim, release, first }) {
    const both = this.base.transaction(["scans", "claims"], "readwrite", STRICT);
    const order = `${scan.scanned_at} ${scan.id}`;
    both.objectStore("scans").put({ ...scan, slug: this.slug, is_stuck: 0, order });
    if (release) both.objectStore("claims").delete(`${this.slug} ${release}`);
    if (claim) both.objectStore("claims").put(first, `${this.slug} ${claim}`);
    await both.done;
  }

  /** The oldest scans that wait, without what only this store needs to know. */
  async waiting(limit) {
    const kept = await this.base.getAllFromIndex("scans", "in order", this.#of(0), limit);
    return kept.map(({ slug, is_stuck, order, ...scan }) => scan);
  }

  count() {
    return this.base.countFromIndex("scans", "in order", this.#of(0));
  }

  async sent(ids) {
    const gone = this.base.transaction("scans", "readwrite", STRICT);
    for (const id of ids) gone.store.delete(id);
    await gone.done;
  }

  /** Lay aside a scan that the server cannot read, so that the others go on. */
  async setAside(id) {
    const scan = await this.base.get("scans", id);
    await this.base.put("scans", { ...scan, is_stuck: 1 });
  }

  #of(isStuck) {
    return IDBKeyRange.bound([this.slug, isStuck, ""], [this.slug, isStuck, "\uffff"]);
  }
}
