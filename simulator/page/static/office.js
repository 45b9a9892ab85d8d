// The office's side: how it is, and what it can do; its actions come from the simulator, which knows no office.

import { Desk } from "./desk.js";
import { changed, el } from "./dom.js";
import { opening } from "./opening.js";
import { act } from "./wire.js";

export class Office {
  constructor(shelf) {
    this.shelf = shelf;
    this.title = "Kantor";
    this.count = 0;
    this.lines = el("dl", { class: "facts" });
    this.desk = new Desk();
    this.actions = el("div", { class: "actions" });
    this.none = el("p", { class: "note" }, "Tidak ada kantor di balik simulator ini. ", el("span", { lang: "en" }, "Only the phones are here."));
    this.element = el("section", { class: "panel" }, el("div", { class: "half" }, this.none, this.lines, this.desk.element), el("div", { class: "half" }, this.actions));
  }

  show({ office, tasks, actions, locked }) {
    this.count = tasks.length;
    this.desk.show(tasks);
    this.none.hidden = office.length > 0 || actions.length > 0 || Boolean(locked);
    if (changed(this, "office", office)) this.lines.replaceChildren(...office.flatMap(([label, value]) => [el("dt", {}, label), el("dd", {}, value)]));
    if (!changed(this, "actions", actions)) return;
    // Only what is new is drawn: a form that somebody fills in stays as it is.
    const kept = new Map([...this.actions.children].map((fold) => [fold.dataset.offer, fold]));
    this.actions.replaceChildren(...actions.map((offer) => kept.get(JSON.stringify(offer)) ?? this.action(offer)));
  }

  action(offer) {
    const said = el("output", { class: "said", role: "status" });
    const next = el("div", { class: "next" });
    const go = el("button", { type: "submit", class: "go" }, offer.label);
    const onsubmit = async (event) => {
      event.preventDefault();
      go.disabled = true;
      said.textContent = "…";
      const { refused, said: words, link } = await act(offer.name, event.target);
      said.classList.toggle("refused", Boolean(refused));
      said.textContent = refused ?? words;
      next.replaceChildren(...(link ? [opening(link, event.target.elements.nik?.value, this.shelf)] : []));
      (link ? next : said).scrollIntoView({ block: "nearest" });
      go.disabled = false;
    };
    const form = el("form", { class: "fields", onsubmit }, el("p", { class: "note" }, offer.about), ...offer.fields.map((field) => this.field(offer, field)), go, said, next);
    return el("details", { class: "fold", name: "office", "data-offer": JSON.stringify(offer) }, el("summary", {}, offer.label), form);
  }

  field(offer, field) {
    const id = `${offer.name}-${field.name}`;
    const label = el("label", { for: id }, field.label);
    const row = el("div", { class: "field" }, label, this.input(id, field));
    if (field.kind === "text" && field.options.length) row.append(this.suggestions(id, field));
    if (field.sample) row.append(el("a", { class: "sample", href: `/phones/sample/${offer.name}/${field.name}`, download: true }, "Unduh berkas contoh"));
    return row;
  }

  input(id, field) {
    if (field.kind === "select") return el("select", { id, name: field.name }, ...field.options.map(([value, text]) => el("option", { value }, text)));
    const suggests = field.options.length ? `${id}-options` : null;
    return el("input", { id, name: field.name, type: field.kind, list: suggests, required: !field.optional, autocomplete: "off" });
  }

  suggestions(id, field) {
    return el("datalist", { id: `${id}-options` }, ...field.options.map(([value, text]) => el("option", { value, label: text })));
  }
}
