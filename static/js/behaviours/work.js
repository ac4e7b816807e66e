import { toast } from "../site.js";

const encoder = new TextEncoder();
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

// ALTCHA's sum: the number whose hash, behind the salt, is the challenge.
async function solve({ algorithm, challenge, maxNumber, salt, signature }) {
  for (let number = 0; number <= maxNumber; number += 1) {
    const hash = hex(await crypto.subtle.digest(algorithm, encoder.encode(salt + number)));
    if (hash === challenge) return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
  }
  throw new Error("no number fits");
}

// The sum begins when somebody begins to type, and is done when they send; where it cannot be done, the form goes without.
export default function work(form) {
  const field = form.elements.work;
  if (!field || !globalThis.crypto?.subtle) return;
  let begun;
  const begin = () => {
    begun ??= fetch(form.dataset.work, { headers: { Accept: "application/json" } })
      .then((answer) => answer.json())
      .then(solve)
      .then((solution) => { field.value = solution; }, () => { field.value = "-"; });
    return begun;
  };
  form.addEventListener("focusin", begin, { once: true });
  form.addEventListener("submit", async (event) => {
    if (field.value) return;
    event.preventDefault();
    const button = event.submitter;
    toast(form.dataset.working);
    await begin();
    form.requestSubmit(button);
  });
}
