/**
 * A handheld scanner types like a keyboard and ends with Return or Tab. Where Vietnamese typing is on, the text
 * arrives with accents; the keys themselves do not change, so they are written down beside it.
 */
import { readCode } from "./code.js";

const SIGNS = {
  Slash: "/", Period: ".", Minus: "-", BracketRight: "]", NumpadDivide: "/", NumpadDecimal: ".", NumpadSubtract: "-",
};
const ENDS = new Set(["Enter", "Tab"]);
const PAUSE = 2000; // a scanner never rests so long inside a code, in milliseconds

/** The sign that a key carries on a Latin keyboard, whatever an input method makes of it. */
export function signOf({ code, shiftKey }) {
  const plain = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code ?? "");
  if (plain) return plain[1] ?? plain[2];
  if (code === "Semicolon") return shiftKey ? ":" : ";";
  return SIGNS[code] ?? "";
}

/** What the keys said, if that is a badge; else what the field holds. */
export function bestReading(typed, keys) {
  const [shown, pressed] = [readCode(typed), readCode(keys)];
  return shown.outcome !== "token" && pressed.outcome === "token" ? pressed : shown;
}

/**
 * Listens on `page` and tells `onCode(reading)` each code that was typed into `field`, or with no field in focus.
 * Keys in other fields are left alone, and so are Returns and Tabs without a code before them.
 */
export function listen({ page, field, onCode, now = () => performance.now() }) {
  let keys = "";
  let last = 0;
  page.addEventListener("keydown", (event) => {
    const elsewhere = event.target !== field && event.target.closest?.("input, textarea, select, dialog");
    if (elsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
    if (now() - last > PAUSE) keys = "";
    last = now();
    if (!ENDS.has(event.key)) {
      keys += signOf(event);
      return;
    }
    const isField = event.target === field;
    const reading = bestReading(isField ? field.value : keys, keys);
    if (reading.outcome === "empty" && !isField) return; // Return on a button, Tab through the page
    if (event.key !== "Tab" || reading.outcome !== "empty") event.preventDefault();
    keys = field.value = "";
    if (reading.outcome !== "empty") onCode(reading);
  });
}
