/** Mouse, pen and finger on the drawing: choose, move, resize, draw a new thing, frame several. */

/** ``editor``: pick, pickWithin, preview, settle, drawn, ghost, tool, plan, chosen; all in squares. */
export function watchPointer(svg, editor) {
  let drag = null;

  function square(event) {
    const box = svg.getBoundingClientRect();
    const { columns, rows } = editor.plan;
    return { x: ((event.clientX - box.left) / box.width) * columns, y: ((event.clientY - box.top) / box.height) * rows };
  }

  function begin(event) {
    if (event.button !== 0) return;
    const at = square(event);
    const handle = event.target.dataset.handle;
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (editor.tool !== "choose") drag = { at, does: "draw" };
    else if (handle) drag = { at, does: "resize", key: handle };
    else if (key) {
      if (!editor.chosen.has(key) || event.shiftKey) editor.pick(key, event.shiftKey);
      drag = { at, does: "move" };
    } else if (event.pointerType !== "touch") drag = { at, does: "frame" };
    else editor.pick(null); // an empty floor under a finger scrolls
    if (!drag) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    svg.closest("[tabindex]").focus({ preventScroll: true });
  }

  function go(event) {
    if (!drag) return;
    const now = square(event);
    const dx = Math.round(now.x - drag.at.x);
    const dy = Math.round(now.y - drag.at.y);
    if (drag.does === "move" || drag.does === "resize") editor.preview(drag.does, drag.key, dx, dy);
    else editor.ghost(between(drag.at, now));
  }

  function end(event) {
    if (!drag) return;
    const { at, does } = drag;
    drag = null;
    if (event.type === "pointercancel") return editor.settle(false);
    if (does === "draw") editor.drawn(between(at, square(event)));
    else if (does === "frame") editor.pickWithin(between(at, square(event)));
    else editor.settle(true);
  }

  function between(one, other) {
    const { columns, rows } = editor.plan;
    const [left, right] = [one.x, other.x].map((x) => Math.min(columns - 1, Math.max(0, Math.floor(x)))).sort((a, b) => a - b);
    const [top, bottom] = [one.y, other.y].map((y) => Math.min(rows - 1, Math.max(0, Math.floor(y)))).sort((a, b) => a - b);
    return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
  }

  svg.addEventListener("pointerdown", begin);
  svg.addEventListener("pointermove", go);
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
}
