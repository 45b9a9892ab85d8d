"""A call in an official's words: its preview, the live message's heading, the texts to copy, and whom it reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_UP, Decimal
from typing import Protocol

from core.rules.calls import CallTerms, hours_on
from core.rules.notices import NoticeWords, OfficeWords
from core.wording import Wording
from core.wording.dates import day_date, hours_text, weekday_date
from core.wording.notices import sms_text, telegram_text
from core.wording.paragraphs import paragraphs

_DAYS_SHOWN = 8
_NUMBERS_SHOWN = 40

#: Why nobody was reached, by the word or the provider's code that is noted -> the end of the text's name.
_WHY = (
    dict.fromkeys(("21211", "21614", "21635", "30005", "30006", "30003"), "number")
    | dict.fromkeys(("21610", "30004", "opted-out", "blocked", "forbidden", "deactivated"), "blocked")
    | {"chat-not-found": "account", "expired": "late", "cancelled": "cancelled", "trial": "trial"}
)


class Day(Protocol):
    """A day of a call, planned or under way."""

    @property
    def day(self) -> date: ...
    @property
    def people(self) -> int: ...
    @property
    def opens(self) -> time: ...
    @property
    def closes(self) -> time: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a call would do. place: as it is said. sms_price: of one; None where no cost is shown.

    sms_in_place: how many more at most, for messages that Telegram does not take.
    """

    terms: CallTerms
    place: str
    people: int
    days: Sequence[Day]
    telegram: int
    sms: int
    sms_in_place: int
    unreachable: int
    longest: NoticeWords
    sms_price: Decimal | None
    changing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom a call reached, counted in cards. numbers: of those not reached, with their days."""

    delivered: int
    told: int
    coming: int
    other_day: int
    waiting: int
    failed: Mapping[str, int]
    unreachable: int
    numbers: Sequence[tuple[int, date | None]]


def preview_text(w: Wording, office: OfficeWords, preview: Preview, problems: Sequence[str] = ()) -> str:
    """All that an official needs to see before a second press. problems: why it cannot be sent, in words."""
    terms = preview.terms
    said = w.text(
        "call-preview-terms",
        tempat=preview.place,
        jam=hours_text(terms.opens, terms.closes),
        perhari=terms.per_day,
        orang=preview.people,
        lama=len(preview.days),
    )
    beginning = w.text("call-preview-change" if preview.changing else "call-preview-new")
    if problems:
        return paragraphs(beginning, said, "\n".join((w.text("call-cannot-send"), *problems)))
    parts = (
        f"{said}\n{day_lines(w, terms, preview.days)}".strip(),
        _channels(w, preview),
        w.text("call-unreachable-note") if preview.unreachable else "",
        w.text("call-when-told-change") if preview.changing else w.text("call-when-told"),
        f"{w.text('call-exact-telegram')}\n{telegram_text(w, office, preview.longest)}",
        _exact_sms(w, office, preview) if preview.sms or preview.sms_in_place else "",
    )
    return paragraphs(beginning, *parts)


def day_lines(w: Wording, terms: CallTerms, days: Sequence[Day], *, most: int = _DAYS_SHOWN) -> str:
    """A line for each of the first days; its hours where they differ from the call's."""
    lines = [_day_line(w, terms, day) for day in days[:most]]
    if left := days[most:]:
        lines.append(w.text("call-more-days", n=len(left), hari=day_date(w, left[-1].day)))
    return "\n".join(lines)


def schedule(w: Wording, days: Sequence[date]) -> str:
    """Rabu 27/9 sampai Senin 2/10."""
    return _schedule(w, [day_date(w, day) for day in days])


def heading(w: Wording, place: str, terms: CallTerms, days: Sequence[Day]) -> str:
    """What a call's live message is about."""
    dates = [day.day for day in days] or [terms.first_day]
    hours = hours_text(terms.opens, terms.closes)
    return w.text("call-heading", tempat=place, jadwal=schedule(w, dates), jam=hours, perhari=terms.per_day)


def for_group(w: Wording, office: OfficeWords, place: str, days: Sequence[Day], *, bot: str) -> str:
    """For the village's WhatsApp group; bot: how the bot is found, empty where nobody knows."""
    people = sum(day.people for day in days)
    lines = "\n".join(
        w.text("call-day-line-hours", hari=day_date(w, day.day), n=day.people, jam=hours_text(day.opens, day.closes))
        for day in days
    )
    asked = w.text("copy-bot", bot=bot) if bot else ""
    more = w.text("copy-group-more", bot=asked, kantor=office.name)
    return paragraphs(f"{w.text('copy-group', tempat=place, n=people)}\n{lines}".strip(), more)


def for_speaker(w: Wording, office: OfficeWords, place: str, terms: CallTerms, days: Sequence[Day]) -> str:
    """To be read aloud, in whole sentences."""
    people = sum(day.people for day in days)
    spoken = [weekday_date(w, day.day) for day in days] or [weekday_date(w, terms.first_day)]
    shortened = any(hours_on(terms, day.day) != (terms.opens, terms.closes) for day in days)
    return w.text(
        "copy-speaker",
        kantor=office.name,
        tempat=place,
        n=people,
        jadwal=_schedule(w, spoken),
        jam=f"{terms.opens:%H.%M} {w.text('copy-until')} {terms.closes:%H.%M}",
        jumat=w.text("call-friday") if shortened else "",
    )


def reached_text(w: Wording, place: str, days: Sequence[date], reach: Reach) -> str:
    """Who was reached, in counts; who was not, in pickup numbers by day."""
    counts = w.text(
        "reached-counts",
        tempat=place,
        jadwal=schedule(w, days),
        tiba=reach.delivered,
        sudah=reach.told,
        datang=reach.coming,
        lain=reach.other_day,
        tunggu=reach.waiting,
        gagal=sum(reach.failed.values()),
    )
    lines = [counts, *_reasons(w, reach.failed), w.text("reached-unreachable", n=reach.unreachable)]
    return paragraphs("\n".join(lines), _numbers(w, reach.numbers))


def rupiah(amount: Decimal) -> str:
    """42.000: whole, rounded up, with the dots that people write."""
    return f"{int(amount.to_integral_value(ROUND_UP)):,}".replace(",", ".")


def _day_line(w: Wording, terms: CallTerms, day: Day) -> str:
    hari = day_date(w, day.day)
    if (day.opens, day.closes) == (terms.opens, terms.closes):
        return w.text("call-day-line", hari=hari, n=day.people)
    return w.text("call-day-line-hours", hari=hari, n=day.people, jam=hours_text(day.opens, day.closes))


def _schedule(w: Wording, days: Sequence[str]) -> str:
    if len(days) == 1:
        return w.text("copy-one-day", hari=days[0])
    return w.text("copy-days", hari=days[0], akhir=days[-1])


def _channels(w: Wording, preview: Preview) -> str:
    cost = ""
    if preview.sms and preview.sms_price is not None:
        cost = w.text("call-sms-cost", n=preview.sms, rupiah=rupiah(preview.sms_price * preview.sms))
    key = "call-channels-change" if preview.changing else "call-channels"
    said = w.text(key, telegram=preview.telegram, sms=preview.sms, tanpa=preview.unreachable, biaya=cost)
    more = w.text("call-sms-in-place", n=preview.sms_in_place) if preview.sms_in_place else ""
    return f"{said}\n{more}".strip()


def _exact_sms(w: Wording, office: OfficeWords, preview: Preview) -> str:
    text = sms_text(w, office, preview.longest)
    return f"{w.text('call-exact-sms', n=len(text))}\n{text}"


def _reasons(w: Wording, failed: Mapping[str, int]) -> Iterable[str]:
    """In plain words; several codes may mean the same to whoever goes there."""
    counts: dict[str, int] = {}
    for why, people in failed.items():
        said = w.text(f"reached-why-{_WHY.get(why, 'other')}")
        counts[said] = counts.get(said, 0) + people
    return [w.text("reached-why", sebab=said, n=people) for said, people in counts.items()]


def _numbers(w: Wording, numbers: Sequence[tuple[int, date | None]]) -> str:
    if not numbers:
        return w.text("reached-all")
    by_day: dict[date | None, list[str]] = {}
    for number, day in numbers[:_NUMBERS_SHOWN]:
        by_day.setdefault(day, []).append(str(number))
    lines = [w.text("reached-numbers-heading")]
    for day in sorted(by_day, key=lambda day: day or date.max):
        listed = ", ".join(by_day[day])
        if day is None:
            lines.append(w.text("reached-numbers-no-day", nomor=listed))
        else:
            lines.append(w.text("reached-numbers", hari=day_date(w, day), nomor=listed))
    if left := len(numbers) - _NUMBERS_SHOWN:
        lines += [w.text("reached-more", n=left)] if left > 0 else []
    return "\n".join(lines)
