"""A small storm over three offices and three workers: within each office nobody is forgotten and nobody told twice,
none speaks for another, and nobody but its holder speaks for it; and whatever went wrong would be found out.

The large one is `make chaos`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest

from core.rules.notices import Kind
from core.store.words import NoticeState
from tests.chaos.evidence import kind_of
from tests.chaos.fleet import FleetStorm, a_fleet_storm
from tests.chaos.fleet_books import FleetBooks, compare_all, nobody_speaks_but_who_holds_the_office
from tests.chaos.fleet_report import judge_fleet
from tests.chaos.fleet_schedule import FleetPlan
from tests.chaos.keeper import OwnEnd
from tests.chaos.leases import Turn, held_at
from tests.chaos.report import Verdict
from tests.chaos.schedule import KILLS, WINDY, Round, Trouble
from tests.chaos.storm import until

#: Nothing that keeps somebody waiting for half a minute.
WEATHER = replace(WINDY, silent=0.0, slow_seconds=0.3)


def small(seed: int = 2017) -> FleetPlan:
    return Small(seed=seed, kills=1, people=20, stops=(16.0,), others=0, offices=3, workers=3, drains=1, redis=1)


class Small(FleetPlan):
    """One of each, in an order in which most of them need not be waited for."""

    def rounds(self) -> Iterator[Round]:
        planned = {one.trouble: one for one in FleetPlan.rounds(self)}
        killed = next(one for trouble, one in planned.items() if trouble in KILLS)
        crash = replace(killed, trouble=Trouble.CRASH, lasts=0.5)
        calm = (planned[Trouble.EMPTIED], planned[Trouble.REDIS], planned[Trouble.DOOR], planned[Trouble.DRAIN])
        for number, one in enumerate((crash, killed, *calm, planned[Trouble.STOP]), start=1):
            lasts = min(one.lasts, 1.0) if one.trouble is Trouble.REDIS else one.lasts
            yield replace(one, number=number, climate=WEATHER, patient=False, lasts=lasts)


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FleetStorm]:
    """What is left after the storm."""
    with a_fleet_storm(small(), tmp_path_factory.mktemp("storm") / "fleet") as storm:
        storm.blow()
        yield storm


@pytest.fixture(scope="module")
def verdict(storm: FleetStorm) -> Verdict:
    return judge_fleet(storm)


def test_after_a_storm_over_many_offices_every_book_of_each_is_what_its_providers_have(verdict: Verdict) -> None:
    assert not verdict.differences


def test_it_had_one_of_each_trouble(storm: FleetStorm, verdict: Verdict) -> None:
    assert verdict.counts["workers killed"] == 1
    assert {one.how for one in storm.interruptions} > {
        Trouble.STOP,
        Trouble.DRAIN,
        Trouble.EMPTIED,
        Trouble.REDIS,
        Trouble.DOOR,
        Trouble.CRASH,
    }
    assert all(len(turns) > 1 for turns in FleetBooks.look(storm).turns.values())


def test_the_same_seed_plans_the_same_storm() -> None:
    plan = FleetPlan(seed=1, kills=4, people=20, stops=(5.0,), others=1, offices=3, workers=2, drains=2, redis=1)
    assert list(plan.rounds()) == list(plan.rounds())
    assert list(plan.rounds()) != list(replace(plan, seed=2).rounds())
    assert {deed.town for one in plan.rounds() for deed in one.deeds} == {0, 1, 2}


def test_workers_that_take_no_heed_of_who_holds_an_office_are_found_out(tmp_path: Path) -> None:
    plan = FleetPlan(seed=1, kills=0, people=20, stops=(), others=0, offices=2, workers=2, drains=0, redis=0)
    with a_fleet_storm(plan, tmp_path / "fleet", lawless=True) as storm, storm.at_work():
        storm.begin()
        asking = cycle(storm.town.residents)

        def found_out() -> list[str]:
            one = next(asking)
            storm.town.they_ask([one])
            storm.town.cards_go_on([one])
            return list(nobody_speaks_but_who_holds_the_office(FleetBooks.look(storm)))

        assert until(found_out, 90.0)


# What would be found out: the books after the storm, with one thing changed in them.


def a_message_by_the_bot_of_another(books: FleetBooks) -> None:
    one, two, *_ = books.of.values()
    notice = next(
        entry for entry in one.ledger.accepted if entry.service == "telegram" and kind_of(entry) is Kind.PRINTED
    )
    one.ledger.accepted.remove(notice)
    two.ledger.accepted.append(notice)


def an_sms_from_the_sender_of_another(books: FleetBooks) -> None:
    one, two, *_ = books.of.values()
    sms = next(entry for entry in one.ledger.accepted if entry.service == "twilio")
    one.ledger.accepted.remove(sms)
    two.ledger.accepted.append(sms)


def a_receipt_that_goes_to_another(books: FleetBooks) -> None:
    one, other = (seat.place.code for seat in books.storm.seats[:2])
    place = next(place for place, sms in enumerate(books.sms) if f"/{one}/" in sms.callback)
    sms = books.sms[place]
    books.sms[place] = replace(sms, callback=sms.callback.replace(f"/{one}/", f"/{other}/"))


def a_message_by_no_office(books: FleetBooks) -> None:
    books.accepted.append(replace(books.accepted[0], sender="99"))


def a_worker_that_sends_for_what_another_holds(books: FleetBooks) -> None:
    _, evidence, turns = next(books.seats())
    last = max(turn.began for turn in turns)
    holder = books.storm.line_of(held_at(turns, last).pid)  # type: ignore[union-attr]
    stranger = next(line for line in books.storm.keepers if line != holder)
    request = next(one for one in evidence.ledger.requests if one.method == "sendMessage")
    evidence.ledger.requests.append(replace(request, line=stranger, seconds=last + 3600.0))


def an_office_that_nobody_takes_after_a_kill(books: FleetBooks) -> None:
    _one_later(books, 31.0)


def an_office_that_nobody_speaks_for_after_a_kill(books: FleetBooks) -> None:
    fallen = next(one for one in books.storm.fallen if one.how.how in KILLS)
    for evidence in books.of.values():
        evidence.ledger.requests = [
            replace(one, seconds=one.seconds + 60.0 * (one.seconds > fallen.how.at)) for one in evidence.ledger.requests
        ]


def _one_later(books: FleetBooks, seconds: float) -> None:
    """Each office that was taken over after the kill was so much later."""
    fallen = next(one for one in books.storm.fallen if one.how.how in KILLS)
    for turns in books.turns.values():
        for place, turn in enumerate(turns):
            if turn.began > fallen.how.at:
                turns[place] = Turn(turn.pid, turn.began + seconds)


def a_notice_too_few(books: FleetBooks) -> None:
    notices = list(books.of.values())[-1].notices
    notices.remove(next(one for one in notices if one.kind in (Kind.READY, Kind.LETTER_READY, Kind.PRINTED)))


def a_notice_left_waiting(books: FleetBooks) -> None:
    list(books.of.values())[-1].notices[0].state = NoticeState.WAITING


@pytest.mark.parametrize(
    ("change", "found_by"),
    [
        (a_message_by_the_bot_of_another, "the_ledgers_are_equal"),
        (an_sms_from_the_sender_of_another, "the_ledgers_are_equal"),
        (an_sms_from_the_sender_of_another, "no_office_speaks_for_another"),
        (a_receipt_that_goes_to_another, "receipts_come_to_who_sent"),
        (a_message_by_no_office, "no_office_speaks_for_another"),
        (a_worker_that_sends_for_what_another_holds, "nobody_speaks_but_who_holds_the_office"),
        (an_office_that_nobody_takes_after_a_kill, "what_fell_is_held_by_another"),
        (an_office_that_nobody_speaks_for_after_a_kill, "who_took_it_speaks_for_it"),
        (a_notice_too_few, "owed_is_what_happened"),
        (a_notice_left_waiting, "every_notice_ended_with_a_reason"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_it_would_be_found_out(storm: FleetStorm, change: Callable[[FleetBooks], None], found_by: str) -> None:
    books = FleetBooks.look(storm)
    assert not compare_all(books)
    change(books)
    assert any(found_by in one for one in compare_all(books))


def test_a_worker_that_ends_by_itself_would_be_found_out(storm: FleetStorm, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = next(iter(storm.keepers.values()))
    monkeypatch.setattr(keeper, "own_ends", [OwnEnd(1, "")])
    assert any(one.startswith("nobody_ends_by_itself") for one in compare_all(FleetBooks.look(storm)))
