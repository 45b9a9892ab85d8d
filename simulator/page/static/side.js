// The side: one panel at a time, chosen by tabs; each tab can carry a number.

import { el } from "./dom.js";

export class Side {
  constructor(place, panels) {
    this.panels = panels;
    this.tabs = panels.map((panel, index) => this.tab(panel, index));
    panels.forEach((panel, index) => {
      panel.element.id = `panel-${index}`;
      panel.element.setAttribute("role", "tabpanel");
      panel.element.setAttribute("aria-labelledby", `tab-${index}`);
    });
    const row = el("div", { class: "tabs", role: "tablist", "aria-label": "Panel", onkeydown: (event) => this.move(event) }, ...this.tabs);
    place.append(row, ...panels.map((panel) => panel.element));
    this.open(1);
  }

  tab(panel, index) {
    const badge = el("span", { class: "badge", hidden: true });
    const onclick = () => this.open(index);
    return el("button", { type: "button", class: "tab", role: "tab", id: `tab-${index}`, "aria-controls": `panel-${index}`, onclick }, panel.title, badge);
  }

  open(index) {
    this.chosen = index;
    this.tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
      this.panels[at].element.hidden = at !== index;
    });
  }

  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    this.open((this.chosen + step + this.tabs.length) % this.tabs.length);
    this.tabs[this.chosen].focus();
  }

  draw() {
    this.panels.forEach((panel, index) => {
      const badge = this.tabs[index].querySelector(".badge");
      badge.textContent = panel.count || "";
      badge.hidden = !panel.count;
    });
  }
}
