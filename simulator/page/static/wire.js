// The line to the simulator: the stream of changes, and what the page asks it to do.

import { toast } from "./toast.js";

const HERE = "/phones";
const JSON_TYPE = { "Content-Type": "application/json" };
let line = Promise.resolve();

/** Listen for as long as the page is open; the browser connects again by itself. */
export function listen({ onNews, onLost }) {
  const stream = new EventSource(`${HERE}/events`);
  stream.onmessage = (event) => onNews(JSON.parse(event.data));
  stream.onerror = () => onLost();
  window.addEventListener("pagehide", () => stream.close());
}

/** Do something on a phone, to the clock or to a provider; what was refused is shown over the page, and null returned. */
export function deed(name, values = {}) {
  return inTurn("deed", { deed: name, ...values });
}

/** Send a file of this computer from a phone; what was refused is shown over the page, and null returned. */
export function sendFile(phone, file) {
  const body = new FormData();
  body.set("phone", phone);
  body.set("file", file);
  return afterwards(() => post("document", {}, body));
}

/** Do something as the office; the form's fields go as they are, files too. What was refused is the form's to show. */
export function act(name, form) {
  const body = new FormData(form);
  body.set("action", name);
  return post("act", {}, body);
}

/** Settle something that waits at the office's desk; what was refused is the desk's to show. */
export function settle(task) {
  return post("settle", JSON_TYPE, JSON.stringify({ task }));
}

/** Say which phones are on view: only their screens are sent. */
export function watch(watcher, phones) {
  return inTurn("watch", { watcher, phones });
}

/** One after the other: side by side, two messages could arrive in the wrong order. */
function inTurn(place, values) {
  return afterwards(() => post(place, JSON_TYPE, JSON.stringify(values)));
}

function afterwards(ask) {
  const done = line.then(ask).then(aloud);
  line = done;
  return done;
}

async function post(place, headers, body) {
  try {
    const answer = await fetch(`${HERE}/${place}`, { method: "POST", headers, body });
    return answer.ok ? await answer.json() : { refused: await answer.text() };
  } catch {
    return { refused: "Simulator tidak menjawab." };
  }
}

function aloud(said) {
  if (!said.refused) return said;
  toast(said.refused);
  return null;
}
