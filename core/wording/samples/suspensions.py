"""Samples of what is said about a suspension."""

from core.rules.suspension import Cause
from core.wording.dates import day_date, short_date
from core.wording.samples.kinds import (
    LONGEST_SHORT_DAY,
    TYPICAL_DAY,
    Sample,
    a_date,
    other_text,
    texts,
)

_BEFORE = other_text("the end told before; may be empty", "was-expected")
_STILL_OPEN = other_text("what stays open; may be empty", "still-open")

SAMPLES: dict[str, Sample] = {
    "mulai": a_date("since when"),
    "sebab": other_text("why", *(f"cause-{cause}" for cause in Cause)),
    "pulih": other_text("when it will be back", "recovery-expected", "recovery-unknown"),
    "recovery-expected.pulih": a_date(),
    "next-word-on.pulih": a_date(),
    "baru": a_date("the new end"),
    "new-end.semula": _BEFORE,
    "new-end-unknown.semula": _BEFORE,
    "was-expected.semula": a_date("the end told before, in an SMS as day/month"),
    "henti": Sample(
        "the services that stopped, with commas",
        texts("service-printing", "service-letters"),
        texts("service-recording", "service-printing", "service-letters", "service-pickup", "service-centre"),
    ),
    "buka": Sample(
        "the services that stay open, with commas",
        texts("service-recording", "service-pickup"),
        texts("service-recording", "service-printing", "service-pickup"),
    ),
    "u": Sample(
        "a day, at most 12 characters", lambda w: day_date(w, TYPICAL_DAY), lambda w: day_date(w, LONGEST_SHORT_DAY)
    ),
    "t": Sample("a day, as day/month", short_date(TYPICAL_DAY), short_date(LONGEST_SHORT_DAY)),
    "notice-suspension-start.buka": _STILL_OPEN,
    "notice-suspension-start.pulih": other_text("when we write again", "next-word-on", "next-word-unknown"),
    "notice-suspension-start-sms.sebab": other_text("why, at most 16", *(f"cause-{cause}-sms" for cause in Cause)),
    "notice-suspension-start-sms.buka": other_text("what stays open, as far as it fits", "still-open-sms"),
    "notice-suspension-moved.buka": _STILL_OPEN,
    "notice-suspension-moved.pulih": other_text("the new end", "new-end", "new-end-unknown"),
    "notice-suspension-moved-sms.pulih": other_text("the new end", "new-end-sms", "new-end-unknown-sms"),
    "notice-suspension-moved-sms.semula": _BEFORE,
}
