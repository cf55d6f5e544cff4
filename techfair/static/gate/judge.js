/** The verdict on a code: the server's within 1.5 seconds, else the device's own; then the scan waits to be sent. */
import { makeId } from "./id.js";
import { Refused } from "./server.js";
import { claimOf, decide } from "./rules.js";
import { bytesOf, canProve, payloadOf } from "./token.js";

export const PATIENCE = 1500; // milliseconds until the network counts as gone
const LONGEST = 1000; // characters of a code; no badge has more

/** When it really is: the device's clock may be wrong by years, and the server said by how much. */
function momentOf(scan, manifest) {
  return Date.parse(scan.scanned_at) + (manifest.offset ?? 0);
}

export class Judge {
  /** `network.isUp` says whether asking is worth while; `onWaiting` hears of each scan that is kept. */
  constructor({ store, server, network, onWaiting = () => {}, now = () => Date.now() }) {
    Object.assign(this, { store, server, network, onWaiting, now });
  }

  /** A verdict as the scan interface gives it; {verdict: "revoked"} for this device, "unready" where it knows nothing, "unproven" where it cannot. */
  async judge(code, gate, direction = "entry") {
    const scanned_at = new Date(this.now()).toISOString();
    const scan = { id: makeId(), code: code.slice(0, LONGEST), gate, scanned_at, direction };
    const manifest = await this.store.manifest(gate);
    const answer = this.network.isUp ? await this.#asked(scan) : null;
    if (answer && manifest) await this.#remember(scan, answer, manifest);
    return { ...(answer ?? (await this.#alone(scan, manifest))), direction };
  }

  async #asked(scan) {
    try {
      const body = { scans: [scan], sent_at: new Date(this.now()).toISOString() };
      const { results } = await this.server.ask("/scans", { method: "POST", body, patience: PATIENCE });
      this.network.up();
      return results[0];
    } catch (error) {
      if (error instanceof Refused && error.status === 403) return { verdict: "revoked" };
      this.network.down();
      return null;
    }
  }

  async #alone(scan, manifest) {
    if (!manifest) return { verdict: "unready" };
    if (!canProve()) return { verdict: "unproven" };
    const moment = momentOf(scan, manifest);
    const firstOf = (claim) => this.store.firstOf(claim);
    const { claim, release, ...result } = await decide({
      code: scan.code,
      manifest,
      moment,
      firstOf,
      direction: scan.direction,
    });
    const first = { gate: scan.gate, at: new Date(moment).toISOString() };
    await this.store.wait({ ...scan, offline: true, device_verdict: result.verdict }, { claim, release, first });
    this.onWaiting();
    return this.#named(result, scan.gate);
  }

  /** The server says that somebody is in: should the network go, this device knows of it, and since which scan. */
  async #remember(scan, { verdict, first_scan: first }, manifest) {
    const bytes = bytesOf(scan.code);
    const payload = bytes && payloadOf(bytes);
    if (!payload || verdict === "refused") return;
    const moment = momentOf(scan, manifest);
    const claim = claimOf(manifest, payload.badge, moment);
    if (!claim) return;
    if (scan.direction === "entry") {
      return this.store.keepClaim(claim, first ?? { gate: scan.gate, at: new Date(moment).toISOString() });
    }
    if (manifest.rule === "reentry") await this.store.dropClaim(claim);
  }

  async #named(result, gate) {
    const known = result.badge && (await this.store.names(gate))?.of[result.badge.number];
    return known ? { ...result, badge: { ...result.badge, name: known[0], organisation: known[1] } } : result;
  }
}
