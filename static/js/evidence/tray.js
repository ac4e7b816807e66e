import { fill } from "../site.js";
import { sketch } from "./picture.js";

const SIDE = 144; // pixels of a small picture, on the densest screens
const LOCKED = new Set(["preparing", "sending"]); // what is on its way is not changed
const BROKEN = new Set(["later", "failed", "refused", "uncovered"]);

// The files that are chosen and not sent yet, one row each, and above them how far all are.
export default class Tray {
  constructor(root, queue, { cover, say }) {
    Object.assign(this, { root, queue, say, words: root.dataset, rows: new Map(), sent: 0 });
    this.place = root.querySelector(".tray");
    this.list = root.querySelector(".tray__files");
    this.bar = root.querySelector(".tray__bar progress");
    this.line = root.querySelector(".tray__line");
    this.model = root.querySelector("template[data-row]");
    this.format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
    this.sketching = Promise.resolve();
    this.place.addEventListener("click", (event) => {
      const name = event.target.closest("[data-do]")?.dataset.do;
      const item = [...this.rows].find(([, row]) => row.contains(event.target))?.[0];
      if (name === "send") queue.start();
      else if (name === "pause") queue.pause();
      else if (name === "cover") cover(item);
      else if (name === "again") this.again(item);
      else if (name === "remove") this.remove(item);
    });
  }

  size(bytes) {
    return bytes < 1e6 ? `${this.format.format(Math.ceil(bytes / 1000))} kB` : `${this.format.format(bytes / 1e6)} MB`;
  }

  add(item) {
    const row = this.model.content.firstElementChild.cloneNode(true);
    row.querySelector(".tray-file__name").textContent = item.file.name;
    for (const one of row.querySelectorAll("[data-label]")) one.setAttribute("aria-label", fill(one.dataset.label, { name: item.file.name }));
    this.rows.set(item, row);
    this.list.append(row);
    if (item.state === "chosen") this.draw(item);
  }

  draw(item) {
    this.sketching = this.sketching.then(async () => {
      const picture = await sketch(item.file, SIDE, item.areas);
      if (!picture) return;
      picture.className = "attachment__picture";
      picture.setAttribute("aria-hidden", "true");
      const row = this.rows.get(item);
      row?.querySelector(".attachment__picture").replaceWith(picture);
      item.picture = true;
      this.show(item);
    });
  }

  again(item) {
    Object.assign(item, { tries: 0, code: null, status: null, words: "" });
    this.queue.paused = false;
    this.queue.again(item);
  }

  remove(item) {
    const row = this.rows.get(item);
    const next = row.nextElementSibling || row.previousElementSibling;
    this.gone(item);
    this.queue.remove(item);
    this.say(fill(this.words.wordsRemoved, { name: item.file.name }));
    (next?.querySelector("[data-do=remove]") || document.getElementById("files"))?.focus();
  }

  gone(item) {
    this.rows.get(item)?.remove();
    this.rows.delete(item);
  }

  show(only = null) {
    for (const [item, row] of only ? [[only, this.rows.get(only)]] : this.rows) if (row) this.row(item, row);
    const { queue } = this;
    const running = queue.running && !queue.paused;
    const ready = queue.in("chosen", "failed").length + (queue.paused ? queue.in("waiting").length : 0);
    const all = this.sent + queue.items.length - queue.in("refused").length;
    this.place.hidden = !this.rows.size;
    const button = (name) => this.place.querySelector(`.tray__bar [data-do=${name}]`);
    button("pause").hidden = !running;
    button("send").hidden = running || !ready;
    button("send").textContent = fill(queue.paused ? this.words.wordsGoOn : this.words.wordsSend, { n: ready });
    this.bar.hidden = !running && !queue.paused;
    this.bar.value = all ? (this.sent + queue.items.reduce((sum, item) => sum + item.part, 0)) / all : 0;
    const words = running ? this.words.wordsRunning : queue.paused ? this.words.wordsPaused : ready ? this.words.wordsChosen : "";
    const line = fill(words, { n: running || queue.paused ? this.sent : ready, all });
    if (this.line.textContent !== line) this.line.textContent = line;
    if (!queue.items.length) this.sent = 0;
  }

  row(item, row) {
    const { state, file } = item;
    const made = item.parcel?.blob.size;
    const plain = (state === "waiting" && this.queue.paused) ? this.words.statePaused : this.words[`state${state[0].toUpperCase()}${state.slice(1)}`];
    const said = (item.code && this.words[`refused${item.code}`]) || this.words[`status${item.status}`] || item.words || plain;
    const facts = [made && made !== file.size ? `${this.size(file.size)} → ${this.size(made)}` : this.size(file.size)];
    if (item.areas.length) facts.push(fill(this.words.wordsCovered, { n: item.areas.length }));
    if (!BROKEN.has(state) && plain) facts.push(plain);
    row.dataset.state = state;
    row.querySelector(".tray-file__facts").textContent = facts.join(" · ");
    const problem = row.querySelector(".tray-file__problem");
    const words = BROKEN.has(state) ? said || this.words.wordsFailed : "";
    if (problem.textContent !== words) problem.textContent = words;
    const bar = row.querySelector("progress");
    bar.hidden = state !== "sending";
    bar.value = item.part;
    row.querySelector("[data-do=cover]").hidden = !item.picture || LOCKED.has(state) || state === "refused";
    row.querySelector("[data-do=again]").hidden = !["failed", "later", "uncovered"].includes(state) && item.code !== "too_many_files"; // others may be gone by now
  }
}
