import { element, fill } from "../site.js";

// Lists the chosen files with their size; one can be taken out again, and a second choice adds to the first.
export default function files(list) {
  const input = document.getElementById(list.dataset.for);
  if (!input) return;
  const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  let chosen = [];

  const size = (bytes) => bytes < 1e6 ? `${format.format(Math.ceil(bytes / 1000))} kB` : `${format.format(bytes / 1e6)} MB`;
  const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

  function apply() {
    const transfer = new DataTransfer();
    for (const file of chosen) transfer.items.add(file);
    input.files = transfer.files;
    list.replaceChildren(...chosen.map((file) => {
      const button = element("button", { type: "button", textContent: list.dataset.wordsRemove });
      button.setAttribute("aria-label", fill(list.dataset.remove, { name: file.name }));
      button.addEventListener("click", () => {
        chosen = chosen.filter((one) => one !== file);
        apply();
        input.focus();
      });
      return element("li", { className: "file" }, element("span", { className: "file__name", textContent: file.name }), element("span", { textContent: size(file.size) }), button);
    }));
  }

  input.addEventListener("change", () => {
    const added = [...input.files].filter((file) => !chosen.some((one) => same(one, file)));
    chosen = input.multiple ? [...chosen, ...added] : [...input.files];
    apply();
  });
}
