/** The page that opens at a booth's code without network: it learns from its address which exhibitor is meant. */
import { toldBefore } from "./ready.js";

const [, slug, ref] = location.pathname.match(/\/fairs\/([^/]+)\/exhibitors\/([^/]+)/).map(decodeURIComponent);
const root = document.querySelector("[data-offline]");
const told = toldBefore(slug);

document.querySelector("[data-name]").textContent = JSON.parse(root.dataset.offline)[ref] ?? ref;
for (const part of root.querySelectorAll("[data-known]")) part.hidden = !told;
for (const part of root.querySelectorAll("[data-unknown]")) part.hidden = Boolean(told);
for (const form of root.querySelectorAll("form[data-tap]")) form.dataset.exhibitor = ref;
window.addEventListener("online", () => setTimeout(() => location.reload(), 3000)); // what waits is sent before
if (told) {
  root.dataset.taps = JSON.stringify(told);
  await import("./taps.js");
}
