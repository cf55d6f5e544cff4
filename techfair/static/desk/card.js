/** The desk's and the kiosk's form: a citizen card, read by camera, picture or handheld scanner, fills in the name. */
import { keepCamera } from "../gate/camera.js";
import { codesIn, makeDetector, watch } from "../gate/reader.js";
import { nameOnCard } from "./citizen_card.js";

const part = (name) => document.querySelector(`[data-card-${name}]`);
const field = part("name");
const note = part("note");
const video = part("video");
let detector = null;
let camera = null;

/** Put the name of a card into the form; of any other code only that it is none. */
function take(code) {
  const name = nameOnCard(code);
  note.textContent = name ? note.dataset.read : note.dataset.other;
  if (!name) return;
  field.value = name;
  close();
  document.querySelector("[name=organisation]").focus();
}

function open() {
  part("view").hidden = false;
  note.textContent = "";
  if (!detector) {
    detector = makeDetector();
    watch({ video, detector, page: document, onCode: take });
  }
  camera = keepCamera({
    video,
    page: document,
    mediaDevices: navigator.mediaDevices,
    isSecure: window.isSecureContext,
    userAgent: navigator.userAgent,
    onState: (state) => {
      video.hidden = state !== "on";
      if (state !== "on") note.textContent = note.dataset.missing;
    },
  });
}

function close() {
  part("view").hidden = true;
  camera?.end();
  camera = null;
}

async function readPicture(event) {
  const [file] = event.target.files;
  event.target.value = "";
  if (!file) return;
  const codes = await codesIn(await createImageBitmap(file), (detector ??= makeDetector())).catch(() => []);
  take(codes[0] ?? "");
}

/** A handheld scanner types the whole code and ends with Return: the form is not sent, only the name stays. */
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !field.value.includes("|")) return;
  event.preventDefault();
  const typed = field.value;
  field.value = "";
  take(typed);
});
part("open").addEventListener("click", open);
part("close").addEventListener("click", close);
part("picture").addEventListener("change", readPicture);
document.querySelector("[data-card]").hidden = false;
