"""Samples of what a call of a village says."""

from core.wording.dates import day_date
from core.wording.samples.kinds import LONGEST_SHORT_DAY, TYPICAL_DAY, Sample, other_text

_DAY = Sample(
    "the day she is called for, at most 12 characters",
    lambda w: day_date(w, TYPICAL_DAY),
    lambda w: day_date(w, LONGEST_SHORT_DAY),
)
_HOURS = Sample("from when to when on that day, 11 characters", "08.00-12.00", "08.30-11.30")
_NUMBER = other_text(
    "pickup numbers, or receipts; may be empty", "number-and-receipt-sms", "numbers-only-sms", "receipts-only-sms"
)
_TEXTS = ("notice-called", "notice-called-sms", "notice-pickup-moved-call", "notice-pickup-moved-call-sms")

SAMPLES: dict[str, Sample] = {
    **{f"{text}.hari": _DAY for text in _TEXTS},
    **{f"{text}.jam": _HOURS for text in _TEXTS},
    **{f"{text}.nomor": _NUMBER for text in _TEXTS if text.endswith("-sms")},
}
