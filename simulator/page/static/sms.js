// The SMS inbox of a number: one-way, as alphanumeric senders are.

import { el } from "./dom.js";
import { Log } from "./log.js";
import { time } from "./moments.js";

export class Sms {
  constructor() {
    this.log = new Log("Kotak masuk SMS", (message) => this.draw(message));
    this.sender = el("b", {}, "Kotak masuk");
    this.none = el("p", { class: "sms-none" }, "Belum ada SMS.");
    const head = el("div", { class: "sms-head" }, this.sender, el("span", {}, "SMS"));
    this.element = el("section", { class: "sms", "aria-label": "SMS" }, head, this.none, this.log.element, el("p", { class: "one-way" }, "Pengirim ini tidak dapat dibalas."));
  }

  update(screen) {
    this.log.update(screen);
    this.none.hidden = this.log.shown.size > 0;
    const newest = screen.messages.at(-1);
    if (newest) this.sender.textContent = newest.sender;
  }

  draw(message) {
    const segments = `${message.segments} segmen · ${message.text.length} huruf`;
    return el("div", { class: "message theirs" },
      el("div", { class: "bubble" }, el("b", { class: "sms-from" }, message.sender), el("div", { class: "words" }, message.text), el("span", { class: "meta" }, `${time(message.at)} · ${segments}`)),
    );
  }

  rest() {
    this.log.rest();
  }

  isBusy() {
    return false;
  }
}
