"""Whom the next print plan would take, and what an operator should know before it is made."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import islice

from sqlalchemy import ColumnElement, func, not_, or_, select
from sqlalchemy.orm import Session

from core.questions.blanks import Stock, stock_of_blanks
from core.questions.print_queue import in_queue, is_before, print_queue
from core.questions.regions import office_row
from core.questions.suspensions import open_suspensions, services_of, touching
from core.rules.print_queue import Alike, Line, PrintPolicy, line_of
from core.rules.suspension import Service
from core.store.tables import Card, Resident


@dataclass(frozen=True, slots=True)
class PrintStop:
    """A suspension of printing that is open. for_all: of the whole regency, whenever people were recorded."""

    id: int
    region: str
    recorded_since: date | None
    since: datetime
    for_all: bool


@dataclass(frozen=True, slots=True)
class NextPrints:
    """card_ids: in their turn, no more than blanks are free. by_line: of these, None for what was spoiled.

    waiting: in the whole queue. stops: whose people are left out. too_young: who waits for her day.
    """

    card_ids: tuple[int, ...]
    by_line: Mapping[Line | None, int]
    stock: Stock
    waiting: int
    too_young: int
    knows_reasons: bool
    stops: tuple[PrintStop, ...]


def print_stops(session: Session) -> tuple[PrintStop, ...]:
    """Return the open suspensions of printing, oldest first."""
    regency = office_row(session).regency
    return tuple(
        PrintStop(
            stop.id,
            stop.region,
            stop.recorded_since,
            stop.since,
            for_all=stop.region == regency and stop.recorded_since is None,
        )
        for stop in open_suspensions(session)
        if Service.PRINTING in services_of(stop)
    )


def next_prints(session: Session, policy: PrintPolicy, count: int, *, today: date) -> NextPrints:
    """Return up to `count` cards in their turn, within the free blanks; today: of the office.

    The queue is ranked by its groups, and only the cards of the first groups are looked at.
    """
    stops, stock = print_stops(session), stock_of_blanks(session)
    queue = print_queue(session, policy, today=today)
    runs = [not_(touching(stop.region, stop.recorded_since)) for stop in stops]
    wanted = 0 if any(stop.for_all for stop in stops) else max(0, min(count, stock.free))
    cards: list[int] = []
    by_line: Counter[Line | None] = Counter()
    for tie in queue.ties():
        if len(cards) >= wanted:
            break
        left = wanted - len(cards)
        found = [[(id_, group) for id_ in _cards_of(session, group, policy, runs, left, today)] for group in tie]
        for id_, group in islice(merge(*found, key=lambda card: card[0]), left):
            cards.append(id_)
            by_line[None if group.card.spoiled else line_of(group.card, policy)] += 1
    return NextPrints(
        tuple(cards), by_line, stock, len(queue), too_young(session, today=today), queue.knows_reasons, stops
    )


def too_young(session: Session, *, today: date) -> int:
    """Return how many passed the centre and wait for the day from which they may be printed a card."""
    young = select(func.count()).select_from(Card).where(in_queue(session), Card.print_not_before > today)
    return session.scalar(young) or 0


def _cards_of(
    session: Session, group: Alike, policy: PrintPolicy, runs: list[ColumnElement[bool]], most: int, today: date
) -> list[int]:
    """The first cards of a group, oldest first, in the order of the index that the queue is kept in."""
    card = group.card
    alike = [
        Card.spoiled == card.spoiled,
        Card.urgent.is_not(None) if card.urgent else Card.urgent.is_(None),
        Card.reason == card.reason,
        Card.elderly == card.elderly,
        Card.queued_on == card.queued_on if card.queued_on else Card.queued_on.is_(None),
        or_(Card.print_not_before.is_(None), Card.print_not_before <= today),
    ]
    if policy.recorded_before:
        before = is_before(policy.recorded_before)
        alike.append(before if card.recorded_before else not_(before))
    query = select(Card.id).where(in_queue(session), *alike).order_by(Card.id).limit(most)
    if runs:
        query = query.join(Resident, Resident.id == Card.resident_id).where(*runs)
    return list(session.scalars(query))
