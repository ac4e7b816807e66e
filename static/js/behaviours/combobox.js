import { element, fill, toast } from "../site.js";

const WAIT = 150; // milliseconds between the last key and the question to the server

// Gives suggestions to an input. With data-most, one input takes the place of several plain ones, and each chosen name is a
// chip with a hidden input of the same name; without it the one input stays, and whatever is typed in it counts.
export default function combobox(place) {
  const { name, most, suggestUrl, label, remove, add, found, full } = place.dataset;
  const plain = [...place.querySelectorAll("input")];
  const list = element("ul", { className: "combobox__list", id: `${name}-list`, role: "listbox", hidden: true });
  list.setAttribute("aria-label", label);
  const input = most ? element("input", { className: "input", type: "text", id: `${name}-input` }) : plain[0];
  if (most) input.setAttribute("aria-label", label);
  for (const [key, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(key, value);
  const chips = element("div", { className: "chips" });
  const status = element("span", { className: "visually-hidden", role: "status" });
  let at = -1;
  let timer;
  let asked = 0;

  const chosen = () => [...chips.querySelectorAll("input")].map((one) => one.value);

  function choose(words) {
    const value = words.trim();
    close();
    if (!most) {
      if (value !== input.value) {
        input.value = value;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
      return;
    }
    input.value = "";
    if (!value || chosen().some((one) => one.toLowerCase() === value.toLowerCase())) return;
    if (chosen().length >= Number(most)) {
      toast(full);
      input.value = value;
      return;
    }
    const button = element("button", { type: "button", textContent: "×" });
    button.setAttribute("aria-label", fill(remove, { name: value }));
    const chip = element("span", { className: "chip" }, value, element("input", { type: "hidden", name, value }), button);
    button.addEventListener("click", () => {
      chip.remove();
      changed();
      input.focus();
    });
    chips.append(chip);
    changed();
  }

  function changed() {
    chips.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    at = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    const options = [...list.children];
    if (list.hidden || !options.length) return;
    at = (at + step + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  }

  function show(names, typed) {
    const same = (one) => one?.toLowerCase() === typed.toLowerCase();
    const known = names.some(({ name: own, via }) => same(own) || same(via));
    const options = names.map(({ name: own, via }) => [own, via ? `${via} → ${own}` : own]);
    if (add && !known) options.push([typed, fill(add, { name: typed })]);
    if (!options.length) {
      close();
      return;
    }
    list.replaceChildren(...options.map(([value, words], index) => {
      const option = element("li", { className: "combobox__option", id: `${list.id}-${index}`, role: "option", textContent: words });
      option.setAttribute("aria-selected", "false");
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(value));
      option.dataset.value = value;
      return option;
    }));
    at = -1;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = fill(found, { n: names.length });
  }

  async function suggest() {
    const typed = input.value.trim();
    if (typed.length < 2) {
      close();
      return;
    }
    const turn = ++asked;
    let names = [];
    try {
      const answer = await fetch(`${suggestUrl}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
      if (answer.ok) names = await answer.json();
    } catch { /* offline: the typed name can still be added */ }
    if (turn === asked) show(names.slice(0, 8), typed);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && input.value.trim() && (most || !list.hidden)) {
      event.preventDefault();
      choose(at >= 0 ? list.children[at].dataset.value : input.value);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (most && event.key === "Backspace" && !input.value) {
      chips.lastElementChild?.querySelector("button").click();
    }
  });
  input.addEventListener("blur", () => choose(input.value)); // a name that was typed but not confirmed counts

  if (!most) {
    place.append(list, status);
    return;
  }
  place.replaceChildren(chips, input, list, status);
  for (const one of plain) choose(one.value);
  place.closest("form")?.addEventListener("restored", (event) => {
    for (const [field, value] of event.detail) if (field === name) choose(value);
  });
}
