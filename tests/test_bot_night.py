"""After a night offline everybody is answered what she asked last, before anybody is answered anything older."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.work import MOST_IN_HAND
from core.store.inbox_tables import InboxUpdate
from core.store.words import UpdateState
from tests.bot_world import bot_world, text
from tests.inbox_work import Work, written
from tests.offices import BUDI, JOKO, SITI, WATI, ask

LAST_EVENING = timedelta(hours=10)
PEOPLE, EACH = 1_000, 10


def states(office):
    query = select(InboxUpdate.state, func.count()).group_by(InboxUpdate.state)
    return dict(ask(office, lambda session: [tuple(row) for row in session.execute(query)]))


def of_a_night(clock, *, people, each, said):
    """Updates of many people who wrote in turns."""
    evening = clock() - LAST_EVENING
    for turn in range(each):
        for person in range(people):
            number = turn * people + person + 1
            yield written(700_000_000 + person, said(turn), number=number, at=evening + timedelta(minutes=turn))


async def test_ten_thousand_updates_of_a_night_are_answered_newest_first_and_nobody_gets_stale_ones(office, clock):
    work = Work(office, clock)
    work.store(of_a_night(clock, people=PEOPLE, each=EACH, said=str))
    await work.through()
    answers: dict[int, list[str]] = {}
    for place, (person, said) in enumerate(work.phones.sent):
        answers.setdefault(person, []).append(said)
        if len(answers[person]) == 2:
            assert len(answers) >= PEOPLE - MOST_IN_HAND, f"a second answer was number {place}"
    assert set(map(tuple, answers.values())) == {("9", "8", "7")}
    heard: dict[int, list[str]] = {}
    for person, said in work.echo.decided:
        heard.setdefault(person, []).append(said)
    assert set(map(tuple, heard.values())) == {tuple(map(str, range(EACH)))}
    assert states(office) == {UpdateState.DONE: 3 * PEOPLE, UpdateState.OVERTAKEN: 7 * PEOPLE}


async def test_what_was_answered_in_vain_is_forgotten_at_once(office, clock):
    work = Work(office, clock)
    work.store(of_a_night(clock, people=1, each=5, said=lambda _: "bantuan"))
    await work.through()
    assert work.phones.at(700_000_000) == ["bantuan"]
    rows = ask(office, lambda session: session.scalars(select(InboxUpdate)).all())
    assert [(row.body_sealed, row.replies_sealed) for row in rows] == [(b"", None)] * 5
    assert [row.state for row in rows] == [UpdateState.OVERTAKEN] * 4 + [UpdateState.DONE]


@pytest.mark.both_databases
async def test_who_writes_in_the_morning_is_answered_before_older_answers_leave(office, clock):
    work = Work(office, clock)
    work.store(of_a_night(clock, people=500, each=3, said=str))

    def in_the_middle(_: int) -> None:
        if len(work.phones.sent) == 450:
            work.store([written(800_000_000, "baru", number=10_000, at=clock())])

    work.phones.on_sent = in_the_middle
    await work.through()
    order = [person for person, _ in work.phones.sent]
    place = order.index(800_000_000)
    seconds = sum(order[:place].count(person) > 1 for person in set(order[:place]))
    assert seconds <= MOST_IN_HAND
    assert work.phones.at(800_000_000) == ["baru"]


async def test_what_was_said_at_night_is_heard_in_order_though_only_the_newest_is_answered(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        for said in ("/start", SITI, "Kabari Saya", "bantuan", "PRR", "/berhenti", "bantuan"):
            siti.say(said)
        clock.move(hours=9)
        world.start()
        answers = [message.text for message in await world.told(siti, 3)]
        assert answers[:2] == [text("help"), text("stop-nothing")]
        assert answers[2] == text("ask-receipt")
        await world.stop()
        assert (world.waiting(), len(siti.received)) == ([], 3)


SIX = (SITI, BUDI, WATI, JOKO, "3522990102850001", "3522990202850001")


async def last_answer_of_a_night(world, clock, *, minutes_between):
    siti = world.person("Siti")
    for nik in SIX:
        siti.say(nik)
        clock.move(minutes=minutes_between)
    clock.move(hours=6)
    world.start()
    return (await world.told(siti, 1))[0].text


async def test_a_nights_honest_questions_are_not_throttled_in_the_morning(office, clock):
    async with bot_world(office, clock) as world:
        answer = await last_answer_of_a_night(world, clock, minutes_between=11)
        assert answer.startswith(text("answer-not-found", penutup="").split(".")[0])


async def test_a_nights_hurried_questions_are_and_no_time_is_named_that_is_over(office, clock):
    async with bot_world(office, clock) as world:
        answer = await last_answer_of_a_night(world, clock, minutes_between=1)
        zone = world.runner.house.zone
        assert f"mulai pukul {clock().astimezone(zone) + timedelta(minutes=1):%H.%M}" in answer
