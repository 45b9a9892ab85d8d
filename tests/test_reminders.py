"""Reminders of cards that lie: when they go, to whom they do not, and that they come to an end."""

from collections import Counter
from datetime import date
from functools import partial

import pytest
from sqlalchemy import select, update

from core.actions.cards import move_card_of
from core.actions.reminders import remind_unclaimed
from core.actions.suspensions import resume, suspend
from core.questions.unclaimed import lying, unclaimed_by_point
from core.rules.card import Stage
from core.rules.notices import Answer, Kind
from core.rules.suspension import Cause, Service
from core.store.delivery_tables import Notice
from core.store.tables import Card, Fact
from tests.boxing import KAUMAN, bring, pack, printed
from tests.listings import card
from tests.offices import BUDI, SITI, act, ask

pytestmark = pytest.mark.both_databases


def sweep(office, clock, **step):
    """Let time pass and look; return how many cards were looked at."""
    clock.move(**step)
    return office.write(partial(remind_unclaimed, now=clock()))


def reminders(office):
    query = select(Notice.created_at).where(Notice.kind == Kind.REMINDER).order_by(Notice.id)
    return ask(office, lambda session: session.scalars(query).all())


@pytest.fixture
def ready(office, clock):
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")


def test_who_does_not_come_is_reminded_after_14_30_and_60_days_and_then_no_more(office, clock, ready):
    start = clock()
    for _ in range(100):
        sweep(office, clock, days=1)
        sweep(office, clock, hours=0)
    assert [(at - start).days for at in reminders(office)] == [14, 30, 60]
    assert card(office, SITI).reminders == 3
    batches = ask(office, lambda session: set(session.scalars(select(Notice.batch).where(Notice.batch.is_not(None)))))
    assert batches == {"reminder:2017-10-10", "reminder:2017-10-26", "reminder:2017-11-25"}
    facts = ask(office, lambda s: s.scalars(select(Fact.details).where(Fact.kind == "card-reminded")).all())
    assert facts == [{"days": 14}, {"days": 30}, {"days": 60}]


def test_days_are_the_offices_so_the_hour_does_not_matter(office, clock, ready):
    assert sweep(office, clock, days=13, hours=14) == 0  # 23.00 on the thirteenth day
    assert sweep(office, clock, hours=2) == 1


def test_a_card_that_has_been_lying_for_long_when_this_is_new_is_reminded_of_once(office, clock, ready):
    sweep(office, clock, days=75)
    sweep(office, clock, days=75)
    assert len(reminders(office)) == 1


@pytest.mark.parametrize(("answer", "expected"), [(Answer.COMING, 0), (Answer.OTHER_DAY, 0), (Answer.NOT_MINE, 1)])
def test_who_pressed_anything_is_not_reminded_and_a_strangers_press_does_not_count(
    office, clock, ready, answer, expected
):
    act(office, lambda session: session.execute(update(Notice).values(answer=answer)))
    assert sweep(office, clock, days=14) == 1
    assert len(reminders(office)) == expected
    assert sweep(office, clock, hours=0) == 0


def test_what_was_pressed_before_the_card_was_taken_back_does_not_count(office, clock, ready):
    act(office, lambda session: session.execute(update(Notice).values(answer=Answer.COMING)))
    act(office, move_card_of, SITI, Stage.PRINTED, now=clock.move(days=1), by="operator")
    act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock.move(days=1), by="operator")
    sweep(office, clock, days=14)
    assert len(reminders(office)) == 1


def test_while_pickup_is_stopped_nobody_is_reminded_and_then_everybody(office, clock, ready):
    stop = act(office, suspend, [Service.PICKUP], cause=Cause.POWER, region="35.22.15", now=clock(), by="operator")
    assert sweep(office, clock, days=14) == 0
    act(office, resume, stop.suspension_id, now=clock(), by="operator")
    assert sweep(office, clock, hours=0) == 1


def test_a_stop_elsewhere_or_of_something_else_reminds_as_usual(office, clock, ready):
    act(office, suspend, [Service.PICKUP], cause=Cause.POWER, region="35.22.01", now=clock(), by="operator")
    act(office, suspend, [Service.PRINTING], cause=Cause.POWER, now=clock(), by="operator")
    assert sweep(office, clock, days=14) == 1


def test_a_card_that_was_handed_over_or_closed_is_not_reminded_of(office, clock, ready):
    act(office, move_card_of, SITI, Stage.HANDED_OVER, now=clock(), by="operator")
    assert sweep(office, clock, days=14) == 0


def test_many_cards_are_reminded_of_a_part_at_a_time(office, take, clock):
    printed(take, 600)
    bring(office, clock, pack(office, clock), tell=False)
    assert [sweep(office, clock, days=14), *(sweep(office, clock, hours=0) for _ in range(3))] == [300, 300, 1, 0]
    told = ask(office, lambda session: Counter(session.scalars(select(Notice.card_id))))
    assert len(told) == 601 and set(told.values()) == {1}


def test_what_lies_is_counted_by_place_and_age(office, take, clock):
    act(office, move_card_of, BUDI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
    printed(take, 1)
    bring(office, clock, pack(office, clock.move(days=40) and clock), tell=False)
    clock.move(days=22)
    [point] = ask(office, unclaimed_by_point, today=date(2017, 11, 27))
    assert (point.cards, point.older, point.oldest) == (2, (2, 1, 1), date(2017, 9, 26))
    assert [one.days for one in ask(office, lying, today=date(2017, 11, 27), over_days=30)] == [62]
    assert ask(office, lying, today=date(2017, 11, 27), region="35.22.01") == []
    assert KAUMAN in point.name
    assert ask(office, lambda session: session.scalars(select(Card.reminders)).all()) == [0] * 5
