// A bot's formatted text: the simulator read its HTML into plain text and entities, and only these are drawn.

import { el } from "./dom.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code", blockquote: "q" };

/** The text as nodes. Offsets count UTF-16 units, as strings do here. */
export function rich(text, entities, { onCommand, onLink }) {
  const marks = entities ?? [];
  const cuts = new Set([0, text.length, ...marks.flatMap(({ offset, length }) => [offset, offset + length])]);
  const edges = [...cuts].filter((at) => at <= text.length).sort((one, other) => one - other);
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1];
    const covering = marks.filter(({ offset, length }) => offset <= start && offset + length >= end);
    return covering.reduceRight((inner, mark) => wrapped(mark, inner, text.slice(start, end), { onCommand, onLink }), text.slice(start, end));
  });
}

function wrapped(mark, inner, piece, { onCommand, onLink }) {
  if (mark.type in TAGS) return el(TAGS[mark.type], { class: `rich-${mark.type}` }, inner);
  if (mark.type === "spoiler") return el("span", { class: "spoiler", tabindex: "0" }, inner);
  if (mark.type === "bot_command") return el("button", { type: "button", class: "link", onclick: () => onCommand(piece) }, inner);
  if (mark.type === "text_link") return el("button", { type: "button", class: "link", title: mark.url, onclick: () => onLink(mark.url) }, inner);
  return inner;
}
