"""Samples of the call as an official makes it in the chat."""

from core.wording.dates import day_date, weekday_date
from core.wording.samples.kinds import LONGEST_LONG_DAY, LONGEST_SHORT_DAY, TYPICAL_DAY, Sample, other_text

_PEOPLE = Sample("how many people, or cards", 350, 9999)
_DAY = Sample("a day", lambda w: day_date(w, TYPICAL_DAY), lambda w: day_date(w, LONGEST_SHORT_DAY))
_SPOKEN_DAY = Sample(
    "a day in words", lambda w: weekday_date(w, TYPICAL_DAY), lambda w: weekday_date(w, LONGEST_LONG_DAY)
)
_HOURS = Sample("from when to when, 11 characters", "08.00-12.00", "08.30-11.30")
_NUMBERS = Sample("pickup numbers", "12, 45, 99", ", ".join(map(str, range(960, 1000))))
_FRIDAYS = ("call-ask-hours", "copy-speaker")
_WITH_HOURS = (
    "call-ask-place",
    "call-preview-terms",
    "call-day-line-hours",
    "call-heading",
    "call-automatic",
    "copy-speaker",
)
_WHY = tuple(f"reached-why-{why}" for why in ("number", "blocked", "account", "late", "cancelled", "trial", "other"))
_SCHEDULE = other_text("on which days", "copy-days", "copy-one-day")

SAMPLES: dict[str, Sample] = {
    "call-waiting.kartu": _PEOPLE,
    "call-waiting.lama": other_text("how many of them wait for long; may be empty", "call-waiting-long"),
    "call-waiting-long.n": _PEOPLE,
    **{f"call-{text}.hari": _DAY for text in ("ask-hours", "ask-place", "day-line", "day-line-hours", "more-days")},
    **{f"call-problem-{text}.hari": _DAY for text in ("past", "closed", "too-late")},
    **{f"{text}.jumat": other_text("about Fridays; may be empty", "call-friday") for text in _FRIDAYS},
    **{f"{text}.jam": _HOURS for text in _WITH_HOURS},
    "call-ask-people.kartu": _PEOPLE,
    "call-unread-people.batas": Sample("the most", 5000, 5000),
    "call-button-all-at-once.n": _PEOPLE,
    "perhari": Sample("people a day", 100, 5000),
    "orang": _PEOPLE,
    "call-preview-terms.lama": Sample("how many days", 4, 120),
    **{f"call-{text}.n": _PEOPLE for text in ("day-line", "day-line-hours", "more-days", "sms-cost", "exact-sms")},
    "call-sms-in-place.n": _PEOPLE,
    "telegram": _PEOPLE,
    **{f"call-{text}.sms": _PEOPLE for text in ("channels", "channels-change")},
    "tanpa": _PEOPLE,
    "biaya": other_text("what the SMS cost; may be empty", "call-sms-cost"),
    "rupiah": Sample("an amount", "42.000", "4.999.500"),
    "jadwal": _SCHEDULE,
    **{f"copy-{text}.n": _PEOPLE for text in ("group", "speaker")},
    "copy-group-more.bot": other_text("where the bot is found; may be empty", "copy-bot"),
    **{f"copy-{text}.hari": _SPOKEN_DAY for text in ("one-day", "days")},
    "akhir": _SPOKEN_DAY,
    **{f"reached-counts.{name}": _PEOPLE for name in ("tiba", "sudah", "datang", "lain", "tunggu", "gagal")},
    "reached-why.sebab": other_text("why nobody was reached", *_WHY),
    **{f"reached-{text}.n": _PEOPLE for text in ("why", "unreachable", "more", "again-sure", "again-done")},
    "reached-numbers.hari": _DAY,
    **{f"reached-{text}.nomor": _NUMBERS for text in ("numbers", "numbers-no-day")},
}
