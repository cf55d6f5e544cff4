/** The scan page: camera, handheld scanner and typed codes in; a verdict out, with network and without. */
import { keepCamera } from "./camera.js";
import { chosenCamera, offerTools } from "./camera_tools.js";
import { readCode } from "./code.js";
import { Device } from "./device.js";
import { listenForNames } from "./find.js";
import { Judge } from "./judge.js";
import { Network } from "./network.js";
import { codesIn, makeDetector, watch } from "./reader.js";
import { Sender } from "./sender.js";
import { Server } from "./server.js";
import { Sight } from "./sight.js";
import { Signals } from "./signals.js";
import { Status } from "./status.js";
import { Store } from "./store.js";
import { keepUpToDate } from "./update.js";
import { VerdictScreen } from "./verdict.js";
import { listen } from "./wedge.js";

const REFRESH = 60000; // milliseconds between two looks at what the gates need

const root = document.querySelector("[data-gate]");
const part = (name) => root.querySelector(`[data-${name}]`);
const { slug, words, addresses } = JSON.parse(root.dataset.gate);
const ask = (...all) => fetch(...all);

const store = Store.open(slug);
const device = new Device({ store, addresses, fetch: ask });
const server = new Server({
  address: addresses.server,
  token: () => device.token(),
  renew: () => device.joinAsSteward(),
  fetch: ask,
});
const status = new Status({ part, words, store });
const network = new Network({
  retry: reconnect,
  onChange: (isUp) => status.network(isUp),
  onRevoked: () => show({ verdict: "revoked" }),
});
const sender = new Sender({ store, server, network, onSent: () => status.waiting() });
const judge = new Judge({ store, server, network, onWaiting: () => status.waiting() });
const sight = new Sight();
const signals = new Signals({ page: document, navigator });
const screen = new VerdictScreen(part("verdict"), words);
const detector = makeDetector();
let gate = null;
let direction = "entry";
let told = {}; // each gate as the server told it, by its code
let underWay = 0;
const early = []; // codes that came before the gate was known

/** Ask the server for everything again, and hand over what waits. */
async function reconnect() {
  try {
    showGates(await device.refresh(server));
    network.up();
    if ((await store.count()) && (await sender.send())) await device.refresh(server);
    status.waiting();
  } catch (error) {
    if (error.status === 403) network.revoked();
    else if (error.status === 401) showJoining();
    else network.down();
  }
}

function showJoining() {
  part("joining").hidden = false;
  part("join-code").focus();
}

function showGates({ gates, gate: chosen }) {
  told = Object.fromEntries(gates.map((one) => [one.code, one]));
  words.gates = Object.fromEntries(gates.map((one) => [one.code, nameOf(one)]));
  const known = gates.find(({ code }) => code === chosen) ?? (gates.length === 1 ? gates[0] : null);
  part("change").hidden = gates.length < 2;
  if (known) return begin(known.code);
  const choices = gates.map(({ code }) => {
    const button = part("choice").content.cloneNode(true).querySelector("button");
    button.textContent = `${code} · ${words.gates[code]}`;
    button.addEventListener("click", () => choose(code));
    return button;
  });
  part("choices").replaceChildren(...choices);
  part("nowhere").hidden = gates.length > 0;
  part("choosing").hidden = false;
}

function nameOf(one) {
  return (words.locale === "en" && one.name_en) || one.name_vi;
}

async function choose(code) {
  await device.choose(code);
  begin(code);
}

function begin(code) {
  part("choosing").hidden = part("joining").hidden = true;
  part("gate-name").textContent = `${code} · ${words.gates[code]}`;
  part("direction").hidden = !told[code]?.scans_exits;
  if (part("direction").hidden) turn("entry");
  if (gate === code) return;
  gate = code;
  takeFromAddress();
  early.splice(0).forEach(decide);
}

/** Whether people come in or go out; the switch says it in words. */
function turn(way) {
  direction = way;
  root.dataset.direction = way;
  for (const word of root.querySelectorAll("[data-way]")) word.hidden = word.dataset.way !== way;
}

/** What is handed to whoever comes in, in the reader's language. */
function handOut() {
  const { hand_out_vi: vi, hand_out_en: en } = told[gate] ?? {};
  return (words.locale === "en" && en) || vi || "";
}

async function take(reading) {
  part("typing").hidden = reading.outcome !== "vietnamese_typing";
  if (reading.outcome === "vietnamese_typing") return signals.give("repeated");
  return decide(reading.token ?? reading.text);
}

async function decide(code) {
  if (!gate) return early.push(code);
  part("busy").hidden = false;
  underWay += 1;
  const result = await judge.judge(code, gate, direction).catch(() => ({ verdict: "unkept" }));
  underWay -= 1;
  part("busy").hidden = true;
  show(result);
}

function show(result) {
  if (result.verdict === "admitted" && result.direction !== "exit") {
    status.letIn();
    result.handOut = handOut();
  }
  if (result.verdict === "revoked") Object.keys(told).forEach((code) => store.forgetNames(code));
  screen.show(result);
  signals.give(result.verdict);
}

/** A code in the picture counts when it comes into view; other codes than badges are refused once, too. */
function seen(text) {
  if (!gate) return;
  const reading = readCode(text);
  if (reading.outcome !== "empty" && sight.isNew(reading.token ?? reading.text ?? text)) take(reading);
}

function showCameraState(state) {
  part("guide").hidden = state !== "on";
  part("camera").hidden = state === "on";
  for (const note of root.querySelectorAll("[data-why]")) note.hidden = note.dataset.why !== state;
  if (state === "on") navigator.wakeLock?.request("screen").catch(() => {});
  else part("code").focus();
}

async function readPicture(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  const codes = await codesIn(await createImageBitmap(file), detector).catch(() => []);
  if (codes.length) take(readCode(codes[0]));
  else screen.show({ verdict: "refused", reason: "no_code" });
}

/** A badge that a steward's phone opened, or a code to join with. */
function takeFromAddress() {
  const reading = readCode(decodeURIComponent(location.hash.slice(1)));
  if (reading.outcome !== "token") return;
  history.replaceState(null, "", location.pathname + location.search); // a reload must not scan again
  decide(reading.token);
}

async function join(code) {
  const isJoined = await device.join(code).catch(() => null);
  part("join-wrong").hidden = isJoined !== false;
  part("join-unsent").hidden = isJoined !== null;
  if (isJoined) await reconnect();
}

/** Who this device is: what it kept, a code in the address, or the steward who is signed in. */
async function start() {
  const code = /^#join=(.+)$/.exec(location.hash)?.[1];
  if (code) history.replaceState(null, "", location.pathname);
  const kept = await store.device();
  if (kept?.gates.length) showGates(kept); // at once, also without network
  if (code) return join(decodeURIComponent(code));
  if (!kept && !(await device.joinAsSteward().catch(() => null))) return showJoining();
  await reconnect();
}

const camera = keepCamera({
  video: part("video"),
  page: document,
  mediaDevices: navigator.mediaDevices,
  isSecure: window.isSecureContext,
  userAgent: navigator.userAgent,
  onState: showCameraState,
  chosen: chosenCamera,
  onStream: (stream) =>
    offerTools({
      stream,
      torch: part("torch"),
      next: part("next-camera"),
      mediaDevices: navigator.mediaDevices,
      reopen: () => camera.open(),
    }),
});
function showSignals() {
  part("sound").setAttribute("aria-checked", String(signals.isOn));
  for (const word of part("sound").querySelectorAll("[data-when]")) word.hidden = (word.dataset.when === "on") !== signals.isOn;
}

showSignals();
part("sound").addEventListener("click", () => {
  signals.turn(!signals.isOn);
  showSignals();
});
part("direction").addEventListener("click", () => turn(direction === "entry" ? "exit" : "entry"));
watch({ video: part("video"), detector, page: document, onCode: seen });
listen({ page: document, field: part("code"), onCode: take });
listenForNames({
  dialog: part("people"),
  find: (text) => server.ask(`/people?q=${encodeURIComponent(text)}`, { patience: 4000 }),
  words: { ...words.find, kinds: words.kinds },
  onPicked: decide,
});
part("again").addEventListener("click", camera.open);
part("picture").addEventListener("change", readPicture);
part("find").addEventListener("click", () => part("people").showModal());
part("close").addEventListener("click", () => part("people").close());
part("change").addEventListener("click", async () => showGates({ ...(await store.device()), gate: null }));
part("join").addEventListener("submit", (event) => {
  event.preventDefault();
  join(part("join-code").value);
});
window.addEventListener("offline", () => network.down());
window.addEventListener("online", () => network.tryNow());
window.addEventListener("hashchange", takeFromAddress);
setInterval(() => gate && network.isUp && reconnect(), REFRESH);
keepUpToDate({ worker: addresses.worker, scope: "/gate/", isIdle: () => underWay === 0 });
await start();
status.keep();
