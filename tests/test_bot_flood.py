"""One person who writes without end costs a bounded amount of work, and nobody else a moment."""

import asyncio

import pytest

from bot.backlog import FLOOD, MOST_ANSWERED, NEWEST_READ
from core.actions.inbox import QUESTION_STAYS
from core.actions.telling import tell_operators
from core.questions.inbox import questions_to_delete
from core.store.words import UpdateState
from tests.bot_world import bot_world, brief
from tests.inbox_work import FLOODER, Work, written
from tests.linking import link, linked
from tests.offices import SITI, SITI_RECEIPT, act, ask
from tests.test_bot_night import states

THOUSANDS = 3_000
OTHERS = [700_000_000 + number for number in range(40)]


def flood(clock, *, many, first=1, said=str):
    return [written(FLOODER, said(number), number=first + number, at=clock()) for number in range(many)]


async def test_a_flood_is_left_unread_but_for_its_newest_messages(office, clock):
    work = Work(office, clock)
    work.store(flood(clock, many=THOUSANDS))
    await work.through()
    assert len(work.echo.decided) == NEWEST_READ
    newest, *others = work.phones.at(FLOODER)
    assert (newest, sorted(others)) == ("2999", ["2997", "2998"])
    assert states(office) == {UpdateState.DONE: MOST_ANSWERED, UpdateState.OVERTAKEN: THOUSANDS - MOST_ANSWERED}


@pytest.mark.both_databases
async def test_others_are_answered_as_if_there_were_no_flood(office, clock):
    """Whatever is decided takes its turn, so what counts is how much of the flood was decided before them."""
    work = Work(office, clock)
    work.store(flood(clock, many=THOUSANDS))
    work.store(written(person, "bantuan", number=THOUSANDS + person, at=clock()) for person in OTHERS)
    decided_before = []
    work.phones.on_sent = lambda person: (
        person in OTHERS and decided_before.append(sum(whose == FLOODER for whose, _ in work.echo.decided))
    )
    await work.through()
    assert all(work.phones.at(person) == ["bantuan"] for person in OTHERS)
    assert len(decided_before) == len(OTHERS)
    assert max(decided_before) <= NEWEST_READ


async def test_a_flood_of_commands_takes_turns_with_the_others(office, clock):
    """They are all heard, because a command may end something; each part of them waits for whoever else is there."""
    work = Work(office, clock)
    work.store(flood(clock, many=600, said=lambda number: f"/cek {number}"))
    work.store(written(person, "bantuan", number=10_000 + person, at=clock()) for person in OTHERS)
    decided_before = []
    work.phones.on_sent = lambda person: (
        person in OTHERS and decided_before.append(sum(whose == FLOODER for whose, _ in work.echo.decided))
    )
    await work.through()
    assert max(decided_before) <= FLOOD
    assert [said for whose, said in work.echo.decided if whose == FLOODER] == [f"/cek {n}" for n in range(600)]
    assert len(work.phones.at(FLOODER)) == MOST_ANSWERED


async def test_a_flood_that_goes_on_is_answered_a_little_at_a_time(office, clock):
    work = Work(office, clock)
    work.store(flood(clock, many=200))
    more = iter(range(1, 6))

    def goes_on(_: int) -> None:
        if turn := next(more, 0):
            work.store(flood(clock, many=200, first=1 + 200 * turn))

    work.phones.on_sent = goes_on
    await work.through()
    assert len(work.echo.decided) <= 6 * FLOOD
    assert len(work.phones.sent) <= 6 * MOST_ANSWERED
    assert sum(states(office).values()) == 1_200


async def test_an_operator_who_is_told_more_than_a_flood_is_answered_and_told_all_of_it(office, clock):
    """What is told is no answer, so it is never in vain; nor may it be read again and again before what is newer."""
    work = Work(office, clock)
    things = [f"kabar {number}" for number in range(FLOOD + 5)]
    for thing in things:
        act(office, tell_operators, [str(FLOODER)], thing, key=thing, now=clock())
    work.store([written(FLOODER, "bantuan", number=1, at=clock())])
    async with asyncio.timeout(20):
        await work.through()
    assert work.phones.at(FLOODER) == ["bantuan"]
    assert [text for _, text in work.phones.sent] == ["bantuan", *things]


def photo(number, *, at, **more):
    update = written(FLOODER, "", number=number, at=at)
    del update["message"]["text"]
    return {**update, "message": {**update["message"], "photo": [{"file_id": "x"}], **more}}


@pytest.mark.both_databases
async def test_a_nik_that_nobody_read_leaves_the_chat_after_an_hour_all_the_same(office, clock):
    """So does whatever else would have, had it been read; nothing in groups, and nothing without a number."""
    work = Work(office, clock)
    said = [SITI, "halo", f"resi {SITI_RECEIPT}", SITI[:15], "/start@kabar_bot", "besok jam 9 ya", "K7M-4P2X-PR9"]
    first = [written(FLOODER, text, number=number, at=clock()) for number, text in enumerate(said, start=1)]
    in_group = written(FLOODER, SITI, number=12, at=clock())
    in_group["message"]["chat"] = {"id": -5, "type": "supergroup", "title": "RT 05"}
    stub = written(FLOODER, SITI, number=13, at=clock())
    del stub["message"]["message_id"]
    forwarded = written(FLOODER, "halo", number=11, at=clock())
    forwarded["message"]["forward_origin"] = {"type": "hidden_user", "date": 1, "sender_user_name": "Ibu"}
    corrected = {"update_id": 14, "edited_message": written(FLOODER, SITI, number=14, at=clock())["message"]}
    work.store([*first, photo(10, at=clock()), forwarded, in_group, stub, corrected])
    work.store(flood(clock, many=FLOOD, first=100))
    await work.through()
    assert ask(office, questions_to_delete, now=clock() + QUESTION_STAYS / 2, most=99) == []
    due = ask(office, questions_to_delete, now=clock() + QUESTION_STAYS, most=99)
    assert {question.chat_id for question in due} == {FLOODER}
    assert sorted(question.message_id for question in due) == [1, 3, 4, 7, 10, 11, 14]


async def test_who_says_stop_in_the_middle_of_a_flood_is_heard(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        await link(world, siti)
        await world.stop()
        for said in (*["halo"] * FLOOD, "berhenti", *["halo"] * FLOOD):
            siti.say(said)
        world.start()
        async with asyncio.timeout(20):
            while linked(world, siti):
                await brief(0)
