"""A message that shows how far something is: changed while that goes on, one change at a time, whatever happens."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.live_work import FOLLOWED_FOR
from core.actions.live_messages import change, end, follow, leave_alone
from core.questions.live_messages import live_messages, on_their_way, shown_index
from core.rules.progress import Progress, Standing
from core.store.inbox_tables import InboxUpdate
from core.store.office import OpenOffice, seal_of
from core.store.words import UpdateState
from core.wording import Wording
from core.wording.progress import bar, progress_text
from tests.bot_world import text
from tests.call_world import TUESDAY, WEDNESDAY
from tests.calling_world import calling_world, popup, settled
from tests.offices import Clock, act, ask

ANI, ABOUT = "990000001", "call:1"
CALL = {"method": "editMessageText", "chat_id": 990000001, "message_id": 7, "text": "50 %"}


def begin(office: OpenOffice, clock: Clock, *, message: int = 7, about: str = ABOUT) -> None:
    act(office, follow, ANI, message, about, "0 %", now=clock())


def left(office: OpenOffice) -> list[object]:
    """The calls that wait to be sent."""

    def found(session):  # type: ignore[no-untyped-def]
        waits = InboxUpdate.state == UpdateState.DECIDED
        kept = session.scalars(select(InboxUpdate.replies_sealed).where(waits).order_by(InboxUpdate.id))
        return [call for sealed in kept for call in json.loads(seal_of(session).open(sealed))]

    return ask(office, found)


@pytest.mark.both_databases
class TestKept:
    """In the database."""

    def test_a_change_is_left_to_be_sent_and_noted_with_what_is_shown(self, office: OpenOffice, clock: Clock) -> None:
        begin(office, clock)
        (live,) = ask(office, live_messages)
        assert act(office, change, live, "50 %", CALL, now=clock())
        assert left(office) == [CALL]
        (now,) = ask(office, live_messages)
        assert (now.edits, now.shown_index) == (1, ask(office, shown_index, "50 %"))
        assert ask(office, on_their_way, [now]) == {now.id}

    def test_who_saw_an_older_state_changes_nothing(self, office: OpenOffice, clock: Clock) -> None:
        begin(office, clock)
        (live,) = ask(office, live_messages)
        act(office, change, live, "50 %", CALL, now=clock())
        assert not act(office, change, live, "60 %", CALL, now=clock())
        assert not act(office, end, live, now=clock())
        assert len(left(office)) == 1

    def test_every_change_leaves_one_of_its_own(self, office: OpenOffice, clock: Clock) -> None:
        begin(office, clock)
        for shown in ("10 %", "20 %", "30 %"):
            (live,) = ask(office, live_messages)
            assert act(office, change, live, shown, CALL, now=clock())
        begin(office, clock)
        (live,) = ask(office, live_messages)
        assert act(office, change, live, "10 %", CALL, now=clock())
        assert len(left(office)) == 4

    def test_a_message_that_became_another_screen_is_left_alone(self, office: OpenOffice, clock: Clock) -> None:
        begin(office, clock)
        begin(office, clock, message=8)
        act(office, leave_alone, ANI, 7, now=clock())
        assert [live.chat_message_id for live in ask(office, live_messages)] == [8]

    def test_the_same_message_may_be_about_something_else_later(self, office: OpenOffice, clock: Clock) -> None:
        begin(office, clock)
        begin(office, clock, about="broadcast:3")
        (live,) = ask(office, live_messages)
        assert live.about == "broadcast:3" and ANI not in repr(live)


@pytest.mark.anyio
class TestShown:
    """In the chat."""

    async def test_telegram_away_leaves_one_change_and_no_pile(
        self, office: OpenOffice, clock: Clock, tmp_path: Path
    ) -> None:
        async with calling_world(office, clock, tmp_path, people=6) as calling:
            live = await calling.calls(calling.rina, people="3")
            faults = calling.world.simulator.faults
            faults.answer("telegram", 502, method="editMessageText", times=None)
            calling.village.at(TUESDAY, 15, 5)
            await calling.village.send()
            await calling.until(lambda: left(office))
            calling.village.at(WEDNESDAY, 15, 5)
            await calling.village.send()
            await settled()
            assert len(left(office)) == 1
            faults.clear()
            await calling.until(lambda: "100 %" in live.text)

    async def test_it_is_followed_for_a_week_and_again_after_a_press(
        self, office: OpenOffice, clock: Clock, tmp_path: Path
    ) -> None:
        async with calling_world(office, clock, tmp_path, people=2) as calling:
            live = await calling.calls(calling.rina, when="12/10 8-12")
            assert len(ask(office, live_messages)) == 1
            clock.move(days=FOLLOWED_FOR.days)
            await settled()
            assert ask(office, live_messages) == []
            said = await popup(calling, calling.rina, live, text("progress-button-pause"))
            assert said == text("progress-paused-now")
            await calling.until(lambda: text("progress-paused") in live.text)
            assert len(ask(office, live_messages)) == 1

    async def test_nothing_is_left_where_nothing_moved(self, office: OpenOffice, clock: Clock, tmp_path: Path) -> None:
        async with calling_world(office, clock, tmp_path, people=2) as calling:
            await calling.calls(calling.rina)
            await settled()
            edits = [live.edits for live in ask(office, live_messages)]
            clock.move(minutes=2)
            await settled()
            assert [live.edits for live in ask(office, live_messages)] == edits


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_a_hundred_is_shown_only_when_nobody_waits(told: int, waiting: int, missed: int) -> None:
    progress = Progress(told=told, waiting=waiting, missed=missed)
    assert (progress.percent == 100) == (waiting == 0)
    assert len(bar(progress.percent)) == 10
    assert ("\u25b1" not in bar(progress.percent)) == (waiting == 0)


@pytest.mark.parametrize(
    ("progress", "standing"),
    [
        (Progress(told=1, waiting=1, missed=0), Standing.GOING_ON),
        (Progress(told=1, waiting=0, missed=0, preparing=True), Standing.PREPARING),
        (Progress(told=1, waiting=1, missed=0, paused=True), Standing.PAUSED),
        (Progress(told=1, waiting=0, missed=1, paused=True), Standing.DONE),
        (Progress(told=1, waiting=1, missed=0, cancelled=True), Standing.CANCELLED),
    ],
)
def test_it_says_what_holds(progress: Progress, standing: Standing) -> None:
    words = Wording()
    assert progress.standing is standing
    assert words.text(f"progress-{standing}") in progress_text(words, "Judul", progress)
