"""How many waited at the end of each day: from today's count backwards, undoing what each day brought.

A card that was waiting when it was first seen has waited since its application or recording, long before anybody
imported it here. One that was further along then is counted from that day on: when it was printed nobody knows.
"""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.day_figures import MOVED, SEEN
from core.questions.regions import office_zone
from core.questions.stages import cards_by_stage
from core.rules.card import Stage
from core.rules.figures import ON_THE_WAY, WAITING, WaitingDay
from core.store.per_database import day_of
from core.store.tables import Card, Fact

_DAY = timedelta(days=1)


def waiting_by_day(session: Session, *, first: date, last: date) -> list[WaitingDay]:
    """Return each day from the first to the last, which is today. Reads all facts, and the cards seen: some seconds."""
    waiting, on_the_way = _changes(session)
    stages = cards_by_stage(session)
    now = WaitingDay(last, sum(stages[stage] for stage in WAITING), sum(stages[stage] for stage in ON_THE_WAY))
    days = [now]
    while now.day > first:
        before = (max(now.waiting - waiting[now.day], 0), max(now.on_the_way - on_the_way[now.day], 0))
        now = WaitingDay(now.day - _DAY, *before)
        days.append(now)
    return days[::-1]


def _changes(session: Session) -> tuple[Counter[date], Counter[date]]:
    """By how much each day changed how many wait, and how many are on the way."""
    waiting: Counter[date] = Counter()
    on_the_way: Counter[date] = Counter()
    for day, left, reached, cards in _moves(session):
        for changes, stages in ((waiting, WAITING), (on_the_way, ON_THE_WAY)):
            changes[day] += cards * ((reached in stages) - (left in stages))
    for seen_on, queued_on, stage, cards in _seen(session):
        waiting[min(queued_on or seen_on, seen_on)] += cards if stage in WAITING else 0
        on_the_way[seen_on] += cards if stage in ON_THE_WAY else 0
    return waiting, on_the_way


def _moves(session: Session) -> list[tuple[date, Stage, Stage, int]]:
    day = day_of(session, Fact.at, office_zone(session)).label("day")
    left, reached = Fact.details["from"].as_string().label("left"), Fact.details["to"].as_string().label("reached")
    query = select(day, left, reached, func.count()).where(Fact.kind == MOVED).group_by(day, left, reached)
    return [(on, Stage(came_from), Stage(to), cards) for on, came_from, to, cards in session.execute(query)]


def _seen(session: Session) -> list[tuple[date, date | None, Stage, int]]:
    day = day_of(session, Fact.at, office_zone(session)).label("day")
    stage = Fact.details["at"].as_string().label("stage")
    query = (
        select(day, Card.queued_on, stage, func.count())
        .join(Card, Card.id == Fact.card_id)
        .where(Fact.kind == SEEN)
        .group_by(day, Card.queued_on, stage)
    )
    return [(on, queued_on, Stage(at), cards) for on, queued_on, at, cards in session.execute(query)]
