"""When something was written, whose it is, and what is too large to be kept."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.updates import (
    LARGEST_UPDATE,
    as_kept,
    asked_at,
    chat_of,
    is_oversized,
    person_of,
    private_chat_of,
    stub_of_head,
)

NOW = datetime(2017, 9, 26, 2, 0, tzinfo=UTC)
SITI_ID = 700_000_001


def message(text="halo", kind="message", **more):
    chat = {"id": SITI_ID, "type": "private", "first_name": "Siti"}
    user = {"id": SITI_ID, "is_bot": False, "first_name": "Siti"}
    return {"update_id": 7, kind: {"message_id": 1, "from": user, "chat": chat, "date": 0, "text": text, **more}}


def stamp(**before):
    return int((NOW - timedelta(**before)).timestamp())


@pytest.mark.parametrize(
    ("update", "before"),
    [
        (message(date=stamp(hours=3)), {"hours": 3}),
        (message(date=stamp(hours=-3)), {"hours": 0}),
        (message(date=0), {"hours": 25}),
        (message(kind="edited_message", date=stamp(hours=3), edit_date=stamp(minutes=1)), {"minutes": 1}),
        ({"callback_query": {"id": "1", "from": {"id": SITI_ID}}}, {"hours": 1}),
        (message(date="rusak"), {"hours": 1}),
        ({}, {"hours": 1}),
    ],
)
def test_when_it_was_written_is_telegrams_word_within_a_day(update, before):
    """A correction counts from its own moment: who changes an old message again and again gains no time by it."""
    assert asked_at(update, received_at=NOW - timedelta(hours=1), now=NOW) == NOW - timedelta(**before)


def test_the_longest_real_message_is_kept_whole():
    longest = message("\U0001f600" * 4096, reply_to_message=message("\u0915" * 4096)["message"])
    assert json.loads(as_kept(longest)) == longest


def test_of_a_larger_one_only_number_person_and_chat_are_kept():
    kept = as_kept(message("rahasia" * LARGEST_UPDATE))
    assert "rahasia" not in kept
    assert "Siti" not in kept
    stub = json.loads(kept)
    assert is_oversized(stub)
    assert (stub["update_id"], person_of(stub), private_chat_of(stub)) == (7, str(SITI_ID), SITI_ID)


def test_half_a_character_is_kept_as_it_came():
    broken = message("\ud83d" * 5000)
    assert json.loads(as_kept(broken)) == broken


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_the_beginning_of_a_large_one_tells_the_same(kind):
    stub = stub_of_head(json.dumps(message("7" * 5000, kind=kind)).encode()[:4000])
    assert (stub["update_id"], person_of(stub), private_chat_of(stub)) == (7, str(SITI_ID), SITI_ID)
    assert is_oversized(stub)


def test_a_group_is_not_taken_for_a_private_chat():
    update = message("7" * 5000)
    update["message"]["chat"] = {"id": -100, "type": "group"}
    stub = stub_of_head(json.dumps(update).encode())
    assert (private_chat_of(stub), chat_of(stub)) == (None, -100)


def test_a_beginning_without_a_number_tells_nothing():
    assert stub_of_head(b'{"message": {"text": "' + b"7" * 5000) is None
