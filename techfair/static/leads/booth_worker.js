/**
 * Opens a booth's code without network: a page that notes what a visitor taps there. It keeps nothing else, and an
 * exhibitor's own page always comes from the server. CACHE, OURS, PAGE, SCOPE, FILES and PATIENCE come before this text.
 */
self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate" && pathname.startsWith(SCOPE)) event.respondWith(askedOrKept(event.request));
  else if (FILES.includes(pathname)) event.respondWith(keptOrAsked(event.request));
});

async function install() {
  await (await caches.open(CACHE)).addAll([PAGE, ...FILES]);
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

async function kept(request) {
  return (await caches.open(CACHE)).match(request);
}

async function keptOrAsked(request) {
  return (await kept(request)) ?? fetch(request);
}

async function askedOrKept(request) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  return (await Promise.race([fetch(request).catch(() => null), late])) ?? (await kept(PAGE)) ?? Response.error();
}
