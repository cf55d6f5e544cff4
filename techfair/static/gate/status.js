/** What the page always says: the network, how many scans wait, how safe they are, how many came in. */
import { fill, when } from "./verdict.js";

export class Status {
  #letIn = 0;

  constructor({ part, words, store, storage = navigator.storage }) {
    Object.assign(this, { part, words, store, storage });
  }

  network(isUp) {
    this.part("state").dataset.state = isUp ? "on" : "off";
    this.waiting();
  }

  async waiting() {
    const waiting = await this.store.count();
    this.part("waiting").hidden = waiting === 0;
    this.part("waiting-count").textContent = String(waiting);
  }

  letIn() {
    this.part("count").textContent = String((this.#letIn += 1));
  }

  /** Ask the browser to keep what waits, and say since when this device has any record: it may have been emptied. */
  async keep() {
    if (await this.store.isLost()) {
      this.part("storage").textContent = this.words.storage.refused;
      return this.waiting();
    }
    const isKept = await this.storage?.persist?.().catch(() => false); // absent on pages without https
    const kept = await this.store.device();
    this.part("storage").textContent = [
      kept ? fill(this.words.storage.since, { time: when(kept.since, this.words) }) : this.words.storage.empty,
      isKept ? this.words.storage.kept : this.words.storage.lost,
    ].join(" ");
    await this.waiting();
  }
}
