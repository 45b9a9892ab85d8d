// One sentence at the foot of the page, for as long as it takes to read.

const SHORTEST_MS = 3500;
const MS_PER_LETTER = 60;
let timer;

/** Show a sentence; the next one takes its place. */
export function toast(text) {
  const place = document.getElementById("toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { place.hidden = true; }, Math.max(SHORTEST_MS, text.length * MS_PER_LETTER));
}
