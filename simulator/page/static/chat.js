// The Telegram chat with the bot on one phone.

import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, icon, iconButton } from "./dom.js";
import { Log } from "./log.js";
import { deed } from "./wire.js";

const POPUP_MS = 4500;

export class Chat {
  constructor(phone, bot) {
    this.phone = phone;
    this.bot = bot;
    this.state = {};
    this.popups = null;
    this.log = new Log("Percakapan dengan bot", (message) => bubble(message, this));
    this.none = el("p", { class: "chat-none", hidden: true }, "Belum ada percakapan. Tekan MULAI, seperti di Telegram.");
    this.menu = el("div", { class: "menu", hidden: true });
    this.popup = el("div", { class: "popup", role: "status", hidden: true });
    this.sheet = el("div", { class: "sheet", hidden: true, onkeydown: (event) => event.key === "Escape" && this.dismiss() });
    this.composer = new Composer(phone, this);
    this.more = iconButton("more", "Menu percakapan", () => this.toggleMenu(), { "aria-expanded": "false" });
    const header = el("div", { class: "chat-head" },
      el("span", { class: "avatar bot", "aria-hidden": "true" }, "K"),
      el("div", { class: "chat-title" }, el("b", {}, bot.name), el("span", {}, "bot")),
      this.more,
    );
    this.element = el("section", { class: "chat", "aria-label": "Telegram" }, header, this.none, this.log.element, this.composer.element, this.menu, this.popup, this.sheet);
  }

  update(screen) {
    this.state = screen.state;
    this.log.update(screen);
    this.none.hidden = this.log.shown.size > 0;
    this.composer.show(screen.state);
    this.drawMenu();
    if (screen.whole || this.popups === null) this.popups = screen.state.popups.length;
    screen.state.popups.slice(this.popups).forEach((popup) => this.pop(popup));
    this.popups = screen.state.popups.length;
  }

  rest() {
    this.log.rest();
  }

  isBusy() {
    return this.composer.isBusy() || !this.sheet.hidden;
  }

  do(name, values = {}) {
    return deed(name, { phone: this.phone, ...values });
  }

  drawMenu() {
    const blocked = this.state.blocked;
    const item = (text, name) => el("button", { type: "button", onclick: () => { this.toggleMenu(); this.do(name); } }, icon("stop"), text);
    this.menu.replaceChildren(blocked ? item("Buka blokir bot", "unblock") : item("Blokir bot", "block"));
  }

  toggleMenu() {
    this.menu.hidden = !this.menu.hidden;
    this.more.setAttribute("aria-expanded", String(!this.menu.hidden));
    if (!this.menu.hidden) this.menu.querySelector("button").focus();
  }

  /** What the bot answers to a press: a passing line, or an alert that waits to be read. */
  pop({ text, alert }) {
    if (alert) {
      this.ask(el("p", {}, text), el("button", { type: "button", class: "sheet-ok", onclick: () => this.dismiss() }, "OK"));
      this.sheet.setAttribute("role", "alertdialog");
      return;
    }
    this.popup.textContent = text;
    this.popup.hidden = false;
    clearTimeout(this.popupTimer);
    this.popupTimer = setTimeout(() => { this.popup.hidden = true; }, POPUP_MS);
  }

  /** Show a small sheet over the chat, and begin in its first field. */
  ask(...content) {
    this.sheet.setAttribute("role", "dialog");
    this.sheet.replaceChildren(el("div", { class: "sheet-card" }, ...content));
    this.sheet.hidden = false;
    this.sheet.querySelector("input, button").focus();
  }

  dismiss() {
    this.sheet.hidden = true;
    this.composer.focus();
  }
}
