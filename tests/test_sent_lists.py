"""A list sent in the chat is seen to by whoever is given it: by two at once, and by the next one after a stop."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from core.actions.chat_files import confirm_list, note_looked, send_list
from core.files.kinds_in import CARD_EXPORT
from core.jobs.chat_lists import Terms, take_in
from core.jobs.list_content import keep_list, opened_list
from core.jobs.sent_lists import COUNTS, FAULT, KIND, KINDS, REPORT, ListDesk, see_to_lists
from core.questions.chat_files import ChatList, chat_list, lists_at_work, run_of
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, open_office
from core.store.tables import Card, Fact, ImportRun
from tests.listings import siti, someone
from tests.offices import BUDI, HEADER, SITI, Clock, act, ask

pytestmark = pytest.mark.both_databases

PEOPLE = 450
_PATIENCE_SECONDS = 60
PERSONS = (someone(f"3522996{at // 200 + 1}0190{at % 200 + 1:04}") for at in range(PEOPLE))
CARDS = "\n".join((HEADER, siti("DUP"), *PERSONS))
ARRIVALS = "\n".join(("NIK;TGL TIBA", f"{BUDI};26/09/2017", f"{SITI};26/09/2017"))
LISTS = {CARD_EXPORT: CARDS, "arrivals": ARRIVALS}


@pytest.fixture
def desk(office: OpenOffice, home: Path, clock: Clock) -> ListDesk:
    return ListDesk(office=office, home=home, now=clock, stopping=threading.Event(), operators=frozenset({"4711"}))


@pytest.fixture
def other(desk: ListDesk, home: Path, address: str | None) -> Iterator[ListDesk]:
    """The same office as another process has it open."""
    with open_office(home, address) as office:
        yield replace(desk, office=office, stopping=threading.Event())


def sent(desk: ListDesk, content: str, kind: str | None = None) -> int:
    terms = {"chat_id": 4711, "file_id": "F", "name": "a", "message_id": 7, "kind": kind, "by": "operator"}
    list_id = act(desk.office, send_list, **terms, now=desk.now())
    keep_list(desk.office, list_id, content.encode())
    return list_id


def seen(desk: ListDesk, list_id: int) -> ChatList:
    one = ask(desk.office, chat_list, list_id)
    assert one is not None
    return one


def confirmed(desk: ListDesk, content: str) -> int:
    """As whoever holds the office does it when its official agreed."""
    list_id = sent(desk, content)
    assert see_to_lists(desk) == 1
    one = seen(desk, list_id)
    assert one.found is not None
    terms: dict[str, Any] = {"kind": one.found[KIND], "report": one.report | one.found[REPORT], "now": desk.now()}
    assert act(desk.office, note_looked, list_id, **terms)
    assert act(desk.office, confirm_list, list_id, tell=True, shown=9, by="operator", now=desk.now())
    return list_id


def held(office: OpenOffice) -> dict[str, Any]:
    return office.read(
        lambda session: {
            "cards": session.scalar(select(func.count(Card.id))),
            "facts": Counter(session.scalars(select(Fact.kind)).all()),
            "notices": session.scalar(select(func.count(Notice.id))),
            "runs": session.scalar(select(func.count(ImportRun.id))),
            "ended": all(session.scalars(select(ImportRun.ended_at)).all()),
        }
    )


def test_what_a_list_would_do_is_found_once_and_then_it_waits_to_be_said(desk: ListDesk) -> None:
    before, list_id = held(desk.office), sent(desk, CARDS)
    assert see_to_lists(desk) == 1
    found = seen(desk, list_id).found
    assert found and found[KIND] == CARD_EXPORT and found[REPORT]["counts"] == {"new": PEOPLE, "moved": 1}
    assert ask(desk.office, lists_at_work) == [] and see_to_lists(desk) == 0
    after = held(desk.office)
    assert after["cards"] == before["cards"] and after["runs"] == before["runs"]


def test_what_cannot_be_read_and_what_may_be_several_things_is_found_too(desk: ListDesk) -> None:
    nothing, unsure = sent(desk, ""), sent(desk, f"NIK\n{BUDI}\n")
    assert see_to_lists(desk) == 2
    assert seen(desk, nothing).found == {FAULT: "empty"}
    assert seen(desk, unsure).found == {KINDS: ["arrivals"]}


def test_nothing_is_done_for_whoever_may_not_any_more(desk: ListDesk) -> None:
    list_id, before = confirmed(desk, CARDS), held(desk.office)
    assert see_to_lists(replace(desk, operators=frozenset())) == 0
    assert seen(desk, list_id).found is None and held(desk.office) == before


def test_a_job_that_is_stopped_leaves_the_rest_to_the_next_and_its_progress_is_known_meanwhile(
    desk: ListDesk, other: ListDesk
) -> None:
    list_id = confirmed(desk, CARDS)
    with opened_list(desk.office, desk.home, list_id) as path, pytest.raises(InterruptedError):
        _take(desk, list_id, path, at="writing", then=partial(_interrupt, desk, list_id))
    run = ask(desk.office, run_of, list_id)
    assert sum(run.counts.values()) < PEOPLE + 1 and run.ended_at is None
    desk.stopping.set()
    assert see_to_lists(desk) == 0
    assert see_to_lists(other) == 1
    assert seen(other, list_id).found == {COUNTS: {"new": PEOPLE, "moved": 1}}
    assert ask(other.office, run_of, list_id).id == run.id


def _interrupt(desk: ListDesk, list_id: int) -> None:
    """Once the chunk that is being written is in."""
    for _ in range(_PATIENCE_SECONDS * 100):
        if ask(desk.office, run_of, list_id).counts:
            raise InterruptedError
        time.sleep(0.01)


def _take(desk: ListDesk, list_id: int, path: Path, *, at: str, then: Any) -> Counter[str]:
    """Take it in, and do something as it first tells of this phase."""
    phases: set[str] = set()

    def progress(phase: str, *_: int) -> None:
        if phase == at and phase not in phases:
            phases.add(phase)
            then()

    one, now = seen(desk, list_id), desk.now()
    terms = Terms(today=now.date(), now=now, by=one.by)
    return take_in(desk.office, path, one.kind or "", one.report, terms, list_id=list_id, progress=progress)


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("phase", ["opening", "reading", "writing"])
def test_whoever_comes_behind_another_with_the_same_list_changes_nothing_and_says_the_same(
    desk: ListDesk, other: ListDesk, phase: str, kind: str
) -> None:
    list_id, before = confirmed(desk, LISTS[kind]), held(desk.office)
    firsts: list[Counter[str]] = []

    def meanwhile() -> None:
        with opened_list(other.office, other.home, list_id) as same:
            firsts.append(_take(other, list_id, same, at="", then=None))

    with opened_list(desk.office, desk.home, list_id) as path:
        counts = _take(desk, list_id, path, at=phase, then=meanwhile)
    assert firsts == [counts] and sum(counts.values()) == len(LISTS[kind].splitlines()) - 1
    after = held(desk.office)
    assert after["runs"] == before["runs"] + 1 and after["ended"]
    if kind == CARD_EXPORT:
        assert after["cards"] == before["cards"] + PEOPLE
        assert after["facts"]["card-seen"] == before["facts"]["card-seen"] + PEOPLE
        assert after["facts"]["card-moved"] == before["facts"]["card-moved"] + 1
    else:
        assert after["facts"]["card-moved"] == before["facts"]["card-moved"] + counts["taken"]
    assert after["notices"] == before["notices"] + (1 if kind == CARD_EXPORT else counts["taken"])


def test_two_who_are_given_the_same_list_at_the_same_moment_are_one(desk: ListDesk, other: ListDesk) -> None:
    list_id, before = confirmed(desk, CARDS), held(desk.office)
    both_begin = threading.Barrier(2, timeout=_PATIENCE_SECONDS)

    def begin(clock: Any) -> Any:
        both_begin.wait()
        return clock()

    with ThreadPoolExecutor(2) as pool:
        done: list[Future[int]] = [
            pool.submit(see_to_lists, replace(one, now=lambda: begin(desk.now))) for one in (desk, other)
        ]
    assert sum(one.result() for one in done) == 1  # of two who found the same, one kept it
    assert seen(desk, list_id).found == {COUNTS: {"new": PEOPLE, "moved": 1}}
    after = held(desk.office)
    assert (after["cards"], after["runs"]) == (before["cards"] + PEOPLE, before["runs"] + 1)
    assert after["notices"] == before["notices"] + 1 and after["ended"]
    assert after["facts"]["card-seen"] == before["facts"]["card-seen"] + PEOPLE
