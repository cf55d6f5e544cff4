/** A signing is dragged to its place; the arrows on each do the same without a script. */

const list = document.querySelector("[data-order]");
let dragged = null;

/** The line above whose middle the pointer is; none: the end. */
function lineBelow(y) {
  return [...list.children].find((line) => {
    const box = line.getBoundingClientRect();
    return line !== dragged && y < box.top + box.height / 2;
  });
}

function send() {
  const form = document.getElementById(list.dataset.order);
  for (const line of list.children) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "item", value: line.dataset.item });
    form.append(field);
  }
  form.requestSubmit();
}

if (list) {
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-item]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.item);
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    list.insertBefore(dragged, lineBelow(event.clientY) ?? null);
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    dragged = null;
    send();
  });
  list.addEventListener("dragend", () => {
    if (dragged) location.reload(); // let go elsewhere: nothing moves
  });
}
