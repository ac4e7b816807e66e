import { element } from "../site.js";

const depth = (comment) => Number(/\bc([123])\b/.exec(comment.className)?.[1] || 0);

// Folding of replies, and the reply form moved under the comment it answers.
export default function thread(list) {
  const form = document.getElementById(list.dataset.form);
  const home = form && form.parentNode.insertBefore(document.createComment(""), form);

  function repliesOf(comment) {
    const found = [];
    for (let next = comment.nextElementSibling; next && depth(next) > depth(comment); next = next.nextElementSibling) found.push(next);
    return found;
  }

  for (const comment of list.children) {
    if (!comment.nextElementSibling || depth(comment.nextElementSibling) <= depth(comment)) continue;
    const button = element("button", { type: "button", className: "c-fold", textContent: "−" });
    button.setAttribute("aria-label", list.dataset.fold);
    button.setAttribute("aria-expanded", "true");
    comment.querySelector("header").prepend(button);
  }

  function fold(button) {
    const comment = button.closest(".c");
    const folded = comment.classList.toggle("c--folded");
    button.textContent = folded ? "+" : "−";
    button.setAttribute("aria-expanded", String(!folded));
    for (const reply of repliesOf(comment)) reply.hidden = folded;
  }

  function reply(link) {
    const parent = form.elements.parent;
    const comment = link.closest(".c");
    const words = form.querySelector("[data-reply-to]");
    parent.value = link.dataset.reply;
    if (words) {
      words.hidden = false;
      words.querySelector("[data-name]").textContent = comment.querySelector("b")?.textContent || "";
    }
    comment.append(form);
    form.querySelector("textarea").focus();
  }

  function cancel() {
    form.elements.parent.value = "";
    form.querySelector("[data-reply-to]").hidden = true;
    home.after(form);
  }

  list.addEventListener("click", (event) => {
    const folder = event.target.closest(".c-fold");
    const link = event.target.closest("[data-reply]");
    if (folder) fold(folder);
    else if (link && form?.elements.parent) {
      event.preventDefault();
      reply(link);
    }
  });
  form?.querySelector("[data-reply-cancel]")?.addEventListener("click", cancel);
}
