"""What somebody who waits for a print may expect; with a warm picture of the queue it costs no statement."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from core.questions.queue_picture import picture_of
from core.rules.expectation import TOO_YOUNG, Expectation, PrintTerms, expectation
from core.rules.print_queue import Waiting

#: All columns of a card.
_Card = Row[*tuple[Any, ...]]


def expectation_of(
    session: Session, card: _Card, terms: PrintTerms, *, suspended: bool, today: date, now: datetime
) -> Expectation | None:
    """Return what the owner of a card that is ready for print may expect; None while nothing can be said.

    suspended: whether printing is, for her.
    """
    if card.print_not_before and card.print_not_before > today:
        return TOO_YOUNG
    picture = picture_of(session, terms, now=now)
    place = picture.place_of(card.id, _waiting(card, terms), in_plan=card.plan_id is not None)
    return expectation(
        place, pace=picture.pace, free_blanks=picture.free_blanks, suspended=suspended, policy=terms.policy
    )


def _waiting(card: _Card, terms: PrintTerms) -> Waiting:
    before = terms.policy.recorded_before
    return Waiting(
        reason=card.reason,
        elderly=card.elderly,
        urgent=card.urgent is not None,
        spoiled=card.spoiled,
        recorded_before=before is not None and card.recorded_on is not None and card.recorded_on < before,
        queued_on=card.queued_on,
    )
