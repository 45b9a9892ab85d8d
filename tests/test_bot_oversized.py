"""What is too large to be kept is set aside without its content, said sorry for once, and holds up nobody."""

import json

import pytest
from sqlalchemy import select

from bot.runner import Webhook
from core.questions.inbox_figures import set_aside_updates
from core.store.inbox_tables import InboxUpdate
from core.store.office import seal_of
from tests.bot_world import bot_world, text
from tests.offices import ask
from tests.test_bot_inbox import message_from

SECRET = "rahasia "


def set_aside(world):
    return [(line.kind, line.why, line.can_retry) for line in ask(world.office, set_aside_updates, most=10)]


def kept(world):
    def bodies(session):
        sealed = session.scalars(select(InboxUpdate.body_sealed))
        return [seal_of(session).open(body) for body in sealed if body]

    return "".join(ask(world.office, bodies))


async def test_by_polling(office, clock, caplog):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti", started=True)
        for number in (5, 6):
            world.simulator.telegram.inject(message_from(siti, SECRET * 20_000, number))
        answers = await world.says(siti, "bantuan", answers=2)
        assert answers == "\n\n".join((text("apology"), text("help")))
        assert set_aside(world) == [("message", "oversized", False)] * 2
        assert SECRET not in kept(world)
        assert str(siti.id) not in caplog.text
        await world.stop()
        assert world.waiting() == []


@pytest.mark.parametrize("whole", [True, False])
async def test_by_webhook(office, clock, whole):
    """Whole, or only its beginning, as web/telegram.py keeps of one of more than a mebibyte."""
    async with bot_world(office, clock, webhook=Webhook("http://127.0.0.1:9/telegram/x", "rahasia")) as world:
        siti = world.start().person("Siti", started=True)
        await world.until(lambda: world.simulator.telegram.requests["setWebhook"])
        raw = json.dumps(message_from(siti, SECRET * 20_000, 12)).encode()
        for _ in range(2):
            await world.runner.store.take(raw if whole else raw[:100_000])
        await world.runner.store.take(json.dumps(message_from(siti, "bantuan", 13)).encode())
        assert [message.text for message in await world.told(siti, 2)] == [text("apology"), text("help")]
        assert set_aside(world) == [("message", "oversized", False)]
        assert SECRET not in kept(world)
