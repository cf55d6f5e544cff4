/** On the page of one's own badge: from now on booths' codes open on this phone without network. */
import { makeReady } from "./ready.js";

makeReady(JSON.parse(document.querySelector("[data-phone]").dataset.phone));
