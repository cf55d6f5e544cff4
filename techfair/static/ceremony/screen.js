/** The screen of the hall goes on by itself: it asks this server every two seconds and shows what changed. */

const ASK_EVERY = 2000;
const TURN_EVERY = 9000;
const root = document.querySelector("[data-ceremony]");
let turn = 0;

/** Of a column longer than the screen one part is seen after the other; the pair on the stage stays in sight above. */
function showPart() {
  for (const list of root.querySelectorAll("ol")) {
    const parts = new Set([...list.children].map((line) => line.dataset.part)).size;
    for (const line of list.children) line.hidden = parts > 1 && Number(line.dataset.part) !== turn % parts;
  }
}

function setLost(isLost) {
  root.querySelector("[data-lost]").hidden = !isLost;
}

async function ask() {
  try {
    const headers = { "If-None-Match": `"${root.dataset.etag}"` };
    const answer = await fetch(root.dataset.ceremony, { headers, cache: "no-store", signal: AbortSignal.timeout(5000) });
    if (answer.status === 200) {
      root.innerHTML = await answer.text();
      root.dataset.etag = answer.headers.get("ETag").replaceAll('"', "").replace(/^W\//, "");
      showPart();
    }
    setLost(!answer.ok && answer.status !== 304);
  } catch {
    setLost(true);
  }
  setTimeout(ask, ASK_EVERY);
}

setInterval(() => {
  turn += 1;
  showPart();
}, TURN_EVERY);
showPart();
setTimeout(ask, ASK_EVERY);
