/** What a device keeps through closing and restarting: who it is, what its gates need, and scans that wait. */
import { openDB } from "../vendor/idb/index.js";
import { opened } from "./memory.js";
import { taken } from "./taken.js";

const STRICT = { durability: "strict" }; // what was acknowledged is on disk

export class Store {
  /** The device's store of one fair, at hand at once; what is asked of it waits until the browser has opened it. */
  static open(slug, open = openDB) {
    const upgrade = (base) => {
      for (const name of ["devices", "manifests", "names", "claims"]) base.createObjectStore(name);
      base.createObjectStore("scans", { keyPath: "id" }).createIndex("in order", ["slug", "is_stuck", "order"]);
    };
    return new Store(opened(() => open("techfair gates", 1, { upgrade })), slug);
  }

  constructor(opening, slug) {
    Object.assign(this, { opening, slug });
  }

  /** Whether all of this ends with the page, for the browser refuses its storage. */
  async isLost() {
    return Boolean((await this.opening).isLost);
  }

  /** {token, name, gates, gate, since}; undefined where this device never joined, or its storage was emptied. */
  async device() {
    return (await this.opening).get("devices", this.slug);
  }

  async keepDevice(device) {
    return (await this.opening).put("devices", device, this.slug);
  }

  async forgetDevice() {
    return (await this.opening).delete("devices", this.slug);
  }

  async manifest(gate) {
    return (await this.opening).get("manifests", `${this.slug}/${gate}`);
  }

  async keepManifest(gate, told) {
    const all = taken(await this.manifest(gate), told);
    await (await this.opening).put("manifests", all, `${this.slug}/${gate}`);
    await this.#forgetNamesOf(gate, told.void);
  }

  /** {cursor, of: {number: [name, organisation]}} where the organizer lets names onto devices. */
  async names(gate) {
    return (await this.opening).get("names", `${this.slug}/${gate}`);
  }

  async keepNames(gate, { names, cursor }) {
    const before = await this.names(gate);
    const of = { ...before?.of, ...Object.fromEntries(names.map((one) => [one.number, [one.name, one.organisation]])) };
    await (await this.opening).put("names", { cursor, of }, `${this.slug}/${gate}`);
  }

  /** Whose badge ended may have asked to be forgotten. */
  async #forgetNamesOf(gate, ended) {
    const { cursor, of } = (await this.names(gate)) ?? {};
    if (!ended.some(({ number }) => of?.[number])) return;
    const gone = new Set(ended.map(({ number }) => String(number)));
    const stays = Object.fromEntries(Object.entries(of).filter(([number]) => !gone.has(number)));
    await (await this.opening).put("names", { cursor, of: stays }, `${this.slug}/${gate}`);
  }

  async forgetNames(gate) {
    return (await this.opening).delete("names", `${this.slug}/${gate}`);
  }

  async firstOf(claim) {
    return (await this.opening).get("claims", `${this.slug} ${claim}`);
  }

  async keepClaim(claim, first) {
    return (await this.opening).put("claims", first, `${this.slug} ${claim}`);
  }

  async dropClaim(claim) {
    return (await this.opening).delete("claims", `${this.slug} ${claim}`);
  }

  /**
   * Keep a scan until the server has it, and that it is the `first` under the claim that it holds: both or neither,
   * on disk when this returns. Going out releases a claim.
   */
  async wait(scan, { claim, release, first }) {
    const both = (await this.opening).transaction(["scans", "claims"], "readwrite", STRICT);
    const order = `${scan.scanned_at} ${scan.id}`;
    both.objectStore("scans").put({ ...scan, slug: this.slug, is_stuck: 0, order });
    if (release) both.objectStore("claims").delete(`${this.slug} ${release}`);
    if (claim) both.objectStore("claims").put(first, `${this.slug} ${claim}`);
    await both.done;
  }

  /** The oldest scans that wait, without what only this store needs to know. */
  async waiting(limit) {
    const kept = await (await this.opening).getAllFromIndex("scans", "in order", this.#of(0), limit);
    return kept.map(({ slug, is_stuck, order, ...scan }) => scan);
  }

  async count() {
    return (await this.opening).countFromIndex("scans", "in order", this.#of(0));
  }

  async sent(ids) {
    const gone = (await this.opening).transaction("scans", "readwrite", STRICT);
    for (const id of ids) gone.store.delete(id);
    await gone.done;
  }

  /** Lay aside a scan that the server cannot read, so that the others go on. */
  async setAside(id) {
    const scan = await (await this.opening).get("scans", id);
    await (await this.opening).put("scans", { ...scan, is_stuck: 1 });
  }

  #of(isStuck) {
    return IDBKeyRange.bound([this.slug, isStuck, ""], [this.slug, isStuck, "\uffff"]);
  }
}
