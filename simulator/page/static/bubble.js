// One Telegram message as it lies in the chat.

import { el, icon } from "./dom.js";
import { time } from "./moments.js";
import { rich } from "./rich.js";

const KB = 1024;
const PLACEHOLDERS = { photo: ["photo", "Foto"], sticker: ["smile", "Stiker"], voice: ["voice", "Pesan suara"] };

/** Draw a message; the chat does what its buttons and links ask for. */
export function bubble(message, chat) {
  const parts = [
    message.forwarded ? el("p", { class: "forwarded" }, "Diteruskan") : null,
    message.reply ? quote(message.reply) : null,
    attachment(message),
    message.text ? words(message, chat) : null,
    meta(message),
  ];
  const body = el("div", { class: "bubble" }, ...parts);
  const row = el("div", { class: `message ${message.mine ? "mine" : "theirs"} ${message.kind}` }, body);
  if (message.buttons) row.append(buttons(message, chat));
  return row;
}

function words(message, chat) {
  const shown = message.mine && message.text.startsWith("/start ") ? "/start" : message.text;
  const entities = shown === message.text ? message.entities : [];
  const onLink = (link) => chat.do("link", { link });
  return el("div", { class: "words" }, ...rich(shown, entities, { onCommand: (text) => chat.do("say", { text }), onLink }));
}

function quote({ text, mine }) {
  return el("div", { class: "quote" }, el("b", {}, mine ? "Anda" : "Kabar KTP"), el("span", {}, text));
}

function attachment({ kind, file, contact }) {
  if (contact) return el("div", { class: "item" }, icon("person"), el("div", {}, el("b", {}, contact.name), el("span", {}, contact.number)));
  if (!file) return null;
  const address = `/phones/file/${file.id}`;
  if (file.picture) return el("img", { class: "picture", src: address, alt: `Gambar ${file.name}` });
  if (kind in PLACEHOLDERS) {
    const [drawing, name] = PLACEHOLDERS[kind];
    return el("div", { class: `placeholder ${kind}` }, icon(drawing), el("span", {}, name));
  }
  const size = file.size < KB ? `${file.size} B` : `${Math.round(file.size / KB)} KB`;
  return el("a", { class: "item", href: address, download: file.name }, icon("file"), el("div", {}, el("b", {}, file.name), el("span", {}, size)));
}

function meta({ at, mine, taken, edited }) {
  const shown = el("span", { class: "meta" }, edited ? "diedit " : "", time(at));
  if (mine) {
    const said = taken ? "diterima bot" : "terkirim ke Telegram";
    shown.append(el("span", { class: "sr" }, `, ${said}`), icon(taken ? "ticks" : "tick"));
    shown.title = said;
  }
  return shown;
}

function buttons(message, chat) {
  const number = Number(message.id.slice(1));
  const rows = message.buttons.map((row, rowAt) => el("div", { class: "button-row" }, ...row.map((button, column) => {
    const onclick = () => chat.do("press", { message: number, row: rowAt, column });
    return el("button", { type: "button", title: button.url, onclick }, button.text);
  })));
  return el("div", { class: "inline-keyboard" }, ...rows);
}
