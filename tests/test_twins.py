"""The same text twice to the same number: each SMS is found for the message that it belongs to."""

import pytest
from sqlalchemy import select

from core.actions.cards import move_card_of
from core.rules.card import Stage
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from core.store.words import NoticeState
from simulator import UNTHROTTLED, SimulatorThread
from tests.killed_jobs import channels
from tests.offices import SITI, SITI_PHONE, Clock, act, ask
from tests.senders import send_all
from tests.test_sending import ready

pytestmark = pytest.mark.anyio


async def test_an_sms_whose_answer_was_lost_is_found_although_its_twin_was_sent_since(
    office: OpenOffice, clock: Clock
) -> None:
    with SimulatorThread(limits=UNTHROTTLED, now=clock, seed=1) as simulator:
        both = channels(simulator.telegram_url, clock)
        ready(office, SITI, clock)
        simulator.faults.drop_after("twilio", method="create")
        await send_all(office, *both, now=clock)
        act(office, move_card_of, SITI, Stage.PRINTED, now=clock(), by="operator")
        act(office, move_card_of, SITI, Stage.READY_FOR_PICKUP, now=clock(), by="operator")
        await send_all(office, *both, now=clock)
        for minutes in (2, 6, 31, 1):
            clock.move(minutes=minutes)
            await send_all(office, *both, now=clock)
        texts = [sms.body for sms in simulator.sms.sent(SITI_PHONE)]
        assert len(texts) > len(set(texts))
    states = ask(office, lambda session: session.scalars(select(Notice.state)).all())
    assert NoticeState.IN_DOUBT not in states
