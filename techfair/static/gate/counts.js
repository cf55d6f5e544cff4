/** Presses of the clicker on this device: those that wait to be sent, and how many there were on each day. */
import { openDB } from "../vendor/idb/index.js";
import { opened } from "./memory.js";

const STRICT = { durability: "strict" }; // what was acknowledged is on disk

export class Counts {
  /** The presses of one fair, at hand at once and asked once they are open; `dayOf(moment)` is the day there. */
  static open(slug, dayOf, open = openDB) {
    const upgrade = (base) => base.createObjectStore("counts", { keyPath: "id" }).createIndex("of", "slug");
    return new Counts(opened(() => open("techfair head-counts", 1, { upgrade })), slug, dayOf);
  }

  constructor(opening, slug, dayOf) {
    Object.assign(this, { opening, slug, dayOf });
  }

  async keep(count) {
    const writing = (await this.opening).transaction("counts", "readwrite", STRICT);
    await writing.store.put({ ...count, slug: this.slug, is_sent: false });
    await writing.done;
  }

  /** Take a press back, if it was not sent meanwhile. */
  async drop(id) {
    const writing = (await this.opening).transaction("counts", "readwrite", STRICT);
    if (!(await writing.store.get(id))?.is_sent) await writing.store.delete(id);
    await writing.done;
  }

  async waiting() {
    return (await this.#all()).filter(({ is_sent, is_stuck }) => !is_sent && !is_stuck);
  }

  /** Lay aside a press that the server cannot read, so that the others go on. */
  async setAside(id) {
    const count = await (await this.opening).get("counts", id);
    await (await this.opening).put("counts", { ...count, is_stuck: true });
  }

  /** The server has these: they stay for the day's sum alone, those of other days go. */
  async sent(ids) {
    const writing = (await this.opening).transaction("counts", "readwrite", STRICT);
    for (const id of ids) {
      const count = await writing.store.get(id);
      if (count) await writing.store.put({ ...count, is_sent: true });
    }
    for (const count of await writing.store.getAll()) {
      if (count.is_sent && !this.#isOfToday(count)) await writing.store.delete(count.id);
    }
    await writing.done;
  }

  /** {total, waiting}: people counted at a gate today, and presses not sent yet. */
  async standing(gate) {
    const all = await this.#all();
    const ofDay = all.filter((one) => one.gate === gate && this.#isOfToday(one));
    return {
      total: ofDay.reduce((sum, { people }) => sum + people, 0),
      waiting: all.filter(({ is_sent }) => !is_sent).length,
    };
  }

  #isOfToday({ counted_at }) {
    return this.dayOf(Date.parse(counted_at)) === this.dayOf(Date.now());
  }

  async #all() {
    return (await this.opening).getAllFromIndex("counts", "of", this.slug);
  }
}
