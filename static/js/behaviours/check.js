import { element } from "../site.js";

const HASH = /^[0-9a-f]{64}$/;

// Compares the SHA-256 of chosen files with a receipt; the files stay on this device.
export default function check(place) {
  if (!globalThis.crypto?.subtle) return;
  const words = place.dataset;
  const [hash, input] = place.querySelectorAll("input");
  const problem = place.querySelector("[role=alert]");
  const results = place.querySelector("[role=status]");
  let found = []; // of the files chosen last: {name, hash, said}

  function show() {
    const wanted = hash.value.toLowerCase().replace(/[^0-9a-z]/g, "");
    const bad = Boolean(wanted) && !HASH.test(wanted);
    problem.textContent = bad ? words.bad : "";
    problem.hidden = !bad;
    results.replaceChildren(...found.map((file) => {
      const state = !file.hash || bad ? "" : !wanted ? "none" : wanted === file.hash ? "same" : "other";
      const verdict = element("p", { className: "check__verdict", textContent: file.said || words[state] || "" });
      return element("div", { className: `check__result check__result--${state}` },
        element("p", { textContent: file.name, dir: "auto" }), verdict, element("code", { textContent: file.hash }));
    }));
  }

  async function digest(file) {
    if (file.size > Number(words.most)) return { said: words.large };
    try {
      const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      return { said: "", hash: [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
    } catch {
      return { said: words.unread };
    }
  }

  async function take(files) {
    const mine = found = [...files].map((file) => ({ name: file.name, hash: "", said: words.busy }));
    show();
    for (const [at, file] of [...files].entries()) { // one after the other: each is held in memory as a whole
      if (found !== mine) return;
      Object.assign(mine[at], await digest(file));
      if (found === mine) show();
    }
  }

  function arrive() {
    const named = location.hash.slice(1);
    if (HASH.test(named.toLowerCase())) hash.value = named;
    show();
  }

  hash.addEventListener("input", show);
  input.addEventListener("change", () => take([...input.files]));
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      if (kind === "drop") take([...event.dataTransfer.files]);
    });
  }
  addEventListener("hashchange", arrive);
  place.hidden = false;
  document.getElementById("check-without").remove();
  arrive();
}
