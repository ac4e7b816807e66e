const STILL = 60000; // milliseconds without a sign of life, after which the line counts as cut

// Asks the server for a part of a page; `done` gives { status, answer, wait }: a document, or what JSON said; status 0 when the line broke.
// XMLHttpRequest, for it tells what has been sent, and parses HTML without running anything in it.
export default function ask(method, url, body = null, progress = () => {}) {
  const asked = new XMLHttpRequest();
  let timer;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => asked.abort(), STILL);
  };
  const done = new Promise((resolve) => {
    asked.open(method, url);
    asked.setRequestHeader("Accept", "application/json");
    asked.addEventListener("readystatechange", () => {
      if (asked.readyState !== XMLHttpRequest.HEADERS_RECEIVED) return;
      asked.responseType = asked.getResponseHeader("Content-Type")?.startsWith("text/html") ? "document" : "json";
    });
    asked.upload.addEventListener("progress", (event) => {
      alive();
      progress(event.lengthComputable ? event.loaded / event.total : 0);
    });
    asked.addEventListener("loadend", () => {
      clearTimeout(timer);
      const wait = asked.status ? Number(asked.getResponseHeader("Retry-After")) : 0;
      resolve({ status: asked.status, answer: asked.status ? asked.response : null, wait });
    });
    alive();
    asked.send(body);
  });
  return { done, stop: () => asked.abort() };
}
