"""Samples of the Friday card."""

from core.wording.dates import short_date, weekday_date
from core.wording.samples.kinds import (
    LONGEST_LONG_DAY,
    LONGEST_SHORT_DAY,
    TYPICAL_DAY,
    Sample,
    other_text,
)

_TAKEN = ("self", "family", "brought-home", "left-with-rt", "unsaid")
_OLDEST = other_text("since when the oldest waits; may be empty", "friday-oldest")
_COUNT = Sample("how many cards", 37, 999_999)

SAMPLES: dict[str, Sample] = {
    "friday-card.hari": Sample(
        "a day in words", lambda w: weekday_date(w, TYPICAL_DAY), lambda w: weekday_date(w, LONGEST_LONG_DAY)
    ),
    "friday-card.mulai": Sample("a day, as day/month", short_date(TYPICAL_DAY), short_date(LONGEST_SHORT_DAY)),
    "friday-card.sampai": Sample("a day, as day/month", short_date(TYPICAL_DAY), short_date(LONGEST_SHORT_DAY)),
    "friday-card.kabar_baru": other_text("of those that arrived, who was told", "friday-told"),
    "friday-card.kabar": other_text("of those that wait, who was told", "friday-told"),
    "friday-card.rinci": Sample(
        "by whom, in brackets; may be empty",
        lambda w: f" ({w.text('friday-taken-self', n=10)}, {w.text('friday-taken-family', n=4)})",
        lambda w: f" ({', '.join(w.text(f'friday-taken-{kind}', n=9_999) for kind in _TAKEN)})",
    ),
    "friday-card.terlama": _OLDEST,
    "friday-part.terlama": _OLDEST,
    "friday-oldest.hari": Sample("days", 61, 9_999),
    **{f"friday-card.{name}": _COUNT for name in ("tiba", "diambil", "menunggu", "semua")},
    **{f"friday-part.{name}": _COUNT for name in ("tiba", "diambil", "menunggu")},
    "friday-part.nama": other_text("a place", "place-desa-short", "place-kelurahan-short", "place-district"),
    "friday-told.dikabari": _COUNT,
    "friday-told.belum": _COUNT,
    "friday-others.jumlah": Sample("how many places", 12, 430),
    **{f"friday-taken-{kind}.n": _COUNT for kind in _TAKEN},
}
