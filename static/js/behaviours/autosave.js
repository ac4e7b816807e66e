import { fill } from "../site.js";

const QUIET = 2000; // milliseconds after the last key
const SKIP = new Set(["password", "file", "submit", "button"]);
const NEVER = new Set(["csrf_token", "seen"]);

// Keeps what is typed: on the server for members (data-autosave-url), on this device for guests.
// Private details (data-private) never stay on the device.
export default function autosave(form) {
  const { autosaveUrl: url, autosaveKey } = form.dataset;
  const key = `draft:${autosaveKey}`;
  const line = form.querySelector("[data-saved]");
  let saved = serialise();
  let timer;
  let busy = false;
  let touched = false; // scripts that rebuild a field change the form too: that is nothing to keep

  function fields() {
    return [...form.elements].filter((one) => one.name && !SKIP.has(one.type) && !NEVER.has(one.name) && (url || !one.closest("[data-private]")));
  }

  function serialise() {
    return JSON.stringify(fields().filter((one) => !["checkbox", "radio"].includes(one.type) || one.checked).map((one) => [one.name, one.value]));
  }

  function say(words, time = new Date(), failed = false) {
    if (!line) return;
    const style = words === line.dataset.wordsRestored ? { dateStyle: "long", timeStyle: "short" } : { timeStyle: "short" };
    line.hidden = false;
    line.classList.toggle("saved-line--failed", failed);
    line.textContent = fill(words, { time: new Intl.DateTimeFormat(document.documentElement.lang, style).format(time) });
  }

  function keepHere(state) {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: JSON.parse(state) }));
      return true;
    } catch {
      return false;
    }
  }

  function forgetHere() {
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  }

  async function save() {
    clearTimeout(timer);
    const state = serialise();
    if (busy || state === saved) return;
    if (!url) {
      const kept = keepHere(state);
      if (kept) saved = state;
      say(kept ? line?.dataset.wordsHere : line?.dataset.wordsFailed, new Date(), !kept);
      return;
    }
    busy = true;
    try {
      const body = new FormData(form);
      for (const one of form.querySelectorAll("input[type=file]")) body.delete(one.name);
      const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      saved = state;
      forgetHere(); // what was typed before signing in is on the server now
      say(line?.dataset.wordsSaved);
    } catch {
      say(line?.dataset.wordsFailed, new Date(), true);
      timer = setTimeout(save, 10000);
    }
    busy = false;
    if (serialise() !== state) plan();
  }

  function plan() {
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(save, QUIET);
  }

  function restore() {
    let kept;
    try { kept = JSON.parse(localStorage.getItem(key) || "null"); } catch { return; }
    if (!kept) return;
    const answered = fields().some((one) => one.type === "textarea" && one.value.trim());
    if (answered) { // the server gave the words back, after an error: they are newer
      if (url) forgetHere();
      return;
    }
    const byName = group(kept.fields);
    for (const one of fields().filter((one) => one.type !== "hidden")) {
      const values = byName.get(one.name);
      if (one.type === "checkbox" || one.type === "radio") one.checked = Boolean(values?.some(([, value]) => value === one.value));
      else if (values?.length) {
        const [, value] = values.shift();
        if (!one.value.trim() || one.type === "select-one") one.value = value;
      }
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
    form.dispatchEvent(new CustomEvent("restored", { detail: kept.fields }));
    if (url) plan(); // typed before signing in
    else saved = serialise();
    say(line?.dataset.wordsRestored, new Date(kept.at));
  }

  function group(pairs) {
    const map = new Map();
    for (const pair of pairs) map.set(pair[0], [...(map.get(pair[0]) || []), pair]);
    return map;
  }

  restore();
  form.addEventListener("input", plan);
  form.addEventListener("change", plan);
  addEventListener("visibilitychange", () => { if (document.hidden && touched) save(); });
}
