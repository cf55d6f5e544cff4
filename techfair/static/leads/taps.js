/**
 * What a visitor taps at an exhibitor. Each tap is written down on the phone first, then sent; without network it waits
 * here with its real time, also while the browser is closed, and goes up once from whichever of these pages is open.
 */
import { makeId } from "../gate/id.js";
import { Outbox } from "./outbox.js";
import { makeReady } from "./ready.js";
import { Notes } from "./store.js";

const AGAIN = 10000; // milliseconds between two tries to send

const root = document.querySelector("[data-taps]");
const told = JSON.parse(root.dataset.taps);
const { key, visitor, addresses } = told;
const forms = [...root.querySelectorAll("form[data-tap]")];
const unlinked = [...root.querySelectorAll("[data-unlinked]")];
const kept = Notes.open(key);
const sent = new Set(); // since the page was opened
const ask = (...all) => fetch(...all);
const outbox = new Outbox({ notes: kept, addresses, fetch: ask, name: "taps", also: { visitor } });

async function tap(event) {
  event.preventDefault();
  const form = event.target;
  form.inert = true; // a second press is none
  const { tap: deed, exhibitor } = form.dataset;
  const text = String(new FormData(form).get("text") ?? "");
  try {
    await kept.keep({ id: makeId(), exhibitor, deed, text, noted_at: new Date().toISOString() });
  } catch {
    return form.submit(); // the phone's storage is full or closed: the network alone must do
  } finally {
    form.inert = false;
  }
  form.reset(); // nothing is typed here any more
  await show();
  await send();
}

/** Instead of a button whose tap waits stands that it waits, and then that it was sent. */
async function show() {
  const waiting = (await kept.waiting()).map(nameOf);
  for (const form of forms) {
    const name = nameOf({ deed: form.dataset.tap, exhibitor: form.dataset.exhibitor });
    const [waits, isSent] = [waiting.includes(name), sent.has(name)];
    form.hidden = waits || isSent;
    form.parentElement.querySelector("[data-waits]").hidden = !waits;
    form.parentElement.querySelector("[data-sent]").hidden = waits || !isSent;
  }
}

function nameOf({ deed, exhibitor }) {
  return `${deed} ${exhibitor}`;
}

async function send() {
  const waiting = await kept.waiting();
  if (!waiting.length) return;
  const results = await outbox.send();
  for (const part of unlinked) part.hidden = results !== "signed_out";
  const stays = new Set((await kept.waiting()).map(({ id }) => id));
  for (const one of waiting) if (!stays.has(one.id)) sent.add(nameOf(one));
  await show();
  if (Array.isArray(results) && results.length && !isTyping()) location.reload(); // shows what came of it
}

/** Whether something is typed here that a new page would lose. */
function isTyping() {
  return forms.some((form) => !form.hidden && [...form.querySelectorAll("[name=text]")].some(({ value }) => value));
}

for (const form of forms) form.addEventListener("submit", tap);
makeReady(told);
window.addEventListener("online", send);
setInterval(send, AGAIN);
await show();
await send();
