/** The drawing as SVG. One square of the hall is one unit, so nothing here counts pixels. */
import { isBooth } from "./plan.js";

const SVG = "http://www.w3.org/2000/svg";
const SIGNS = { power: "M.6 .15 .3 .55h.35L.4 .9", water: "M.5 .15C.3 .45 .25 .55 .25 .65a.25 .22 0 0 0 .5 0C.75 .55 .7 .45 .5 .15z" };
const ORDER = ["zone", "aisle", "entrance", "other", "booth", "power", "water"]; // from the floor up

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The size at which a word of so many signs fits into so many squares. */
const fitting = (text, width) => Math.min(0.8, (width - 0.4) / (0.68 * Math.max(1, text.length))).toFixed(2);

/** Draw the plan anew: ``chosen`` and ``wrong`` are keys, ``names`` what things without a code are called. */
export function draw(svg, plan, { chosen, wrong, names, ghost }) {
  svg.setAttribute("viewBox", `0 0 ${plan.columns} ${plan.rows}`);
  const floor = element("rect", { class: "floor", width: plan.columns, height: plan.rows });
  const things = [...plan.things].sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
  const drawn = things.map((thing) => drawThing(thing, chosen.has(thing.key), wrong.has(thing.key), names(thing)));
  const grid = element("rect", { class: "grid-lines", width: plan.columns, height: plan.rows, fill: "url(#squares)" });
  svg.querySelector("[data-things]").replaceChildren(floor, grid, ...drawn, ...(ghost ? [drawGhost(ghost)] : []));
  const alone = chosen.size === 1 && things.find((thing) => chosen.has(thing.key));
  if (alone) svg.querySelector("[data-things]").append(drawHandle(alone));
}

function drawThing(thing, isChosen, isWrong, name) {
  const { x, y, width, height, key, kind } = thing;
  const state = `${isChosen ? " chosen" : ""}${isWrong ? " wrong" : ""}${thing.is_blocked ? " blocked" : ""}`;
  const group = element("g", { class: `thing ${kind}${state}`, "data-key": key });
  group.append(element("rect", { x: x + 0.04, y: y + 0.04, width: width - 0.08, height: height - 0.08 }));
  if (SIGNS[kind]) {
    const side = Math.min(width, height);
    const middle = `translate(${x + (width - side) / 2} ${y + (height - side) / 2}) scale(${side})`;
    group.append(element("path", { class: "sign", d: SIGNS[kind], transform: middle }));
    return group;
  }
  const isUpright = !isBooth(thing) && height > width * 2;
  const size = fitting(name, isUpright ? height : width);
  const at = { x: x + width / 2, y: y + height / 2, "font-size": size };
  if (isUpright) at.transform = `rotate(-90 ${at.x} ${at.y})`;
  if (kind === "zone") Object.assign(at, { y: y + 0.7 });
  group.append(element("text", at, name));
  return group;
}

function drawHandle({ key, x, y, width, height }) {
  return element("rect", { class: "handle", "data-handle": key, x: x + width - 0.45, y: y + height - 0.45, width: 0.9, height: 0.9 });
}

function drawGhost({ x, y, width, height }) {
  return element("rect", { class: "ghost", x, y, width, height });
}
