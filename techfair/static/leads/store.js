/** What was noted at the booth and is not sent yet; it survives closing the browser. */
import { openDB } from "../vendor/idb/index.js";

const STRICT = { durability: "strict" }; // what was acknowledged is on disk

export class Notes {
  /** The notes of one exhibitor at one fair, by its key. */
  static async open(key, open = openDB) {
    const base = await open("techfair leads", 1, {
      upgrade: (base) => base.createObjectStore("notes", { keyPath: "id" }).createIndex("of", "key"),
    });
    return new Notes(base, key);
  }

  constructor(base, key) {
    Object.assign(this, { base, key });
  }

  async keep(note) {
    const writing = this.base.transaction("notes", "readwrite", STRICT);
    await writing.store.put({ ...note, key: this.key });
    await writing.done;
  }

  /** All that wait, the first read first. */
  async waiting() {
    const all = await this.base.getAllFromIndex("notes", "of", this.key);
    return all.sort((one, other) => one.noted_at.localeCompare(other.noted_at));
  }

  async sent(ids) {
    const writing = this.base.transaction("notes", "readwrite", STRICT);
    await Promise.all(ids.map((id) => writing.store.delete(id)));
    await writing.done;
  }
}
