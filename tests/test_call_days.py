"""On which day whom a call brings: the oldest first, families together, never on a closed day nor to Friday noon."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from core.questions.calls import call_plan
from core.rules.calendar import Calendar
from core.store.office import OpenOffice
from tests.call_world import FRIDAY, MONDAY, TERMS, THURSDAY, WEDNESDAY, Village, phone
from tests.offices import Clock, Import, ask

ZONE = ZoneInfo("Asia/Jakarta")
USUAL = Calendar(None, {}, date(2017, 12, 31))


@pytest.fixture
def village(office: OpenOffice, clock: Clock, take: Import) -> Village:
    return Village(office, clock, take)


@pytest.mark.both_databases
def test_with_100_a_day_and_350_people_a_call_takes_four_days_oldest_first(village: Village) -> None:
    village.receive(200)
    village.receive(150)
    village.call()
    assert village.days() == {WEDNESDAY: 100, THURSDAY: 100, FRIDAY: 100, MONDAY: 50}
    waited = sorted(village.cards(), key=lambda card: (card.stage_since, card.pickup_number))
    days = [card.pickup_on for card in waited]
    assert days == sorted(days)


@pytest.mark.both_databases
def test_a_family_with_one_phone_comes_on_one_day_and_none_of_them_is_told_twice(village: Village) -> None:
    village.receive(6, phones={0: phone(1), 5: phone(1)})
    plan = ask(village.office, call_plan, replace(TERMS, per_day=2), now=village.clock())
    assert [day.people for day in plan.days] == [2, 2, 2]
    assert plan.by_channel == {None: 4, "sms": 1} and plan.sms == plan.segments == 1 and plan.unreachable == 4
    village.call(per_day=2)
    first, *_, last = village.cards()
    assert first.pickup_on == last.pickup_on == WEDNESDAY
