import { element, fill } from "../site.js";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 32; // pixels around the picture, in which a finger finds the corners
const GRIP = 44; // pixels
const LEAST = 8; // pixels: less was a tap
const STEP = 0.01; // of the picture, by key
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const QUIET = 600; // milliseconds after the last key, when the place is said aloud

const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
const within = (value, least, most) => Math.min(most, Math.max(least, value));
const round = (value) => Math.round(value * 1e4) / 1e4;

function drawing(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Lets rectangles be drawn over a picture in `place` by finger, mouse and keys; `areas` are [x, y, width, height] in parts of it.
// `changed` gets the areas after each step. The tools are those of the page's template `cover-parts`.
export default function board(place, picture, first, changed) {
  let areas = first;
  let chosen = -1;
  let drag = null;
  let timer;
  const steps = [];
  const surface = drawing("svg", { class: "cover__surface", "aria-hidden": "true" });
  const frame = element("div", { className: "cover__board" });
  picture.replaceWith(frame);
  frame.append(picture, surface);
  place.prepend(document.getElementById("cover-parts").content.cloneNode(true));
  place.append(place.querySelector(".cover__list"));
  const list = place.querySelector(".cover__list");
  const status = place.querySelector("[role=status]");
  const [add, undo, move] = ["add", "undo", "move"].map((name) => place.querySelector(`[data-do=${name}]`));
  const size = () => ({ width: picture.clientWidth, height: picture.clientHeight });

  function keep(next, focus = chosen) {
    steps.push(areas);
    areas = next;
    chosen = Math.min(focus, areas.length - 1);
    changed(areas.map((area) => area.map(round)));
    show();
  }

  function show() {
    const { width, height } = size();
    surface.setAttribute("viewBox", `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`);
    const shapes = areas.flatMap(([x, y, w, h], index) => {
      const black = drawing("rect", { class: "cover__area", x: x * width, y: y * height, width: w * width, height: h * height, "data-area": index });
      black.classList.toggle("cover__area--chosen", index === chosen);
      return index === chosen ? [black, ...grips(x * width, y * height, w * width, h * height)] : [black];
    });
    surface.replaceChildren(...shapes);
    undo.disabled = !steps.length;
    while (list.children.length > areas.length) list.lastChild.remove();
    while (list.children.length < areas.length) list.append(row(list.children.length));
    [...list.children].forEach((one, index) => {
      one.firstChild.setAttribute("aria-label", told(index));
      one.firstChild.setAttribute("aria-pressed", String(index === chosen));
    });
  }

  function grips(x, y, w, h) {
    return [[0, 0], [1, 0], [0, 1], [1, 1]].flatMap(([right, low]) => {
      const [cx, cy] = [x + right * w + (right ? 10 : -10), y + low * h + (low ? 10 : -10)];
      return [
        drawing("circle", { class: "cover__dot", cx, cy, r: 8 }),
        drawing("rect", { class: "cover__grip", x: cx - GRIP / 2, y: cy - GRIP / 2, width: GRIP, height: GRIP, "data-corner": `${right}${low}` }),
      ];
    });
  }

  function told(index) {
    const [x, y, w, h] = areas[index].map((part) => percent.format(part));
    return fill(list.dataset.words, { n: index + 1, x, y, w, h });
  }

  function row(index) {
    const pick = element("button", { type: "button", className: "button button--small", textContent: fill(list.dataset.name, { n: index + 1 }) });
    const drop = element("button", { type: "button", className: "link-button link-button--danger", textContent: list.dataset.remove });
    drop.setAttribute("aria-label", fill(list.dataset.removes, { n: index + 1 }));
    pick.addEventListener("focus", () => choose(index));
    pick.addEventListener("keydown", (event) => press(event, index));
    drop.addEventListener("click", () => remove(index));
    return element("li", { className: "cover__row" }, pick, drop);
  }

  function choose(index) {
    if (chosen === index) return;
    chosen = index;
    show();
  }

  function remove(index) {
    keep(areas.filter((_area, at) => at !== index), index);
    (list.children[chosen]?.firstChild || add).focus({ preventScroll: true });
  }

  function press(event, index) {
    const way = KEYS[event.key];
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(index);
    } else if (way) {
      event.preventDefault();
      const [x, y, w, h] = areas[index];
      const [across, down] = way.map((one) => one * STEP);
      const next = event.shiftKey
        ? [x, y, within(w + across, STEP, 1 - x), within(h + down, STEP, 1 - y)]
        : [within(x + across, 0, 1 - w), within(y + down, 0, 1 - h), w, h];
      keep(areas.map((area, place) => place === index ? next : area), index);
      clearTimeout(timer);
      timer = setTimeout(() => { if (areas[index]) status.textContent = told(index); }, QUIET);
    }
  }

  function at(event) {
    const { left, top } = surface.getBoundingClientRect();
    const { width, height } = size();
    return [within((event.clientX - left - MARGIN) / width, 0, 1), within((event.clientY - top - MARGIN) / height, 0, 1)];
  }

  function begin(event) {
    if (drag || !event.isPrimary || event.button || place.classList.contains("cover--moving")) return;
    const [x, y] = at(event);
    const { corner, area } = event.target.dataset;
    drag = { before: areas, chosen, from: [x, y], pointer: event.pointerId };
    if (corner) {
      const [left, top, w, h] = areas[chosen];
      Object.assign(drag, { size: chosen, fixed: [corner[0] === "1" ? left : left + w, corner[1] === "1" ? top : top + h] });
    } else if (area) {
      Object.assign(drag, { move: Number(area), start: areas[area] });
      chosen = Number(area);
    } else {
      Object.assign(drag, { size: areas.length, fixed: [x, y] });
      areas = [...areas, [x, y, 0, 0]];
      chosen = areas.length - 1;
    }
    surface.setPointerCapture(event.pointerId);
    show();
  }

  function go(event) {
    if (drag?.pointer !== event.pointerId) return;
    const [x, y] = at(event);
    const index = drag.size ?? drag.move;
    let next;
    if (drag.size !== undefined) {
      const [fx, fy] = drag.fixed;
      next = [Math.min(x, fx), Math.min(y, fy), Math.abs(x - fx), Math.abs(y - fy)];
    } else {
      const [left, top, w, h] = drag.start;
      next = [within(left + x - drag.from[0], 0, 1 - w), within(top + y - drag.from[1], 0, 1 - h), w, h];
    }
    areas = areas.map((area, place) => place === index ? next : area);
    show();
  }

  function end(event) {
    if (drag?.pointer !== event.pointerId) return;
    const { before, chosen: last } = drag;
    const drawn = areas;
    const { width, height } = size();
    const [, , w, h] = areas[chosen];
    areas = before;
    drag = null;
    // two fingers are a pinch, which the browser takes over; a tap beside the areas draws nothing
    if (event.type === "pointercancel" || w * width < LEAST || h * height < LEAST) chosen = last;
    else if (drawn.some((area, index) => area !== before[index])) keep(drawn);
    show();
    list.children[chosen]?.firstChild.focus({ preventScroll: true });
  }

  surface.addEventListener("pointerdown", begin);
  surface.addEventListener("pointermove", go);
  surface.addEventListener("pointerup", end);
  surface.addEventListener("pointercancel", end);
  add.addEventListener("click", () => {
    const next = [0.3, 0.4, 0.4, 0.12].map((part, index) => index < 2 ? within(part + 0.04 * areas.length, 0, 0.6) : part);
    keep([...areas, next], areas.length);
    list.children[chosen].firstChild.focus({ preventScroll: true });
  });
  undo.addEventListener("click", () => {
    areas = steps.pop();
    chosen = Math.min(chosen, areas.length - 1);
    changed(areas.map((area) => area.map(round)));
    show();
  });
  move.addEventListener("click", (event) => {
    const moving = place.classList.toggle("cover--moving");
    event.currentTarget.setAttribute("aria-pressed", String(moving));
  });
  new ResizeObserver(show).observe(picture);
  show();
}
