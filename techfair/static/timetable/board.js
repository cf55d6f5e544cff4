/** The board of meetings: pick one by drag or by keyboard, see at once where it fits, put it there. */
import { judge, say } from "./fits.js";

const token = document.querySelector('meta[name="csrf-token"]')?.content;
let root, words, known, picked, help, moving;

function begin() {
  root = document.querySelector("[data-board]");
  words = JSON.parse(root.dataset.words);
  help ??= root.querySelector("[data-says]")?.textContent;
  known = {
    cards: [...root.querySelectorAll(".board .meeting")].map(read),
    blocked: JSON.parse(root.dataset.blocked),
    names: JSON.parse(root.dataset.names),
    orders: JSON.parse(root.dataset.orders),
    full: JSON.parse(root.dataset.full),
    starts: new Map([...root.querySelectorAll("thead [data-starts]")].map(startOf)),
    ahead: new Set(root.dataset.ahead.split(" ").map(Number)),
  };
  for (const card of root.querySelectorAll("a.meeting")) {
    card.setAttribute("role", "button");
    card.setAttribute("aria-pressed", "false");
  }
}

function startOf(head) {
  return [Number(head.dataset.slot), Date.parse(head.dataset.starts)];
}

function read(element) {
  const { meeting, people, at, where, label } = element.dataset;
  return { id: Number(meeting) || label, people: people.split(" ").map(Number), at: Number(at) || null, where, label };
}

function cellOf(element) {
  const row = element.parentElement;
  return { slot: Number(element.dataset.slot), row: row.dataset.row, closed: "closed" in row.dataset || "closed" in element.dataset };
}

/** By participant, only the lines of those who meet are of interest. */
function concerns(cell) {
  return !cell.row.startsWith("p") || read(picked).people.includes(Number(cell.row.slice(1)));
}

function sentence(element) {
  const verdict = judge(read(picked), cellOf(element), known);
  const time = root.querySelector(`thead [data-slot="${element.dataset.slot}"]`).textContent;
  const place = element.parentElement.querySelector("th").firstChild.textContent.trim();
  return { ...verdict, text: say(words, verdict.why, { ...verdict, time, place }) };
}

function pick(card) {
  if (picked) release();
  picked = card;
  for (const one of sameMeeting(card)) one.setAttribute("aria-pressed", "true");
  for (const cell of root.querySelectorAll(".board td")) {
    if (!concerns(cellOf(cell))) continue;
    const { fits, text } = sentence(cell);
    cell.dataset.fits = fits;
    cell.title = text;
    cell.tabIndex = -1;
  }
  tell(say(words, "picked", { who: card.dataset.label }), "info");
}

function sameMeeting(card) {
  return root.querySelectorAll(`a.meeting[data-meeting="${card.dataset.meeting}"]`);
}

function release() {
  for (const card of root.querySelectorAll('.meeting[aria-pressed="true"]')) card.setAttribute("aria-pressed", "false");
  for (const cell of root.querySelectorAll("td[data-fits]")) {
    delete cell.dataset.fits;
    cell.removeAttribute("title");
    cell.removeAttribute("tabindex");
    cell.classList.remove("over");
  }
  picked = null;
}

function tell(text, tone) {
  const line = root.querySelector("[data-says]");
  line.textContent = text || help;
  if (text) line.dataset.tone = tone;
  else delete line.dataset.tone;
}

/** Ask the server; it decides again, for another organizer may have been faster. */
async function put(element) {
  const { fits, text } = sentence(element);
  if (fits !== "yes") return tell(text, fits === "no" ? "bad" : "info");
  if (moving) return; // one press, one move
  moving = true;
  tell(words.moving, "info");
  await send(picked, cellOf(element)).finally(() => (moving = false));
}

async function send(card, { slot, row }) {
  const body = new FormData();
  body.set("csrf_token", token);
  body.set("slot", slot);
  if (row.startsWith("t")) body.set("table", row.slice(1));
  const address = root.dataset.move.replace("/0/", `/${card.dataset.meeting}/`);
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (answer?.ok) return renew(card.dataset, say(words, "moved", { who: card.dataset.label }), "good");
  if (said?.message) return renew(card.dataset, said.message, "bad");
  tell(words.failed, "bad");
}

/** Show the board as it is now, the work of others with it; who moved a meeting stays at it. */
async function renew({ meeting }, text, tone) {
  const page = await fetch(window.location.href).then((answer) => answer.text());
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-board]");
  const frame = root.querySelector(".board-frame");
  const { scrollLeft, scrollTop } = frame;
  picked = null;
  root.replaceWith(fresh);
  begin();
  root.querySelector(".board-frame").scrollTo(scrollLeft, scrollTop);
  root.querySelector(`a.meeting[data-meeting="${meeting}"]`)?.focus({ preventScroll: true });
  tell(text, tone);
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** The next cell in a direction that the picked meeting can be judged in. */
function beside(from, [down, across]) {
  const rows = [...root.querySelectorAll(".board tbody tr")].filter((row) => row.querySelector("td[data-fits]"));
  const start = from.closest("td") ?? rows[0]?.querySelector("td");
  const at = rows.indexOf(start?.parentElement);
  const row = rows[Math.min(Math.max(at + down, 0), rows.length - 1)];
  const cells = [...row.querySelectorAll("td")];
  const column = [...start.parentElement.querySelectorAll("td")].indexOf(start);
  return cells[Math.min(Math.max(column + across, 0), cells.length - 1)];
}

function look(cell) {
  cell.focus();
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  const { fits, text } = sentence(cell);
  tell(text, { yes: "good", no: "bad", here: "info" }[fits]);
}

document.addEventListener("keydown", (event) => {
  if (!event.target.closest?.("[data-board]")) return;
  const card = event.target.closest("a.meeting");
  const cell = event.target.closest("td[data-fits]");
  if (event.key === "Escape" && picked) {
    const back = picked;
    release();
    tell("");
    back.focus();
  } else if (picked && STEPS[event.key] && (card || cell)) {
    event.preventDefault();
    look(beside(event.target, STEPS[event.key]));
  } else if (picked && cell && !card && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    put(cell);
  } else if (card && event.key === " ") {
    event.preventDefault();
    card.click();
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-board]") || event.ctrlKey || event.metaKey) return;
  const card = event.target.closest("a.meeting");
  const cell = event.target.closest("td[data-fits]");
  if (card) {
    event.preventDefault();
    const again = picked && card.dataset.meeting === picked.dataset.meeting;
    if (again) {
      release();
      tell("");
    } else pick(card);
  } else if (picked && cell) put(cell);
});

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("a.meeting");
  if (!card) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.dataset.label);
  pick(card);
});

document.addEventListener("dragover", (event) => {
  const cell = picked && event.target.closest?.("td[data-fits]");
  if (!cell || cell.classList.contains("over")) return cell && event.preventDefault();
  event.preventDefault();
  root.querySelector("td.over")?.classList.remove("over");
  cell.classList.add("over");
  const { fits, text } = sentence(cell);
  tell(text, { yes: "good", no: "bad", here: "info" }[fits]);
});

document.addEventListener("drop", (event) => {
  const cell = picked && event.target.closest?.("td[data-fits]");
  if (!cell) return;
  event.preventDefault();
  put(cell);
});

document.addEventListener("dragend", () => {
  root.querySelector("td.over")?.classList.remove("over");
});

if (document.querySelector("[data-board]")) begin();
