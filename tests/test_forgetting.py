"""What is kept of people who ask goes when its time is over, a little at a time."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from core.actions.asking import may_ask
from core.actions.forgetting import forget_askers
from core.actions.inbox import MOST_FAILURES, decide, delete_later, finish_updates, note_failure, store_updates
from core.actions.proof import NoProof, prove
from core.actions.retention import forget_what_is_over
from core.questions.inbox import waiting_updates
from core.rules.asking import Throttled
from core.rules.retention import QUESTION_KEPT, SET_ASIDE_KEPT, TRY_KEPT, UPDATE_KEPT
from core.store.inbox_tables import Asked, InboxUpdate, ProofTry
from core.store.office import OpenOffice
from tests.offices import BUDI, SITI, Clock, act, ask

pytestmark = pytest.mark.both_databases

CHAT = 900000001
SECOND = timedelta(seconds=1)


def count(office: OpenOffice, table: type[Any]) -> int:
    return ask(office, lambda session: session.scalar(select(func.count()).select_from(table))) or 0


def forget(office: OpenOffice, now: datetime) -> int:
    return act(office, forget_askers, now=now)


def arrive(office: OpenOffice, clock: Clock, *update_ids: int) -> list[int]:
    raw = [(id_, str(CHAT), json.dumps({"update_id": id_})) for id_ in update_ids]
    act(office, store_updates, raw, now=clock())
    return [update.inbox_id for update in ask(office, waiting_updates)]


def finish(office: OpenOffice, clock: Clock, *inbox_ids: int) -> None:
    for inbox_id in inbox_ids:
        act(office, decide, inbox_id, [])
        act(office, finish_updates, [inbox_id], now=clock())


def test_the_code_of_a_question_goes_after_thirty_days(office: OpenOffice, clock: Clock) -> None:
    act(office, may_ask, CHAT, SITI, now=clock())
    clock.move(days=1)
    act(office, may_ask, CHAT, BUDI, now=clock())
    assert forget(office, clock() - timedelta(days=1) + QUESTION_KEPT - SECOND) == 0
    assert forget(office, clock() - timedelta(days=1) + QUESTION_KEPT) == 1
    assert count(office, Asked) == 1


def test_forgetting_lengthens_nobodys_reach(office: OpenOffice, clock: Clock) -> None:
    for serial in range(5):
        act(office, may_ask, CHAT, f"352299550690010{serial}", now=clock())
    forget(office, clock())
    assert isinstance(act(office, may_ask, CHAT, SITI, now=clock()), Throttled)


def test_a_wrong_receipt_is_forgotten_a_day_after_it_locks_no_more(office: OpenOffice, clock: Clock) -> None:
    for _ in range(5):
        act(office, prove, CHAT, SITI, "SALAH-000", now=clock())
    assert forget(office, clock() + timedelta(hours=23)) == 0
    assert act(office, prove, CHAT, SITI, "SALAH-000", now=clock() + timedelta(hours=23)) is NoProof.LOCKED
    assert forget(office, clock() + TRY_KEPT) == 5
    assert count(office, ProofTry) == 0


def test_the_number_of_an_update_is_kept_as_long_as_telegram_may_repeat_it(office: OpenOffice, clock: Clock) -> None:
    finish(office, clock, *arrive(office, clock, 1, 2, 3))
    assert forget(office, clock() + UPDATE_KEPT - SECOND) == 0
    assert arrive(office, clock, 1, 2) == []
    assert forget(office, clock() + UPDATE_KEPT) == 2  # the newest stays, so that its place is given to no other
    assert count(office, InboxUpdate) == 1


def test_what_arrives_after_a_quiet_week_comes_after_all_before_it(office: OpenOffice, clock: Clock) -> None:
    before = arrive(office, clock, 10, 11)
    finish(office, clock, *before)
    clock.move(days=30)
    forget(office, clock())
    [after] = arrive(office, clock, 1)
    assert after > max(before)


def test_what_waits_or_still_has_a_question_to_delete_stays(office: OpenOffice, clock: Clock) -> None:
    asked, waits, *_ = arrive(office, clock, 1, 2, 3)
    act(office, delete_later, asked, CHAT, 7, now=clock())
    finish(office, clock, asked)
    assert forget(office, clock() + UPDATE_KEPT) == 0
    assert waits in {update.inbox_id for update in ask(office, waiting_updates)}


def test_an_update_that_failed_is_kept_a_month_for_whoever_looks_into_it(office: OpenOffice, clock: Clock) -> None:
    failing, *_ = arrive(office, clock, 1, 2)
    for _ in range(MOST_FAILURES):
        act(office, note_failure, failing, now=clock())
    assert forget(office, clock() + SET_ASIDE_KEPT - SECOND) == 0
    assert forget(office, clock() + SET_ASIDE_KEPT) == 1
    assert count(office, InboxUpdate) == 1


def test_a_lot_of_it_goes_in_bounded_steps(office: OpenOffice, clock: Clock) -> None:
    rows = [{"at": clock(), "chat_index": b"c", "nik_index": b"n", "prefix_index": b"p"} for _ in range(500)]
    act(office, lambda session: session.execute(Asked.__table__.insert(), rows))
    later = clock() + QUESTION_KEPT
    assert [act(office, forget_what_is_over, now=later) for _ in range(4)] == [200, 200, 100, 0]
