"""The durable inbox: what a person wrote is handled once, answered to the end, and forgotten."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.actions.inbox import (
    MOST_FAILURES,
    decide,
    delete_later,
    finish_updates,
    note_failure,
    note_replied,
    question_deleted,
    store_updates,
)
from core.errors import Overtaken
from core.questions.inbox import Waiting, questions_to_delete, waiting_updates
from core.store.inbox_tables import InboxUpdate
from core.store.office import OpenOffice
from core.store.words import UpdateState
from tests.offices import SITI, Clock, act, ask

pytestmark = pytest.mark.both_databases

REPLIES = [{"method": "sendMessage", "text": "satu"}, {"method": "sendMessage", "text": "dua"}]


def arrive(office: OpenOffice, clock: Clock, *update_ids: int, person: str = "900000001", text: str = SITI) -> None:
    raw = [(id_, person, json.dumps({"update_id": id_, "text": text})) for id_ in update_ids]
    act(office, store_updates, raw, now=clock())


def waiting(office: OpenOffice, **terms: int) -> list[Waiting]:
    return ask(office, waiting_updates, **terms)


def test_an_update_that_comes_twice_is_kept_once(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 7, 8)
    arrive(office, clock, 8, 9, text="something else")
    assert [one.body["update_id"] for one in waiting(office)] == [7, 8, 9]
    assert waiting(office)[1].body["text"] == SITI
    arrive(office, clock)


def test_an_update_whose_number_is_far_beyond_the_last_is_taken_too(office: OpenOffice, clock: Clock) -> None:
    """They turn random after a quiet week, and are larger than 32 bits."""
    arrive(office, clock, 2**40, 3)
    assert [one.body["update_id"] for one in waiting(office)] == [2**40, 3]


def test_one_person_is_known_again_without_being_known(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 1, person="a")
    arrive(office, clock, 2, person="b")
    arrive(office, clock, 3, person="a")
    people = [one.person for one in waiting(office)]
    assert people[0] == people[2] != people[1]


def test_they_are_looked_at_in_order_some_at_a_time(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 5, 4, 3, 2, 1)
    first = waiting(office, most=2)
    assert [one.body["update_id"] for one in first] == [5, 4]
    assert [one.body["update_id"] for one in waiting(office, after=first[-1].inbox_id)] == [3, 2, 1]


def test_what_is_decided_is_only_answered_again_from_the_reply_that_is_left(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 1)
    [update] = waiting(office)
    assert update.replies is None
    act(office, decide, update.inbox_id, REPLIES)
    act(office, note_replied, update.inbox_id, 1)
    [update] = waiting(office)
    assert update.replies is not None
    assert (update.replies.calls, update.replies.sent) == (REPLIES, 1)


def test_what_is_decided_is_never_decided_again(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 1)
    [update] = waiting(office)
    act(office, decide, update.inbox_id, REPLIES)
    with pytest.raises(Overtaken):
        act(office, decide, update.inbox_id, [])
    assert waiting(office)[0].replies is not None


def test_what_is_done_is_forgotten_but_not_that_it_was_here(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 1)
    [update] = waiting(office)
    act(office, decide, update.inbox_id, REPLIES)
    act(office, finish_updates, [update.inbox_id], now=clock())
    assert waiting(office) == []
    [row] = ask(office, lambda session: session.scalars(select(InboxUpdate)).all())
    assert (row.state, row.body_sealed, row.replies_sealed) == (UpdateState.DONE, b"", None)
    arrive(office, clock, 1)
    assert waiting(office) == []


def test_what_fails_three_times_is_set_aside_and_the_next_goes_on(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 1, 2)
    failing = waiting(office)[0].inbox_id
    set_aside = [act(office, note_failure, failing, now=clock()) for _ in range(MOST_FAILURES)]
    assert set_aside == [False, False, True]
    assert [one.body["update_id"] for one in waiting(office)] == [2]


def test_what_a_person_wrote_shows_in_no_representation(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 1)
    [update] = waiting(office)
    act(office, decide, update.inbox_id, [{"text": SITI}])
    assert SITI not in repr(update) + repr(waiting(office))


def test_a_question_stays_in_the_chat_for_an_hour(office: OpenOffice, clock: Clock) -> None:
    arrive(office, clock, 1)
    [update] = waiting(office)
    act(office, delete_later, update.inbox_id, 900000001, 2**40, now=clock())
    assert ask(office, questions_to_delete, now=clock() + timedelta(minutes=59)) == []
    [question] = ask(office, questions_to_delete, now=clock() + timedelta(hours=1))
    assert (question.chat_id, question.message_id) == (900000001, 2**40)
    act(office, question_deleted, question.id)
    assert ask(office, questions_to_delete, now=clock() + timedelta(days=1)) == []
