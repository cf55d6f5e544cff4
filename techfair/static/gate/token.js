/** The badge's token on a device: what it says, and whether its signature holds; as visitors/tokens.py does. */

const FORM = /^[0-9A-Z]{113}$/;
const VERSION = 1;
const PAYLOAD = 9; // bytes; the signature follows
const WHOLE = 73;
const CONTEXT = new TextEncoder().encode("techfair badge\0");

/** The token's 73 bytes; null for a text that is none. */
export function bytesOf(token) {
  if (!FORM.test(token)) return null;
  let number = 0n;
  for (const sign of token) number = number * 36n + BigInt(parseInt(sign, 36));
  const digits = number.toString(16).padStart(2 * WHOLE, "0");
  if (digits.length > 2 * WHOLE) return null;
  return Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
}

/** What the token says without any proof: {key, fair, badge, kind, reprint}; null for another version. */
export function payloadOf(bytes) {
  const view = new DataView(bytes.buffer);
  if (bytes[0] >> 4 !== VERSION) return null;
  const last = view.getUint16(7);
  return { key: bytes[0] & 15, fair: view.getUint16(1), badge: view.getUint32(3), kind: last >> 12, reprint: last & 4095 };
}

/** Whether signatures can be judged here: browsers give nothing for it to pages without https. */
export function canProve() {
  return Boolean(globalThis.crypto?.subtle);
}

/** Whether the fair's key signed these bytes; by the browser itself, else by a small library. */
export async function isSigned(bytes, publicKey, subtle = crypto.subtle) {
  const message = new Uint8Array([...CONTEXT, ...bytes.subarray(0, PAYLOAD)]);
  const signature = bytes.subarray(PAYLOAD);
  const key = await subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]).catch(() => null);
  if (key) return subtle.verify("Ed25519", key, signature, message);
  const { verifyAsync } = await import("../vendor/noble-ed25519/index.js");
  return verifyAsync(signature, message, publicKey);
}

/** The 32 bytes of a key that was sent in base64. */
export function keyOf(base64) {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}
