"""Samples of what officials read when a box comes and when they hand cards over."""

from core.wording.dates import day_date, weekday_date
from core.wording.samples.kinds import LONGEST_LONG_DAY, LONGEST_SHORT_DAY, TYPICAL_DAY, Sample, other_text

_NUMBERS = Sample("pickup numbers", "1-20, 23", ", ".join(str(number) for number in range(801, 881, 2)))
_A_DAY = Sample("a day", lambda w: day_date(w, TYPICAL_DAY), lambda w: day_date(w, LONGEST_SHORT_DAY))
_COUNT = Sample("how many", 20, 999)
_WORD = Sample("what was typed, at most 20 characters", "tetangga", "dititipkan-di-warung")
_WAYS = tuple(
    f"taken-{way}" for way in ("family", "self", "brought-home", "left-with-rt", "moved", "died", "withdrawn", "unsaid")
)
_WAY = other_text("how a card was taken", *_WAYS)
_SOME_NUMBERS = (
    *("in-box", "in-missing", "in-noted-missing", "in-strange", "hand-done", "hand-done-many", "hand-already"),
    *("hand-on-way", "hand-unknown", "hand-confirm", "hand-confirm-close", "hand-back", "hand-gone", "hand-late"),
    *("hand-never", "hand-idle", "operators-box-missing"),
)
_MISTAKES = tuple(
    f"list-{why}"
    for why in ("unknown", "no-number", "backwards", "no-range", "two-ways", "of-rt", "not-with-all", "nothing", "long")
)

SAMPLES: dict[str, Sample] = {
    **{f"{text}.nomor": _NUMBERS for text in _SOME_NUMBERS},
    **{f"{text}.cara": _WAY for text in ("hand-done", "hand-done-many", "hand-confirm", "hand-confirm-close")},
    "hand-way-count.cara": _WAY,
    **{f"{text}.tanggal": _A_DAY for text in ("in-box-button", "in-box", "in-passed", "in-before")},
    "datang": _COUNT,
    "in-box.lewat": other_text("the line that it came by the district; may be empty", "in-passed"),
    "in-preview.kurang": other_text("what is missing", "in-missing-none", "in-missing"),
    "in-noted.kurang": other_text("the line with what is missing; may be empty", "in-noted-missing"),
    "in-noted.lain": other_text("the line with what was moved meanwhile; may be empty", "in-elsewhere"),
    "kata": _WORD,
    "salah": other_text("what was not understood, a line for each word", *_MISTAKES),
    "list-mistakes.contoh": other_text("an example", "hand-example", "in-example"),
    "hand-open.menunggu": Sample("cards that wait there", 37, 999),
    "lama": Sample("a pickup number", 147, 999),
    "hand-new-number.baru": Sample("a pickup number", 151, 999),
    "rincian": other_text("how many were taken how, a line for each", "hand-way-count"),
    "record-day.tanggal": Sample(
        "a day", lambda w: weekday_date(w, TYPICAL_DAY), lambda w: weekday_date(w, LONGEST_LONG_DAY)
    ),
    "hand-record-caption.tanggal": _A_DAY,
    "record-official.nomor": Sample("the official's number", "12", "9999"),
}
