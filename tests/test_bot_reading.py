"""What a text holds, and that no text whatever breaks a conversation."""

import asyncio
import json
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.decide import Decider, to_its_end
from bot.reading import command_word, fold_digits, maybe_receipt, niks_in, receipt_beside_nik
from bot.talk import open_house
from core.actions.inbox import store_updates
from core.questions.inbox import waiting_updates
from core.wording.wordings import Wordings
from tests.offices import MORNING, SITI, act, ask

CODE = "BJN-000001-V87"


@pytest.mark.parametrize(
    "said",
    [
        f"{SITI} {CODE}",
        f"{CODE} {SITI}",
        f"nik {SITI[:6]} {SITI[6:12]} {SITI[12:]} resi: {CODE}",
        f"NIK={SITI};RESI={CODE}",
    ],
)
def test_a_receipt_beside_a_nik_is_seen(said):
    assert receipt_beside_nik(said) == CODE


@pytest.mark.parametrize(
    "said",
    [SITI, f"mbak ktp {SITI} sdh jadi blm?", f"{SITI} {CODE} tolong dikabari ya", f"{SITI} ok", f"nik {SITI} rt 05"],
)
def test_a_question_is_not_taken_for_a_proof(said):
    assert receipt_beside_nik(said) is None


def test_a_receipt_may_look_like_anything_but_talk():
    assert maybe_receipt(" bjn 000001 v87 ") == "bjn 000001 v87"
    assert maybe_receipt("٣٥") == "35"
    for talk in ("", "iya bu", "1" * 41):
        assert maybe_receipt(talk) is None


def test_a_command_is_a_command_with_and_without_slash_and_name():
    assert {command_word(said) for said in ("/Help", "/help@bot x y", "help", "HELP!", " help. ")} == {"help"}
    assert command_word("") == command_word("help me") == ""


@given(st.text(max_size=200))
def test_any_text_can_be_read(said):
    folded = fold_digits(said)
    assert len(folded) == len(said)
    for read in (niks_in, receipt_beside_nik, maybe_receipt, command_word):
        read(said)


NUMBERS = count(1)
COMMON = (SITI, SITI[:15], CODE, "/start", "Kabari Saya", "PRR", "/berhenti")
STRANGE = ("ꦱ", "٣٥٢٢", "<b>", "\u202e", "\x00", "e\u0301")
SPICE = st.sampled_from(COMMON + STRANGE)
SAID = st.lists(SPICE | st.text(max_size=30), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(SAID, min_size=1, max_size=4), kind=st.sampled_from(["message", "edited_message"]))
def test_no_talk_whatever_breaks_a_conversation(office, said, kind):
    house = ask(office, partial(open_house, wordings=Wordings(), live=True, trial_addresses=frozenset()))
    decider = Decider(house)
    for said_now in said:
        number = next(NUMBERS)
        chat = {"id": number % 3 + 1, "type": "private", "first_name": "Warga"}
        field = "caption" if number % 5 == 0 else "text"
        message = {"message_id": number, "date": 1, "chat": chat, "from": {**chat, "is_bot": False}, field: said_now}
        update = {"update_id": number, kind: message}
        act(office, store_updates, [(number, str(chat["id"]), json.dumps(update))], now=MORNING)
        (waiting,) = ask(office, waiting_updates)[-1:]
        replies = act(office, decider.replies, waiting, now=MORNING + timedelta(minutes=number))
        assert all(SITI not in json.dumps(reply) for reply in replies)


def test_a_handler_that_waits_is_refused():
    with pytest.raises(RuntimeError, match="waited"):
        to_its_end(asyncio.sleep(0))
