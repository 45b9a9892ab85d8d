"""The cards that a chat is told of: of one which it is, of several a line each with stage, since when, and data day."""

from collections.abc import Sequence

from core.rules.answer import CardAnswer
from core.rules.card import Stage
from core.wording import Wording
from core.wording.dates import long_date
from core.wording.numbers import receipt_line


def my_cards(w: Wording, answers: Sequence[CardAnswer]) -> str:
    """The cards that a chat is told of; all proven."""
    if not answers:
        return w.text("my-cards-none")
    return w.text("my-cards", daftar="\n".join(_line(w, answer) for answer in answers))


def which_card(w: Wording, answer: CardAnswer) -> str:
    """The line above the answer about one card that nobody named; empty where the answer names its receipt itself."""
    if answer.receipt_tail is None or answer.stage is Stage.READY_FOR_PICKUP:
        return ""
    return receipt_line(w, (answer.receipt_tail,))


def _line(w: Wording, answer: CardAnswer) -> str:
    said = {
        "tahap": w.text(f"story-{answer.stage}"),
        "sejak": long_date(w, answer.since),
        "data": long_date(w, answer.data_as_of),
    }
    if answer.receipt_tail is None:
        return w.text("my-card-without-receipt", **said)
    return w.text("my-card", resi=answer.receipt_tail, **said)
