// Building the page from code. Texts are always set as text, so nothing that anybody writes becomes markup.

const ICONS = "/phones/static/icons.svg";

/** An element; keys that begin with "on" are listeners, the others attributes; false and null leave one out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A drawing of icons.svg; what it means must be said beside it. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A button with a drawing only; the label is what a screen reader and the mouse see. */
export function iconButton(name, label, onclick, attributes = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...attributes }, icon(name));
}

/** Whether a set of values looks as it did the last time; rebuilding less keeps the focus where it is. */
export function changed(owner, key, value) {
  const text = JSON.stringify(value);
  owner.lastShown ??= {};
  if (owner.lastShown[key] === text) return false;
  owner.lastShown[key] = text;
  return true;
}

/** Two letters that stand for a name, or the end of a number. */
export function initials(name) {
  const words = name.replace(/[^\p{L}\d ]/gu, "").split(" ").filter(Boolean);
  if (/^\d+$/.test(words[0] ?? "")) return words[0].slice(-2);
  return words.slice(0, 2).map((word) => word[0].toUpperCase()).join("");
}

/** A number as people read it: +62 812-0000-0001; "" for none. */
export function grouped(number) {
  const parts = /^(\+62)(\d{3})(\d{4})(\d+)$/.exec(number ?? "");
  return parts ? `${parts[1]} ${parts.slice(2).join("-")}` : number ?? "";
}

/** One of six colours, always the same for a name. */
export function hue(name) {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)) % 997;
  return `hue-${sum % 6}`;
}
