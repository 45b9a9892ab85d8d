// Where a resident writes: the text field, what can be attached, the bot's keyboard, and its commands.

import { changed, el, icon, iconButton } from "./dom.js";
import { sendFile } from "./wire.js";

const PLACEHOLDER = "Pesan";
const TALLEST_PX = 96;

export class Composer {
  constructor(phone, chat) {
    this.chat = chat;
    this.field = el("textarea", { rows: "1", "aria-label": "Tulis pesan", placeholder: PLACEHOLDER, maxlength: "4096", oninput: () => this.fit(), onkeydown: (event) => this.key(event) });
    this.commands = el("button", { type: "button", class: "commands", hidden: true, "aria-expanded": "false", onclick: () => this.toggle("list") }, "Menu");
    this.clip = iconButton("clip", "Lampirkan", () => this.toggle("attach"), { "aria-expanded": "false" });
    this.keysButton = iconButton("keys", "Papan tombol bot", () => this.toggleKeys(), { hidden: true, "aria-expanded": "true" });
    const send = iconButton("send", "Kirim", () => this.send());
    this.line = el("div", { class: "line", hidden: true }, this.commands, this.clip, this.field, this.keysButton, send);
    this.begin = el("button", { type: "button", class: "begin", hidden: true, onclick: () => chat.do("start") });
    this.keys = el("div", { class: "keys", role: "group", "aria-label": "Papan tombol bot", hidden: true });
    this.list = el("div", { class: "menu low", hidden: true });
    this.attach = this.attachments();
    this.file = el("input", { type: "file", hidden: true, "aria-label": "Berkas untuk dikirim", onchange: () => this.sendChosen() });
    this.element = el("div", { class: "composer", onkeydown: (event) => event.key === "Escape" && this.toggle(null) }, this.list, this.attach, this.file, this.line, this.begin, this.keys);
  }

  show(state) {
    const away = !state.started || state.blocked;
    this.line.hidden = away;
    this.begin.hidden = !away;
    this.begin.textContent = state.blocked ? "MULAI LAGI" : "MULAI";
    if (changed(this, "keyboard", state.keyboard)) this.showKeys(state.keyboard);
    if (changed(this, "commands", state.commands)) this.showCommands(state.commands ?? []);
    this.keys.hidden = away || !this.keysOpen;
  }

  showKeys(keyboard) {
    this.keysOpen = Boolean(keyboard);
    this.keysButton.hidden = !keyboard;
    this.field.placeholder = keyboard?.placeholder || PLACEHOLDER;
    this.keys.replaceChildren(...(keyboard?.rows ?? []).map((row) => el("div", { class: "button-row" }, ...row.map(({ text }) => el("button", { type: "button", onclick: () => this.chat.do("key", { label: text }) }, text)))));
  }

  toggleKeys() {
    this.keysOpen = !this.keysOpen;
    this.keys.hidden = !this.keysOpen;
    this.keysButton.setAttribute("aria-expanded", String(this.keysOpen));
    this.chat.rest();
  }

  showCommands(commands) {
    this.commands.hidden = !commands.length;
    const item = ({ command, description }) => el("button", { type: "button", onclick: () => { this.toggle(null); this.chat.do("say", { text: `/${command}` }); } }, el("b", {}, `/${command}`), description);
    this.list.replaceChildren(...commands.map(item));
  }

  /** Open one of the small lists above the field, and close the other. */
  toggle(name) {
    for (const [other, list, button] of [["list", this.list, this.commands], ["attach", this.attach, this.clip]]) {
      list.hidden = other !== name || !list.hidden;
      button.setAttribute("aria-expanded", String(!list.hidden));
      if (!list.hidden) list.querySelector("button").focus();
    }
  }

  attachments() {
    const item = (drawing, text, act) => el("button", { type: "button", onclick: () => { this.toggle(null); act(); } }, icon(drawing), text);
    return el("div", { class: "menu low", hidden: true },
      item("photo", "Foto", () => this.chat.do("photo")),
      item("file", "Berkas …", () => this.file.click()),
      item("smile", "Stiker", () => this.chat.do("sticker")),
      item("voice", "Pesan suara", () => this.chat.do("voice")),
      item("person", "Kontak saya", () => this.chat.do("contact", { own: true })),
      item("people", "Kontak orang lain …", () => this.askFor("Nomor HP orang lain", "0812 0000 0099", (number) => this.chat.do("contact", { number }))),
      item("scan", "Pindai / buka tautan …", () => this.askFor("Tautan dari kertas atau QR", `t.me/${this.chat.bot.username}?start=…`, (link) => this.chat.do("link", { link }))),
    );
  }

  async sendChosen() {
    const [file] = this.file.files;
    this.file.value = "";
    if (file) await sendFile(this.chat.phone, file);
  }

  askFor(label, example, act) {
    const input = el("input", { type: "text", placeholder: example, autocomplete: "off" });
    const submit = async (event) => {
      event.preventDefault();
      if (await act(input.value)) this.chat.dismiss();
    };
    const cancel = el("button", { type: "button", onclick: () => this.chat.dismiss() }, "Batal");
    const row = el("div", { class: "sheet-row" }, cancel, el("button", { type: "submit", class: "sheet-ok" }, "Buka"));
    this.chat.ask(el("form", { onsubmit: submit }, el("label", {}, label, input), row));
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  async send() {
    const text = this.field.value;
    if (!text.trim()) return;
    this.write("");
    // What was refused comes back, so that nobody types it twice.
    if ((await this.chat.do("say", { text })) === null && !this.field.value) this.write(text);
  }

  write(text) {
    this.field.value = text;
    this.fit();
    this.focus();
  }

  focus() {
    if (!this.line.hidden) this.field.focus({ preventScroll: true });
  }

  isBusy() {
    return Boolean(this.field.value);
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST_PX)}px`;
  }
}
