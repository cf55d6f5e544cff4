/** The clicker: a press is kept on the device at once, may be undone for ten seconds, and is sent once. */
import { Counts } from "./counts.js";
import { Device } from "./device.js";
import { makeId } from "./judge.js";
import { Network } from "./network.js";
import { Server } from "./server.js";
import { Store } from "./store.js";
import { keepUpToDate } from "./update.js";

const UNDONE_WITHIN = 10000; // milliseconds
const BETWEEN = 5000; // milliseconds between two tries to send

const root = document.querySelector("[data-gate]");
const part = (name) => root.querySelector(`[data-${name}]`);
const { slug, words, addresses } = JSON.parse(root.dataset.gate);
const store = await Store.open(slug);
const counts = await Counts.open(slug);
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

async function undo() {
  if (last && Date.now() - Date.parse(last.counted_at) < UNDONE_WITHIN) await counts.drop(last.id);
  last = null;
  await show();
}

async function show() {
  const { total, waiting } = await counts.standing(gate, new Date().toDateString());
  part("total").textContent = String(total);
  part("waiting").hidden = !waiting;
  part("waiting-count").textContent = String(waiting);
  part("undo").disabled = !last || Date.now() - Date.parse(last.counted_at) >= UNDONE_WITHIN;
}

/** What is older than the time to undo goes to the server, gate by gate. */
async function send() {
  const ready = (await counts.waiting()).filter(({ counted_at }) => Date.now() - Date.parse(counted_at) >= UNDONE_WITHIN);
  try {
    for (const code of new Set(ready.map((one) => one.gate))) {
      const part = ready.filter((one) => one.gate === code).slice(0, 500);
      const body = {
        counts: part.map(({ id, people, counted_at }) => ({ id, people, counted_at })),
        sent_at: new Date().toISOString(),
      };
      await server.ask(`/gates/${encodeURIComponent(code)}/head-counts`, { method: "POST", body });
      await counts.sent(part.map(({ id }) => id));
    }
    network.up();
  } catch {
    network.down();
  }
  await show();
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
keepUpToDate({ worker: addresses.worker, scope: "/gate/", isIdle: () => !last });

const kept = await store.device();
if (kept?.gates.length) choose(kept.gates);
else if (await device.joinAsSteward().catch(() => false)) choose((await device.refresh(server)).gates);
else part("joining").hidden = false;
setInterval(send, BETWEEN);
if (!navigator.onLine) network.down();
