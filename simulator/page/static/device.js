// One phone: its holder's name above it, a frame, and the applications on its screen.

import { Chat } from "./chat.js";
import { changed, el, grouped, hue, icon, iconButton, initials } from "./dom.js";
import { time } from "./moments.js";
import { Sms } from "./sms.js";

const TITLES = { telegram: "Telegram", sms: "SMS" };

export class Device {
  constructor(row, bot, { onClose, onApp }) {
    this.onApp = onApp;
    this.title = el("h2", { class: "owner-name" });
    this.number = el("p", { class: "owner-number" });
    this.avatar = el("span", { class: `avatar ${hue(row.name)}`, "aria-hidden": "true" }, initials(row.name));
    this.hints = el("div", { class: "hints", hidden: true });
    this.hintButton = iconButton("card", "Data contoh untuk diketik", () => this.toggleHints(), { hidden: true, "aria-expanded": "false" });
    const close = iconButton("close", `Tutup HP ${row.name}`, onClose);
    const owner = el("header", { class: "owner" }, this.avatar, el("div", { class: "owner-words" }, this.title, this.number), this.hintButton, close);
    this.clock = el("span", {}, "");
    this.apps = row.telegram ? { telegram: new Chat(row.id, bot) } : {};
    if (row.number) this.apps.sms = new Sms();
    this.screen = el("div", { class: "screen" }, el("div", { class: "status-bar", "aria-hidden": "true" }, this.clock, icon("signal")));
    for (const app of Object.values(this.apps)) this.screen.append(app.element);
    this.switch = this.makeSwitch();
    this.screen.append(this.hints, this.switch);
    this.element = el("article", { class: "phone" }, owner, el("div", { class: "frame" }, this.screen));
    this.name(row);
    this.open(row.telegram ? "telegram" : "sms");
  }

  name(row) {
    this.title.textContent = row.name;
    this.number.textContent = row.telegram ? (grouped(row.number) || "Telegram tanpa nomor") : `${row.name === row.number ? "" : `${grouped(row.number)} · `}tanpa Telegram`;
    this.element.setAttribute("aria-label", `HP ${row.name}`);
  }

  tick(now) {
    this.clock.textContent = time(now);
  }

  makeSwitch() {
    const names = Object.keys(this.apps);
    this.buttons = new Map(names.map((name) => {
      const button = el("button", { type: "button", class: "app", onclick: () => this.open(name) }, TITLES[name], el("span", { class: "badge", hidden: true }));
      return [name, button];
    }));
    const row = el("nav", { class: "apps", "aria-label": "Aplikasi" }, ...this.buttons.values());
    row.classList.toggle("alone", names.length < 2);
    return row;
  }

  open(name) {
    this.app = name;
    for (const [other, app] of Object.entries(this.apps)) app.element.hidden = other !== name;
    for (const [other, button] of this.buttons) button.setAttribute("aria-pressed", String(other === name));
    this.apps[name].rest();
    this.onApp();
  }

  badge(unread) {
    for (const [name, button] of this.buttons) {
      const badge = button.querySelector(".badge");
      badge.textContent = unread[name] || "";
      badge.hidden = !unread[name];
    }
  }

  update(screen) {
    const arrived = new Set();
    for (const [name, app] of Object.entries(this.apps)) {
      const messages = screen.messages.filter((message) => message.app === name);
      app.update({ ...screen, messages });
      if (messages.some((message) => !message.mine)) arrived.add(name);
    }
    const other = [...arrived].find((name) => name !== this.app);
    // As if the holder looked at what just came, unless somebody is writing on this phone.
    if (other && !arrived.has(this.app) && !this.apps[this.app].isBusy()) this.open(other);
  }

  hint(hints) {
    if (!changed(this, "hints", hints)) return;
    this.hintButton.hidden = !hints.length;
    const lines = hints.map(([label, text]) => el("button", { type: "button", class: "hint", onclick: () => this.type(text) }, el("span", {}, label), el("b", {}, text)));
    this.hints.replaceChildren(
      el("p", { class: "hints-title" }, "Data contoh (sintetis)"),
      ...lines,
      el("p", { class: "hints-note" }, "Distrik 99: bukan NIK siapa pun. Tekan untuk mengetik."),
    );
  }

  toggleHints() {
    this.hints.hidden = !this.hints.hidden;
    this.hintButton.setAttribute("aria-expanded", String(!this.hints.hidden));
  }

  type(text) {
    this.toggleHints();
    if (!this.apps.telegram) return;
    this.open("telegram");
    this.apps.telegram.composer.write(text);
  }
}
