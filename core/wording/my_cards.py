"""Several cards in one answer, a line each: which, at which stage, since when."""

from collections.abc import Sequence

from core.rules.answer import CardAnswer
from core.wording import Wording
from core.wording.dates import long_date


def my_cards(w: Wording, answers: Sequence[CardAnswer]) -> str:
    """The cards that a chat is told of; all proven. The data is as old as that of the oldest."""
    if not answers:
        return w.text("my-cards-none")
    oldest = min(answer.data_as_of for answer in answers)
    lines = "\n".join(_line(w, answer) for answer in answers)
    return w.text("my-cards", daftar=lines, data=long_date(w, oldest))


def _line(w: Wording, answer: CardAnswer) -> str:
    stage, since = w.text(f"story-{answer.stage}"), long_date(w, answer.since)
    if answer.receipt_tail is None:
        return w.text("my-card-without-receipt", tahap=stage, sejak=since)
    return w.text("my-card", resi=answer.receipt_tail, tahap=stage, sejak=since)
