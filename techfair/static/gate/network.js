/** Whether the server answers. While it does not, `retry` is tried again and again; it tells by up() that it does. */

const BETWEEN = 5000; // milliseconds between two tries

export class Network {
  isUp = true;
  #timer = null;

  constructor({ retry, onChange, onRevoked = () => {} }) {
    Object.assign(this, { retry, onChange, onRevoked });
  }

  up() {
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#change(true);
  }

  down() {
    this.#change(false);
    this.#timer ??= setTimeout(() => this.tryNow(), BETWEEN);
  }

  /** The organizer ended this device's right to scan. */
  revoked() {
    this.onRevoked();
  }

  async tryNow() {
    clearTimeout(this.#timer);
    this.#timer = null;
    await this.retry();
  }

  #change(isUp) {
    if (this.isUp === isUp) return;
    this.isUp = isUp;
    this.onChange(isUp);
  }
}
