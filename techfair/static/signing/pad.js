/** Drawing one's signature by finger, pen or mouse. Without it, or without a drawing, the typed name signs. */

const frame = document.querySelector("[data-pad]");
const pad = frame?.querySelector("canvas");
const kept = document.querySelector("[name=strokes]");
const WIDE = 600, HIGH = 200; // the box that strokes are told in, whatever the screen
let strokes = [];
let drawing = null;

function place(event) {
  const box = pad.getBoundingClientRect();
  const at = [((event.clientX - box.left) / box.width) * WIDE, ((event.clientY - box.top) / box.height) * HIGH];
  return at.map((value) => Math.round(value * 10) / 10);
}

function draw() {
  const ink = pad.getContext("2d");
  ink.clearRect(0, 0, pad.width, pad.height);
  Object.assign(ink, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#0b3d91" });
  for (const [first, ...rest] of strokes) {
    ink.beginPath();
    ink.moveTo(...first);
    for (const point of rest.length ? rest : [[first[0] + 0.1, first[1]]]) ink.lineTo(...point);
    ink.stroke();
  }
}

function keep() {
  kept.value = strokes.length ? JSON.stringify(strokes) : "";
  frame.querySelector("[data-clear]").hidden = !strokes.length;
}

function begin(event) {
  if (event.button) return;
  event.preventDefault();
  pad.setPointerCapture(event.pointerId);
  strokes.push((drawing = [place(event)]));
  draw();
}

function go(event) {
  if (!drawing) return;
  for (const one of event.getCoalescedEvents?.() ?? [event]) drawing.push(place(one));
  draw();
}

function end() {
  if (!drawing) return;
  drawing = null;
  keep();
}

if (frame) {
  frame.hidden = false;
  Object.assign(pad, { width: WIDE, height: HIGH });
  pad.addEventListener("pointerdown", begin);
  pad.addEventListener("pointermove", go);
  for (const over of ["pointerup", "pointercancel"]) pad.addEventListener(over, end);
  frame.querySelector("[data-clear]").addEventListener("click", () => { strokes = []; draw(); keep(); });
  if (kept.value) { strokes = JSON.parse(kept.value); draw(); } // after a wrong code the drawing is still there
  keep();
}
