import { element, fill } from "../site.js";

const WAIT = 1500; // milliseconds after the last key

// Proposes to mask what looks private in a textarea; nothing is changed without a click.
export default function hints(place) {
  const field = document.getElementById(place.dataset.for);
  if (!field) return;
  const left = new Set([...field.form?.querySelectorAll("input[name=left]") || []].map((one) => one.value)); // what the writer chose to leave in this draft
  const token = field.form?.elements.csrf_token?.value;
  let timer;

  async function look() {
    const text = field.value;
    if (!text.trim()) {
      place.replaceChildren();
      return;
    }
    try {
      const headers = { "Content-Type": "application/json", ...(token && { "X-CSRF-Token": token }) };
      const answer = await fetch(place.dataset.hintsUrl, { method: "POST", headers, body: JSON.stringify({ text }) });
      if (!answer.ok || field.value !== text) return;
      show(await answer.json());
    } catch { /* hints are a help, never a condition */ }
  }

  function show(found) {
    const open = found.filter((one) => !left.has(one.text));
    place.replaceChildren(...open.map((one) => {
      const mask = element("button", { type: "button", className: "button button--small", textContent: place.dataset.mask });
      const keep = element("button", { type: "button", className: "button button--quiet button--small", textContent: place.dataset.keep });
      mask.addEventListener("click", () => {
        const at = field.value.startsWith(one.text, one.start) ? one.start : field.value.indexOf(one.text);
        if (at >= 0) {
          field.setRangeText(one.mask, at, at + one.text.length, "end");
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }
        look();
      });
      keep.addEventListener("click", () => {
        left.add(one.text);
        field.form?.append(element("input", { type: "hidden", name: "left", value: one.text }));
        field.form?.dispatchEvent(new Event("input", { bubbles: true }));
        show(found);
      });
      const words = fill(place.dataset.words, { text: one.text, kind: one.kind });
      return element("div", { className: "hint" }, element("span", { textContent: words }), element("span", { className: "actions" }, mask, keep));
    }));
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  look();
}
