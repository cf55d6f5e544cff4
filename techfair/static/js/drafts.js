/** A long form saves itself while one types: whoever closes the browser finds it again as it was left. */

const PAUSE = 1500; // after the last letter

/** Keep ``form`` at its data-draft, and say so at ``status``; what it says stands in the status' own data. */
export function keepDraft(form, status, { send = fetch, pause = PAUSE } = {}) {
  let timer = 0;
  let isDirty = false;
  let isSent = false;

  function tell(word) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    status.textContent = status.dataset[word].replace("{time}", time);
  }

  async function save() {
    clearTimeout(timer);
    if (!isDirty || isSent) return;
    isDirty = false;
    const typed = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    try {
      const answer = await send(form.dataset.draft, { method: "POST", body: typed, keepalive: true });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      tell("saved");
    } catch {
      if (isSent) return;
      isDirty = true;
      tell("failed");
      timer = setTimeout(save, pause * 10);
    }
  }

  form.addEventListener("input", () => {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  });
  form.addEventListener("submit", () => {
    isSent = true;
    clearTimeout(timer);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  window.addEventListener("pagehide", save);
  window.addEventListener("pageshow", () => (isSent = false)); // back from a refused one by the browser's history
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  keepDraft(form, document.getElementById("draft-status"));
}
