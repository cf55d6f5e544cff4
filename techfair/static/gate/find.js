/** Finding a person by name, for those whose badge is at home. */
import { fill } from "./verdict.js";

const REST = 250; // milliseconds without a key before the server is asked
const AGAIN = 2000; // milliseconds after which a server that did not answer is asked once more

/** `find(text)` answers {people}; it fails without network. */
export function listenForNames({ dialog, find, onPicked, words }) {
  const [field, list, note] = ["input", "ul", "[data-note]"].map((part) => dialog.querySelector(part));
  const row = dialog.querySelector("template");
  let waiting;
  let asked = 0;

  function askIn(pause) {
    clearTimeout(waiting);
    waiting = setTimeout(ask, pause);
  }

  async function ask() {
    const text = field.value.trim();
    const turn = ++asked;
    const people = text.length < 2 ? [] : await found(text);
    if (turn !== asked) return; // a later question is on its way
    list.replaceChildren(...(people ?? []).map(line));
    note.textContent = people === null ? words.unsent : text.length < 2 ? words.short : people.length ? "" : words.nobody;
    if (people === null && dialog.open) askIn(AGAIN);
  }

  async function found(text) {
    const answer = await find(text).catch(() => null);
    return answer && answer.people;
  }

  function line(person) {
    const item = row.content.cloneNode(true);
    item.querySelector("[data-name]").textContent = person.name;
    item.querySelector("[data-detail]").textContent = [fill(words.number, person), words.kinds[person.kind], person.organisation].filter(Boolean).join(" · ");
    item.querySelector("button").addEventListener("click", () => {
      dialog.close();
      onPicked(person.code);
    });
    return item;
  }

  field.addEventListener("input", () => askIn(REST));
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  dialog.addEventListener("close", () => {
    clearTimeout(waiting);
    field.value = "";
    list.replaceChildren();
    note.textContent = "";
  });
}
