// Moments as the simulator writes them (2017-09-27T08:30:00, in its own zone) in the words of a phone.

const DAYS = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];

/** 08.30 */
export function time(moment) {
  return moment.slice(11, 16).replace(":", ".");
}

/** 2017-09-27: the same for all moments of a day. */
export function dayOf(moment) {
  return moment.slice(0, 10);
}

/** 27 September */
export function day(moment) {
  return `${Number(moment.slice(8, 10))} ${MONTHS[Number(moment.slice(5, 7)) - 1]}`;
}

/** Rabu, 27 Sep 2017 */
export function longDay(moment) {
  // As if it were UTC, so that the browser's own zone has no say.
  const weekday = DAYS[new Date(`${moment}Z`).getUTCDay()];
  return `${weekday}, ${Number(moment.slice(8, 10))} ${MONTHS[Number(moment.slice(5, 7)) - 1].slice(0, 3)} ${moment.slice(0, 4)}`;
}
