import board from "../evidence/board.js";

// Keeps what is covered of a stored picture in a hidden field: [[page, x, y, width, height], …], of which page 1 is shown here.
export default function cover(place) {
  const field = document.getElementById(place.dataset.field);
  const all = JSON.parse(field.value || "[]");
  const others = all.filter(([page]) => page !== 1);
  const first = all.filter(([page]) => page === 1).map(([, ...area]) => area);
  board(place, place.querySelector("img"), first, (areas) => {
    field.value = JSON.stringify([...areas.map((area) => [1, ...area]), ...others]);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
