// Compares the SHA-256 of a chosen file with a receipt; the file stays on this device.
export default function check(place) {
  if (!globalThis.crypto?.subtle) return;
  const words = place.dataset;
  const [hash, input] = place.querySelectorAll("input");
  const verdict = place.querySelector(".check__verdict");
  const shown = place.querySelector(".check__found code");
  let found = "";
  let turn = 0;

  function say() {
    const wanted = hash.value.toLowerCase().replace(/[^0-9a-z]/g, "");
    const bad = wanted && !/^[0-9a-f]{64}$/.test(wanted);
    const state = bad ? "bad" : !found ? "" : !wanted ? "none" : wanted === found ? "same" : "other";
    place.dataset.state = state;
    verdict.textContent = state && words[state];
    shown.textContent = found;
  }

  async function take(file) {
    const mine = ++turn;
    found = "";
    say();
    if (!file) return;
    if (file.size > Number(words.most)) {
      verdict.textContent = words.large;
      return;
    }
    verdict.textContent = words.busy;
    try {
      const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
      if (mine !== turn) return;
      found = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      say();
    } catch {
      if (mine === turn) verdict.textContent = words.unread;
    }
  }

  hash.value = decodeURIComponent(location.hash.slice(1)).slice(0, 200);
  hash.addEventListener("input", say);
  input.addEventListener("change", () => take(input.files[0]));
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.preventDefault();
      if (kind === "drop") take(event.dataTransfer.files[0]);
    });
  }
  place.hidden = false;
  say();
}
