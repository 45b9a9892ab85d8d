"""Handing over by pickup number at a point, many in one act, and taking such an act back as if it had not been.

1. Whoever waits for a card by its number gets it once: the cards are locked, and each is looked at again then.
2. What is still in a box that nobody noted as arrived is not handed over: the number may be somebody else's soon.
   What was missing from a box that arrived is: it was found.
3. The act is one fact, with what each card was before; for UNDO_WITHIN it may be taken back, whole or in part. Nobody
   is told of either, but who hears by that alone that her card is ready.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from core.actions.desk import list_for_desk
from core.actions.facts import Happened, append_fact
from core.actions.handover import CLOSED_FOR
from core.actions.letter_undo import restore_letters
from core.actions.many_moves import Move, MovedCard, MoveTerms, cards_to_move, move_many
from core.actions.pickup_numbers import free_among
from core.questions.boxes import numbers_taken
from core.questions.handed import Act, Before, act_of, acts_since, handed_numbers
from core.questions.regions import office_row, office_today, office_zone
from core.rules.card import Stage, check_step
from core.rules.notices import Kind
from core.rules.officials import UNDO_WITHIN
from core.store.delivery_tables import Notice
from core.store.tables import Card, Letter
from core.store.words import DeskKind, LetterState, NoticeState, Taken
from core.store.work_tables import Box

#: A number that was handed over so long ago is not what somebody means who types it now.
_REMEMBERED = timedelta(days=30)
#: In the words of the index of numbers.
_NUMBERED = text("card.stage IN ('SHIPPED', 'READY_FOR_PICKUP')")
#: News of a day that somebody is called for.
_OF_DAYS = (Kind.CALLED, Kind.PICKUP_MOVED)
_OUT = {Stage.HANDED_OVER, Stage.CLOSED}
_CLEARED: dict[str, object] = {"pickup_point": None, "pickup_number": None, "box_id": None}


@dataclass(frozen=True, slots=True)
class Given:
    """What became of each number. on_way: in a box that did not arrive. act: the fact's id; None: nothing was done."""

    done: tuple[int, ...]
    already: tuple[int, ...]
    on_way: tuple[int, ...]
    unknown: tuple[int, ...]
    act: int | None


class Undo(Enum):
    """BACK: it waits again. LATE: too long ago. GONE: taken back before, or moved by somebody since. NEVER: no act."""

    BACK = "back"
    LATE = "late"
    GONE = "gone"
    NEVER = "never"


#: Each number with what became of it, and the number that it has now where that is another one.
Undone = dict[int, tuple[Undo, int | None]]


def hand_over_numbers(
    session: Session, point: str, numbers: Collection[int], taken: Taken, *, now: datetime, by: str
) -> Given:
    """Hand over the cards with these numbers, or close them where nobody will come."""
    found = _waiting(session, point, numbers)
    locked = cards_to_move(session, list(found.values()), lock=True) if found else {}
    waits = [card for card in locked.values() if card.stage not in _OUT and card.pickup_point == point]
    arrived = _arrived(session, {card.box_id for card in waits if card.stage is Stage.SHIPPED})
    cards = {
        card.pickup_number: card
        for card in waits
        if card.pickup_number in numbers and (card.stage is Stage.READY_FOR_PICKUP or card.box_id in arrived)
    }
    act = _hand_over(session, point, cards.values(), taken, now=now, by=by) if cards else None
    left = set(numbers) - cards.keys()
    already = _already(session, point, left, now=now)
    on_way = {number for number in found if number in left - already and number is not None}
    unknown = left - already - on_way
    done, before, later, never = (tuple(sorted(some)) for some in (set(numbers) - left, already, on_way, unknown))
    return Given(done, before, later, never, act)


def undo_act(session: Session, fact_id: int, *, now: datetime, by: str, only: Collection[int] | None = None) -> Undone:
    """Take back an act, or those of its numbers: each card is what it was before.

    Returns nothing when there is no such act.
    """
    act = act_of(session, fact_id)
    if act is None:
        return {}
    cards = [one for one in act.cards if only is None or one.number in only]
    if now - act.at > UNDO_WITHIN:
        return {one.number: (Undo.LATE, None) for one in cards}
    return _undo(session, act, cards, now=now, by=by)


def undo_numbers(session: Session, point: str, numbers: Collection[int], *, now: datetime, by: str) -> Undone:
    """Take back what was noted last of these numbers at a point."""
    undone: Undone = dict.fromkeys(sorted(numbers), (Undo.NEVER, None))
    left = set(numbers)
    for act in acts_since(session, point, now - UNDO_WITHIN):
        if meant := left & {one.number for one in act.cards}:
            undone |= undo_act(session, act.id, now=now, by=by, only=meant)
            left -= meant
    if left:
        undone |= dict.fromkeys(handed_numbers(session, point, left), (Undo.LATE, None))
    return undone


def _waiting(session: Session, point: str, numbers: Collection[int]) -> dict[int | None, int]:
    query = select(Card.pickup_number, Card.id).where(
        Card.pickup_point == point, Card.pickup_number.in_(sorted(numbers)), _NUMBERED
    )
    return {row.pickup_number: row.id for row in session.execute(query)}


def _arrived(session: Session, boxes: Collection[int | None]) -> set[int]:
    ids = [box for box in boxes if box is not None]
    arrived = select(Box.id).where(Box.id.in_(ids), Box.arrived_at.is_not(None))
    return set(session.scalars(arrived)) if ids else set()


def _already(session: Session, point: str, numbers: Collection[int], *, now: datetime) -> set[int]:
    """Those that were handed over not long ago, or closed today; who types one again means that one."""
    if not numbers:
        return set()
    already = {number for number, at in handed_numbers(session, point, numbers).items() if now - at < _REMEMBERED}
    zone = office_zone(session)
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    acts = acts_since(session, point, midnight) if set(numbers) - already else []
    closed = [(one, act) for act in acts if act.taken in CLOSED_FOR for one in act.cards if one.number in numbers]
    if closed:
        since = _since(session, [one.card_id for one, _ in closed])
        already |= {one.number for one, act in closed if since.get(one.card_id) == act.at}
    return already


def _since(session: Session, card_ids: Collection[int]) -> dict[int, datetime]:
    query = select(Card.id, Card.stage_since).where(Card.id.in_(card_ids))
    return {row.id: row.stage_since for row in session.execute(query)}


def _hand_over(
    session: Session, point: str, cards: Iterable[MovedCard], taken: Taken, *, now: datetime, by: str
) -> int:
    to = Stage.CLOSED if taken in CLOSED_FOR else Stage.HANDED_OVER
    given = sorted(cards, key=lambda card: card.pickup_number or 0)
    before = _before(session, given)
    moves = [
        Move(card=card, seen=card.stage, to=to, since=now, taken=taken, place=_CLEARED if to is Stage.CLOSED else {})
        for card in given
    ]
    move_many(session, moves, _terms(session, now=now, by=by))
    details = {"point": point, "taken": taken, "cards": [one.as_json() for one in before]}
    return append_fact(session, Happened.CARDS_HANDED, now=now, by=by, details=details)


def _before(session: Session, cards: Sequence[MovedCard]) -> list[Before]:
    query = select(Card.id, Card.stage_since, Card.pickup_on, Card.awaits_call)
    rows = {row.id: row for row in session.execute(query.where(Card.id.in_([card.id for card in cards])))}
    return [
        Before(
            card.pickup_number or 0,
            card.id,
            card.stage,
            rows[card.id].stage_since,
            rows[card.id].pickup_on,
            rows[card.id].awaits_call,
            card.box_id,
        )
        for card in cards
    ]


def _undo(session: Session, act: Act, cards: Sequence[Before], *, now: datetime, by: str) -> Undone:
    office_row(session, lock=True)  # an import would see her without an open card, and a box might get her number
    locked = cards_to_move(session, [one.card_id for one in cards], lock=True)
    as_left = _as_left(session, act, locked)
    taken = set(numbers_taken(session, act.point))
    undone: Undone = {}
    silent: list[Move] = []
    told: list[Move] = []
    for one in cards:
        if one.card_id not in as_left:
            undone[one.number] = (Undo.GONE, None)
            continue
        card = locked[one.card_id]
        number = free_among(taken, wanted=one.number)
        taken |= {number} if number is not None else set()
        undone[one.number] = (Undo.BACK, number if number != one.number else None)
        if as_left[one.card_id]:
            restore_letters(session, card.resident_id, handed_over_at=act.at, now=now, by=by)
        # A day that nobody tells her of any more is given anew, and told, if the call goes on.
        day = None if _ended_unheard(session, card, act, _OF_DAYS) else one.day
        moves = told if _ended_unheard(session, card, act, (Kind.READY,)) else silent
        moves.append(_move_back(card, replace(one, day=day), number, act.point))
    move_many(session, silent, _terms(session, now=now, by=by))
    batch = f"undo:{act.id}" if len(told) > 1 else None
    move_many(session, told, _terms(session, now=now, by=by, tell=True, batch=batch))
    _list_again(session, locked, [one for one in cards if one.card_id in as_left], now=now)
    return undone


def _as_left(session: Session, act: Act, locked: dict[int, MovedCard]) -> dict[int, bool]:
    """The cards that are still as the act left them, and the newest of their holders; whether a letter became void."""
    to = Stage.CLOSED if act.taken in CLOSED_FOR else Stage.HANDED_OVER
    residents = [card.resident_id for card in locked.values()]
    of_them = Card.resident_id.in_(residents)
    newest = set(session.scalars(select(func.max(Card.id)).where(of_them).group_by(Card.resident_id)))
    since = _since(session, locked)
    void = (Letter.resident_id.in_(residents), Letter.state == LetterState.VOID, Letter.state_since >= act.at)
    voided = set(session.scalars(select(Letter.resident_id).where(*void)))
    return {
        id_: card.resident_id in voided
        for id_, card in locked.items()
        if card.stage is to and since[id_] == act.at and id_ in newest
    }


def _move_back(card: MovedCard, before: Before, number: int | None, point: str) -> Move:
    check_step(card.stage, before.stage)
    place: dict[str, object] = {
        "pickup_point": point,
        "pickup_number": number,
        "pickup_on": before.day,
        "awaits_call": before.awaits_call,
        "box_id": before.box_id,
        "taken": None,
    }
    return Move(card=card, seen=card.stage, to=before.stage, since=before.since, place=place)


def _ended_unheard(session: Session, card: MovedCard, act: Act, kinds: Collection[Kind]) -> bool:
    """Whether the hand-over ended the newest of such news before she had it; what still waits will come anyway."""
    news = select(Notice.state, Notice.ended_at).where(
        Notice.resident_id == card.resident_id, Notice.card_id == card.id, Notice.kind.in_(kinds)
    )
    last = session.execute(news.order_by(Notice.id.desc()).limit(1)).first()
    return last is not None and last.state is NoticeState.OVERTAKEN and last.ended_at >= act.at


def _list_again(session: Session, locked: dict[int, MovedCard], back: Sequence[Before], *, now: datetime) -> None:
    """What was found by mistake is missing again."""
    for one in back:
        if one.stage is Stage.SHIPPED:
            ids = {"resident_id": locked[one.card_id].resident_id, "card_id": one.card_id}
            details = {"number": one.number, "box": one.box_id}
            list_for_desk(session, DeskKind.MISSING_CARD, now=now, details=details, **ids)


def _terms(session: Session, *, now: datetime, by: str, tell: bool = False, batch: str | None = None) -> MoveTerms:
    today: date = office_today(session, now)
    return MoveTerms(now=now, today=today, by=by, tell=tell, batch=batch)
