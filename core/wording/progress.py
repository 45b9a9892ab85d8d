"""How far something is that many are told, as a chat shows it: a bar made of text, and counts."""

from core.rules.progress import Progress
from core.wording import Wording
from core.wording.paragraphs import paragraphs

_BAR = 10
_FULL, _EMPTY = "\u25b0", "\u25b1"


def bar(percent: int) -> str:
    """▰▰▰▰▰▰▱▱▱▱, full only at a hundred."""
    filled = _BAR * percent // 100
    return _FULL * filled + _EMPTY * (_BAR - filled)


def progress_text(w: Wording, heading: str, progress: Progress, *, note: str = "") -> str:
    """heading: what it is about. note: what is to be known besides, while it goes on."""
    if progress.cancelled:
        return paragraphs(
            heading, w.text("progress-counts-cancelled", sudah=progress.told), w.text("progress-cancelled")
        )
    percent = progress.percent
    counts = w.text(
        "progress-counts",
        bilah=bar(percent),
        persen=percent,
        sudah=progress.told,
        tunggu=progress.waiting,
        gagal=progress.missed,
        gugur=w.text("progress-dropped", n=progress.dropped) if progress.dropped else "",
        uji=w.text("progress-trial", n=progress.trial) if progress.trial else "",
    )
    standing = w.text(f"progress-{progress.standing}")
    return paragraphs(heading, counts, standing, "" if progress.over else note)
