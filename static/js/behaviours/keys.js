// Keyboard of a desk: j and k move along [data-item] links, o opens, any other key presses the element with that data-key; ? opens the help dialog.
export default function keys(desk) {
  const items = () => [...desk.querySelectorAll("[data-item]")];

  function move(step) {
    const all = items();
    const from = Math.max(all.indexOf(document.activeElement), all.findIndex((one) => one.hasAttribute("aria-current")));
    all[Math.min(Math.max(from + step, 0), all.length - 1)]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    const target = [...desk.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (target) target.matches("button, a") ? target.click() : target.focus();
    else if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.key === "o") document.activeElement.closest("[data-item]")?.click();
    else if (event.key === "?") desk.querySelector("dialog[data-help]")?.showModal();
    else return;
    event.preventDefault();
  });
}
