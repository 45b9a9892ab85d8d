"""What we say when we speak first: a kind of notice (core.rules.notices) as one Telegram text or one SMS.

An SMS is always GSM-7 and one segment; what gives way is the place's name and the list of what is still open.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from core.errors import WordingError
from core.rules.answer import Place, PlaceKind
from core.rules.notices import Kind, NoticeWords, OfficeWords
from core.rules.suspension import SuspensionNote
from core.wording import Wording
from core.wording.dates import day_date, long_date, short_date
from core.wording.gsm import fits_one_sms, fold
from core.wording.numbers import number_line, number_sms, receipt_line, receipt_sms
from core.wording.places import place_names, report_to
from core.wording.suspensions import open_services, stopped_services, stopped_services_sms

Values = dict[str, str]
Field = TypeVar("Field")


def telegram_text(w: Wording, office: OfficeWords, words: NoticeWords) -> str:
    """At most 600 characters with the longest names of the country."""
    values = _TELEGRAM[words.kind](w, office, words)
    return w.text(f"notice-{words.kind}", kantor=office.name, jam_kantor=office.hours, **values)


def sms_text(w: Wording, office: OfficeWords, words: NoticeWords) -> str:
    """The most telling text that is one SMS. Raise WordingError, naming the text, if even the shortest is not."""
    key = f"notice-{words.kind}-sms"
    for values in _SMS[words.kind](w, office, words):
        text = fold(w.text(key, k=office.short_name, **values))
        if fits_one_sms(text):
            return text
    raise WordingError(f"text {key!r} is not one SMS (160 GSM-7 characters) with any values; shorten it")


def _card_telegram(w: Wording, office: OfficeWords, words: NoticeWords) -> Values:
    return {
        "kartu": _cards(w, words),
        "nomor": number_line(w, words.pickup_numbers, words.receipt_tails),
        "resi": receipt_line(w, words.receipt_tails),
        "tempat": _places(w, office, words)[0],
        "lapor": report_to(w, words.place),
    }


def _card_sms(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[Values]:
    values = {
        "kartu": _cards(w, words),
        "nomor": number_sms(w, words.pickup_numbers, words.receipt_tails),
        "resi": receipt_sms(w, words.receipt_tails),
        "lapor": report_to(w, words.place),
    }
    for place in _places(w, office, words):
        yield values | {"p": place}


def _letter_telegram(w: Wording, office: OfficeWords, words: NoticeWords) -> Values:
    valid = words.letter_valid_until
    return {
        "surat": _letter_name(w, words),
        "resi": receipt_line(w, words.receipt_tails),
        "tempat": _places(w, office, words)[0],
        "berlaku": w.text("letter-valid-until", berlaku=long_date(w, valid)) if valid else "",
    }


def _letter_sms(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[Values]:
    for place in _places(w, office, words):
        yield {"surat": _letters(w, words), "resi": receipt_sms(w, words.receipt_tails), "p": place}


def _start_telegram(w: Wording, office: OfficeWords, words: NoticeWords) -> Values:
    note = _note(words)
    until = note.expected_until
    return {
        "sebab": w.text(f"cause-{note.cause}"),
        "mulai": long_date(w, note.since),
        "henti": stopped_services(w, note),
        "buka": _still_open(w, note),
        "pulih": w.text("next-word-on", pulih=long_date(w, until)) if until else w.text("next-word-unknown"),
    }


def _start_sms(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[Values]:
    note = _note(words)
    values = {
        "t": short_date(note.since),
        "henti": stopped_services_sms(w, note),
        "sebab": w.text(f"cause-{note.cause}-sms"),
        "u": day_date(w, note.expected_until) if note.expected_until else w.text("our-word-sms"),
    }
    if going_on := open_services(w, note):
        yield values | {"buka": w.text("still-open-sms", buka=going_on)}
        yield values | {"buka": w.text("rest-open-sms")}
    yield values | {"buka": ""}


def _moved_telegram(w: Wording, office: OfficeWords, words: NoticeWords) -> Values:
    note = _note(words)
    was, until = words.was_expected, note.expected_until
    before = w.text("was-expected", semula=long_date(w, was)) if was else ""
    return {
        "henti": stopped_services(w, note),
        "sebab": w.text(f"cause-{note.cause}"),
        "buka": _still_open(w, note),
        "pulih": w.text("new-end", baru=long_date(w, until), semula=before)
        if until
        else w.text("new-end-unknown", semula=before),
    }


def _moved_sms(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[Values]:
    note = _note(words)
    was, until = words.was_expected, note.expected_until
    yield {
        "henti": stopped_services_sms(w, note),
        "pulih": w.text("new-end-sms", u=day_date(w, until)) if until else w.text("new-end-unknown-sms"),
        "semula": w.text("was-expected", semula=short_date(was)) if was else "",
    }


def _resumed_telegram(w: Wording, office: OfficeWords, words: NoticeWords) -> Values:
    return {
        "mulai": long_date(w, _given(words, "resumed_on", words.resumed_on)),
        "henti": stopped_services(w, _note(words)),
    }


def _resumed_sms(w: Wording, office: OfficeWords, words: NoticeWords) -> Iterator[Values]:
    yield {
        "u": day_date(w, _given(words, "resumed_on", words.resumed_on)),
        "henti": stopped_services_sms(w, _note(words)),
    }


_TELEGRAM: Mapping[Kind, Callable[[Wording, OfficeWords, NoticeWords], Values]] = {
    Kind.PRINTED: _card_telegram,
    Kind.READY: _card_telegram,
    Kind.LETTER_READY: _letter_telegram,
    Kind.NEEDS_OFFICER: _card_telegram,
    Kind.SUSPENDED: _start_telegram,
    Kind.SUSPENSION_MOVED: _moved_telegram,
    Kind.RESUMED: _resumed_telegram,
    Kind.REGISTERED: _card_telegram,
}

#: Each yields the values to try, the most telling first.
_SMS: Mapping[Kind, Callable[[Wording, OfficeWords, NoticeWords], Iterator[Values]]] = {
    Kind.PRINTED: _card_sms,
    Kind.READY: _card_sms,
    Kind.LETTER_READY: _letter_sms,
    Kind.NEEDS_OFFICER: _card_sms,
    Kind.SUSPENDED: _start_sms,
    Kind.SUSPENSION_MOVED: _moved_sms,
    Kind.RESUMED: _resumed_sms,
    Kind.REGISTERED: _card_sms,
}


def _cards(w: Wording, words: NoticeWords) -> str:
    return w.text("cards-one") if words.count == 1 else w.text("cards-many", n=str(words.count))


def _letters(w: Wording, words: NoticeWords) -> str:
    return w.text("letters-one-sms") if words.count == 1 else w.text("letters-many", n=str(words.count))


def _letter_name(w: Wording, words: NoticeWords) -> str:
    if words.count > 1:
        return _letters(w, words)
    return w.text(f"letter-{_given(words, 'letter', words.letter)}")


def _places(w: Wording, office: OfficeWords, words: NoticeWords) -> tuple[str, ...]:
    if words.place:
        return place_names(w, words.place)
    if words.kind is Kind.LETTER_READY:  # letters are made at the office, and wait there
        return place_names(w, Place(kind=PlaceKind.OFFICE, regency=office.regency))
    return (w.text("place-unknown"),)


def _still_open(w: Wording, note: SuspensionNote) -> str:
    going_on = open_services(w, note)
    return w.text("still-open", buka=going_on) if going_on else ""


def _note(words: NoticeWords) -> SuspensionNote:
    return _given(words, "suspension", words.suspension)


def _given(words: NoticeWords, field: str, value: Field | None) -> Field:
    if value is None:
        raise WordingError(f"a notice of kind {words.kind} needs NoticeWords.{field}; it was None")
    return value
