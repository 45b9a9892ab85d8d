"""The Friday card in words: counts and days, ready to be forwarded; never a name or a card's number."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from core.rules.answer import Place
from core.rules.friday import PointWeek, together, week_begins
from core.wording import Wording
from core.wording.dates import short_date, weekday_date
from core.wording.places import place_names

#: Telegram takes 4096 in a message; an office's own texts may be longer than ours.
_LONGEST = 4000
#: In the order in which they are told; others follow.
_TAKEN = ("self", "family", "brought-home", "left-with-rt")
#: By an import, or by hand on a paper: nobody noted who.
_UNSAID = "unsaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class FridayCard:
    """whole: of her region. parts: of what lies in it, where that is more than one point; names: how it is called."""

    region: Place
    whole: PointWeek
    parts: Sequence[PointWeek] = ()
    names: dict[str, str] | None = None


def friday_text(w: Wording, card: FridayCard, *, now: datetime, zone: ZoneInfo) -> str:
    """One message, at most 4000 characters: as many parts by name as fit, the rest in one line."""
    today = now.astimezone(zone).date()
    week = card.whole
    begins = week_begins(now, zone).date()
    head = w.text(
        "friday-card",
        tempat=place_names(w, card.region)[0],
        hari=weekday_date(w, today),
        mulai=short_date(begins),
        sampai=short_date(today),
        tiba=week.arrived,
        kabar_baru=_told(w, week.told, week.unreached),
        diambil=week.taken.total(),
        rinci=_by_kind(w, week.taken),
        menunggu=week.waiting,
        terlama=_oldest(w, week, now, zone),
        kabar=_told(w, week.waiting_told, week.waiting_unreached),
        semua=week.taken_ever.total(),
    )
    foot = w.text("friday-foot")
    lines = list(_lines(w, card, now=now, zone=zone, room=_LONGEST - len(head) - len(foot) - 4))
    return "\n\n".join([head, *(["\n".join(lines)] if lines else []), foot])


def _lines(w: Wording, card: FridayCard, *, now: datetime, zone: ZoneInfo, room: int) -> Iterator[str]:
    """Where most waits first; the last line stands for all that found no room."""
    names = card.names or {}
    parts = sorted((part for part in card.parts if not part.is_empty), key=lambda part: (-part.waiting, part.code))
    lines = [_line(w, names.get(part.code, part.code), part, now, zone) for part in parts]
    fits = _fitting(lines, room)
    if fits < len(lines):
        rest = together("", parts[fits:])
        lines[fits:] = [_line(w, w.text("friday-others", jumlah=len(parts) - fits), rest, now, zone)]
    yield from lines


def _fitting(lines: Sequence[str], room: int) -> int:
    """How many lines have room, one of the same kind for the others left over."""
    if sum(len(line) + 1 for line in lines) <= room:
        return len(lines)
    left = room - max(map(len, lines)) - 20
    for count, line in enumerate(lines):
        left -= len(line) + 1
        if left < 0:
            return count
    return len(lines)


def _line(w: Wording, name: str, part: PointWeek, now: datetime, zone: ZoneInfo) -> str:
    return w.text(
        "friday-part",
        nama=name,
        tiba=part.arrived,
        diambil=part.taken.total(),
        menunggu=part.waiting,
        terlama=_oldest(w, part, now, zone),
    )


def _told(w: Wording, told: int, unreached: int) -> str:
    return w.text("friday-told", dikabari=told, belum=unreached)


def _by_kind(w: Wording, taken: Counter[str]) -> str:
    """(sendiri 10, keluarga 4); nothing where nothing was taken."""
    kinds = Counter({kind if kind in _TAKEN else _UNSAID: 0 for kind in taken})
    for kind, count in taken.items():
        kinds[kind if kind in _TAKEN else _UNSAID] += count
    said = [w.text(f"friday-taken-{kind}", n=kinds[kind]) for kind in (*_TAKEN, _UNSAID) if kinds[kind]]
    return f" ({', '.join(said)})" if said else ""


def _oldest(w: Wording, week: PointWeek, now: datetime, zone: ZoneInfo) -> str:
    if week.oldest_since is None:
        return ""
    days = (now.astimezone(zone).date() - week.oldest_since.astimezone(zone).date()).days
    return " " + w.text("friday-oldest", hari=days)
