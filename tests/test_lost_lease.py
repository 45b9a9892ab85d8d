"""Whoever lost the lease leaves alone what its successor has in flight."""

import asyncio
from pathlib import Path

import pytest

from core.actions.lease import Holder
from core.actions.letters import letter_ready
from core.actions.sending import Turn, start_messages
from core.jobs.tenure import Tenure
from core.rules.answer import LetterKind
from core.rules.delivery import Channel
from core.store.office import OpenOffice
from notifier.loop import Sender
from notifier.pace import Pace
from tests.offices import WATI, Clock, act
from tests.owing import owing, refusal
from tests.senders import terms
from tests.test_database_faults import impatient, locked

pytestmark = pytest.mark.anyio


async def test_who_lost_the_lease_does_not_take_back_what_its_successor_sends(
    office: OpenOffice, home: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    with owing(office, clock) as here:
        asleep, successor = Tenure(office, Holder("one", 1)), Tenure(office, Holder("two", 2))
        assert asleep.take() is None
        pace = Pace(per_second=100_000, per_chat_seconds=0)
        sender = Sender(
            office,
            here.channels,
            paces=dict.fromkeys(Channel, pace),
            slots=dict.fromkeys(Channel, 8),
            terms=terms(office),
            now=clock,
            tenure=asleep,
        )
        running = asyncio.create_task(sender.run())
        await sender.idle()
        assert here.attempts(Channel.SMS) == ["Sent"]
        asleep.release()
        assert successor.take() is None
        act(office, letter_ready, WATI, LetterKind.SUKET, now=clock(), by="operator")
        starting = {"slots": 8, "held": frozenset(), "turn": Turn(), "now": clock(), "terms": terms(office)}
        assert act(office, start_messages, Channel.SMS, **starting)
        clock.move(minutes=2)
        with impatient(), locked(home) as let_go:
            sender.wake()
            await refusal(caplog)
            let_go()
        await sender.idle()
        sender.stop()
        await running
        assert here.attempts(Channel.SMS)[-1] is None
