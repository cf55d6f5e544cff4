/** The verdict that fills the screen, and leaves it by itself or at a tap. */

const STAYS = 1200; // milliseconds
const LONGER = 2; // times, where there is something to hand out and so to read

/** A moment in the fair's zone: the time today, with the date on another day. */
export function when(iso, { zone, locale }, now = new Date()) {
  const moment = new Date(iso);
  const day = (value) => new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(value);
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" }).format(moment);
  if (day(moment) === day(now)) return time;
  const parts = { timeZone: zone, day: "2-digit", month: locale === "vi" ? "2-digit" : "short", year: "numeric" };
  return `${time} ${new Intl.DateTimeFormat(locale === "vi" ? "vi-VN" : "en-GB", parts).format(moment)}`;
}

/** The lines of a verdict: word, name, organisation, and why or since when. */
export function linesOf(result, words) {
  const { badge, reason, first_scan: first } = result;
  const kind = badge ? words.kinds[badge.kind] : "";
  const why = {
    admitted: () => [kind, result.handOut && fill(words.hand_out, { things: result.handOut })].filter(Boolean).join(". "),
    repeated: () =>
      first ? fill(words.first, { time: when(first.at, words), gate: words.gates[first.gate] ?? first.gate }) : kind,
    refused: () =>
      [words.reasons[reason] ?? reason, result.opens_at && fill(words.opens, { time: when(result.opens_at, words) })]
        .filter(Boolean)
        .join(". "),
  }[result.verdict];
  const isOut = result.verdict === "admitted" && result.direction === "exit";
  const word = words.verdicts[isOut ? "out" : result.verdict];
  const name = badge?.name ?? (badge?.number ? fill(words.number, badge) : ""); // without network there may be no name
  return { word, name, organisation: badge?.organisation ?? "", why: why ? why() : words.advice[result.verdict] };
}

export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export class VerdictScreen {
  #leaving;

  /** `screen` is the element; its parts carry data-part, its icons data-icon. */
  constructor(screen, words, { stays = STAYS, onLeave = () => {} } = {}) {
    Object.assign(this, { screen, words, stays, onLeave });
    screen.addEventListener("click", () => this.leave());
  }

  show(result) {
    const lines = linesOf(result, this.words);
    for (const part of this.screen.querySelectorAll("[data-part]")) {
      part.textContent = lines[part.dataset.part];
      part.hidden = !part.textContent;
    }
    for (const icon of this.screen.querySelectorAll("[data-icon]")) icon.hidden = icon.dataset.icon !== result.verdict;
    this.screen.dataset.verdict = result.verdict;
    this.screen.hidden = false;
    clearTimeout(this.#leaving);
    if (result.verdict !== "revoked") this.#leaving = setTimeout(() => this.leave(), this.stays * (result.handOut ? LONGER : 1));
  }

  leave() {
    clearTimeout(this.#leaving);
    this.screen.hidden = true;
    this.onLeave();
  }
}
