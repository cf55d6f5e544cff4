/** Sends what waits, oldest first, until the server has each scan; sending one twice changes nothing there. */
import { Refused } from "./server.js";

const AT_ONCE = 500; // scans of one request
const UNREADABLE = new Set([400, 413, 422]);

export class Sender {
  #isSending = false;

  constructor({ store, server, network, onSent = () => {}, now = () => Date.now() }) {
    Object.assign(this, { store, server, network, onSent, now });
  }

  /** Send all that waits; whether nothing is left. A second call while one runs leaves it to the first. */
  async send() {
    if (this.#isSending) return false;
    this.#isSending = true;
    try {
      for (let scans; (scans = await this.store.waiting(AT_ONCE)).length; ) {
        await this.#sendAll(scans);
        this.network.up();
        this.onSent();
      }
      return true;
    } catch (error) {
      if (!(error instanceof Refused) || error.status >= 500) this.network.down(); // tried again soon
      else if (error.status === 403) this.network.revoked();
      return false;
    } finally {
      this.#isSending = false;
    }
  }

  /** A batch that the server cannot read is halved until the one scan is found that spoils it. */
  async #sendAll(scans) {
    const body = { scans, sent_at: new Date(this.now()).toISOString() };
    try {
      await this.server.ask("/scans", { method: "POST", body, patience: 30000 });
      await this.store.sent(scans.map(({ id }) => id));
    } catch (error) {
      if (!(error instanceof Refused && UNREADABLE.has(error.status))) throw error;
      if (scans.length === 1) return this.store.setAside(scans[0].id);
      const half = scans.length >> 1;
      await this.#sendAll(scans.slice(0, half));
      await this.#sendAll(scans.slice(half));
    }
  }
}
