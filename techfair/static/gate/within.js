/** A signal that ends a request after so many milliseconds; phones with Safari 15 do not know AbortSignal.timeout. */
export function within(milliseconds) {
  if (AbortSignal.timeout) return AbortSignal.timeout(milliseconds);
  const ending = new AbortController();
  setTimeout(() => ending.abort(), milliseconds);
  return ending.signal;
}
