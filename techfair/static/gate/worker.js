/**
 * Keeps scanning pages and all they are made of, so that they open without network. NAME, PATTERN, VERSION, FILES
 * and PATIENCE come before this text. A page and its scripts are of one version always: a worker keeps only pages that name its own.
 */
const OURS = `techfair ${NAME} `;
const CACHE = OURS + VERSION;
const PAGE = new RegExp(PATTERN);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "switch") self.skipWaiting();
  else event.waitUntil(fetch(event.data.keep).then((answer) => keep(event.data.keep, answer)));
});
self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(keptOrAsked(event.request));
  else if (event.request.mode === "navigate" && PAGE.test(address.pathname)) event.respondWith(askedOrKept(event));
});

/** All files, and this version of the pages that an earlier worker kept. */
async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  for (const name of await caches.keys()) {
    for (const { url } of name === CACHE ? [] : await (await caches.open(name)).keys()) {
      if (PAGE.test(new URL(url).pathname)) await keepNow(url);
    }
  }
}

/** Keep the page, or fail, and with it this version until the next look: later the page might open without network. */
async function keepNow(url) {
  const answer = await keep(url, await fetch(url));
  const isOther = (answer.headers.get("X-Version") ?? VERSION) !== VERSION; // another server is still of the last one
  if (answer.status >= 500 || isOther) throw new Error(`${url} cannot be kept now`);
}

/** The caches of versions before the last one go; an open page of the last one may still ask for its parts. */
async function activate() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  for (const name of ours.slice(0, -1)) await caches.delete(name);
  await self.clients.claim();
}

async function keptOrAsked(request) {
  return (await caches.match(request)) ?? fetch(request);
}

/** The server's page if it comes in time, else the one kept here, in the reader's last language. */
async function askedOrKept(event) {
  const kept = caches.open(CACHE).then((cache) => cache.match(event.request, { ignoreSearch: true, ignoreVary: true }));
  const asked = fetch(event.request).then((answer) => keep(event.request.url, answer));
  event.waitUntil(asked.catch(() => {}));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  return (await Promise.race([asked.catch(() => null), late])) ?? (await kept) ?? asked;
}

async function keep(url, answer) {
  const isOurs = answer.ok && !answer.redirected && answer.headers.get("X-Version") === VERSION;
  if (isOurs) {
    const plain = new URL(url);
    plain.search = plain.hash = "";
    await (await caches.open(CACHE)).put(plain.href, answer.clone());
  }
  return answer;
}
