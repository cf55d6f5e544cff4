/** The page on which an exhibitor's people read badges: a note at once on the device, and sent when it can be. */
import { keepCamera } from "../gate/camera.js";
import { readCode } from "../gate/code.js";
import { codesIn, makeDetector, watch } from "../gate/reader.js";
import { Sight } from "../gate/sight.js";
import { makeId } from "../gate/id.js";
import { bytesOf, payloadOf } from "../gate/token.js";
import { keepUpToDate } from "../gate/update.js";
import { fill } from "../gate/verdict.js";
import { listen } from "../gate/wedge.js";
import { Outbox } from "./outbox.js";
import { Notes } from "./store.js";

const AGAIN = 10000; // milliseconds between two tries to send

const root = document.querySelector("[data-leads]");
const part = (name) => root.querySelector(`[data-${name}]`);
const { key, fair, addresses, words } = JSON.parse(root.dataset.leads);
const notes = Notes.open(key);
const outbox = new Outbox({ notes, addresses, fetch: (...all) => fetch(...all) });
const sight = new Sight();
const writer = makeId(); // this page, among others that may be open
const detector = makeDetector();
let open = null; // the note that is being written; it is on the device already

function say(text) {
  part("said").textContent = text;
}

/** A badge was read: the reading is kept before anything is typed, so that it cannot be lost. */
async function take(reading) {
  const bytes = reading.token && bytesOf(reading.token);
  const told = bytes && payloadOf(bytes);
  if (!told) return say(words.unknown_code);
  if (told.fair !== fair) return say(words.other_fair);
  await close();
  const number = fill(words.number, { number: told.badge });
  open = { id: makeId(), code: reading.token, noted_at: new Date().toISOString(), number };
  part("note").reset(); // what was typed about the one before is no part of this one
  await notes.keep(asNote(open), writer);
  part("who").textContent = `${number} · ${words.kinds[told.kind] ?? ""}`;
  part("note").hidden = false;
  say("");
  part("who").scrollIntoView({ block: "nearest" });
  await count();
}

/** What goes to the server of a note. */
function asNote({ id, code, noted_at }) {
  const typed = new FormData(part("note"));
  const tags = String(typed.get("tags") ?? "").split(",").map((tag) => tag.trim().slice(0, 40)).filter(Boolean);
  const answers = {};
  for (const field of root.querySelectorAll("[data-question]")) {
    if (field.value.trim()) answers[field.dataset.question] = field.value.trim();
  }
  const rating = Number(typed.get("rating")) || null;
  return { id, code, noted_at, rating, tags: tags.slice(0, 10), text: String(typed.get("text") ?? ""), answers };
}

/** Finish the note that is open, with all that was typed; sending never keeps the next person waiting. */
async function close() {
  if (!open) return;
  const done = open;
  open = null;
  await notes.keep(asNote(done));
  part("note").hidden = true;
  list(done.id, done.number);
  send();
}

/** Finish what an earlier page left: its reading counts, whatever became of the typing. */
async function finishOthers() {
  const held = (await navigator.locks?.query())?.held.map(({ name }) => name) ?? [];
  await notes.finish((other) => held.includes(`techfair leads ${other}`));
}

function list(id, text) {
  const row = document.createElement("li");
  row.dataset.id = id;
  row.textContent = text;
  part("recent").prepend(row);
}

async function send() {
  const results = await outbox.send();
  await count();
  if (results === "signed_out") return say(words.signed_out);
  for (const { id, name, organisation, reason } of results ?? []) {
    const row = [...part("recent").children].find((one) => one.dataset.id === id);
    const text = reason ? (words.reasons[reason] ?? reason) : [name, organisation].filter(Boolean).join(" · ");
    if (row) row.textContent = text;
    say(reason ? text : words.sent);
  }
  if (!results && !open && (await notes.count(writer))) say(words.kept);
}

async function count() {
  const number = await notes.count(writer);
  part("waiting").hidden = !number;
  part("all-sent").hidden = Boolean(number);
  part("waiting-count").textContent = number;
}

async function readPicture(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  const codes = await codesIn(await createImageBitmap(file), detector).catch(() => []);
  take(codes.length ? readCode(codes[0]) : {});
}

function takeFromAddress() {
  const reading = readCode(decodeURIComponent(location.hash.slice(1)));
  if (reading.outcome !== "token") return;
  history.replaceState(null, "", location.pathname); // a reload must not read again
  take(reading);
}

part("note").addEventListener("submit", (event) => {
  event.preventDefault();
  close();
});
part("picture").addEventListener("change", readPicture);
keepCamera({
  video: part("video"),
  page: document,
  mediaDevices: navigator.mediaDevices,
  isSecure: window.isSecureContext,
  userAgent: navigator.userAgent,
  onState: (state) => {
    part("video").hidden = state !== "on";
    part("no-camera").hidden = state === "on";
  },
});
watch({
  video: part("video"),
  detector,
  page: document,
  onCode: (text) => sight.isNew(text) && take(readCode(text)),
});
listen({ page: document, field: part("code"), onCode: take });
window.addEventListener("online", send);
window.addEventListener("hashchange", takeFromAddress);
setInterval(() => finishOthers().then(send), AGAIN); // a page that was closed lets go a moment later
keepUpToDate({ worker: addresses.worker, scope: "/exhibitor/leads/", isIdle: () => !open });
navigator.locks?.request(`techfair leads ${writer}`, () => new Promise(() => {})); // held while this page is there
await finishOthers();
takeFromAddress();
if (await notes.isLost()) say(words.refused);
await send();
