// Loaded on every page: the theme at once, the rest when the document is there.
const root = document.documentElement;

const theme = {
  get chosen() {
    try { return localStorage.getItem("theme") || ""; } catch { return ""; }
  },
  choose(name) {
    try { name ? localStorage.setItem("theme", name) : localStorage.removeItem("theme"); } catch { /* private mode: for this page only */ }
    theme.show(name);
  },
  show(name) {
    if (name) root.dataset.theme = name;
    else delete root.dataset.theme;
  },
};
theme.show(theme.chosen);

export function toast(words) {
  const place = document.querySelector("[data-toast]");
  if (!place) return;
  place.textContent = words;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { place.textContent = ""; }, 6000);
}

export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole);
}

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function switchTheme() {
  const group = document.querySelector("[data-theme-switch]");
  if (!group) return;
  const show = () => {
    for (const button of group.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === (root.dataset.theme || "")));
  };
  group.hidden = false;
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    theme.choose(button.value);
    show();
  });
  show();
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (event.type === "keydown" ? event.key === "Escape" : !menu.contains(event.target)) {
      menu.open = false;
      if (event.type === "keydown") menu.querySelector("summary").focus();
    }
  }
}

// Asks in a native dialog; resolves to true when the person says yes.
function ask({ confirm, yes, no }, harmless) {
  return new Promise((resolve) => {
    const agree = element("button", { className: `button button--${harmless ? "primary" : "danger"}`, value: "yes", textContent: yes || "✓" });
    const form = element("form", { method: "dialog" },
      element("p", { textContent: confirm }),
      element("div", { className: "actions" }, element("button", { className: "button", value: "", textContent: no || "✗" }), agree));
    const dialog = element("dialog", { className: "dialog" }, form);
    dialog.setAttribute("aria-label", confirm);
    dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.remove(); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const agreed = new WeakSet();
const sent = new WeakSet();

// One listener for every form: asks first where data-confirm says so, and lets nothing be sent twice.
async function guardSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.method === "get") return;
  const button = event.submitter;
  const asking = [button, form].find((one) => one?.dataset.confirm);
  if (asking && !agreed.has(form)) {
    event.preventDefault();
    if (await ask({ ...form.dataset, ...asking.dataset }, asking.classList.contains("button--primary"))) {
      agreed.add(form);
      form.requestSubmit(button);
    }
    return;
  }
  agreed.delete(form);
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  if ("downloads" in form.dataset) return; // the page stays, and the next button wants another file
  sent.add(form);
  button?.setAttribute("aria-disabled", "true"); // not `disabled`: its name and value must still be sent
  setTimeout(() => release(form), 15000); // a lost connection must not lock the form
}

function release(form) {
  sent.delete(form);
  for (const button of document.querySelectorAll("[aria-disabled]")) if (button.form === form) button.removeAttribute("aria-disabled");
}

async function click(event) {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    return;
  }
  const copier = event.target.closest("[data-copy]");
  if (copier) {
    await navigator.clipboard.writeText(copier.dataset.copy);
    toast(copier.dataset.done);
  }
}

function share() {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = !navigator.share;
    button.addEventListener("click", () => navigator.share({ url: button.dataset.share, title: document.title }).catch(() => {}));
  }
}

// A row of tabs wider than the screen begins at the one that is open.
function showCurrentTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

function clearDrafts() {
  for (const place of document.querySelectorAll("[data-clear-draft]")) {
    try { localStorage.removeItem(`draft:${place.dataset.clearDraft}`); } catch { /* nothing was kept */ }
  }
}

function behave() {
  for (const place of document.querySelectorAll("[data-behaviour]")) {
    for (const name of place.dataset.behaviour.split(" ")) {
      import(`./behaviours/${name}.js`).then((module) => module.default(place));
    }
  }
}

function start() {
  switchTheme();
  share();
  showCurrentTab();
  clearDrafts();
  behave();
  document.querySelector("[data-focus]")?.focus();
  document.addEventListener("submit", guardSubmit);
  document.addEventListener("click", click);
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);
  addEventListener("pageshow", (event) => { if (event.persisted) for (const form of document.forms) release(form); });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
