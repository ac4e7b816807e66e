const EDGE = 96; // pixels from the edge of the window, within which a held row makes the page scroll
const STRIDE = 10; // pixels a frame

// Lets the rows of a list be dragged by their `.kept-file__grip`; `moved` is told which row found another place.
// The neighbours give way, the row itself stays in the document: what is taken out of it loses the finger.
export default function drag(list, moved) {
  let held = null;

  function step() {
    if (!held) return;
    const { row, y } = held;
    const { previousElementSibling: before, nextElementSibling: after } = row;
    if (before && y < EDGE) scrollBy(0, -STRIDE);
    else if (after && y > innerHeight - EDGE) scrollBy(0, STRIDE);
    const [above, own, below] = [before, row, after].map((one) => one?.getBoundingClientRect());
    // only where the finger is on the row again afterwards, or two rows of unlike height would change places for ever
    if (before && y < own.top && y < above.top + own.height) row.after(before);
    else if (after && y > own.bottom && y > below.bottom - own.height) row.before(after);
    requestAnimationFrame(step);
  }

  function end(event) {
    if (event.pointerId !== held?.pointer) return;
    const { row, place } = held;
    held = null;
    row.classList.remove("kept-file--held");
    if ([...list.children].indexOf(row) !== place) moved(row);
  }

  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest(".kept-file__grip")?.closest("[data-state]");
    if (held || !row || !event.isPrimary || event.button) return;
    event.preventDefault();
    event.target.setPointerCapture(event.pointerId);
    held = { row, y: event.clientY, pointer: event.pointerId, place: [...list.children].indexOf(row) };
    row.classList.add("kept-file--held");
    requestAnimationFrame(step);
  });
  list.addEventListener("pointermove", (event) => { if (event.pointerId === held?.pointer) held.y = event.clientY; });
  list.addEventListener("pointerup", end);
  list.addEventListener("pointercancel", end);
}
