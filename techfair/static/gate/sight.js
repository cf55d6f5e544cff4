/** What is in the camera's view: a badge held there for seconds is one scan. */

const PATIENCE = 2000; // milliseconds out of sight after which the same code is a new scan

export class Sight {
  #seen = new Map();

  constructor({ patience = PATIENCE, now = () => performance.now() } = {}) {
    this.patience = patience;
    this.now = now;
  }

  /** Whether the code has just come into view; every look at it keeps it in view. */
  isNew(code) {
    const before = this.#seen.get(code);
    const now = this.now();
    this.#seen.set(code, now);
    return before === undefined || now - before > this.patience;
  }
}
