"""Handing cards over, closing those that nobody waits for, and taking either back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actions.cards import move_card
from core.actions.facts import Happened
from core.errors import NotFound, Refused
from core.questions.cards import current_card, newest_card
from core.questions.overtaken import told_ready_by
from core.questions.regions import office_row
from core.rules.card import Stage, may_step
from core.rules.siak import read_status, stage_of
from core.store.tables import Card, Fact
from core.store.words import Taken

#: Who may take a card, or how it may get to its holder; and why one may be closed.
TAKERS = (Taken.SELF, Taken.FAMILY, Taken.BROUGHT_HOME, Taken.LEFT_WITH_RT)
_AT_HAND = (Stage.PRINTED, Stage.SHIPPED, Stage.READY_FOR_PICKUP)
CLOSED_FOR = (Taken.MOVED, Taken.DIED, Taken.WITHDRAWN)


#: How a card is looked up, in the transaction that hands it over.
Find = Callable[[Session], Card | None]


class Given(Enum):
    """ALREADY: it was handed over before. UNKNOWN: no such card. NOT_YET: it is not printed, or closed."""

    DONE = "done"
    ALREADY = "already"
    UNKNOWN = "unknown"
    NOT_YET = "not yet"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """number: what it has now; had: what it had when it was handed over."""

    number: int | None
    had: int | None


def hand_over(session: Session, card: Card | None, taken: Taken, *, now: datetime, by: str) -> Given:
    """Hand a card over; what stood in its place, letter and receipt, is void. Overtaken when it moved meanwhile."""
    if card is None:
        return Given.UNKNOWN
    if card.stage is Stage.HANDED_OVER:
        return Given.ALREADY
    if card.stage not in _AT_HAND:
        return Given.NOT_YET
    move_card(session, card, Stage.HANDED_OVER, now=now, by=by, taken=taken)
    return Given.DONE


def undo_hand_over(session: Session, card: Card | None, *, now: datetime, by: str) -> TakenBack:
    """Take a card back to where it was: in its box, or waiting, with its number if nobody has it there by now.

    She is told that it is ready only if she was not told that before.
    """
    if card is None:
        raise NotFound("no such card was handed over; check the number and --at, or give the NIK")
    if card.stage is not Stage.HANDED_OVER:
        raise Refused(f"the card is at {card.stage}, so there is no hand-over to undo")
    office_row(session, lock=True)  # an import would see her without an open card
    newest = newest_card(session, card.resident_id)
    if newest is not None and newest.id != card.id:
        raise Refused("she has a newer card meanwhile, so this hand-over stays as it was noted; look at it by her NIK")
    had = card.pickup_number
    came_from = _came_from(session, card, Stage.HANDED_OVER)
    to = came_from if came_from in _AT_HAND else Stage.READY_FOR_PICKUP
    tell = to is Stage.READY_FOR_PICKUP and not told_ready_by(session, card.resident_id, card.id)
    move_card(session, card, to, now=now, by=by, tell=tell)
    session.refresh(card)
    return TakenBack(card.pickup_number, had)


def close_card(session: Session, nik: str, why: Taken, *, now: datetime, by: str) -> Stage:
    """Close the card of the person with this NIK; return the stage it came from. Nobody is told of a closed card."""
    card = _current(session, nik)
    if why not in CLOSED_FOR:
        raise Refused(f"a card is closed because somebody {', '.join(CLOSED_FOR)}")
    came_from = card.stage
    move_card(session, card, Stage.CLOSED, now=now, by=by, taken=why)
    return came_from


def reopen_card(session: Session, nik: str, *, now: datetime, by: str) -> Stage:
    """Take a closed card to where it was, else to where the national system has it; return that stage."""
    card = _current(session, nik)
    if card.stage is not Stage.CLOSED:
        raise Refused(f"the card is at {card.stage}; only a closed one is reopened")
    to = _before_closing(session, card)
    move_card(session, card, to, now=now, by=by)
    return to


def _came_from(session: Session, card: Card, to: Stage) -> Stage | None:
    """The stage from which a card came to this one the last time; None when no fact says."""
    moves = select(Fact.details).where(Fact.resident_id == card.resident_id, Fact.card_id == card.id)
    for details in session.scalars(moves.where(Fact.kind == Happened.CARD_MOVED).order_by(Fact.id.desc())):
        if details.get("to") == to:
            return Stage(details["from"])
    return None


def _before_closing(session: Session, card: Card) -> Stage:
    if came_from := _came_from(session, card, Stage.CLOSED):
        return came_from
    status = read_status(card.siak_status or "")
    said = stage_of(status) if status else None
    return said if said and may_step(Stage.CLOSED, said, by_import=False) else Stage.RECORDED


def _current(session: Session, nik: str) -> Card:
    card = current_card(session, nik)
    if card is None:
        raise NotFound("no card is known for this NIK; import the office's export first, or check the digits")
    return card
