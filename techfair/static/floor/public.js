/** What a reader of the floor plan may do beyond reading: zoom, search while typing, tap a booth. */
import { View } from "./view.js";

const root = document.querySelector("[data-plan]");
const card = root.querySelector("[data-card]");
const count = root.querySelector("[data-count]");
const items = [...root.querySelectorAll("[data-b]")].map((item) => ({ item, codes: item.dataset.b.split(" "), key: folded(item.textContent) }));
const booths = new Map(); // by code: its path, and the view it is in

for (const frame of root.querySelectorAll("[data-hall]")) {
  const view = new View(frame);
  const buttons = frame.closest("section").querySelector("[data-zoom]");
  buttons.hidden = false;
  buttons.querySelector("[data-larger]").addEventListener("click", () => view.zoomTo(view.zoom * 1.5));
  buttons.querySelector("[data-smaller]").addEventListener("click", () => view.zoomTo(view.zoom / 1.5));
  for (const text of frame.querySelectorAll("g text")) booths.set(text.textContent, { path: text.previousElementSibling, view });
  frame.addEventListener("click", ({ target }) => {
    if (target.matches("g > path")) show(target.nextElementSibling.textContent);
  });
}

/** Without accents, as people type. */
function folded(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFKD").replace(/\p{M}/gu, "");
}

function mark(name, codes) {
  for (const marked of root.querySelectorAll(`path.${name}`)) marked.classList.remove(name);
  for (const code of codes) booths.get(code)?.path.classList.add(name);
}

/** Who stands at a booth: a card with what the list says. */
function show(code) {
  mark("shown", [code]);
  const known = items.find((one) => one.codes.includes(code));
  const title = Object.assign(document.createElement("b"), { textContent: code });
  const name = known ? [known.item.firstChild.cloneNode(true), " · "] : [];
  const stand = Object.assign(document.createElement("a"), { href: `?here=${encodeURIComponent(code)}`, textContent: root.dataset.stand });
  card.replaceChildren(title, " · ", ...name, stand);
  card.hidden = false;
}

function flyTo(code) {
  const booth = booths.get(code);
  if (!booth) return;
  booth.view.flyTo(booth.path);
  booth.view.frame.scrollIntoView({ block: "nearest" });
}

function find(text) {
  const words = folded(text).split(/\s+/).filter(Boolean);
  const matching = items.filter(({ item, key }) => {
    item.hidden = !words.every((word) => key.includes(word));
    return !item.hidden;
  });
  const codes = words.length ? found(words, matching) : [];
  mark("found", codes);
  const texts = { 0: root.dataset.nothing, 1: root.dataset.one };
  count.textContent = words.length ? (texts[matching.length] ?? root.dataset.many).replace("{count}", matching.length) : "";
  if (codes.length) flyTo(codes[0]);
}

/** A booth's own code is meant before the name of a company that happens to hold it. */
function found(words, matching) {
  const code = words.join("").toUpperCase();
  return booths.has(code) ? [code] : matching.flatMap(({ codes }) => codes);
}

const form = root.querySelector("[data-find]");
let waiting = 0;
form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => find(form.elements.q.value), 150);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  find(form.elements.q.value);
});

const first = root.querySelector("path.found");
const here = root.querySelector("[data-here]")?.dataset.here;
if (here) {
  mark("here", [here]);
  flyTo(here);
} else if (first) flyTo(first.nextElementSibling.textContent);
root.dataset.ready = "yes";
