/** What a scanner, a camera or a hand delivers, and which badge token is in it; as visitors/read_code.py does. */

const SYMBOLOGY = /^\][A-Za-z][0-9A-Za-z]/; // ISO/IEC 15424: ]Q1 means that a QR code was read
const TOKEN = /^[0-9A-Z]{113}$/;
const IN_ADDRESS = /\/B\/([0-9A-Z]{113})\/?(?:[?#].*)?$/;
const ACCENTED = /Đ|\p{M}/u;

/** The code without what scanners put around it: returns, tabs, blanks, separators, symbology marks. */
export function plainCode(received) {
  const visible = received.normalize("NFKC").replace(/[\p{Cc}\p{Cf}]/gu, "");
  return visible.trim().replace(SYMBOLOGY, "").trim();
}

/**
 * {outcome: "token", token} for a badge; else "empty", "other", or "vietnamese_typing": the keyboard turned
 * letters of the code into accented ones, so that the code cannot be told.
 */
export function readCode(received) {
  const code = plainCode(received).toUpperCase();
  if (!code) return { outcome: "empty" };
  if (ACCENTED.test(code.normalize("NFD"))) return { outcome: "vietnamese_typing" };
  const token = IN_ADDRESS.exec(code)?.[1] ?? (TOKEN.test(code) ? code : null);
  return token ? { outcome: "token", token } : { outcome: "other", text: code };
}
