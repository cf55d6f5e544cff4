/** A drawn hall in its frame: larger and smaller by buttons, two fingers or the wheel; the frame itself scrolls. */

const LARGEST = 6;

export class View {
  constructor(frame) {
    this.frame = frame;
    this.svg = frame.querySelector("svg");
    this.zoom = 1;
    this.pinch = null;
    frame.addEventListener("touchstart", (event) => this.beginPinch(event), { passive: false });
    frame.addEventListener("touchmove", (event) => this.goPinch(event), { passive: false });
    frame.addEventListener("touchend", () => (this.pinch = null));
    frame.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  /** Bring the drawing to a size, one point of it staying where it is on the screen. */
  zoomTo(zoom, at = this.middle()) {
    const box = this.svg.getBoundingClientRect();
    const [left, top] = [(at.x - box.left) / box.width, (at.y - box.top) / box.height];
    this.zoom = Math.min(LARGEST, Math.max(1, zoom));
    this.svg.style.width = `${this.zoom * 100}%`;
    const now = this.svg.getBoundingClientRect();
    this.frame.scrollLeft += now.left + left * now.width - at.x;
    this.frame.scrollTop += now.top + top * now.height - at.y;
  }

  middle() {
    const box = this.frame.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }

  beginPinch({ touches }) {
    if (touches.length === 2) this.pinch = { apart: apart(touches), zoom: this.zoom };
  }

  goPinch(event) {
    if (!this.pinch || event.touches.length !== 2) return;
    event.preventDefault(); // the page itself is not to grow
    const [one, other] = event.touches;
    const at = { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 };
    this.zoomTo((this.pinch.zoom * apart(event.touches)) / this.pinch.apart, at);
  }

  wheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoomTo(this.zoom * (event.deltaY < 0 ? 1.2 : 1 / 1.2), { x: event.clientX, y: event.clientY });
  }

  /** Scroll to a thing of the drawing, near enough to read it: a square at least so many pixels wide. */
  flyTo(thing, square = 22) {
    const now = this.svg.getBoundingClientRect().width / this.svg.viewBox.baseVal.width;
    if (now < square) this.zoomTo((this.zoom * square) / now);
    const [box, frame] = [thing.getBoundingClientRect(), this.frame.getBoundingClientRect()];
    this.frame.scrollLeft += box.left + box.width / 2 - (frame.left + frame.width / 2);
    this.frame.scrollTop += box.top + box.height / 2 - (frame.top + frame.height / 2);
  }
}

function apart([one, other]) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}
