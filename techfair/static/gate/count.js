/** The clicker: a press is kept on the device at once, may be undone for ten seconds, and is sent once. */
import { Counts } from "./counts.js";
import { Device } from "./device.js";
import { makeId } from "./id.js";
import { Network } from "./network.js";
import { dayOf } from "./rules.js";
import { Server } from "./server.js";
import { Store } from "./store.js";
import { keepUpToDate } from "./update.js";

const UNDONE_WITHIN = 10000; // milliseconds
const BETWEEN = 5000; // milliseconds between two tries to send
const UNREADABLE = new Set([400, 404, 413, 422]); // of a gate that is gone, too

const root = document.querySelector("[data-gate]");
const part = (name) => root.querySelector(`[data-${name}]`);
const { slug, words, addresses } = JSON.parse(root.dataset.gate);
const store = Store.open(slug);
const counts = Counts.open(slug, (moment) => dayOf(moment, words.zone));
const device = new Device({ store, addresses, fetch: (...all) => fetch(...all) });
const server = new Server({
  address: addresses.server,
  token: () => device.token(),
  renew: () => device.joinAsSteward(),
  fetch: (...all) => fetch(...all),
});
const network = new Network({ retry: send, onChange: (isUp) => (part("state").dataset.state = isUp ? "on" : "off") });
let gate = null;
let last = null;

async function add(people) {
  last = { id: makeId(), gate, people, counted_at: new Date().toISOString() };
  await counts.keep(last);
  navigator.vibrate?.(30);
  await show();
}

function mayBeUndone(press) {
  return Boolean(press) && Date.now() - Date.parse(press.counted_at) < UNDONE_WITHIN;
}

async function undo() {
  if (mayBeUndone(last)) await counts.drop(last.id);
  last = null;
  await show();
}

async function show() {
  const { total, waiting } = await counts.standing(gate);
  part("total").textContent = String(total);
  part("waiting").hidden = !waiting;
  part("waiting-count").textContent = String(waiting);
  part("undo").disabled = !mayBeUndone(last);
}

/** What is older than the time to undo goes to the server, gate by gate. */
async function send() {
  const ready = (await counts.waiting()).filter((one) => !mayBeUndone(one));
  try {
    for (const code of new Set(ready.map((one) => one.gate))) {
      await sendOf(code, ready.filter((one) => one.gate === code).slice(0, 500));
    }
    network.up();
  } catch (error) {
    if (error.status === 401 || error.status === 403) part("joining").hidden = false;
    else network.down();
  }
  await show();
}

/** Presses that the server cannot read are halved until the one is found that spoils them; it stays aside. */
async function sendOf(code, presses) {
  const body = {
    counts: presses.map(({ id, people, counted_at }) => ({ id, people, counted_at })),
    sent_at: new Date().toISOString(),
  };
  try {
    await server.ask(`/gates/${encodeURIComponent(code)}/head-counts`, { method: "POST", body });
    await counts.sent(presses.map(({ id }) => id));
  } catch (error) {
    if (!UNREADABLE.has(error.status)) throw error;
    if (presses.length === 1) return counts.setAside(presses[0].id);
    const half = presses.length >> 1;
    await sendOf(code, presses.slice(0, half));
    await sendOf(code, presses.slice(half));
  }
}

function begin(code, name) {
  gate = code;
  part("choosing").hidden = true;
  part("gate-name").textContent = `${code} · ${name}`;
  part("clicker").hidden = false;
  show();
}

function choose(gates) {
  const nameOf = (one) => (words.locale === "en" && one.name_en) || one.name_vi;
  if (gates.length === 1) return begin(gates[0].code, nameOf(gates[0]));
  const buttons = gates.map((one) => {
    const button = part("choice").content.cloneNode(true).querySelector("button");
    button.textContent = `${one.code} · ${nameOf(one)}`;
    button.addEventListener("click", () => begin(one.code, nameOf(one)));
    return button;
  });
  part("choices").replaceChildren(...buttons);
  part("choosing").hidden = false;
}

for (const button of root.querySelectorAll("[data-add]")) button.addEventListener("click", () => add(Number(button.dataset.add)));
part("undo").addEventListener("click", undo);
window.addEventListener("offline", () => network.down());
window.addEventListener("online", () => network.tryNow());
keepUpToDate({ worker: addresses.worker, scope: "/gate/", isIdle: () => !mayBeUndone(last) });

const kept = await store.device();
if (kept?.gates.length) choose(kept.gates);
else if (await device.joinAsSteward().catch(() => false)) choose((await device.refresh(server)).gates);
else part("joining").hidden = false;
setInterval(send, BETWEEN);
if (!navigator.onLine) network.down();
