// The simulated clock: large, and moved forward from here.

import { changed, el } from "./dom.js";
import { longDay, time } from "./moments.js";
import { deed } from "./wire.js";

const STEPS = [
  ["10m", "+10 mnt", "Maju 10 menit"],
  ["1h", "+1 jam", "Maju 1 jam"],
  ["1d", "+1 hari", "Maju 1 hari"],
  ["morning", "→ 08.00", "Maju ke pukul 08.00 berikutnya"],
];

export class Clock {
  constructor(place) {
    this.time = el("time", { class: "clock-time" });
    this.day = el("span", { class: "clock-day" });
    this.steps = el("div", { class: "clock-steps", role: "group", "aria-label": "Majukan jam" });
    for (const [step, text, label] of STEPS) {
      const onclick = () => deed("clock", { step });
      this.steps.append(el("button", { type: "button", class: "step", "aria-label": label, title: label, onclick }, text));
    }
    place.append(el("div", { class: "clock-face" }, this.time, this.day), this.steps);
  }

  show(clock) {
    if (!changed(this, "clock", clock)) return;
    this.time.textContent = time(clock.now);
    this.time.dateTime = clock.now;
    this.day.textContent = longDay(clock.now);
    this.steps.hidden = !clock.movable;
  }
}
