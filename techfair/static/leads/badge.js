/** On the page of one's own badge: from now on booths' codes open on this phone without network. */
import { forget, makeReady } from "./ready.js";

const told = JSON.parse(document.querySelector("[data-phone]").dataset.phone);
makeReady(told);
document.querySelector("form[action$='/leave']").addEventListener("submit", () => forget(told));
