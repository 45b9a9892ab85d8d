"""What we say when we speak first: a kind of notice (core.rules.notices) as one Telegram text or one SMS.

An SMS is always GSM-7 and one segment; what gives way is the place's name and the list of what is still open.
"""

from collections.abc import Callable, Iterator
from datetime import date

from core.errors import WordingError
from core.rules.answer import Place, PlaceKind
from core.rules.notices import Kind, NoticeWords, OfficeWords
from core.wording import Wording, announcements, suspension_notices
from core.wording.dates import day_date, long_date, pickup_day, short_date, weekday_date
from core.wording.given import given
from core.wording.gsm import fits_one_sms, fold
from core.wording.numbers import number_line, number_sms, receipt_line, receipt_sms
from core.wording.places import place_names, report_to

Values = dict[str, str]

_ABOUT_LETTERS = frozenset({Kind.LETTER_READY, Kind.LETTER_EXPIRING})


def telegram_text(w: Wording, office: OfficeWords, words: NoticeWords) -> str:
    """At most 600 characters with the longest names of the country."""
    values = _telegram_values(w, office, words)
    return w.text(_telegram_key(words), kantor=office.name, jam_kantor=office.hours, **values)


def sms_text(w: Wording, office: OfficeWords, words: NoticeWords) -> str:
    """The most telling text that is one SMS. Raise WordingError, naming the text, if even the shortest is not."""
    for text in sms_texts(w, office, words):
        if fits_one_sms(text):
            return text
    key = _sms_key(words)
    raise WordingError(f"text {key!r} is not one SMS (160 GSM-7 characters) with any values; shorten it")


def sms_texts(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[str]:
    """The ways to say it by SMS, the most telling first; maybe none of them fits."""
    for values in _sms_values(w, office, words):
        yield fold(w.text(_sms_key(words), k=office.short_name, **values))


def _telegram_key(words: NoticeWords) -> str:
    """Who is called to a village's day reads the hours of that, also where it is another one now."""
    return f"notice-{words.kind}{_way_of_moving(words)}"


def _way_of_moving(words: NoticeWords) -> str:
    """The end of a text's name: another day of a call, or none because it was called off; else of a counter."""
    if words.kind is not Kind.PICKUP_MOVED:
        return ""
    return "-call" if words.hours else "-off" if words.called_off else ""


def _sms_key(words: NoticeWords) -> str:
    """Who is called for a day reads that in place of the office hours."""
    called = words.kind is Kind.READY and words.pickup_on
    return "notice-ready-day-sms" if called else f"notice-{words.kind}{_way_of_moving(words)}-sms"


def _telegram_values(w: Wording, office: OfficeWords, words: NoticeWords) -> Values:
    if about_suspension := suspension_notices.TELEGRAM.get(words.kind):
        return about_suspension(w, words)
    if words.kind is Kind.ANNOUNCED:
        return announcements.telegram_values(w, words)
    if words.kind in _ABOUT_LETTERS:
        return _letter_telegram(w, office, words)
    return _card_telegram(w, office, words)


def _sms_values(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[Values]:
    if about_suspension := suspension_notices.SMS.get(words.kind):
        return about_suspension(w, words)
    if words.kind is Kind.ANNOUNCED:
        return announcements.sms_values(w, words)
    if words.kind in _ABOUT_LETTERS:
        return _letter_sms(w, office, words)
    return _card_sms(w, office, words)


def _card_telegram(w: Wording, office: OfficeWords, words: NoticeWords) -> Values:
    briefly = words.kind is Kind.REMINDER and words.count > 1  # there is no room for both
    return {
        "kartu": _cards(w, words),
        "panggil": pickup_day(w, words.pickup_on),
        "tunggu": w.text("waiting-days", lama=str(words.waiting_days)) if words.waiting_days else "",
        "nomor": number_line(w, words.pickup_numbers, () if briefly else words.receipt_tails)
        or receipt_line(w, words.receipt_tails),
        "resi": receipt_line(w, words.receipt_tails),
        "tempat": _places(w, office, words)[0],
        "lapor": report_to(w, words.place),
        "hari_baru": _new_day(w, words, weekday_date),
        **_call_values(w, words),
    }


def _card_sms(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[Values]:
    values = {
        "kartu": _cards(w, words),
        "nomor": number_sms(w, words.pickup_numbers, words.receipt_tails),
        "resi": receipt_sms(w, words.receipt_tails),
        "lapor": report_to(w, words.place),
        "kapan": day_date(w, words.pickup_on) if words.pickup_on else "",
        "hari_baru": _new_day(w, words, day_date, sms="-sms"),
    }
    values |= _call_values(w, words)
    for place in _places(w, office, words):
        yield values | {"p": place}
    if words.hours or words.called_off:  # they say more than a large family's numbers, which are on its receipts too
        for place in _places(w, office, words):
            yield values | {"p": place, "nomor": ""}


def _call_values(w: Wording, words: NoticeWords) -> Values:
    """hari: the day; jam: 08.30-11.30, its hours."""
    if not words.hours:
        return {}
    opens, closes = words.hours
    day = given(words, "pickup_on", words.pickup_on)
    return {"hari": day_date(w, day), "jam": f"{opens:%H.%M}-{closes:%H.%M}"}


def _letter_telegram(w: Wording, office: OfficeWords, words: NoticeWords) -> Values:
    valid = words.letter_valid_until
    said = w.text("letter-valid-until", berlaku=long_date(w, valid)) if valid else ""
    if words.kind is Kind.LETTER_EXPIRING:
        said = long_date(w, given(words, "letter_valid_until", valid))
    return {
        "surat": _letter_name(w, words),
        "resi": receipt_line(w, words.receipt_tails),
        "tempat": _places(w, office, words)[0],
        "berlaku": said,
    }


def _letter_sms(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[Values]:
    values = {"surat": _letters(w, words), "resi": receipt_sms(w, words.receipt_tails)}
    if words.kind is Kind.LETTER_EXPIRING:
        values["t"] = short_date(given(words, "letter_valid_until", words.letter_valid_until))
    for place in _places(w, office, words):
        yield values | {"p": place}


def _new_day(w: Wording, words: NoticeWords, written: Callable[[Wording, date], str], *, sms: str = "") -> str:
    """The day in place of the one that she was told; that there is none yet, where nobody knows it."""
    if words.kind is not Kind.PICKUP_MOVED:
        return ""
    day = words.pickup_on
    return w.text(f"new-day{sms}", hari=written(w, day)) if day else w.text(f"new-day-unknown{sms}")


def _cards(w: Wording, words: NoticeWords) -> str:
    return w.text("cards-one") if words.count == 1 else w.text("cards-many", n=str(words.count))


def _letters(w: Wording, words: NoticeWords) -> str:
    return w.text("letters-one-sms") if words.count == 1 else w.text("letters-many", n=str(words.count))


def _letter_name(w: Wording, words: NoticeWords) -> str:
    if words.count > 1:
        return _letters(w, words)
    return w.text(f"letter-{given(words, 'letter', words.letter)}")


def _places(w: Wording, office: OfficeWords, words: NoticeWords) -> tuple[str, ...]:
    if words.place_said:
        return (words.place_said,)
    if words.place:
        return place_names(w, words.place)
    if words.kind in _ABOUT_LETTERS:  # letters are made at the office, and wait there
        return place_names(w, Place(kind=PlaceKind.OFFICE, regency=office.regency))
    return (w.text("place-unknown"),)
