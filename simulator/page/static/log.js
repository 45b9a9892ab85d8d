// Messages one below the other, with the day between them; only what changed is drawn anew.

import { el } from "./dom.js";
import { day, dayOf } from "./moments.js";

// Closer to the end than this counts as being there: what comes next is then shown.
const NEAR_END_PX = 60;

export class Log {
  constructor(label, draw) {
    this.draw = draw;
    this.shown = new Map();
    this.element = el("div", { class: "log", role: "log", "aria-label": label, "aria-live": "polite", tabindex: "0" });
    // Whoever reads at the end stays there when the keyboard opens or a picture has loaded; who scrolled up is left alone.
    this.following = true;
    this.top = 0;
    const follow = () => this.following && this.rest();
    this.element.addEventListener("scroll", () => this.scrolled());
    this.element.addEventListener("load", follow, true);
    new ResizeObserver(follow).observe(this.element);
  }

  update({ whole, messages, gone }) {
    if (whole || messages.some((message) => message.mine)) this.following = true;
    if (whole) {
      this.shown.clear();
      this.element.replaceChildren();
    }
    for (const name of gone) {
      this.shown.get(name)?.remove();
      this.shown.delete(name);
    }
    for (const message of messages) this.put(message, { whole });
    if (messages.length || gone.length) this.separateDays();
    if (this.following) this.rest();
  }

  put(message, { whole }) {
    const drawn = this.draw(message);
    drawn.dataset.day = dayOf(message.at);
    drawn.dataset.at = message.at;
    drawn.classList.toggle("fresh", !whole && !this.shown.has(message.id));
    const before = this.shown.get(message.id);
    if (before) before.replaceWith(drawn);
    else this.element.append(drawn);
    this.shown.set(message.id, drawn);
  }

  separateDays() {
    this.element.querySelectorAll(".day").forEach((mark) => mark.remove());
    let last = "";
    for (const drawn of this.shown.values()) {
      if (drawn.dataset.day !== last) drawn.before(el("p", { class: "day", "aria-hidden": "true" }, day(drawn.dataset.at)));
      last = drawn.dataset.day;
    }
  }

  /** Only who moved up reads something else: the end also moves away when the keyboard below opens. */
  scrolled() {
    const { scrollTop } = this.element;
    if (this.isAtEnd()) this.following = true;
    else if (scrollTop < this.top) this.following = false;
    this.top = scrollTop;
  }

  isAtEnd() {
    return this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < NEAR_END_PX;
  }

  /** Show the newest message. */
  rest() {
    this.following = true;
    this.element.scrollTop = this.element.scrollHeight;
  }
}
