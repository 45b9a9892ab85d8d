// The line to the simulator: the stream of changes, and what the page asks it to do.

import { toast } from "./toast.js";

const HERE = "/phones";
let line = Promise.resolve();

/** Listen for as long as the page is open; the browser connects again by itself. */
export function listen({ onNews, onLost }) {
  const stream = new EventSource(`${HERE}/events`);
  stream.onmessage = (event) => onNews(JSON.parse(event.data));
  stream.onerror = () => onLost();
  window.addEventListener("pagehide", () => stream.close());
}

/** Do something on a phone, to the clock or to a provider; what was refused is shown, and null returned. */
export function deed(name, values = {}) {
  return inTurn("deed", { deed: name, ...values });
}

/** Do something as the office; the form's fields go as they are, files too. */
export function act(name, form) {
  const body = new FormData(form);
  body.set("action", name);
  return post("act", {}, body);
}

/** Say which phones are on view: only their screens are sent. */
export function watch(watcher, phones) {
  return inTurn("watch", { watcher, phones });
}

/** One after the other: side by side, two messages could arrive in the wrong order. */
function inTurn(place, values) {
  const done = line.then(() => post(place, { "Content-Type": "application/json" }, JSON.stringify(values)));
  line = done;
  return done;
}

async function post(place, headers, body) {
  let answer;
  try {
    answer = await fetch(`${HERE}/${place}`, { method: "POST", headers, body });
  } catch {
    toast("Simulator tidak menjawab.");
    return null;
  }
  const said = answer.ok ? await answer.json() : { refused: await answer.text() };
  if (!said.refused) return said;
  toast(said.refused);
  return null;
}
