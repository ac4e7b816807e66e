import { toast } from "../site.js";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

// What the site asks, in the shape that the browser takes; `user` is there when a passkey is to be made.
async function ask(question) {
  const challenge = bytes(question.challenge);
  if (!question.user) return navigator.credentials.get({ publicKey: { ...question, challenge, allowCredentials: known(question.allowCredentials) } });
  const user = { ...question.user, id: bytes(question.user.id) };
  return navigator.credentials.create({ publicKey: { ...question, challenge, user, excludeCredentials: known(question.excludeCredentials) } });
}

function written({ id, rawId, type, response }) {
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = text(response[name]);
  }
  return JSON.stringify({ id, rawId: text(rawId), type, clientExtensionResults: {}, response: parts });
}

// A form whose hidden field takes what a passkey answers; without passkeys in this browser it stays as the page shows it.
export default function passkey(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  const { credential, csrf_token: token } = form.elements;
  form.addEventListener("submit", async (event) => {
    if (credential.value) return;
    event.preventDefault();
    try {
      const body = new FormData();
      if (token) body.append("csrf_token", token.value);
      const answer = await fetch(form.dataset.question, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      credential.value = written(await ask(await answer.json()));
      form.requestSubmit();
    } catch {
      credential.value = "";
      toast(form.dataset.failed);
    }
  });
}
