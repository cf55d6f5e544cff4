/** The page without network, and its next version: the switch waits until no scan is on its way. */

const LOOK = 30000; // milliseconds between two looks for a moment to switch

export async function keepUpToDate({ worker, scope, isIdle, workers = navigator.serviceWorker, page = location }) {
  if (!workers) return; // plain http in the hall: the page works with the server alone
  const hadOne = Boolean(workers.controller);
  workers.addEventListener("controllerchange", () => hadOne && page.reload());
  const registration = await workers.register(worker, { scope, updateViaCache: "none" });
  const { active } = await workers.ready;
  active.postMessage({ keep: page.href.split(/[?#]/)[0] }); // it came before the worker did
  setInterval(() => {
    if (registration.waiting && isIdle()) registration.waiting.postMessage("switch");
    else registration.update().catch(() => {});
  }, LOOK);
}
