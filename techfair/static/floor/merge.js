/** Two drawings that began from the same one, made one: nothing that either drew is lost. */
import { isBooth } from "./plan.js";

const VALUES = ["code", "x", "y", "width", "height", "category", "square_metres", "is_blocked"];
const same = (one, other) => VALUES.every((name) => one[name] === other[name]);
const byId = (plan) => new Map(plan.things.filter((thing) => thing.id).map((thing) => [thing.id, thing]));
const isOther = (thing) => !isBooth(thing);
const told = (thing) => JSON.stringify({ ...thing, key: "" });

/**
 * Mine on top of theirs: what only one changed is as that one has it; what both changed is mine and named.
 * A booth that I deleted and they changed comes back, and is named too.
 */
export function merged(base, mine, theirs) {
  const [before, own, other] = [base, mine, theirs].map(byId);
  const things = mine.things.filter((thing) => isBooth(thing) && !thing.id);
  const bothChanged = [];
  const cameBack = [];
  for (const id of new Set([...own.keys(), ...other.keys()])) {
    const [was, here, there] = [before.get(id), own.get(id), other.get(id)];
    const iChanged = here && was && !same(was, here);
    const theyChanged = there && was && !same(was, there);
    if (here && there) {
      if (iChanged && theyChanged && !same(here, there)) bothChanged.push(here.code);
      things.push(iChanged ? here : { ...there, key: here.key });
    } else if (there && (!was || theyChanged)) {
      if (was) cameBack.push(there.code);
      things.push(there);
    } else if (here && iChanged) {
      things.push({ ...here, id: null }); // they deleted what I changed: it stands anew
      bothChanged.push(here.code);
    }
  }
  things.push(...features(base, mine, theirs));
  const hall = {};
  for (const side of ["columns", "rows"]) hall[side] = mine[side] === base[side] ? theirs[side] : mine[side];
  return { plan: { version: theirs.version, ...hall, things }, bothChanged, cameBack };
}

/** Features have no number of their own: those of theirs that are new, beside mine without what they took away. */
function features(base, mine, theirs) {
  const [before, there] = [base, theirs].map((plan) => new Set(plan.things.filter(isOther).map(told)));
  const kept = mine.things.filter(isOther).filter((thing) => there.has(told(thing)) || !before.has(told(thing)));
  const here = new Set(kept.map(told));
  return [...kept, ...theirs.things.filter(isOther).filter((thing) => !before.has(told(thing)) && !here.has(told(thing)))];
}
