/** The scan page: camera, handheld scanner, typed code and name search all end in one place, `judge`. */
import { keepCamera } from "./camera.js";
import { readCode } from "./code.js";
import { listenForNames } from "./find.js";
import { codesIn, makeDetector, watch } from "./reader.js";
import { Sight } from "./sight.js";
import { Signals } from "./signals.js";
import { Submitter } from "./submit.js";
import { VerdictScreen } from "./verdict.js";
import { listen } from "./wedge.js";

const root = document.querySelector("[data-gate]");
const part = (name) => root.querySelector(`[data-${name}]`);
const { gate, words, addresses, slug } = JSON.parse(root.dataset.gate);
const KEPT = `techfair device ${slug}`;

const sight = new Sight();
const signals = new Signals({ page: document, navigator });
const screen = new VerdictScreen(part("verdict"), words);
const detector = makeDetector();
let admitted = 0;

/** The device's token: kept for this tab, or asked for with the steward's sign-in. */
async function token() {
  return sessionStorage.getItem(KEPT) ?? renew();
}

async function renew() {
  sessionStorage.removeItem(KEPT);
  const csrf = document.querySelector('meta[name="csrf-token"]').content;
  const answer = await fetch(addresses.device, { method: "POST", headers: { "X-CSRFToken": csrf } });
  if (!answer.ok || answer.redirected) throw new Error("signed out");
  const given = (await answer.json()).token;
  sessionStorage.setItem(KEPT, given);
  return given;
}

const submitter = new Submitter({ address: addresses.scans, token, renew, fetch: (...all) => fetch(...all) });

async function judge(code) {
  part("busy").hidden = false;
  const result = await submitter.send(code, gate.code);
  part("busy").hidden = true;
  if (result.verdict === "admitted") part("count").textContent = String((admitted += 1));
  part("state").dataset.state = result.verdict === "unsent" ? "off" : "on";
  screen.show(result);
  signals.give(result.verdict);
}

function take(reading) {
  part("typing").hidden = reading.outcome !== "vietnamese_typing";
  if (reading.outcome === "vietnamese_typing") return signals.give("repeated");
  return judge(reading.token ?? reading.text);
}

/** A code in the picture counts when it comes into view; other codes than badges are refused once, too. */
function seen(text) {
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

function takeFromAddress() {
  const reading = readCode(decodeURIComponent(location.hash.slice(1)));
  if (reading.outcome !== "token") return;
  history.replaceState(null, "", location.pathname + location.search); // a reload must not scan again
  judge(reading.token);
}

const openCamera = keepCamera({
  video: part("video"),
  page: document,
  mediaDevices: navigator.mediaDevices,
  isSecure: window.isSecureContext,
  userAgent: navigator.userAgent,
  onState: showCameraState,
});
watch({ video: part("video"), detector, page: document, onCode: seen });
listen({ page: document, field: part("code"), onCode: take });
listenForNames({
  dialog: part("people"),
  address: addresses.people,
  fetch: (...all) => fetch(...all),
  words: { ...words.find, kinds: words.kinds },
  onPicked: judge,
});
part("again").addEventListener("click", openCamera);
part("picture").addEventListener("change", readPicture);
part("find").addEventListener("click", () => part("people").showModal());
part("close").addEventListener("click", () => part("people").close());
window.addEventListener("offline", () => (part("state").dataset.state = "off"));
window.addEventListener("online", () => (part("state").dataset.state = "on"));
window.addEventListener("hashchange", takeFromAddress);
token().catch(() => (part("state").dataset.state = "off"));
takeFromAddress();
