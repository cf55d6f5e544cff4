/** Lets a booth's code open on this phone without network: the phone remembers its visitor by a number alone. */

const nameOf = (slug) => `techfair taps ${slug}`;

export function makeReady(told) {
  try {
    localStorage.setItem(nameOf(told.slug), JSON.stringify(told));
  } catch {
    return; // a phone that keeps nothing needs the network
  }
  const options = { scope: told.scope, updateViaCache: "none" };
  navigator.serviceWorker?.register(told.addresses.worker, options).catch(() => {});
}

/** A phone that is handed on knows nobody any more. */
export function forget({ slug }) {
  localStorage.removeItem(nameOf(slug));
}

/** What an earlier page told this phone, or null. */
export function toldBefore(slug) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(slug)));
  } catch {
    return null;
  }
}
