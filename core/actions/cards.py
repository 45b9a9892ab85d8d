"""Moving a card: ask the rule, compare and set, append the fact, owe the notices, all in one transaction."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.actions.desk import withdraw
from core.actions.facts import Happened, append_fact
from core.actions.letter_undo import restore_letters
from core.actions.letters import void_letters
from core.actions.notices import Debt, owe
from core.actions.outside_plans import note_print_by_hand, print_changes
from core.actions.pickup_numbers import free_number
from core.actions.slips import void_slips
from core.errors import NotFound, Overtaken, Refused
from core.questions.cards import current_card
from core.questions.contacts import channels_of
from core.questions.desk import ABOUT_CARDS
from core.questions.overtaken import told_ready_by
from core.questions.regions import example_village, office_today, pickup_point_of
from core.rules.card import OPEN, Stage, check_step, keeps_day
from core.rules.delivery import Channel
from core.rules.notices import ON_ARRIVAL, TABLE, Kind
from core.store.tables import Card, Region, Resident
from core.store.words import Taken

_AT_A_PLACE = frozenset({Stage.SHIPPED, Stage.READY_FOR_PICKUP})


def move_card(
    session: Session,
    card: Card,
    to: Stage,
    *,
    now: datetime,
    by: str,
    at: str | None = None,
    taken: Taken | None = None,
    tell: bool = True,
    batch: str | None = None,
) -> None:
    """Take a card to a stage. at: the pickup point's region code, otherwise the one its district uses.

    taken: who took it, or why it is closed. batch: of what it is a part, where more than this card is moved.

    Raises StepRefused when the table has no such step, Overtaken when the card moved meanwhile.
    """
    check_step(card.stage, to)
    seen, seen_since, plan_id = card.stage, card.stage_since, card.plan_id
    changes: dict[str, object] = {"stage": to, "stage_since": now, "taken": taken}
    changes["awaits_call"] = False  # it left, or whoever moves it here says so at once
    if not keeps_day(seen, to):
        changes["pickup_on"] = None
    changes |= print_changes(seen, to)
    if to in _AT_A_PLACE:
        changes |= _place(session, card, to, at)
    elif at:
        raise Refused(f"a card at {to} is at no pickup place; leave the place out")
    elif to is not Stage.HANDED_OVER:  # where it is handed over is fixed anew when it is shipped again
        changes |= {"pickup_point": None, "pickup_number": None, "box_id": None}
    as_seen = Card.id == card.id, Card.stage == seen, Card.plan_id.is_not_distinct_from(plan_id)
    moved = session.execute(update(Card).where(*as_seen).values(changes))
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has a row count
        raise Overtaken("the card was moved or planned by somebody else meanwhile; look at it again")
    fact_id = append_fact(
        session,
        Happened.CARD_MOVED,
        now=now,
        by=by,
        resident_id=card.resident_id,
        card_id=card.id,
        details={"from": seen, "to": to} | ({"taken": taken} if taken else {}),
    )
    today = office_today(session, now)
    note_print_by_hand(session, card, seen=seen, to=to, plan_id=plan_id, day=today, now=now, by=by)
    for kind in ABOUT_CARDS.get(seen, ()):
        withdraw(session, kind, card_id=card.id, now=now, by=by)
    if to not in OPEN:
        void_slips(session, [card.id], now=now)
    if to is Stage.HANDED_OVER:
        void_letters(session, [card.resident_id], now=now, by=by)
    if seen is Stage.HANDED_OVER:
        restore_letters(session, card.resident_id, handed_over_at=seen_since, now=now, by=by)
    if tell:
        _tell(session, card, seen, to, fact_id=fact_id, now=now, batch=batch)


def move_card_of(session: Session, nik: str, to: Stage, *, now: datetime, by: str, at: str | None = None) -> Stage:
    """Move the current card of the person with this NIK; return the stage it came from."""
    card = current_card(session, nik)
    if card is None:
        raise NotFound("no card is known for this NIK; import the office's export first, or check the digits")
    came_from = card.stage
    move_card(session, card, to, now=now, by=by, at=at)
    return came_from


def _tell(
    session: Session, card: Card, seen: Stage, to: Stage, *, fact_id: int, now: datetime, batch: str | None
) -> None:
    """Owe what the arrival says; or, to whom it was told to be ready, that it is not, so that she does not travel."""
    taken_back = seen is Stage.READY_FOR_PICKUP and to in TABLE[Kind.WITHDRAWN].while_stage
    told_by = told_ready_by(session, card.resident_id, card.id) if taken_back else None
    kind = Kind.WITHDRAWN if told_by else ON_ARRIVAL.get(to)
    if kind is None:
        return
    debt = Debt(kind=kind, resident_id=card.resident_id, fact_id=fact_id, card_id=card.id)
    reads_there = told_by in channels_of(session, [card.resident_id]).get(card.resident_id, ())
    owe(session, [debt], now=now, batch=batch, only=frozenset({told_by} if told_by and reads_there else Channel))


def _place(session: Session, card: Card, to: Stage, at: str | None) -> dict[str, object]:
    """Where it waits; with the number it has, unless that is somebody else's there by now."""
    point = card.pickup_point if card.pickup_point and not at else _pickup_point(session, card, at)
    place: dict[str, object] = {"pickup_point": point}
    if to is Stage.READY_FOR_PICKUP:
        place["reminders"] = 0
    held_there = card.stage in _AT_A_PLACE and point == card.pickup_point
    if card.pickup_number is not None and not held_there:
        place["pickup_number"] = free_number(session, point, wanted=card.pickup_number)
    return place


def _pickup_point(session: Session, card: Card, at: str | None) -> str:
    if at is None:
        village = session.scalars(select(Resident.village).where(Resident.id == card.resident_id)).one()
        return pickup_point_of(session, village)
    if session.get(Region, at) is None:
        raise Refused(
            f"{at} is not the office, a district or a village of this regency; "
            f"give a code like {example_village(session)}"
        )
    return at
