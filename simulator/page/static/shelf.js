// The phones side by side: which are on view, and what of each has been seen.

import { Device } from "./device.js";
import { el } from "./dom.js";

const SHOWN_AT_FIRST = 4;
const APPS = ["telegram", "sms"];
const EMPTY = "Pilih HP di panel HP, atau tambahkan HP baru. (Pick or add a phone.)";

export class Shelf {
  constructor(place) {
    this.place = place;
    this.rows = new Map();
    this.seen = new Map();
    this.devices = new Map();
    this.hints = new Map();
    this.view = [];
    this.cast = "";
    this.now = "";
    this.bot = { name: "", username: "" };
    this.empty = el("p", { class: "empty" }, EMPTY);
    place.append(this.empty);
    this.onView = () => {};
    this.onSeen = () => {};
  }

  begin(bot) {
    this.bot = bot;
    this.rows.clear();
  }

  know(rows) {
    for (const row of rows) {
      this.rows.set(row.id, row);
      this.devices.get(row.id)?.name(row);
    }
    if (this.wanted && this.rows.has(this.wanted)) this.bring(this.wanted);
    if (!this.view.length && !this.cast && this.rows.size) this.put([...this.rows.keys()].slice(-SHOWN_AT_FIRST).reverse());
  }

  show(status) {
    const cast = status.cast.map((role) => role.phone);
    this.hints = new Map(status.cast.map((role) => [role.phone, role.hints]));
    if (cast.length && cast.join() !== this.cast) {
      this.cast = cast.join();
      this.put(cast.slice(0, SHOWN_AT_FIRST));
    }
    this.now = status.clock.now;
    this.empty.textContent = status.locked ? status.caption : EMPTY;
    for (const [phone, device] of this.devices) {
      device.hint(this.hints.get(phone) ?? []);
      device.tick(this.now);
    }
  }

  update(screen) {
    this.devices.get(screen.id)?.update(screen);
    this.look(screen.id);
  }

  /** Note that what this phone shows now has been seen. */
  look(phone) {
    const [row, device] = [this.rows.get(phone), this.devices.get(phone)];
    if (!row || !device) return;
    const seen = this.seen.get(phone) ?? {};
    this.seen.set(phone, { ...seen, [device.app]: row.received[device.app] });
    device.badge(Object.fromEntries(APPS.map((app) => [app, this.unread(phone, app)])));
    this.onSeen();
  }

  unread(phone, app) {
    const arrived = this.rows.get(phone)?.received[app] ?? 0;
    return Math.max(0, arrived - (this.seen.get(phone)?.[app] ?? 0));
  }

  unreadOf(phone) {
    return APPS.reduce((sum, app) => sum + this.unread(phone, app), 0);
  }

  /** The phone whose examples hold this text. */
  whose(text) {
    return [...this.hints].find(([, hints]) => hints.some(([, example]) => example === text))?.[0];
  }

  toggle(phone) {
    this.put(this.view.includes(phone) ? this.view.filter((one) => one !== phone) : [phone, ...this.view]);
  }

  /** Show a phone first, and bring it into sight; one just made, as soon as the simulator tells of it. */
  bring(phone) {
    this.wanted = this.rows.has(phone) ? null : phone;
    if (this.wanted) return;
    if (!this.view.includes(phone)) this.put([phone, ...this.view]);
    this.devices.get(phone)?.element.scrollIntoView({ inline: "start", block: "nearest" });
  }

  put(phones) {
    this.view = phones.filter((phone) => this.rows.has(phone));
    for (const [phone, device] of this.devices) {
      if (this.view.includes(phone)) continue;
      device.element.remove();
      this.devices.delete(phone);
    }
    for (const phone of this.view) {
      if (!this.devices.has(phone)) this.devices.set(phone, this.device(phone));
      this.place.append(this.devices.get(phone).element);
    }
    this.empty.hidden = this.view.length > 0;
    this.onView(this.view);
  }

  device(phone) {
    const device = new Device(this.rows.get(phone), this.bot, {
      onClose: () => this.toggle(phone),
      onApp: () => this.look(phone),
    });
    device.hint(this.hints.get(phone) ?? []);
    if (this.now) device.tick(this.now);
    return device;
  }
}
