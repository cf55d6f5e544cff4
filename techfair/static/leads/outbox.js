/** Sends what waits: each note once, however often it is tried. */

const AT_ONCE = 100;

export class Outbox {
  #isSending = false;

  constructor({ notes, addresses, fetch, now = Date.now }) {
    Object.assign(this, { notes, addresses, fetch, now });
  }

  /** Send all that waits; answers the server's results, or null while it cannot be reached; "signed_out" for nobody. */
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

  async #post(part) {
    const csrf = (await this.#json(this.addresses.token)).csrf;
    const notes = part.map(({ key, ...note }) => note);
    const body = JSON.stringify({ notes, sent_at: new Date(this.now()).toISOString() });
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
    const { results } = await this.#json(this.addresses.notes, { method: "POST", headers, body });
    await this.notes.sent(part.map(({ id }) => id));
    return results;
  }

  async #json(address, options = {}) {
    const answer = await this.fetch(address, { ...options, signal: AbortSignal.timeout(15000) });
    if (answer.redirected) throw new Error("signed_out");
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.json();
  }
}
