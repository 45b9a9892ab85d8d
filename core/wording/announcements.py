"""How an announcement is put into words: a form's fields, by Telegram and in one SMS."""

from collections.abc import Iterator, Sequence

from core.rules.announcements import Announcement, Form
from core.rules.answer import Place
from core.rules.notices import NoticeWords
from core.rules.suspension import Service
from core.wording import Wording
from core.wording.dates import day_date, hours_text, weekday_date
from core.wording.given import given
from core.wording.places import place_names, region_name

Values = dict[str, str]


def telegram_values(w: Wording, words: NoticeWords) -> Values:
    return {"isi": _text(w, words), "warga": region_name(w, words.place)}


def sms_values(w: Wording, words: NoticeWords) -> Iterator[Values]:
    """Whom it is for gives way: she lives there."""
    for near in (region_name(w, words.place, short=True), ""):
        yield {"isi": _text(w, words, warga=near, sms=True)}


def services_text(w: Wording, services: Sequence[Service]) -> str:
    return ", ".join(w.text(f"service-{service}") for service in services)


def usual_place(w: Wording, place: Place, *, longest: int) -> str | None:
    """The fullest name of a region's own place that fits; None where only one without a name would."""
    return next((name for name in place_names(w, place)[:-1] if len(name) <= longest), None)


def _text(w: Wording, words: NoticeWords, *, warga: str = "", sms: bool = False) -> str:
    announcement = given(words, "announcement", words.announcement)
    key = f"announcement-{announcement.form}"
    if not sms:
        return w.text(key, **_fields(w, words, announcement, sms=False))
    near = w.text("announcement-near-sms", warga=warga) if warga else ""
    return w.text(f"{key}-sms", dekat=near, **_fields(w, words, announcement, sms=True))


def _fields(w: Wording, words: NoticeWords, announcement: Announcement, *, sms: bool) -> Values:
    if announcement.form is Form.GENERAL_REMINDER:
        return {}
    day = given(words, "announcement.day", announcement.day)
    values = {"hari": day_date(w, day) if sms else weekday_date(w, day)}
    if announcement.form is not Form.PLACE_CHANGED:
        values["jam"] = hours_text(*given(words, "announcement.hours", announcement.hours))
    if announcement.form is not Form.HOURS_CHANGED:
        values["di"] = given(words, "announcement.place", announcement.place)
    if announcement.form is Form.SERVICE_DAY:
        values["layanan"] = services_text(w, announcement.services)
    return values
