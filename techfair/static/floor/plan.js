/** A hall's drawing as plain values, and what one may do with it. Knows no page. */

export const GRID = 200;
const WAYS = new Set(["aisle", "entrance"]);
const CODE = /^[0-9A-ZĐ][0-9A-ZĐ.-]{0,11}$/;

let last = 0;
const newKey = () => `n${(last += 1)}`;

/** A drawing as the server tells it, its things in one list, each with a key of its own in this browser. */
export function opened({ version, columns, rows, booths, features }) {
  const things = [
    ...booths.map((booth) => ({ ...booth, kind: "booth", key: `b${booth.id}` })),
    ...features.map((feature) => ({ ...feature, key: newKey() })),
  ];
  return { version, columns, rows, things };
}

/** The drawing as the server takes it. */
export function closed({ version, columns, rows, things }) {
  const booths = things.filter(isBooth).map(({ key, kind, ...booth }) => booth);
  const features = things.filter((thing) => !isBooth(thing)).map(({ key, ...feature }) => feature);
  return { version, columns, rows, booths, features };
}

export const isBooth = (thing) => thing.kind === "booth";
export const boothsOf = (plan) => plan.things.filter(isBooth);
const right = (thing) => thing.x + thing.width;
const bottom = (thing) => thing.y + thing.height;

/** What is wrong, each with the keys of the things that it is about. */
export function faultsOf(plan) {
  const found = [];
  const walked = new Set(plan.things.filter((thing) => WAYS.has(thing.kind)).flatMap(squares));
  const standing = new Map();
  const coded = new Map();
  for (const booth of boothsOf(plan)) {
    const about = { code: booth.code, keys: [booth.key] };
    if (!CODE.test(booth.code)) found.push({ reason: "bad_code", ...about });
    if (coded.has(booth.code)) found.push({ ...about, reason: "double_code", keys: [booth.key, coded.get(booth.code)] });
    coded.set(booth.code, booth.key);
    if (!isInside(booth, plan)) found.push({ reason: "outside", ...about });
    if (squares(booth).some((square) => walked.has(square))) found.push({ reason: "in_the_way", ...about });
    const met = new Set(squares(booth).map((square) => standing.get(square)).filter(Boolean));
    for (const other of met) found.push({ reason: "overlap", code: booth.code, other: other.code, keys: [booth.key, other.key] });
    for (const square of squares(booth)) standing.set(square, booth);
  }
  return found;
}

function squares({ x, y, width, height }) {
  const all = [];
  for (let column = x; column < x + width; column += 1) {
    for (let row = y; row < y + height; row += 1) all.push(row * 1000 + column);
  }
  return all;
}

export function isInside(thing, { columns, rows }) {
  return thing.x >= 0 && thing.y >= 0 && right(thing) <= columns && bottom(thing) <= rows;
}

/** The least rectangle around some things. */
export function around(things) {
  const x = Math.min(...things.map((thing) => thing.x));
  const y = Math.min(...things.map((thing) => thing.y));
  return { x, y, width: Math.max(...things.map(right)) - x, height: Math.max(...things.map(bottom)) - y };
}

const among = (plan, keys) => plan.things.filter((thing) => keys.has(thing.key));
const changed = (plan, keys, change) => ({
  ...plan,
  things: plan.things.map((thing) => (keys.has(thing.key) ? { ...thing, ...change(thing) } : thing)),
});

export function added(plan, things) {
  const keyed = things.map((thing) => ({ ...thing, key: newKey() }));
  return [{ ...plan, things: [...plan.things, ...keyed] }, new Set(keyed.map((thing) => thing.key))];
}

/** Moved together, no further than the walls. */
export function moved(plan, keys, columns, rows) {
  const frame = around(among(plan, keys));
  const dx = Math.max(-frame.x, Math.min(columns, Math.max(0, plan.columns - right(frame))));
  const dy = Math.max(-frame.y, Math.min(rows, Math.max(0, plan.rows - bottom(frame))));
  return changed(plan, keys, (thing) => ({ x: thing.x + dx, y: thing.y + dy }));
}

export function resized(plan, key, width, height) {
  return changed(plan, new Set([key]), (thing) => ({
    width: Math.max(1, Math.min(width, plan.columns - thing.x)),
    height: Math.max(1, Math.min(height, plan.rows - thing.y)),
  }));
}

export const edited = (plan, keys, values) => changed(plan, keys, () => values);
export const without = (plan, keys) => ({ ...plan, things: plan.things.filter((thing) => !keys.has(thing.key)) });

/** Copies of a row or block: ``times`` more, each a step on, their numbers going on. Null where no room is left. */
export function copied(plan, keys, { times, direction, gap }) {
  const originals = inOrder(among(plan, keys));
  const frame = around(originals);
  const [across, down] = { right: [1, 0], left: [-1, 0], down: [0, 1], up: [0, -1] }[direction];
  const codes = codesAfter(plan, originals.filter(isBooth).at(-1)?.code);
  const copies = [];
  for (let time = 1; time <= times; time += 1) {
    const dx = across * time * (frame.width + gap);
    const dy = down * time * (frame.height + gap);
    for (const thing of originals) copies.push(copyOf(thing, dx, dy, codes));
  }
  return copies.every((copy) => isInside(copy, plan)) ? added(plan, copies) : null;
}

function copyOf({ key, id, is_blocked, ...thing }, dx, dy, codes) {
  const copy = { ...thing, x: thing.x + dx, y: thing.y + dy };
  return isBooth(thing) ? { ...copy, id: null, is_blocked: false, code: codes.next().value } : copy;
}

/** As people read: row by row, from the left. */
export const inOrder = (things) => [...things].sort((one, other) => one.y - other.y || one.x - other.x);

/** The free codes after one: A09 gives A10, A11 ... */
export function* codesAfter(plan, code = "A00") {
  const used = new Set(boothsOf(plan).map((booth) => booth.code));
  const [, letters, digits] = code.match(/^(.*?)(\d*)$/);
  for (let number = Number(digits || 0) + 1; ; number += 1) {
    const next = letters + String(number).padStart(digits.length || 2, "0");
    if (!used.has(next)) yield next;
  }
}

/** The chosen booths numbered from ``first``, as people read. */
export function numbered(plan, keys, first) {
  const [, letters, digits] = first.match(/^(.*?)(\d+)$/) ?? [];
  if (digits === undefined) return null;
  const order = inOrder(among(plan, keys).filter(isBooth)).map((booth) => booth.key);
  return changed(plan, new Set(order), (booth) => {
    return { code: letters + String(Number(digits) + order.indexOf(booth.key)).padStart(digits.length, "0") };
  });
}

/** Whole rows below everything, two by two back to back, with an aisle's width before each pair; null without room. */
export function withRows(plan, { first, each, rows, category, size, aisle }) {
  const [, letters, digits] = first.match(/^(.*?)(\d+)$/) ?? [];
  if (digits === undefined) return null;
  const lowest = Math.max(0, ...boothsOf(plan).map(bottom));
  const booths = [];
  for (let row = 0; row < rows; row += 1) {
    const y = lowest + (Math.floor(row / 2) + 1) * aisle + row * size.height;
    for (let place = 0; place < each; place += 1) {
      const code = letters + String(Number(digits) + booths.length).padStart(digits.length, "0");
      booths.push({ kind: "booth", id: null, code, category, is_blocked: false, ...size, x: aisle + place * size.width, y });
    }
  }
  return booths.every((booth) => isInside(booth, plan)) ? added(plan, booths) : null;
}

/** The first place, row by row, where a thing of this size stands free; null where none is left. */
export function freePlace(plan, { width, height }) {
  const taken = new Set(plan.things.filter((thing) => thing.kind !== "zone").flatMap(squares));
  for (let y = 0; y + height <= plan.rows; y += 1) {
    for (let x = 0; x + width <= plan.columns; x += 1) {
      if (!squares({ x, y, width, height }).some((square) => taken.has(square))) return { x, y };
    }
  }
  return null;
}
