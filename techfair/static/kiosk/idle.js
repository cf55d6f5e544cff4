/** A kiosk that nobody touches goes back to its beginning, so that nobody sees whose turn it was before. */

const body = document.querySelector("[data-idle]");
let timer;

function begin() {
  clearTimeout(timer);
  timer = setTimeout(() => location.replace(body.dataset.begin), Number(body.dataset.idle) * 1000);
}

for (const kind of ["pointerdown", "keydown", "input"]) document.addEventListener(kind, begin);
begin();
