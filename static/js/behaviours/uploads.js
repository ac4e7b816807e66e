import covering from "../evidence/covering.js";
import Kept from "../evidence/kept.js";
import Queue from "../evidence/queue.js";
import Tray from "../evidence/tray.js";
import { fill, toast } from "../site.js";

const UNSENT = ["chosen", "waiting", "preparing", "sending", "later", "failed", "uncovered"];

// Files of a letter one by one: chosen, dropped, pasted or photographed, covered in part if their owner wants, made smaller, sent.
export default function uploads(root) {
  const form = root.closest("form");
  const words = root.dataset;
  const input = root.querySelector("#files");
  const status = root.querySelector("[data-status]");
  const whole = root.querySelector("[data-whole]");
  const say = (text) => { status.textContent = text; };
  const kept = new Kept(root.querySelector("#kept"), words, say);
  let chosen = 0; // how many in all: the place of the next in the order
  let held = null; // the button that waits until all is sent
  let warned = false;
  let leaving = false;

  const queue = new Queue({
    largest: Number(words.largest),
    pixels: Number(words.pixels),
    request(item) {
      const body = new FormData(form);
      for (const one of form.querySelectorAll("input[type=file]")) body.delete(one.name);
      body.set("new_audience", item.audience);
      body.set("prepared", item.parcel.prepared);
      body.set("file", item.parcel.blob, item.parcel.name);
      return [kept.list.dataset.filesUrl, body];
    },
    arrived(item, answer) {
      tray.sent += 1;
      tray.gone(item);
      kept.arrived(answer, item.place, item.parcel);
    },
    changed(item) {
      tray.show(item);
      if (!item) settle();
    },
  });
  const tray = new Tray(root, queue, { cover, say });

  function why(file) {
    const [family] = file.type.split("/");
    const offered = input.accept.split(",");
    if (!file.size) return "empty";
    if (family === "video" || family === "audio") return family;
    if (file.type && !offered.some((one) => one === file.type || (one[0] === "." && file.name.toLowerCase().endsWith(one)))) return "unknown_type";
    if (family !== "image" && file.size > Number(words.largest)) return "too_big";
    return kept.number + queue.in(...UNSENT).length >= Number(words.most) ? "too_many_files" : null;
  }

  function choose(files) {
    const same = (one, file) => one.file.name === file.name && one.file.size === file.size && one.file.lastModified === file.lastModified;
    const added = [...files].filter((file) => !queue.items.some((one) => same(one, file)));
    for (const file of added) {
      const code = why(file);
      const item = queue.add(file);
      Object.assign(item, { place: ++chosen, audience: new FormData(form).get("new_audience"), whole: whole.checked, code });
      if (code) item.state = "refused";
      tray.add(item);
    }
    warned = false;
    queue.changed();
    return added.length;
  }

  async function cover(item) {
    const areas = await covering(item.file, item.areas);
    if (!areas || !queue.items.includes(item) || ["preparing", "sending"].includes(item.state)) return;
    Object.assign(item, { areas, parcel: null });
    if (item.state !== "waiting") queue.stop(item, "chosen");
    if (item.begun) kept.refresh(); // should the uncovered picture have arrived all the same, it is seen and can be removed
    tray.draw(item);
    queue.changed();
  }

  // A button that was pressed too early does its work when the last file has arrived.
  function settle() {
    if (!held || queue.running) return;
    const button = held;
    held = null;
    if (queue.in(...UNSENT).length) {
      warned = true;
      say(words.wordsLeft);
      tray.place.scrollIntoView({ block: "center" });
    } else form.requestSubmit(button);
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (warned || !queue.in(...UNSENT).length) {
      leaving = true;
      setTimeout(() => { leaving = false; }, 15000);
      return;
    }
    event.preventDefault();
    held = event.submitter;
    toast(words.wordsHeld);
    queue.start();
  });
  addEventListener("beforeunload", (event) => { if (!leaving && queue.in(...UNSENT).length) event.preventDefault(); });
  addEventListener("pageshow", () => { leaving = false; });

  whole.addEventListener("change", () => {
    for (const item of queue.in("chosen")) Object.assign(item, { whole: whole.checked, parcel: null });
  });
  form.addEventListener("change", ({ target }) => { // what was not sent yet is for whom its owner says now
    if (target.name === "new_audience") for (const item of queue.in("chosen", "failed", "uncovered")) item.audience = target.value;
  });
  for (const one of form.querySelectorAll(".file-chooser input")) {
    one.addEventListener("change", (event) => {
      event.stopPropagation(); // choosing types nothing that the form must keep
      choose(one.files);
      one.value = "";
    });
  }

  const carries = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    root.classList.add("evidence--over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) root.classList.remove("evidence--over"); });
  document.addEventListener("drop", (event) => {
    root.classList.remove("evidence--over");
    if (!carries(event)) return;
    event.preventDefault();
    bring(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    if (!files.length || (types.includes("text/plain") && event.target.matches("input, textarea"))) return;
    event.preventDefault();
    bring([...files].map((file) => new File([file], fill(words.wordsPasted, { n: chosen + 1 }) + file.name.slice(file.name.lastIndexOf(".")), file)));
  });

  function bring(files) {
    const number = choose(files);
    if (!number) return;
    toast(fill(words.wordsAdded, { n: number }));
    tray.place.scrollIntoView({ block: "nearest" });
  }

  root.classList.add("evidence--live");
}
