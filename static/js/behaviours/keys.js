import { element } from "../site.js";

// Keyboard of a desk: j and k move along [data-item] links, o opens, Escape leaves a field, ? opens the help dialog; any other key presses
// the element with that data-key. Buttons that decide, and the fields of their form, get theirs here: the same at every kind of item.
const DECISIONS = { p: ["publish", "accept", "approve", "grant", "reinstate", "restore", "check", "done"], b: ["return"], x: ["reject", "refuse", "dismiss"], u: ["uphold", "take_down", "hide", "carry_out", "erase"] };
const TONES = { success: "good", error: "problem" };
const FIELDS = { r: "reason", e: "message", a: "answer", c: "check_made" };

// A page that was fetched ahead knows nothing of the decision that led to it.
async function told() {
  if (performance.getEntriesByType("navigation")[0]?.deliveryType !== "navigational-prefetch") return;
  const said = await (await fetch("/moderation/said")).json();
  if (!said.length) return;
  const notices = said.map(([kind, words]) => element("div", { className: `notice notice--${TONES[kind] ?? kind}` }, element("p", { textContent: words })));
  const place = element("div", { className: "notices", role: "status" });
  document.querySelector("main").prepend(place);
  place.append(...notices);
}

export default function keys(desk) {
  told();
  const items = () => [...desk.querySelectorAll("[data-item]")];
  const form = desk.querySelector(".pane--decision form:has([name=decision])");
  for (const [key, values] of Object.entries(DECISIONS)) {
    for (const button of form?.querySelectorAll("[name=decision]") ?? []) if (values.includes(button.value)) button.dataset.key = key;
  }
  for (const [key, name] of Object.entries(FIELDS)) {
    const field = form?.querySelector(`[name="${name}"]`);
    if (field) field.dataset.key = key;
  }
  for (const one of desk.querySelectorAll("[data-key]")) one.setAttribute("aria-keyshortcuts", one.dataset.key);

  function move(step) {
    const all = items();
    const here = all.indexOf(document.activeElement);
    const from = here < 0 ? all.findIndex((one) => one.hasAttribute("aria-current")) : here;
    all[Math.min(Math.max(from + step, 0), all.length - 1)]?.focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("dialog")) return;
    if (event.target.matches("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio])")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const target = [...desk.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key);
    if (target) target.matches("button, a, summary") ? target.click() : target.focus();
    else if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.key === "o") document.activeElement.closest("[data-item]")?.click();
    else if (event.key === " " && document.activeElement.matches("[data-item]")) desk.querySelector(`[value="${document.activeElement.dataset.item}"]`)?.click();
    else if (event.key === "?") desk.querySelector("dialog[data-help]")?.showModal();
    else return;
    event.preventDefault();
  });
}
