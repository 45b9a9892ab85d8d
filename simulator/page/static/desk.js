// What waits at the office's desk for a person, and the button that settles it.

import { changed, el } from "./dom.js";
import { settle } from "./wire.js";

export class Desk {
  constructor() {
    this.title = el("h2", { class: "desk-title" });
    this.list = el("ul", { class: "tasks", "aria-label": "Menunggu petugas" });
    this.said = el("output", { class: "said", role: "status" });
    this.element = el("div", { class: "desk", hidden: true }, this.title, this.list, this.said);
  }

  show(tasks) {
    if (!changed(this, "tasks", tasks)) return;
    this.element.hidden = !tasks.length;
    this.title.textContent = `Menunggu petugas: ${tasks.length}`;
    this.list.replaceChildren(...tasks.map(([key, text]) => this.task(key, text)));
  }

  task(key, text) {
    const [what, ...about] = text.split(" · ");
    const words = el("div", {}, el("b", {}, what), el("span", {}, about.join(" · ")));
    const done = el("button", { type: "button", class: "settle", "aria-label": `Selesai: ${text}` }, "Selesai");
    done.addEventListener("click", async () => {
      done.disabled = true;
      const answer = await settle(key);
      this.said.textContent = answer.refused ?? "";
      done.disabled = false;
    });
    return el("li", {}, words, done);
  }
}
