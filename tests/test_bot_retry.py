"""What failed, and is tried again once the trouble is mended, is found by the bot at work and answered."""

from core.actions.inbox import drop_set_aside, retry_set_aside
from core.questions.inbox_figures import set_aside_updates
from tests.bot_world import bot_world, text
from tests.offices import SITI, act, ask

BREAK = "CREATE TRIGGER broken BEFORE INSERT ON asked BEGIN SELECT RAISE(ABORT, 'broken'); END"
MEND = "DROP TRIGGER broken"


def change(office, statement):
    office.write(lambda session: session.connection().exec_driver_sql(statement))


async def test_it_is_handled_from_the_start_at_the_next_look(office, clock):
    async with bot_world(office, clock) as world:
        siti, budi = world.start().person("Siti"), world.person("Budi")
        change(office, BREAK)
        assert await world.says(siti, SITI) == text("apology")
        [line] = ask(office, set_aside_updates, most=9)
        assert (line.kind, line.failures, line.why) == ("message", 3, "IntegrityError")
        change(office, MEND)
        act(office, retry_set_aside, [line.inbox_id])
        await world.says(budi, "bantuan")
        assert (await world.told(siti, 2))[1].text.startswith("Langkah 3")
        await world.stop()
        assert (world.waiting(), ask(office, set_aside_updates, most=9)) == ([], [])


async def test_what_was_dropped_is_not_answered_any_more(office, clock):
    async with bot_world(office, clock) as world:
        siti = world.start().person("Siti")
        change(office, BREAK)
        await world.says(siti, SITI)
        change(office, MEND)
        act(office, drop_set_aside, [1], now=clock())
        await world.stays_silent(siti, lambda: None)
