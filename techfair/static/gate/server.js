/** The way to the server: with the device's token, a patience, and one new token where the old one has ended. */
import { within } from "./within.js";

export class Refused extends Error {
  constructor(status) {
    super(`the server answered ${status}`);
    this.status = status;
  }
}

export class Server {
  /** `token()` gives the device's token, `renew()` asks for a new one and fails where nobody is signed in. */
  constructor({ address, token, renew, fetch }) {
    Object.assign(this, { address, token, renew, fetch });
  }

  /** The answer to a request; raises Refused with its status, or what the network raises. */
  async ask(path, { method = "GET", body, patience = 10000, mayRenew = true } = {}) {
    const answer = await this.fetch(this.address + path, {
      method,
      credentials: "omit",
      headers: { Authorization: `Bearer ${await this.token()}`, ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
      signal: within(patience),
    });
    if (answer.status === 401 && mayRenew && (await this.renew().catch(() => false))) {
      return this.ask(path, { method, body, patience, mayRenew: false });
    }
    if (!answer.ok) throw new Refused(answer.status);
    return answer.json();
  }
}
