"""Printing somebody before her turn, for a reason from a closed list: a fact each, so that turns are not for sale."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.errors import NotFound, Overtaken, Refused
from core.questions.cards import current_card
from core.rules.card import TO_BE_PRINTED
from core.rules.print_queue import Urgency
from core.store.tables import Card


def set_urgent(session: Session, nik: str, urgency: Urgency | None, *, now: datetime, by: str) -> bool:
    """Give the card of the person with this NIK a reason to be printed first, or take it away; False if it was so.

    Raises Refused when the card is not on its way to be printed: after that the reason stays as a record.
    """
    card = current_card(session, nik)
    if card is None:
        raise NotFound("no card is known for this NIK; import the office's export first, or check the digits")
    if card.stage not in TO_BE_PRINTED:
        raise Refused(f"the card is at {card.stage}, so there is nothing to print before its turn")
    if card.urgent is urgency:
        return False
    was = card.urgent
    asked = update(Card).where(Card.id == card.id, Card.stage == card.stage).values(urgent=urgency)
    if session.execute(asked).rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Overtaken("the card was moved by somebody else meanwhile; look at it again")
    kind = Happened.CARD_URGENT if urgency else Happened.CARD_NOT_URGENT
    details = {"reason": urgency or was}
    append_fact(session, kind, now=now, by=by, resident_id=card.resident_id, card_id=card.id, details=details)
    return True
