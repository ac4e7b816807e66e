import ask from "./ask.js";
import drag from "./drag.js";
import { element, fill, toast } from "../site.js";

const SOON = 3000; // milliseconds until it is asked again how far a file is, growing to SELDOM
const SELDOM = 20000;

// The files that arrived: drawn by the server, put into their order here, looked after while one is still being processed.
export default class Kept {
  constructor(list, words, say) {
    Object.assign(this, { list, words, say, places: new Map(), copies: new Map(), pace: SOON, turn: 0 });
    list.addEventListener("click", (event) => this.click(event));
    drag(list, (row) => this.settled(row));
    addEventListener("visibilitychange", () => this.watch());
    this.watch();
  }

  get number() {
    return this.list.children.length;
  }

  // What was just sent stands where it was chosen, whichever of two arrived first. What was made of the owner's file for sending
  // is on no other place of the device, and the receipt is of it: it can be saved.
  arrived(answer, place, { blob, name, prepared }) {
    this.turn += 1;
    const fresh = answer.getElementById("kept");
    const [row] = fresh.children;
    const known = document.getElementById(row.id);
    if (!known) {
      const later = [...this.list.children].find((one) => this.places.get(one.id) > place);
      this.list.insertBefore(document.adoptNode(row), later || null);
      this.places.set(row.id, place);
      if (prepared !== "as_it_was") {
        this.copies.set(row.id, { href: URL.createObjectURL(blob), download: name });
        this.offer(row);
      }
      if (later) this.changed();
    }
    this.list.dataset.filesUrl = fresh.dataset.filesUrl;
    if (fresh.dataset.pageUrl) history.replaceState(history.state, "", fresh.dataset.pageUrl);
    this.pace = SOON;
    this.watch();
  }

  offer(row) {
    const copy = this.copies.get(row.id);
    if (!copy) return;
    const link = element("a", { ...copy, textContent: this.words.wordsCopy });
    row.querySelector(".attachment__name").parentElement.append(element("p", { className: "attachment__facts" }, link), element("p", { className: "attachment__facts", textContent: this.words.wordsCopyWhy }));
  }

  // Takes over the whole list as the server has it; what is typed in a row stays.
  show(answer) {
    const fresh = answer.getElementById("kept");
    for (const row of [...this.list.children]) if (!fresh.querySelector(`#${row.id}`)) row.remove();
    for (const row of [...fresh.children]) {
      const old = document.getElementById(row.id);
      if (old?.dataset.state === row.dataset.state) continue;
      document.adoptNode(row);
      this.offer(row);
      if (!old) {
        this.list.append(row);
        continue;
      }
      const focus = old.contains(document.activeElement) && document.activeElement.id;
      for (const field of row.querySelectorAll("input[id], select[id]")) field.value = document.getElementById(field.id).value;
      old.replaceWith(row);
      if (focus) document.getElementById(focus)?.focus();
      const problem = row.querySelector(".attachment__facts--problem");
      this.say(fill(problem ? "{name}: {problem}" : this.words.wordsReady, { name: row.dataset.name, problem: problem?.textContent }));
    }
  }

  watch() {
    clearTimeout(this.timer);
    if (document.hidden || !this.list.querySelector("[data-state=waiting]")) return;
    this.timer = setTimeout(async () => {
      const status = await this.refresh();
      this.pace = Math.min(SELDOM, this.pace * 1.3);
      if (status === 200 || status === 0 || status > 499) this.watch();
    }, this.pace);
  }

  async refresh() {
    const { turn } = this;
    const { status, answer } = await ask("GET", this.list.dataset.filesUrl).done;
    if (status === 200 && turn === this.turn) this.show(answer); // not when something arrived meanwhile
    return status;
  }

  changed() {
    this.list.dispatchEvent(new Event("change", { bubbles: true })); // the form keeps the order by itself
  }

  click(event) {
    const button = event.target.closest("button[name=do]");
    const row = button?.closest("[data-state]");
    if (!row) return;
    const [verb] = button.value.split("-");
    event.preventDefault();
    if (verb === "remove") this.remove(row);
    else this.move(row, verb === "up" ? row.previousElementSibling : row.nextElementSibling?.nextElementSibling, button);
  }

  move(row, before, button) {
    this.list.insertBefore(row, before || null);
    const hidden = getComputedStyle(button).visibility === "hidden";
    (hidden ? [...row.querySelectorAll("button[name=do]")].find((one) => one !== button) : button).focus();
    this.settled(row);
  }

  settled(row) {
    this.say(fill(this.words.wordsPlace, { name: row.dataset.name, n: [...this.list.children].indexOf(row) + 1, all: this.number }));
    this.changed();
  }

  async remove(row) {
    const body = new FormData();
    body.set("csrf_token", this.list.closest("form").elements.csrf_token.value);
    row.setAttribute("aria-busy", "true");
    this.turn += 1;
    const { status, answer } = await ask("POST", `${this.list.dataset.filesUrl}/${row.id.replace("file-", "")}/remove`, body).done;
    row.removeAttribute("aria-busy");
    if (status !== 200) {
      toast(answer?.problem || this.words.wordsFailed);
      return;
    }
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    this.say(fill(this.words.wordsRemoved, { name: row.dataset.name }));
    (next?.querySelector("button[value^=remove]") || document.getElementById("files"))?.focus();
  }
}
