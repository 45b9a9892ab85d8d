// A link that the office printed, and the phone that opens it as if its camera had read the QR code.

import { el } from "./dom.js";
import { deed } from "./wire.js";

/** For whoever typed this in the form, her own phone is offered first. */
export function opening(link, typed, shelf) {
  const rows = [...shelf.rows.values()].filter((row) => row.telegram).sort((one, other) => one.name.localeCompare(other.name));
  const owner = shelf.whose(typed);
  const options = rows.map((row) => el("option", { value: row.id, selected: row.id === owner }, row.name));
  const phones = el("select", { "aria-label": "Buka di HP" }, ...options);
  const onclick = async () => {
    if (await deed("link", { phone: phones.value, link })) shelf.bring(phones.value);
  };
  const go = el("button", { type: "button", class: "go quiet", onclick }, "Buka");
  return el("div", { class: "opening" }, el("span", {}, "Pindai QR-nya: buka di HP …"), phones, go);
}
