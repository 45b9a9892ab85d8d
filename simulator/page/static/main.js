// Where the page begins: it listens, and hands each piece of news to the part that shows it.

import { Clock } from "./clock.js";
import { Faults } from "./faults.js";
import { List } from "./list.js";
import { Office } from "./office.js";
import { Shelf } from "./shelf.js";
import { Side } from "./side.js";
import { listen, watch } from "./wire.js";

const LOST = "Sambungan ke simulator terputus; menyambung lagi …";

const caption = document.getElementById("caption");
const clock = new Clock(document.getElementById("clock"));
const shelf = new Shelf(document.getElementById("shelf"));
const list = new List(shelf);
const office = new Office(shelf);
const faults = new Faults();
const side = new Side(document.getElementById("side"), [list, office, faults]);

let watcher = null;
let told = "";

shelf.onView = (phones) => {
  if (watcher) watch(watcher, phones);
  list.draw();
};
shelf.onSeen = () => list.draw();
list.onCount = () => side.draw();

function greet(hello) {
  watcher = hello.watcher;
  faults.offer(hello.switches);
  shelf.begin(hello.bot);
  watch(watcher, shelf.view);
}

function show(status) {
  told = status.caption;
  caption.textContent = told;
  document.body.classList.toggle("locked", Boolean(status.locked));
  document.body.dataset.locked = status.locked;
  clock.show(status.clock);
  shelf.show(status);
  office.show(status);
  faults.show(status);
  side.draw();
}

listen({
  onNews(news) {
    caption.classList.remove("lost");
    caption.textContent = told;
    if (news.hello) greet(news.hello);
    if (news.rows) shelf.know(news.rows);
    if (news.status) show(news.status);
    if (news.screens) news.screens.forEach((screen) => shelf.update(screen));
    if (news.rows) list.draw();
  },
  onLost() {
    caption.classList.add("lost");
    caption.textContent = LOST;
  },
});
