// What goes wrong at the providers, on order.

import { changed, el } from "./dom.js";
import { deed } from "./wire.js";

const SERVICES = { telegram: "Telegram", twilio: "SMS (Twilio)" };
const TIMES = [[1, "1 kali"], [3, "3 kali"], [10, "10 kali"], [0, "sampai dibersihkan"]];

export class Faults {
  constructor() {
    this.title = "Gangguan";
    this.count = 0;
    this.service = "telegram";
    this.times = el("select", { id: "fault-times" }, ...TIMES.map(([value, text]) => el("option", { value }, text)));
    this.switches = el("div", { class: "switches" });
    this.orders = el("ul", { class: "orders", "aria-label": "Gangguan yang menunggu" });
    this.throttled = el("p", { class: "note" });
    this.clear = el("button", { type: "button", class: "go quiet", onclick: () => deed("faults-clear") }, "Bersihkan semua");
    const times = el("div", { class: "field" }, el("label", { for: "fault-times" }, "Berapa kali"), this.times);
    this.element = el("section", { class: "panel wide" },
      el("p", { class: "note" }, "Permintaan berikutnya ke penyedia akan gagal seperti ini."),
      el("div", { class: "terms" }, this.chooser(), times),
      this.switches,
      this.orders,
      this.clear,
      this.throttled,
    );
  }

  chooser() {
    const choices = Object.entries(SERVICES).map(([value, text]) => {
      const radio = el("input", { type: "radio", name: "service", value, checked: value === this.service, onchange: () => { this.service = value; } });
      return el("label", { class: "choice" }, radio, el("span", {}, text));
    });
    return el("fieldset", { class: "choices" }, el("legend", {}, "Penyedia"), ...choices);
  }

  offer(switches) {
    this.switches.replaceChildren(...switches.map(({ name, label }) => {
      const onclick = () => deed("fault", { service: this.service, fault: name, times: Number(this.times.value) });
      return el("button", { type: "button", class: "switch", onclick }, label);
    }));
  }

  show({ faults, throttled }) {
    this.count = faults.length;
    this.clear.disabled = !faults.length;
    this.throttled.textContent = throttled ? `Jawaban 429 sejauh ini: ${throttled}` : "";
    if (!changed(this, "faults", faults)) return;
    const line = ({ service, label, times }) => el("li", {}, el("b", {}, SERVICES[service]), ` ${label} `, el("span", {}, times === null ? "sampai dibersihkan" : `${times} kali lagi`));
    this.orders.replaceChildren(...faults.map(line));
  }
}
