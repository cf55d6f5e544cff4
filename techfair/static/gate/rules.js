/** What a gate decides without network; as visitors/rules.py does, in the same order. */
import { bytesOf, isSigned, keyOf, payloadOf } from "./token.js";

/** The day of a moment in a zone, as 2019-11-24. */
export function dayOf(moment, zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(moment);
}

/** {} where the gate is open at the moment; else the reason, and when it opens next. */
export function doors(manifest, moment) {
  if (manifest.is_closed) return { reason: "closed" };
  const day = dayOf(moment, manifest.timezone);
  const isFairDay = manifest.first_day <= day && day <= manifest.last_day;
  if (manifest.open_outside_dates && !isFairDay) return {};
  const times = manifest.openings.map(({ opens_at, closes_at }) => [Date.parse(opens_at), Date.parse(closes_at)]);
  if (times.some(([opens, closes]) => opens <= moment && moment < closes)) return {};
  const coming = times.map(([opens]) => opens).filter((opens) => opens > moment);
  const wasOpen = times.some(([, closes]) => closes <= moment && dayOf(closes, manifest.timezone) === day);
  if (!coming.length) return { reason: "closed" };
  return { reason: wasOpen ? "closed" : "not_open_yet", opens_at: new Date(Math.min(...coming)).toISOString() };
}

/** Whether a badge that is let in on some days of the fair alone comes on another; the fair's first day is 1. */
export function isWrongDay({ kind_days, badge_days, first_day, timezone }, { kind, number: badge }, moment) {
  // Its own days stand above those of its kind; a device that learned its rules from an older server knows of none.
  const days = badge_days?.[badge] ?? kind_days?.[kind];
  const number = days && Math.round((Date.parse(dayOf(moment, timezone)) - Date.parse(first_day)) / 86_400_000) + 1;
  return Boolean(days) && !days.includes(number);
}

/** Why the door of an activity that one signs up for stays shut; null where it opens. */
export function unseatedAt({ seated, waiting }, badge) {
  if (!seated || seated.includes(badge)) return null;
  return waiting.includes(badge) ? "activity_full" : "not_registered";
}

/** What at most one entry may hold under the gate's rule; null where every entry counts. */
export function claimOf(manifest, badge, moment) {
  const holder = `${manifest.scope}/${badge}`;
  const day = dayOf(moment, manifest.timezone);
  return { once: holder, daily: `${holder}/${day}`, reentry: `${holder}/inside` }[manifest.rule] ?? null;
}

/** {payload} of a code that the fair's key signed, or {reason}. */
export async function proven(code, manifest) {
  const bytes = bytesOf(code);
  const payload = bytes && payloadOf(bytes);
  if (!payload) return { reason: "unknown_code" };
  if (payload.fair !== manifest.fair) return { reason: "other_fair" };
  const key = manifest.keys.find(({ number }) => number === payload.key);
  if (!key || !(await isSigned(bytes, keyOf(key.public_key)))) return { reason: "bad_signature" };
  return { payload };
}

/**
 * The device's own verdict on a code: as the server would answer it, as far as a device can know. `firstOf(claim)`
 * answers the entry that this device admitted under a claim: {gate, at}. Going out is never repeated, and lets the
 * claim go under which one is inside.
 */
export async function decide({ code, manifest, moment, firstOf, direction = "entry" }) {
  const { payload, reason } = await proven(code, manifest);
  if (reason) return { verdict: "refused", reason };
  const kind = manifest.kinds[payload.kind];
  const badge = { number: payload.badge, kind };
  const gone = manifest.void[payload.badge];
  if (gone) return { verdict: "refused", reason: gone, badge };
  if (manifest.allowed_kinds.length && !manifest.allowed_kinds.includes(kind)) {
    return { verdict: "refused", reason: "kind_not_allowed", badge };
  }
  const shut = doors(manifest, moment);
  if (shut.reason) return { verdict: "refused", ...shut, badge };
  if (isWrongDay(manifest, badge, moment)) return { verdict: "refused", reason: "wrong_day", badge };
  const unseated = unseatedAt(manifest, payload.badge);
  if (unseated) return { verdict: "refused", reason: unseated, badge };
  const claim = claimOf(manifest, payload.badge, moment);
  if (direction === "exit") return { verdict: "admitted", badge, release: manifest.rule === "reentry" ? claim : null };
  const first = claim && (await firstOf(claim));
  if (first) return { verdict: "repeated", first_scan: first, badge };
  return { verdict: "admitted", badge, claim };
}
