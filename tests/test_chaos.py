"""A small storm on each database: nobody is forgotten and nobody told twice; and whoever is would be found out.

The large one is `make chaos`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.rules.delivery import Channel
from core.rules.notices import Kind
from core.store.words import NoticeState, UpdateState
from simulator.weather import GOOD
from tests.chaos.comparison import compare
from tests.chaos.evidence import Evidence, kind_of
from tests.chaos.report import judge, look
from tests.chaos.schedule import Deed, Plan, Round, Trouble
from tests.chaos.storm import Storm, a_storm

SEED = 2017


def small(*, sqlite: bool, seed: int = SEED) -> Plan:
    return Plan(seed=seed, kills=4, people=40, stops=(1.0,), others=1, sqlite=sqlite)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storm]:
    """What is left after a storm on SQLite."""
    with a_storm(small(sqlite=True), tmp_path_factory.mktemp("storm") / "sqlite") as storm:
        storm.blow()
        yield storm


def test_after_a_storm_on_sqlite_nobody_is_forgotten_and_nobody_told_twice(calm: Storm) -> None:
    verdict = judge(calm)
    assert not verdict.differences
    assert verdict.counts["killed"] >= 5  # the power cut is one


def test_after_a_storm_on_postgresql_neither(tmp_path: Path) -> None:
    with a_storm(small(sqlite=False), tmp_path / "postgresql") as storm:
        storm.blow()
        verdict = judge(storm)
    assert not verdict.differences
    assert verdict.counts["killed"] >= 4


def test_the_same_seed_plans_the_same_storm() -> None:
    one, again, other = (list(small(sqlite=True, seed=seed).rounds()) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert sum(round_.trouble.value.startswith("killed") for round_ in one) == 4


class OnePowerCut(Plan):
    """Cards go on and people ask while the power fails, and nothing else is wrong."""

    def rounds(self) -> Iterator[Round]:
        deeds = (Deed("cards_go_on", tuple(range(20))), Deed("they_ask", tuple(range(20))))
        usual = next(super().rounds())
        yield replace(usual, climate=GOOD, deeds=deeds, trouble=Trouble.POWER, lasts=2.0, patient=False)


@pytest.mark.parametrize("careless", [False, True], ids=["synced", "not synced"])
def test_an_office_that_does_not_sync_its_commits_is_found_out_by_the_books(tmp_path: Path, careless: bool) -> None:
    plan = OnePowerCut(seed=1, kills=1, people=20, stops=(), others=0, sqlite=True)
    with a_storm(plan, tmp_path / "sqlite", careless=careless) as storm:
        storm.blow()
        assert bool(judge(storm).differences) == careless


# What would be found out: the books after the storm, with one thing changed in them.


def an_sms_twice(books: Evidence) -> None:
    one = next(one for one in books.ledger.accepted if one.service == "twilio" and not books.failed(one))
    books.ledger.accepted += [replace(one, provider_id=f"SM{n}") for n in range(9)]


def a_message_that_nobody_wrote_down(books: Evidence) -> None:
    one = next(one for one in books.ledger.accepted if one.service == "telegram" and kind_of(one) is Kind.READY)
    books.ledger.accepted += [replace(one, provider_id=f"{n}") for n in range(-9, 0)]


def a_message_that_nobody_took(books: Evidence) -> None:
    known = {one.provider_id for one in books.attempts}
    books.ledger.accepted.remove(
        next(one for one in books.ledger.accepted if kind_of(one) and one.provider_id in known)
    )


def a_notice_too_few(books: Evidence) -> None:
    books.notices.remove(next(one for one in books.notices if one.kind is Kind.READY))


def a_notice_left_waiting(books: Evidence) -> None:
    books.notices[0].state = NoticeState.WAITING


def a_notice_given_up_without_a_reason(books: Evidence) -> None:
    next(one for one in books.notices if one.state is NoticeState.UNREACHABLE).why = None


def a_letter_overtaken_by_nothing(books: Evidence) -> None:
    for one in books.notices:
        if one.kind is Kind.LETTER_READY:
            one.state = NoticeState.OVERTAKEN


def an_attempt_left_open(books: Evidence) -> None:
    books.attempts[0].ended_at = None


def a_doubt_sent_again_and_again(books: Evidence) -> None:
    one = next(one for one in books.attempts if one.channel is Channel.TELEGRAM)
    one.outcome = "Unsure"
    books.attempts += [one, one]


def an_sms_in_doubt_that_arrived(books: Evidence) -> None:
    arrived = {one.provider_id for one in books.ledger.accepted if one.service == "twilio" and not books.failed(one)}
    message = next(
        one for one in books.messages.values() if one.provider_id in arrived and with_receipts(books, one.id)
    )
    next(one for one in books.notices if one.message_id == message.id).state = NoticeState.IN_DOUBT


def with_receipts(books: Evidence, message_id: int) -> bool:
    return any(sms.callback.endswith(f"/{message_id}") for sms in books.sms.sent())


def an_update_that_never_came_in(books: Evidence) -> None:
    del books.updates[books.ledger.written[0].update_id]


def an_update_left_lying(books: Evidence) -> None:
    books.updates[books.ledger.written[0].update_id] = UpdateState.DECIDED


def a_question_without_an_answer(books: Evidence) -> None:
    chat = next(one.chat_id for one in books.ledger.written if one.kind == "message")
    books.ledger.accepted = [one for one in books.ledger.accepted if one.to != str(chat) or kind_of(one)]
    books.ledger.requests.clear()


@pytest.mark.parametrize(
    ("change", "found_by"),
    [
        (an_sms_twice, "nobody_was_told_twice"),
        (a_message_that_nobody_wrote_down, "nobody_was_told_twice"),
        (a_message_that_nobody_took, "the_ledgers_are_equal"),
        (a_notice_too_few, "owed_is_what_happened"),
        (a_notice_left_waiting, "every_notice_ended_with_a_reason"),
        (a_notice_given_up_without_a_reason, "every_notice_ended_with_a_reason"),
        (a_letter_overtaken_by_nothing, "every_notice_ended_with_a_reason"),
        (an_attempt_left_open, "the_ledgers_are_equal"),
        (a_doubt_sent_again_and_again, "a_doubt_on_telegram_is_sent_again_once"),
        (an_sms_in_doubt_that_arrived, "what_is_in_doubt_was_lost"),
        (an_update_that_never_came_in, "every_update_was_answered"),
        (an_update_left_lying, "every_update_was_answered"),
        (a_question_without_an_answer, "every_update_was_answered"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_it_would_be_found_out(calm: Storm, change: Callable[[Evidence], None], found_by: str) -> None:
    books, ledger = look(calm), calm.simulator.ledger
    assert not compare(books, calm.town)
    books.ledger = replace(ledger, accepted=list(ledger.accepted), requests=list(ledger.requests))
    change(books)
    assert any(one.startswith(found_by) for one in compare(books, calm.town))
