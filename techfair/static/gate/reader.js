/** Reads QR codes in the camera's picture or in a chosen one; the decoder is our own copy, never a CDN's. */
import { BarcodeDetector, prepareZXingModule } from "../vendor/barcode-detector/ponyfill.js";

const WASM = new URL("../vendor/barcode-detector/zxing_reader.wasm", import.meta.url).href;
const BETWEEN = 80; // milliseconds from one look to the next: quick enough for a person, cool enough for a phone

export function makeDetector() {
  prepareZXingModule({
    overrides: { locateFile: (file, prefix) => (file.endsWith(".wasm") ? WASM : prefix + file) },
  });
  return new BarcodeDetector({ formats: ["qr_code"] });
}

/** The texts of all codes in a picture. */
export async function codesIn(picture, detector) {
  return (await detector.detect(picture)).map((code) => code.rawValue);
}

/** Look at `video` again and again, and tell `onCode` every code that stands in it. */
export async function watch({ video, detector, page, onCode, pause = (ms) => new Promise((done) => setTimeout(done, ms)) }) {
  for (;;) {
    await pause(BETWEEN);
    if (page.visibilityState !== "visible" || video.readyState < 2 || video.paused) continue;
    for (const code of await codesIn(video, detector).catch(() => [])) onCode(code);
  }
}
