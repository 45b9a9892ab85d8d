"""The inbox is a queue of people: who waits, what is answered in vain by now, and what an operator decides about."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.actions.inbox import (
    MOST_FAILURES,
    Question,
    decide,
    decide_all,
    drop_set_aside,
    finish_updates,
    leave_unread,
    note_failure,
    overtake,
    retry_set_aside,
    set_aside_oversized,
    store_updates,
)
from core.actions.retention import forget_what_is_over
from core.errors import NotFound, Overtaken, Refused
from core.questions.inbox import (
    OVERSIZED,
    before_newest,
    questions_to_delete,
    updates_of,
    waiting_people,
    waiting_updates,
)
from core.questions.inbox_figures import InboxFigures, inbox_figures, set_aside_updates
from core.rules.retention import SET_ASIDE_KEPT, UPDATE_KEPT
from core.store.inbox_tables import InboxUpdate
from core.store.office import OpenOffice
from core.store.words import UpdateState
from tests.offices import SITI, Clock, act, ask

pytestmark = pytest.mark.both_databases


def arrive(office: OpenOffice, clock: Clock, *updates: tuple[int, str]) -> None:
    """updates: number and person."""
    raw = [(id_, person, json.dumps({"update_id": id_, "message": {"text": SITI}})) for id_, person in updates]
    act(office, store_updates, raw, now=clock())


def waiting(office: OpenOffice) -> list[int]:
    return [update.inbox_id for update in ask(office, waiting_updates)]


def set_aside(office: OpenOffice, clock: Clock, inbox_id: int, why: str = "ValueError") -> None:
    for _ in range(MOST_FAILURES):
        act(office, note_failure, inbox_id, now=clock(), why=why)


def people(office: OpenOffice, *, most: int = 10) -> list[tuple[bool, int, int]]:
    return [(one.undecided, one.waiting, one.newest) for one in ask(office, waiting_people, most=most)]


def states(office: OpenOffice) -> list[UpdateState]:
    query = select(InboxUpdate.state).order_by(InboxUpdate.id)
    return ask(office, lambda session: list(session.scalars(query)))


def contents(office: OpenOffice) -> list[tuple[bytes, bytes | None]]:
    query = select(InboxUpdate.body_sealed, InboxUpdate.replies_sealed).order_by(InboxUpdate.id)
    return ask(office, lambda session: [tuple(row) for row in session.execute(query)])


def test_everybody_is_one_however_much_she_wrote_and_who_waits_longest_is_first(
    office: OpenOffice, clock: Clock
) -> None:
    arrive(office, clock, (1, "flood"), (2, "flood"), (3, "flood"), (4, "siti"), (5, "flood"), (6, "budi"))
    assert people(office) == [(True, 4, 5), (True, 1, 4), (True, 1, 6)]
    assert people(office, most=2) == [(True, 4, 5), (True, 1, 4)]


def test_who_only_waits_for_older_answers_comes_after_who_was_not_heard(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "budi"))
    act(office, decide, 1, [])
    assert people(office) == [(True, 1, 2), (False, 1, 1)]
    act(office, finish_updates, [1, 2], now=clock())
    assert people(office) == []


def test_one_persons_updates_are_read_in_order(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "budi"), (3, "siti"), (4, "siti"))
    (_, siti) = sorted(ask(office, waiting_people, most=2), key=lambda person: person.waiting)
    assert [update.inbox_id for update in ask(office, updates_of, [siti.index], most=2)] == [1, 3]
    assert [update.inbox_id for update in ask(office, updates_of, [siti.index], after=1, most=9)] == [3, 4]
    assert ask(office, before_newest, siti.index, 2) == 1
    assert ask(office, before_newest, siti.index, 3) == 0


def test_several_are_decided_at_once_or_none(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "budi"))
    act(office, decide, 1, [])
    with pytest.raises(Overtaken):
        act(office, decide_all, {1: [], 2: []})
    assert states(office) == [UpdateState.DECIDED, UpdateState.RECEIVED]


def test_what_was_overtaken_says_nothing_any_more_and_never_moves(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "siti"), (3, "siti"))
    act(office, decide, 1, [{"text": SITI}])
    act(office, finish_updates, [3], now=clock())
    assert act(office, overtake, [1, 2, 3], now=clock()) == 2
    assert states(office) == [UpdateState.OVERTAKEN, UpdateState.OVERTAKEN, UpdateState.DONE]
    assert contents(office) == [(b"", None)] * 3
    assert act(office, overtake, [1, 2, 3], now=clock()) == 0


def test_what_is_left_unread_and_must_not_stay_leaves_the_chat(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "siti"))
    assert act(office, leave_unread, [1, 2], questions=[Question(2, 900000001, 2**40)], now=clock()) == 2
    assert states(office) == [UpdateState.OVERTAKEN] * 2
    [due] = ask(office, questions_to_delete, now=clock.move(hours=1))
    assert (due.chat_id, due.message_id) == (900000001, 2**40)


def test_what_was_overtaken_is_known_for_a_week(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "siti"))
    act(office, overtake, [1], now=clock())
    act(office, forget_what_is_over, now=clock.move(seconds=UPDATE_KEPT.total_seconds() - 1))
    assert len(states(office)) == 2
    act(office, forget_what_is_over, now=clock.move(seconds=2))
    assert states(office) == [UpdateState.RECEIVED]


def test_why_something_failed_is_told_without_what_it_said(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"))
    set_aside(office, clock, 1, why="E" * 80)
    [line] = ask(office, set_aside_updates, most=9)
    assert (line.kind, line.failures, line.why, line.can_retry) == ("message", MOST_FAILURES, "E" * 60, True)
    assert SITI not in repr(line)


def test_what_is_tried_again_is_handled_from_the_start(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "siti"))
    set_aside(office, clock, 1)
    assert waiting(office) == [2]
    assert act(office, retry_set_aside, [1]) == 1
    assert waiting(office) == [1, 2]
    assert not act(office, note_failure, 1, now=clock())


def test_what_was_too_large_cannot_be_tried_again_but_all_others_can(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "budi"), (3, "wati"))
    assert act(office, set_aside_oversized, 1, now=clock())
    assert not act(office, set_aside_oversized, 1, now=clock())
    set_aside(office, clock, 2)
    with pytest.raises(Refused, match="kabar inbox drop 1"):
        act(office, retry_set_aside, [2, 1])
    assert waiting(office) == [3]
    assert act(office, retry_set_aside) == 1
    assert waiting(office) == [2, 3]
    assert [line.why for line in ask(office, set_aside_updates, most=9)] == [OVERSIZED]


@pytest.mark.parametrize("decision", [retry_set_aside, drop_set_aside])
def test_only_what_is_set_aside_can_be_decided_about(office: OpenOffice, clock: Clock, decision: object) -> None:
    arrive(office, clock, (1, "siti"), (2, "budi"))
    set_aside(office, clock, 2)
    terms = {"now": clock()} if decision is drop_set_aside else {}
    for number in (1, 99):
        with pytest.raises(NotFound, match=f"number {number} "):
            act(office, decision, [2, number], **terms)
    assert states(office) == [UpdateState.RECEIVED, UpdateState.SET_ASIDE]


def test_what_is_dropped_is_forgotten_but_not_that_it_came(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"))
    set_aside(office, clock, 1)
    assert act(office, drop_set_aside, [1], now=clock()) == 1
    assert (states(office), contents(office)) == ([UpdateState.DONE], [(b"", None)])
    arrive(office, clock, (1, "siti"))
    assert waiting(office) == []


def test_what_nobody_decides_about_goes_after_thirty_days(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, (1, "siti"), (2, "siti"))
    set_aside(office, clock, 1)
    act(office, forget_what_is_over, now=clock.move(seconds=SET_ASIDE_KEPT.total_seconds() + 1))
    assert states(office) == [UpdateState.RECEIVED]


def test_the_figures_count_what_waits_since_when_and_what_was_overtaken(office: OpenOffice, clock: Clock) -> None:
    assert ask(office, inbox_figures, since=clock()) == InboxFigures(0, None, 0, 0)
    arrive(office, clock, (1, "siti"), (2, "budi"), (3, "budi"), (4, "wati"))
    first = clock()
    act(office, decide, 1, [])
    set_aside(office, clock, 2)
    act(office, overtake, [3], now=clock.move(hours=1))
    assert ask(office, inbox_figures, since=first) == InboxFigures(2, first, 1, 1)
    assert ask(office, inbox_figures, since=clock() + timedelta(seconds=1)).overtaken == 0
