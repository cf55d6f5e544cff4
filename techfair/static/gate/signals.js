/** Three verdicts that one hears and feels without looking: rising, twice the same, falling; or silence. */

const TONES = {
  admitted: [[880, 0.09], [1320, 0.14]],
  repeated: [[620, 0.12], [0, 0.06], [620, 0.12]],
  refused: [[330, 0.2], [196, 0.35]],
};
const KEPT = "techfair silent"; // on the device, for all its gates
const BUZZES = { admitted: [60], repeated: [90, 60, 90], refused: [350] };

/** What the device remembers; a browser that refuses its storage remembers nothing beyond the page. */
function keptHere() {
  try {
    return window.localStorage;
  } catch {
    const kept = new Map();
    return {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => kept.set(name, value),
      removeItem: (name) => kept.delete(name),
    };
  }
}

export class Signals {
  #sound;

  constructor({ page, navigator, Sound = window.AudioContext, kept = keptHere() }) {
    Object.assign(this, { navigator, kept });
    const wake = () => (this.#sound ??= Sound && new Sound()); // browsers let a page sound only after a touch
    for (const touch of ["pointerdown", "keydown"]) page.addEventListener(touch, wake, { once: true });
  }

  get isOn() {
    return this.kept.getItem(KEPT) === null;
  }

  /** Silence the device, or let it be heard and felt again; it says at once how. Remembered on the device. */
  turn(isOn) {
    if (isOn) this.kept.removeItem(KEPT);
    else this.kept.setItem(KEPT, "yes");
    this.give("admitted");
  }

  give(verdict) {
    if (!this.isOn) return;
    const name = verdict in TONES ? verdict : "refused";
    this.navigator.vibrate?.(BUZZES[name]);
    if (this.#sound?.state === "running") this.#play(TONES[name]);
  }

  #play(tones) {
    let at = this.#sound.currentTime;
    for (const [pitch, length] of tones) {
      if (pitch) this.#tone(pitch, at, length);
      at += length;
    }
  }

  #tone(pitch, at, length) {
    const [source, volume] = [this.#sound.createOscillator(), this.#sound.createGain()];
    source.frequency.value = pitch;
    volume.gain.setValueAtTime(0.25, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + length);
    source.connect(volume).connect(this.#sound.destination);
    source.start(at);
    source.stop(at + length);
  }
}
