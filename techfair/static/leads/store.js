/** What was noted at the booth and is not sent yet; it survives closing the browser. */
import { opened } from "../gate/memory.js";
import { openDB } from "../vendor/idb/index.js";

const STRICT = { durability: "strict" }; // what was acknowledged is on disk

export class Notes {
  /** The notes of one exhibitor at one fair, by its key: at hand at once, asked once they are open. */
  static open(key, open = openDB) {
    const upgrade = (base) => base.createObjectStore("notes", { keyPath: "id" }).createIndex("of", "key");
    return new Notes(opened(() => open("techfair leads", 1, { upgrade })), key);
  }

  constructor(opening, key) {
    Object.assign(this, { opening, key });
  }

  /** Whether what waits ends with the page, for the browser refuses its storage. */
  async isLost() {
    return Boolean((await this.opening).isLost);
  }

  /** Keep a note. While `writer` names the page on which it is still being written, it is not sent. */
  async keep(note, writer = null) {
    const writing = (await this.opening).transaction("notes", "readwrite", STRICT);
    await writing.store.put({ ...note, key: this.key, writer, is_stuck: false });
    await writing.done;
  }

  /** Finish what pages left unfinished that are no longer there; `isThere(writer)` says which still are. */
  async finish(isThere) {
    for (const { key, ...note } of await this.#all()) {
      if (note.writer && !isThere(note.writer)) await this.keep(note);
    }
  }

  /** All that may be sent, the first read first. */
  async waiting() {
    return (await this.#all()).filter(({ writer, is_stuck }) => !writer && !is_stuck);
  }

  /** How many the server does not have yet, whatever holds them up, but for the one that `writer` has open. */
  async count(writer) {
    return (await this.#all()).filter((note) => note.writer !== writer).length;
  }

  /** Lay aside a note that the server cannot read, so that the others go on. */
  async setAside(id) {
    const note = await (await this.opening).get("notes", id);
    await (await this.opening).put("notes", { ...note, is_stuck: true });
  }

  async sent(ids) {
    const writing = (await this.opening).transaction("notes", "readwrite", STRICT);
    await Promise.all(ids.map((id) => writing.store.delete(id)));
    await writing.done;
  }

  async #all() {
    const all = await (await this.opening).getAllFromIndex("notes", "of", this.key);
    return all.sort((one, other) => one.noted_at.localeCompare(other.noted_at));
  }
}
