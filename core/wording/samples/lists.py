"""Samples of what is said of lists that are sent in the chat."""

from core.wording.samples.kinds import Sample, a_date, other_text

_KINDS = tuple(f"list-kind-{kind}" for kind in ("cards", "arrivals", "handovers", "letters", "blanks"))
_DOES = (
    *("new", "reissued", "moved", "noted", "corrected", "unchanged", "older"),
    *("taken", "over", "refused-meanwhile"),
)
_FAULTS = (
    *("damaged", "locked", "columns", "sheets", "empty", "format", "huge", "foreign", "future"),
    *("gone", "changed", "disk", "memory", "unknown"),
)
_WHYS = (
    *("nik-length", "nik-lost", "nik-wrong", "empty", "village", "date", "future", "shape", "card", "which"),
    *("code", "number", "word", "letter-number", "letters-stopped", "stock", "other"),
)
_ROWS = Sample("rows", 120, 1_250_000)
_PEOPLE = Sample("people", 120, 250_000)

SAMPLES: dict[str, Sample] = {
    "jenis": other_text("what a list lists", *_KINDS),
    "list-data.tanggal": a_date(),
    "list-data-assumed.tanggal": a_date(),
    "list-plan.data": other_text("of which day it is; may be empty", "list-data", "list-data-assumed"),
    **{
        f"{text}.cacah": other_text("rows by what they do", *(f"list-does-{word}" for word in _DOES))
        for text in ("list-plan", "list-done")
    },
    "tolak": other_text("refused rows; may be empty", "list-refused"),
    "list-plan.kabar": other_text("who would be told", "list-tells", "list-tells-nobody"),
    "list-done.kabar": other_text("who is told", "list-told", "list-told-nobody", "list-quiet"),
    **{f"list-does-{word}.n": _ROWS for word in _DOES},
    "list-refused.n": _ROWS,
    "list-refused-sort.n": _ROWS,
    "list-refused-sort.kolom": Sample("the column's heading", "NIK", "KODE KELURAHAN/DESA"),
    "list-refused-sort.alasan": other_text("why", *(f"list-why-{why}" for why in _WHYS)),
    **{f"list-{word}.{name}": _PEOPLE for word in ("tells", "told") for name in ("n", "telegram", "sms", "tanpa")},
    "biaya": Sample("what so many SMS cost, in the currency of the setting", 21_000, 112_500_000),
    "list-taking.n": _ROWS,
    "list-taking.dari": _ROWS,
    **{
        f"{text}.sebab": other_text("what is wrong", *(f"list-fault-{fault}" for fault in _FAULTS))
        for text in ("list-unreadable", "list-stopped")
    },
}
