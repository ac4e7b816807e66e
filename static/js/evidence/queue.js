import ask from "./ask.js";
import { parcel } from "./picture.js";

const AT_ONCE = 2;
const TRIES = 8;
const LONGEST_WAIT = 60; // seconds
const PASSING = new Set([0, 408, 429, 500, 502, 503, 504]); // what another try may mend

// Sends files one by one. An item has: file, areas, whole, state, part (0 to 1 of what is sent), answer.
// States: chosen, waiting, preparing, sending, later (tried again by itself), failed, refused, uncovered; one that arrived is gone.
export default class Queue {
  constructor({ largest, pixels, request, arrived, changed }) {
    Object.assign(this, { largest, pixels, request, arrived, changed, items: [], paused: false });
    this.making = Promise.resolve(); // pictures are made one after the other, or a small phone runs out of memory
    addEventListener("online", () => this.again());
  }

  in(...states) {
    return this.items.filter((item) => states.includes(item.state));
  }

  get running() {
    return this.in("waiting", "preparing", "sending", "later").length > 0;
  }

  add(file) {
    const item = { file, areas: [], state: "chosen", part: 0, tries: 0 };
    this.items.push(item);
    return item;
  }

  start() {
    this.paused = false;
    for (const item of this.in("chosen", "failed")) Object.assign(item, { state: "waiting", tries: 0 });
    this.again();
  }

  again(item = null) {
    for (const one of item ? [item] : this.in("later")) {
      clearTimeout(one.timer);
      one.state = "waiting";
    }
    this.next();
  }

  pause() {
    this.paused = true;
    for (const item of this.in("preparing", "sending", "later")) if (item.part < 1) this.stop(item, "waiting"); // what is there whole is awaited
    this.changed();
  }

  stop(item, state) {
    clearTimeout(item.timer);
    const { sending } = item;
    Object.assign(item, { state, part: 0, sending: null });
    sending?.stop();
  }

  remove(item) {
    this.stop(item, "gone");
    this.items = this.items.filter((one) => one !== item);
    this.next();
  }

  next() {
    const waiting = this.paused ? [] : this.in("waiting");
    for (const item of waiting.slice(0, AT_ONCE - this.in("preparing", "sending").length)) this.send(item);
    this.changed();
  }

  async send(item) {
    item.state = "preparing";
    if (!item.parcel) {
      const made = this.making.then(() => parcel(item.file, item.areas, item.whole, this.pixels)).catch(() => null);
      this.making = made;
      item.parcel = await made;
    }
    if (item.state !== "preparing") return;
    if (!item.parcel) return this.settle(item, "uncovered");
    if (item.parcel.code) return this.settle(item, "refused", { code: item.parcel.code, parcel: null });
    if (item.parcel.blob.size > this.largest) return this.settle(item, "refused", { code: "too_big" });
    Object.assign(item, { state: "sending", begun: true });
    this.changed();
    const sending = ask("POST", ...this.request(item), (part) => {
      item.part = part;
      this.changed(item);
    });
    item.sending = sending;
    const { status, answer, wait } = await sending.done;
    if (item.sending !== sending) return; // it was stopped
    item.sending = null;
    if (status === 201) {
      this.items = this.items.filter((one) => one !== item);
      this.arrived(item, answer);
      this.next();
    } else if (PASSING.has(status) && wait <= LONGEST_WAIT * 2) this.later(item, wait);
    else this.settle(item, "refused", { status, words: typeof answer?.problem === "string" ? answer.problem : "" });
  }

  later(item, wait) {
    item.tries += 1;
    if (item.tries > TRIES) return this.settle(item, "failed");
    const seconds = wait || Math.min(LONGEST_WAIT, 2 ** item.tries);
    item.timer = setTimeout(() => this.again(item), seconds * 1000);
    this.settle(item, "later");
  }

  settle(item, state, more = {}) {
    Object.assign(item, more, { state, part: 0 });
    this.next();
  }
}
