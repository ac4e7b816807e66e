import { fill } from "../site.js";

// Counts as the server does: code points, with a line break as one.
export default function counter(place) {
  const field = document.getElementById(place.dataset.for);
  const most = Number(place.dataset.max);
  if (!field) return;
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const first = place.textContent;
  const show = () => {
    const left = most - [...field.value].length;
    const near = left < most / 5;
    place.classList.toggle("field__counter--over", left < 0);
    place.textContent = left < 0 ? fill(place.dataset.over, { n: format.format(-left) })
      : near ? fill(place.dataset.left, { n: format.format(left) }) : first;
  };
  field.addEventListener("input", show);
  show();
}
