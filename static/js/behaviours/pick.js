import { element } from "../site.js";

// Words selected in the texts beside it go to the list of words to be covered, one on a line.
export default function pick(place) {
  const list = document.getElementById(place.dataset.for);
  if (!list) return;
  const button = element("button", { type: "button", className: "button button--small", textContent: place.dataset.pick, disabled: true });
  const selected = () => {
    const selection = getSelection();
    const inside = (node) => node?.parentElement?.closest("[data-pick-from]");
    return selection.rangeCount && inside(selection.anchorNode) && inside(selection.focusNode) ? selection.toString().replace(/\s+/g, " ").trim() : "";
  };
  let words = "";
  document.addEventListener("selectionchange", () => {
    words = selected() || (document.activeElement === button ? words : "");
    button.disabled = !words;
  });
  button.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  button.addEventListener("click", () => {
    if (!words || list.value.split("\n").includes(words)) return;
    list.value = [list.value.trim(), words].filter(Boolean).join("\n");
    list.dispatchEvent(new Event("input", { bubbles: true }));
  });
  place.append(button);
}
