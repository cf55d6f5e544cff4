/** Sends what waits: each note once, however often it is tried. */
import { within } from "../gate/within.js";

const AT_ONCE = 100;
const UNREADABLE = new Set([400, 413, 422]);

class Refused extends Error {
  constructor(status) {
    super(`the server answered ${status}`);
    this.status = status;
  }
}

export class Outbox {
  #isSending = false;

  /** What waits goes up as `name`, with what `also` holds beside it. */
  constructor({ notes, addresses, fetch, name = "notes", also = {}, now = Date.now }) {
    Object.assign(this, { notes, addresses, fetch, name, also, now });
  }

  /** Send all that waits; answers the server's results, null while it cannot be reached, "signed_out" for nobody. */
  async send() {
    if (this.#isSending) return null;
    this.#isSending = true;
    try {
      const results = [];
      for (let part = await this.#next(); part.length; part = await this.#next()) results.push(...(await this.#post(part)));
      return results;
    } catch (error) {
      return error.message === "signed_out" ? "signed_out" : null;
    } finally {
      this.#isSending = false;
    }
  }

  async #next() {
    return (await this.notes.waiting()).slice(0, AT_ONCE);
  }

  /** A part that the server cannot read is halved until the one note is found that spoils it. */
  async #post(part) {
    try {
      const { csrf } = await this.#json(this.addresses.token);
      const notes = part.map(({ key, writer, is_stuck, ...note }) => note);
      const body = JSON.stringify({ ...this.also, [this.name]: notes, sent_at: new Date(this.now()).toISOString() });
      const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
      const { results } = await this.#json(this.addresses.notes, { method: "POST", headers, body });
      await this.notes.sent(part.map(({ id }) => id));
      return results;
    } catch (error) {
      if (!UNREADABLE.has(error.status)) throw error;
      if (part.length === 1) return this.#laidAside(part[0]);
      const half = part.length >> 1;
      return [...(await this.#post(part.slice(0, half))), ...(await this.#post(part.slice(half)))];
    }
  }

  async #laidAside({ id }) {
    await this.notes.setAside(id);
    return [];
  }

  async #json(address, options = {}) {
    const answer = await this.fetch(address, { ...options, signal: within(15000) });
    if (answer.redirected || answer.status === 403) throw new Error("signed_out");
    if (!answer.ok) throw new Refused(answer.status);
    return answer.json();
  }
}
