/** What every page does, as long as a script may: nothing here is needed to get something done. */

const page = document;

/** After a refused form the reader starts at the list of what is wrong. */
function focusErrors() {
  page.querySelector("[data-focus]")?.focus();
}

/** Buttons that only a script can serve are hidden until one is here. */
function revealButtons(root = page) {
  const known = ["[data-dismiss][hidden]", "[data-close][hidden]", "[data-tick-all][hidden]", "[data-print][hidden]"];
  if (navigator.share || navigator.clipboard) known.push("[data-share][hidden]");
  for (const button of root.querySelectorAll(known.join())) button.hidden = false;
}

/** A notice leaves; focus goes where it can be found again. */
function dismiss(button) {
  button.closest(".notice").remove();
  page.getElementById("main")?.focus();
}

/** Menus and confirmations float: Escape, a click elsewhere or another one opening closes them. */
function closeFloating(except) {
  for (const open of page.querySelectorAll("details[data-floats][open]")) {
    if (!open.contains(except)) open.open = false;
  }
}

function closeOwn(element) {
  const floating = element.closest("details[data-floats][open]");
  if (!floating) return false;
  floating.open = false;
  floating.querySelector("summary").focus();
  return true;
}

/** The pressed button is deaf to a second press; ``data-again`` on a form that answers with a file allows it. */
function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-disabled", "true");
}

/** Coming back by the browser's history shows the page as it was left: forms must work again. */
function sendAgain() {
  for (const form of page.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) {
      button.removeAttribute("aria-busy");
      button.removeAttribute("aria-disabled");
    }
  }
}

/** One box ticks all of a name on the page. */
function tickAll(event) {
  const name = event.target.dataset?.tickAll;
  if (!name) return;
  for (const box of page.querySelectorAll(`input[type="checkbox"][name="${name}"]`)) box.checked = event.target.checked;
}

function isTyping(target) {
  return target.isContentEditable || /^(input|select|textarea)$/i.test(target.tagName);
}

function onKey(event) {
  if (event.key === "Escape") return closeOwn(page.activeElement) || closeFloating(null);
  const asksForSearch = (event.key === "/" && !isTyping(event.target)) || (event.key === "k" && event.ctrlKey);
  const search = page.querySelector("[data-search]");
  if (asksForSearch && search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
}

function onClick(event) {
  const button = event.target.closest("[data-dismiss], [data-close], [data-print], [data-copy], [data-share]");
  if (button?.matches("[data-dismiss]")) dismiss(button);
  else if (button?.matches("[data-close]")) closeOwn(button);
  else if (button?.matches("[data-print]")) window.print();
  else if (button?.matches("[data-copy]")) copy(button, button.dataset.copy);
  else if (button?.matches("[data-share]")) share(button);
  closeFloating(event.target);
}

/** A phone offers its own ways to hand an address on; elsewhere it is copied. Changing one's mind is no fault. */
async function share(button) {
  if (!navigator.share) return copy(button, button.dataset.share);
  await navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
}

/** ``data-done`` is the word the button shows afterwards. */
async function copy(button, text) {
  await navigator.clipboard.writeText(text);
  if (!button.dataset.done) return;
  button.querySelector("[data-word]").textContent = button.dataset.done;
}

/** htmx sends the token that forms carry as a field; rows it swaps in get their buttons too. */
function serveHtmx() {
  page.addEventListener("htmx:configRequest", (event) => {
    const token = page.querySelector('meta[name="csrf-token"]')?.content;
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });
  page.addEventListener("htmx:afterSwap", (event) => {
    revealButtons(event.detail.elt);
    sendAgain();
    event.detail.elt.querySelector?.("[data-focus]")?.focus();
  });
  page.addEventListener("htmx:afterRequest", sendAgain);
}

page.addEventListener("submit", sendOnce);
page.addEventListener("click", onClick);
page.addEventListener("change", tickAll);
page.addEventListener("keydown", onKey);
window.addEventListener("pageshow", sendAgain);
serveHtmx();
revealButtons();
focusErrors();
if (page.querySelector('[data-print="now"]')) window.addEventListener("load", () => window.print());
