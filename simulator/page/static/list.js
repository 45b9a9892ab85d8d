// Every phone there is: search, unread counts, on view or not; and adding one more.

import { changed, el, hue, icon, initials } from "./dom.js";
import { time } from "./moments.js";
import { deed } from "./wire.js";

const MOST_SHOWN = 60;
// With thousands of phones a drawing takes a while, and news comes many times a second.
const REST_MS = 120;

function newestFirst(one, other) {
  const [at, otherAt] = [one.last?.at ?? "", other.last?.at ?? ""];
  if (at !== otherAt) return at < otherAt ? 1 : -1;
  return one.name < other.name ? -1 : 1;
}

export class List {
  constructor(shelf) {
    this.title = "HP";
    this.shelf = shelf;
    this.count = 0;
    this.timer = null;
    this.onCount = () => {};
    this.search = el("input", { type: "search", placeholder: "Cari nama atau nomor", "aria-label": "Cari HP", oninput: () => this.fill() });
    this.list = el("ul", { class: "list" });
    this.rest = el("p", { class: "note" });
    this.element = el("section", { class: "panel" },
      el("div", { class: "half" }, el("div", { class: "search" }, icon("search"), this.search), this.list, this.rest),
      el("div", { class: "half" }, this.adding()),
    );
  }

  /** Draw soon: all news until then at once. */
  draw() {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.fill();
      this.onCount();
    }, REST_MS);
  }

  fill() {
    const wanted = this.search.value.trim().toLowerCase();
    const all = [...this.shelf.rows.values()];
    const found = all.filter((row) => `${row.name} ${row.number ?? ""}`.toLowerCase().includes(wanted));
    found.sort(newestFirst);
    const shown = found.slice(0, MOST_SHOWN).map((row) => ({ row, unread: this.shelf.unreadOf(row.id), seen: this.shelf.view.includes(row.id) }));
    this.count = all.reduce((sum, row) => sum + (this.shelf.unreadOf(row.id) > 0), 0);
    const hidden = found.length - shown.length;
    this.rest.textContent = hidden ? `dan ${hidden} lainnya: carilah namanya atau nomornya` : "";
    if (changed(this, "shown", shown)) this.put(shown);
  }

  put(shown) {
    const focused = document.activeElement?.dataset?.phone;
    this.list.replaceChildren(...shown.map((entry) => el("li", {}, this.entry(entry))));
    if (focused) this.list.querySelector(`[data-phone="${CSS.escape(focused)}"]`)?.focus();
  }

  entry({ row, unread, seen }) {
    const words = el("span", { class: "entry-words" }, el("b", {}, row.name), el("span", {}, row.last?.text ?? (row.telegram ? "belum menulis" : "belum ada SMS")));
    const end = el("span", { class: "entry-end" }, row.last ? time(row.last.at) : "", unread ? el("span", { class: "badge", "aria-label": `${unread} belum dibaca` }, String(unread)) : null);
    const avatar = el("span", { class: `avatar ${hue(row.name)}`, "aria-hidden": "true" }, initials(row.name));
    return el("button", { type: "button", class: "entry", "data-phone": row.id, "aria-pressed": String(seen), onclick: () => this.shelf.toggle(row.id) }, avatar, words, end);
  }

  adding() {
    const name = el("input", { name: "name", type: "text", maxlength: "64", autocomplete: "off", placeholder: "Bu Rini" });
    const number = el("input", { name: "number", type: "tel", maxlength: "20", autocomplete: "off", placeholder: "0812 0000 0001" });
    const telegram = el("input", { name: "telegram", type: "checkbox", checked: true });
    const onsubmit = async (event) => {
      event.preventDefault();
      const made = telegram.checked ? await deed("person", { name: name.value, number: number.value }) : await deed("number", { name: name.value, number: number.value });
      if (!made) return;
      event.target.reset();
      this.shelf.bring(made.phone);
    };
    return el("details", { class: "fold" }, el("summary", {}, "Tambah HP"),
      el("form", { class: "fields", onsubmit },
        el("label", { class: "check" }, telegram, "punya Telegram"),
        el("label", {}, "Nama", name),
        el("label", {}, "Nomor HP", number),
        el("button", { type: "submit", class: "go" }, "Tambah"),
      ));
  }
}
