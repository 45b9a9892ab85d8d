"""A place in the print queue and how much longer it takes, in words: about, and never a date."""

from core.rules.expectation import Expectation, Wait, as_told
from core.wording import Wording

#: How many lines of a policy are named, so that an answer holds.
_NAMED = 4


def place_line(w: Wording, expected: Expectation | None) -> str:
    """How many come before; empty where nothing is known."""
    if expected is None or expected.ahead is None:
        return ""
    return w.text("queue-position", posisi=as_told(expected.ahead)) if expected.ahead else w.text("queue-next")


def printing_paragraph(w: Wording, expected: Expectation | None, otherwise: str) -> str:
    """How much longer, or that the blanks do not reach. otherwise: what is said of printing where neither is known."""
    if expected is None:
        return otherwise
    if expected.ahead is None:
        return w.text("queue-too-young")
    if expected.blanks is not None:
        return w.text("queue-blanks", keping=expected.blanks)
    if expected.wait is None:
        return otherwise
    first = ", ".join(w.text(f"line-{line}") for line in expected.lines[:_NAMED])
    return w.text(
        "queue-estimate",
        jarak=wait_in_words(w, expected.wait),
        hari_cetak=str(expected.pace_days),
        prioritas=w.text("queue-priority", siapa=first) if first else "",
    )


def wait_in_words(w: Wording, wait: Wait) -> str:
    """7 sampai 8 hari kerja."""
    unit = w.text(f"wait-{wait.unit}-one" if wait.soonest == 1 and wait.latest in (1, None) else f"wait-{wait.unit}")
    if wait.latest is None:
        return w.text("wait-at-least", dari=wait.soonest, satuan=unit)
    if wait.latest == wait.soonest:
        return w.text("wait-about", dari=wait.soonest, satuan=unit)
    return w.text("wait-range", dari=wait.soonest, ke=wait.latest, satuan=unit)
