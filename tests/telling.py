"""A world in which residents are told: the bot at work, and a sender that is let to work when a test says so."""

from sqlalchemy import select

from core.store.delivery_tables import Notice
from core.store.office import OpenOffice
from tests.bot_world import World, brief
from tests.killed_jobs import channels
from tests.offices import ask
from tests.senders import send_all


async def send(world: World) -> None:
    """Let a sender send all that may leave at this moment, over HTTP."""
    await send_all(world.office, *channels(world.simulator.telegram_url, world.clock), now=world.clock)


async def done(world: World) -> None:
    """Wait until every update is answered in full."""
    while world.waiting():
        await brief(0)


def notices(office: OpenOffice) -> list[Notice]:
    """Every notice, oldest first."""
    return ask(office, lambda session: list(session.scalars(select(Notice).order_by(Notice.id))))
