"""Samples of how far something is that many are told."""

from core.wording.samples.kinds import Sample, other_text

_PEOPLE = Sample("how many people", 120, 999_999)

SAMPLES: dict[str, Sample] = {
    "bilah": Sample("a bar made of text", "\u25b0" * 6 + "\u25b1" * 4, "\u25b0" * 10),
    "progress-counts.persen": Sample("how much of it is done", 62, 100),
    **{f"progress-{text}.sudah": _PEOPLE for text in ("counts", "cancel-sure", "counts-cancelled")},
    **{f"progress-{text}.tunggu": _PEOPLE for text in ("counts", "cancel-sure")},
    "progress-counts.gagal": _PEOPLE,
    "progress-counts.gugur": other_text("who need not be told any more; may be empty", "progress-dropped"),
    "progress-counts.uji": other_text("who would be told outside a trial; may be empty", "progress-trial"),
    **{f"progress-{text}.n": _PEOPLE for text in ("dropped", "trial")},
}
