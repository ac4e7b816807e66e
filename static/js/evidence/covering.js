import board from "./board.js";
import { sketch } from "./picture.js";

const SIDE = 1600; // pixels in which the picture is shown

// Opens the page's dialog on a picture; resolves to the areas that are to be covered, or null when it was cancelled.
// Who leaves it with Escape or the phone's way back keeps what was drawn: to lose a cover unseen is the worse mistake.
export default async function covering(file, areas) {
  const canvas = await sketch(file, SIDE);
  const dialog = document.getElementById("cover-dialog");
  if (!canvas || dialog.open) return null;
  const place = dialog.querySelector(".cover");
  let drawn = areas;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", file.name);
  place.className = "cover";
  place.replaceChildren(canvas);
  dialog.returnValue = "";
  dialog.showModal();
  board(place, canvas, areas, (next) => { drawn = next; });
  return new Promise((resolve) => {
    dialog.onclick = ({ target }) => { if (target.closest("[data-close]")) dialog.close(target.closest("[data-close]").dataset.close); };
    dialog.onclose = () => {
      place.replaceChildren();
      resolve(dialog.returnValue === "cancel" ? null : drawn);
    };
  });
}
