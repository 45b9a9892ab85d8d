"""The values of the three kinds of notice about a suspension: it starts, its end moves, it is over."""

from collections.abc import Callable, Iterator, Mapping

from core.rules.notices import Kind, NoticeWords
from core.rules.suspension import SuspensionNote
from core.wording import Wording
from core.wording.dates import day_date, long_date, short_date
from core.wording.given import given
from core.wording.suspensions import open_services, stopped_services, stopped_services_sms

Values = dict[str, str]


def _start_telegram(w: Wording, words: NoticeWords) -> Values:
    note = _note(words)
    until = note.expected_until
    return {
        "sebab": w.text(f"cause-{note.cause}"),
        "mulai": long_date(w, note.since),
        "henti": stopped_services(w, note),
        "buka": _still_open(w, note),
        "pulih": w.text("next-word-on", pulih=long_date(w, until)) if until else w.text("next-word-unknown"),
    }


def _start_sms(w: Wording, words: NoticeWords) -> Iterator[Values]:
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


def _moved_telegram(w: Wording, words: NoticeWords) -> Values:
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


def _moved_sms(w: Wording, words: NoticeWords) -> Iterator[Values]:
    note = _note(words)
    was, until = words.was_expected, note.expected_until
    yield {
        "henti": stopped_services_sms(w, note),
        "pulih": w.text("new-end-sms", u=day_date(w, until)) if until else w.text("new-end-unknown-sms"),
        "semula": w.text("was-expected", semula=short_date(was)) if was else "",
    }


def _resumed_telegram(w: Wording, words: NoticeWords) -> Values:
    return {
        "mulai": long_date(w, given(words, "resumed_on", words.resumed_on)),
        "henti": stopped_services(w, _note(words)),
    }


def _resumed_sms(w: Wording, words: NoticeWords) -> Iterator[Values]:
    yield {
        "u": day_date(w, given(words, "resumed_on", words.resumed_on)),
        "henti": stopped_services_sms(w, _note(words)),
    }


def _still_open(w: Wording, note: SuspensionNote) -> str:
    going_on = open_services(w, note)
    return w.text("still-open", buka=going_on) if going_on else ""


def _note(words: NoticeWords) -> SuspensionNote:
    return given(words, "suspension", words.suspension)


TELEGRAM: Mapping[Kind, Callable[[Wording, NoticeWords], Values]] = {
    Kind.SUSPENDED: _start_telegram,
    Kind.SUSPENSION_MOVED: _moved_telegram,
    Kind.RESUMED: _resumed_telegram,
}

#: Each yields the values to try, the most telling first.
SMS: Mapping[Kind, Callable[[Wording, NoticeWords], Iterator[Values]]] = {
    Kind.SUSPENDED: _start_sms,
    Kind.SUSPENSION_MOVED: _moved_sms,
    Kind.RESUMED: _resumed_sms,
}
