"""Samples of the figures that an office tells in sentences."""

from core.wording.samples.kinds import Sample, other_text, texts

_COUNT = Sample("how many", 35_000, 1_250_000)
_WHERE = other_text("where, unless it is the whole regency", "figures-in-district", "figures-in-village")
_LINES = ("waiting", "queue", "printed", "stock", "way", "unclaimed", "late", "letters")
_SENTENCES = ("waiting", "letters", "beyond", "beyond-all")

SAMPLES: dict[str, Sample] = {
    "masuk": Sample("blanks received", 36_000, 1_250_000),
    "cetak": Sample("cards printed", 23_000, 1_250_000),
    "kurang": Sample("a poor day's prints", 400, 12_000),
    "lebih": Sample("a good day's prints", 500, 20_000),
    "sisa": Sample("blanks left", 13_000, 1_250_000),
    "di": _WHERE,
    **{f"figures-{name}.n": _COUNT for name in _SENTENCES},
    **{f"figures-line-{name}.n": _COUNT for name in _LINES},
    "figures-stopped.henti": Sample(
        "a service that stopped", texts("service-printing"), texts("service-printing", "service-letters")
    ),
    "cacah": other_text("lines with counts", *(f"figures-line-{name}" for name in (*_LINES, "pace"))),
    "figures-today.henti": other_text("what stands still; may be empty", "figures-line-stopped"),
}
