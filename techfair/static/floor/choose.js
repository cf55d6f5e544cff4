/** Tapping a free booth on the plan chooses it in the list above; the list alone does too. */
import { View } from "./view.js";

const root = document.querySelector("[data-choose]");
const list = root?.querySelector("select");
const paths = new Map();

for (const frame of root?.querySelectorAll("[data-hall]") ?? []) {
  const view = new View(frame);
  const buttons = frame.closest("section").querySelector("[data-zoom]");
  buttons.hidden = false;
  buttons.querySelector("[data-larger]").addEventListener("click", () => view.zoomTo(view.zoom * 1.5));
  buttons.querySelector("[data-smaller]").addEventListener("click", () => view.zoomTo(view.zoom / 1.5));
  for (const text of frame.querySelectorAll("g text")) paths.set(text.textContent, text.previousElementSibling);
  frame.addEventListener("click", ({ target }) => target.matches("g > path") && choose(target.nextElementSibling.textContent));
}

function choose(code) {
  const option = [...(list?.options ?? [])].find((one) => one.dataset.code === code);
  if (!option) return;
  option.selected = true;
  mark();
  list.focus();
}

function mark() {
  for (const path of root.querySelectorAll("path.shown")) path.classList.remove("shown");
  paths.get(list.selectedOptions[0]?.dataset.code)?.classList.add("shown");
}

list?.addEventListener("change", mark);
if (list) mark();
