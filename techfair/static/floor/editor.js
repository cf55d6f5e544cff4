/** The page on which an organizer draws a hall: by mouse, by finger, or by keyboard alone. */
import { draw } from "./draw.js";
import { History } from "./history.js";
import { merged } from "./merge.js";
import * as plans from "./plan.js";
import { watchPointer } from "./pointer.js";

const root = document.querySelector("[data-editor]");
const { plan: stored, sizes, words, address } = JSON.parse(root.dataset.editor);
const part = (name) => root.querySelector(`[data-${name}]`);
const parts = (name) => [...root.querySelectorAll(`[data-${name}]`)];
const SQUARE = 22; // pixels at the zoom of 1
const svg = part("drawing");
const frame = part("frame");

let base = plans.opened(stored); // as the server had it when this drawing began from it
const history = new History(base);
let shown = base; // the present, or what a movement would make of it
let chosen = new Set();
let ghost = null;
let tool = "choose";
let zoom = 1;
let isSaved = true;
let isSaving = false; // then nothing changes: the answer is about what was sent

const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name] ?? "");
const nameOf = (thing) => (plans.isBooth(thing) ? thing.code : labelOf(thing));
const written = (thing) => (thing.kind === "aisle" && !thing.label_vi && !thing.label_en ? "" : nameOf(thing));
const things = () => history.present.things;
const picked = () => things().filter((thing) => chosen.has(thing.key));

function labelOf(thing) {
  const label = document.documentElement.lang === "en" ? thing.label_en || thing.label_vi : thing.label_vi || thing.label_en;
  if (label) return label;
  const sector = thing.kind === "zone" && part("panel").querySelector(`[data-value="sector"] option[value="${thing.sector}"]`);
  return sector && thing.sector ? sector.textContent : words[`kind_${thing.kind}`];
}

function say(text) {
  part("said").textContent = text;
}

// ---------------------------------------------------------------- showing

function render() {
  const faults = plans.faultsOf(shown);
  draw(svg, shown, { chosen, wrong: new Set(faults.flatMap((fault) => fault.keys)), names: written, ghost });
  svg.style.width = `${shown.columns * SQUARE * zoom}px`;
  showFaults(faults);
  showPanel();
  showList();
  const booths = plans.boothsOf(shown);
  const area = booths.reduce((sum, booth) => sum + booth.square_metres, 0);
  part("count").textContent = fill(words.count, { count: booths.length, area });
  part("back").disabled = !history.before.length;
  part("forth").disabled = !history.after.length;
}

function showFaults(faults) {
  const lines = faults.slice(0, 20).map((fault) => line(fill(words[fault.reason], fault), fault.keys));
  part("faults").replaceChildren(...lines);
  part("faulty").hidden = !faults.length;
}

/** A line of the list of what is wrong; pressing it goes there. */
function line(text, keys) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button bare small";
  button.textContent = text;
  button.addEventListener("click", () => choose(new Set(keys)));
  item.append(button);
  return item;
}

/** Everything in the hall by name: the way in for who cannot see or point. */
function showList() {
  const list = part("things-list");
  const sorted = [...things()].sort((one, other) => nameOf(one).localeCompare(nameOf(other), "vi", { numeric: true }));
  const options = sorted.map((thing) => new Option(nameOf(thing), thing.key, false, chosen.has(thing.key)));
  list.replaceChildren(...options);
}

function showPanel() {
  const some = shown.things.filter((thing) => chosen.has(thing.key));
  part("panel").hidden = !some.length;
  part("none").hidden = Boolean(some.length);
  for (const row of parts("for")) row.hidden = !some.length || !fits(row.dataset.for, some);
  if (!some.length) return;
  part("about").textContent = describe(some);
  for (const field of parts("value")) if (field !== document.activeElement) show(field, some);
}

/** A row of the panel is for booths, features, zones, or one thing alone. */
function fits(what, some) {
  const wanted = what.split(" ");
  if (wanted.includes("one") && some.length > 1) return false;
  if (wanted.includes("booth")) return some.every(plans.isBooth);
  if (wanted.includes("feature")) return !some.some(plans.isBooth);
  if (wanted.includes("zone")) return some.every((thing) => thing.kind === "zone");
  return true;
}

function show(field, some) {
  const name = field.dataset.value;
  const values = new Set(some.map((thing) => thing[name]));
  const value = values.size === 1 ? [...values][0] : "";
  if (field.type === "checkbox") field.checked = value === true;
  else field.value = name === "x" || name === "y" ? Number(value) + 1 : value;
}

function describe(some) {
  if (some.length > 1) return fill(words.selected_many, { count: some.length });
  const [thing] = some;
  const { x, y, width, height, code } = thing;
  const text = plans.isBooth(thing) ? words.selected_booth : words.selected_feature;
  return fill(text, { code, kind: labelOf(thing), column: x + 1, row: y + 1, width, height }) + (thing.is_blocked ? `, ${words.blocked}` : "");
}

// ---------------------------------------------------------------- changing

function choose(keys) {
  chosen = keys;
  render();
  say(keys.size ? describe(picked()) : words.selected_none);
}

function change(plan, keys = chosen) {
  if (isSaving) return;
  history.step(plan);
  shown = plan;
  chosen = keys;
  markSaved(false);
  render();
  const some = picked();
  say(some.length ? describe(some) : "");
}

/** A change that may find no room: then it is said, and nothing is drawn. */
function tryTo(result) {
  if (result) change(...result);
  else say(words.no_room);
  return Boolean(result);
}

function markSaved(is) {
  isSaved = is;
  part("state").textContent = is ? words.saved : words.not_saved;
  part("state").dataset.saved = is;
}

function newThing(kind, place) {
  if (kind !== "booth") return { kind, label_vi: "", label_en: "", sector: "", ...place };
  const category = part("new-category").value;
  const code = plans.codesAfter(history.present, lastCode()).next().value;
  const { square_metres } = sizes[category];
  return { kind, id: null, code, category, square_metres, is_blocked: false, ...place };
}

const lastCode = () => plans.boothsOf(history.present).at(-1)?.code ?? `${root.dataset.hall}00`;

function addByKey() {
  const kind = tool === "choose" ? "booth" : tool;
  const size = kind === "booth" ? sizes[part("new-category").value] : { width: 1, height: 1 };
  const place = plans.freePlace(history.present, size);
  if (!place) return say(words.no_room);
  const { width, height } = size;
  change(...plans.added(history.present, [newThing(kind, { ...place, width, height })]));
}

function remove() {
  if (!chosen.size) return;
  const what = picked().map(nameOf).join(", ");
  change(plans.without(history.present, chosen), new Set());
  say(fill(words.deleted, { what }));
}

function go(way, word) {
  if (!way()) return;
  shown = history.present;
  chosen = new Set(picked().map((thing) => thing.key));
  markSaved(false);
  render();
  say(word);
}

const undo = () => go(() => history.back(), words.undone);
const redo = () => go(() => history.forth(), words.redone);

// ---------------------------------------------------------------- pointer, keys, forms

watchPointer(svg, {
  get plan() { return shown; },
  get chosen() { return chosen; },
  get tool() { return tool; },
  pick(key, isMore) {
    const keys = new Set(isMore ? chosen : []);
    if (key && keys.has(key)) keys.delete(key);
    else if (key) keys.add(key);
    choose(keys);
  },
  pickWithin(box) {
    const within = things().filter((thing) => meets(thing, box));
    choose(new Set(within.map((thing) => thing.key)));
    ghost = null;
    render();
  },
  preview(does, key, dx, dy) {
    const present = history.present;
    if (does === "move") shown = plans.moved(present, chosen, dx, dy);
    else {
      const thing = present.things.find((one) => one.key === key);
      shown = plans.resized(present, key, thing.width + dx, thing.height + dy);
    }
    render();
  },
  settle(isMeant) {
    const made = shown;
    shown = history.present;
    if (isMeant && JSON.stringify(made) !== JSON.stringify(shown)) change(made);
    else render();
  },
  ghost(box) {
    ghost = box;
    render();
  },
  drawn(box) {
    ghost = null;
    const isTap = box.width === 1 && box.height === 1;
    const { width, height } = sizes[part("new-category").value];
    const place = tool === "booth" && isTap ? { ...box, width, height } : box;
    change(...plans.added(history.present, [newThing(tool, place)]));
  },
});

const meets = (one, other) =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onKey(event) {
  const { key, shiftKey } = event;
  const isWithControl = event.ctrlKey || event.metaKey;
  const does = isWithControl ? CONTROL[key.toLowerCase()] : KEYS[key] ?? (ARROWS[key] && (() => arrow(ARROWS[key], shiftKey)));
  if (!does) return;
  event.preventDefault();
  does(event);
}

const CONTROL = {
  z: (event) => (event.shiftKey ? redo() : undo()),
  y: redo,
  a: () => choose(new Set(plans.boothsOf(history.present).map((thing) => thing.key))),
  d: () => chosen.size && tryTo(plans.copied(history.present, chosen, { times: 1, direction: "right", gap: 0 })),
  s: () => save(),
};
const KEYS = {
  Delete: remove,
  Backspace: remove,
  Escape: () => choose(new Set()),
  Insert: addByKey,
  "+": addByKey,
  PageDown: () => next(1),
  PageUp: () => next(-1),
  Enter: () => part("panel").querySelector("[data-for]:not([hidden]) .input")?.focus(),
};

function arrow([dx, dy], isResizing) {
  if (!chosen.size) return next(dx + dy);
  if (!isResizing) return change(plans.moved(history.present, chosen, dx, dy));
  const [thing] = picked();
  if (chosen.size === 1) change(plans.resized(history.present, thing.key, thing.width + dx, thing.height + dy));
}

/** The next thing as people read, or the one before. */
function next(step) {
  const order = plans.inOrder(things()).map((thing) => thing.key);
  if (!order.length) return;
  const at = order.findIndex((key) => chosen.has(key));
  const wanted = at < 0 ? (step > 0 ? 0 : order.length - 1) : (at + step + order.length) % order.length;
  choose(new Set([order[wanted]]));
  svg.querySelector(".chosen")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function onValue({ target }) {
  const name = target.dataset.value;
  if (!name || !chosen.size) return;
  let value = target.type === "checkbox" ? target.checked : target.value.trim();
  if (target.type === "number") {
    if (!target.checkValidity() || value === "") return;
    value = Number(value) - (name === "x" || name === "y" ? 1 : 0);
  }
  if (name === "code") value = value.toUpperCase();
  const values = { [name]: value };
  if (name === "category") values.square_metres = sizes[value].square_metres;
  change(plans.edited(history.present, chosen, values));
}

const DEEDS = {
  back: undo,
  forth: redo,
  remove,
  save: () => save(),
  larger: () => scale(1.25),
  smaller: () => scale(0.8),
  copy: () => {
    const wanted = { times: part("times").valueAsNumber || 1, direction: part("direction").value, gap: part("gap").valueAsNumber || 0 };
    tryTo(plans.copied(history.present, chosen, wanted));
  },
  number: () => {
    const plan = plans.numbered(history.present, chosen, part("first").value.trim().toUpperCase());
    if (plan) change(plan);
    else say(fill(words.bad_code, { code: part("first").value }));
  },
  rows: () => {
    const category = part("new-category").value;
    const size = sizes[category];
    const [each, rows, aisle] = ["each", "rows", "aisle"].map((name) => part(`rows-${name}`).valueAsNumber || 0);
    const first = part("rows-first").value.trim().toUpperCase();
    tryTo(plans.withRows(history.present, { first, each, rows, category, size, aisle }));
  },
  hall: () => {
    const [columns, rows] = ["columns", "rows"].map((name) => part(`hall-${name}`).valueAsNumber);
    if (columns >= 1 && rows >= 1 && Math.max(columns, rows) <= plans.GRID) change({ ...history.present, columns, rows });
  },
};

function scale(by) {
  zoom = Math.min(4, Math.max(0.25, zoom * by));
  render();
}

function takeTool(name) {
  tool = name;
  frame.dataset.tool = name;
  for (const button of parts("takes")) button.setAttribute("aria-pressed", button.dataset.takes === name);
}

// ---------------------------------------------------------------- saving

async function save() {
  if (isSaving) return;
  say(words.saving);
  isSaving = true;
  const told = await sent(plans.closed(history.present)).catch(() => ({ message: words.no_network }));
  isSaving = false;
  if (told.code === "changed_meanwhile") mergeWith(told.plan);
  else if (told.plan) adopt(told.plan);
  else showRefusal(told);
}

async function sent(drawing) {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(drawing) });
  return answer.json();
}

/** What is stored now is what both sides go on from; what was chosen stays chosen, by place. */
function adopt(plan) {
  const at = new Set(picked().map(({ x, y }) => `${x} ${y}`));
  base = plans.opened(plan);
  history.present = shown = base;
  history.before = [];
  history.after = [];
  chosen = new Set(base.things.filter(({ x, y }) => at.has(`${x} ${y}`)).map((thing) => thing.key));
  part("refusal").hidden = true;
  markSaved(true);
  render();
  say(words.saved);
}

function mergeWith(plan) {
  const theirs = plans.opened(plan);
  const { plan: both, bothChanged, cameBack } = merged(base, history.present, theirs);
  base = theirs;
  change(both, new Set());
  const lines = [];
  if (bothChanged.length) lines.push(fill(words.both_changed, { what: bothChanged.join(", ") }));
  if (cameBack.length) lines.push(fill(words.both_deleted, { what: cameBack.join(", ") }));
  showRefusal({ message: words.merged, reasons: lines.map((message) => ({ message })) });
}

function showRefusal({ message, reasons = [] }) {
  part("refusal").hidden = false;
  part("refused").textContent = message;
  part("reasons").replaceChildren(...reasons.map((reason) => Object.assign(document.createElement("li"), { textContent: reason.message })));
  say(message);
  part("refusal").scrollIntoView({ block: "nearest" });
}

frame.addEventListener("keydown", onKey);
part("panel").addEventListener("change", onValue);
part("things-list").addEventListener("change", ({ target }) => {
  choose(new Set([...target.selectedOptions].map((option) => option.value)));
  svg.querySelector(".chosen")?.scrollIntoView({ block: "nearest", inline: "nearest" });
});
for (const button of parts("takes")) button.addEventListener("click", () => takeTool(button.dataset.takes));
for (const button of parts("does")) button.addEventListener("click", () => DEEDS[button.dataset.does]());
window.addEventListener("beforeunload", (event) => isSaved || event.preventDefault());
part("hall-columns").value = base.columns;
part("hall-rows").value = base.rows;
zoom = Math.max(0.6, Math.min(2, (frame.clientWidth - 2) / (base.columns * SQUARE))); // all of it, if it can be read
takeTool("choose");
markSaved(true);
render();
root.dataset.ready = "yes";
