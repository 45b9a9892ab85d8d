"""A list sent in the chat, its bot killed anywhere while it is fetched or taken in, ends as if nothing had happened."""

import asyncio
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.runner import BotRunner
from bot.talk import open_house
from core.jobs.list_content import open_list_prefix, open_lists_folder
from core.jobs.sent_lists import ListDesk
from core.questions.inbox import waiting_people
from core.rules.officials import Role
from core.store.delivery_tables import Notice
from core.store.office import OpenOffice, open_office
from core.store.official_tables import ChatFile, ListPart
from core.store.tables import Card, Fact, ImportRun
from core.store.words import FileState
from core.wording.wordings import Wordings
from notifier.pace import Pace
from simulator import UNTHROTTLED, Person, Simulator, SimulatorThread
from tests.bot_world import seeing_to_lists, text
from tests.killing import Child, chosen
from tests.listings import siti, someone
from tests.offices import HEADER, MORNING, Clock, ask
from tests.official_world import REGENCY, appoint

#: Three chunks.
PEOPLE = 450
ROWS = "\n".join(
    (HEADER, siti("DUP"), *(someone(f"3522990101{at // 200 + 60}{at % 200 + 1:04}") for at in range(PEOPLE)))
)
DONE = text("list-does-new", n=PEOPLE)
_BOUNDARIES = ("committed", "os.")
#: A run takes a second or two: of the steps at a boundary each so many-th one is tried.
_EACH = 7


def work(home: Path, api: str, ends: str) -> None:
    """The bot, until the list is at this state and all is said."""
    with open_office(home) as office:
        asyncio.run(_bot(office, home, api, FileState(ends)))


async def _bot(office: Any, home: Path, api: str, ends: FileState) -> None:
    house = ask(office, open_house, Wordings(), live=True, trial_addresses=frozenset(), home=home)
    pace = Pace(per_second=10_000, per_chat_seconds=0)
    runner = BotRunner(office, house, token=Simulator.bot_token, pace=pace, now=Clock(), api_base=api, sleep=_brief)
    running = asyncio.create_task(runner.run())
    desk = ListDesk(office=office, home=home, now=Clock(), stopping=threading.Event())
    beside = asyncio.create_task(seeing_to_lists(desk))
    kept = ends is FileState.LOOKED
    while not office.read(partial(_is_over, ends=ends)) or holds_a_list(office) is not kept:
        await _brief(0)
    runner.stop()
    desk.stopping.set()
    await running
    await beside


def holds_a_list(office: OpenOffice) -> bool:
    return office.read(lambda session: session.scalar(select(func.count()).select_from(ListPart))) > 0


async def _brief(_: float) -> None:
    await asyncio.sleep(0.01)


def _is_over(session: Session, ends: FileState) -> bool:
    return session.scalar(select(ChatFile.state)) is ends and not waiting_people(session, most=1)


@contextmanager
def chat(template: Path, home: Path) -> Iterator[tuple[SimulatorThread, Person]]:
    """An official with Telegram, who sends a list; the bot is not at work."""
    shutil.copytree(template, home)
    with SimulatorThread(limits=UNTHROTTLED, now=Clock(), seed=1) as simulator:
        rina = simulator.telegram.person("Rina")
        with open_office(home) as office:
            appoint(office, rina, Role.OFFICE, REGENCY, now=MORNING)
        rina.send_document("ekspor.csv", ROWS.encode())
        yield simulator, rina


def at_work(home: Path, simulator: SimulatorThread, ends: FileState, die_before: int | None = None) -> Child:
    return Child(home, work, (home, simulator.telegram_url, ends.value), die_before)


def held(home: Path) -> dict[str, Any]:
    with open_office(home) as office:
        return office.read(
            lambda session: {
                "cards": session.scalar(select(func.count(Card.id))),
                "facts": Counter(session.scalars(select(Fact.kind)).all()),
                "notices": session.scalar(select(func.count(Notice.id))),
                "runs": Counter(str(sorted(run.counts.items())) for run in session.scalars(select(ImportRun))),
                "ended": all(session.scalars(select(ImportRun.ended_at)).all()),
                "state": session.scalars(select(ChatFile.state)).one(),
            }
        )


def texts(rina: Person, said: str) -> int:
    """How many results came; what would be done says the same of the rows, and has buttons or had them."""
    done = text("list-kind-cards") + ": selesai"
    return sum(said in message.text and done in message.text for message in rina.received)


def test_a_list_killed_between_any_two_steps_is_read_and_taken_in_once(founded_home: Path, tmp_path: Path) -> None:
    with chat(founded_home, tmp_path / "uncut") as (simulator, rina):
        home = tmp_path / "uncut"
        (reading := at_work(home, simulator, FileState.LOOKED)).finish()
        read_in = reading.steps
        rina.press(text("button-list-take"))
        (taking := at_work(home, simulator, FileState.DONE)).finish()
        taken_in, expected = taking.steps, held(home)
        assert expected["runs"] and expected["ended"] and texts(rina, DONE) == 1
    for phase, steps in ((FileState.LOOKED, read_in), (FileState.DONE, taken_in)):
        for number in chosen(steps, _BOUNDARIES, sample=2)[::_EACH]:
            home = tmp_path / f"{phase}-{number}"
            with chat(founded_home, home) as (simulator, rina):
                if phase is FileState.LOOKED:
                    at_work(home, simulator, FileState.LOOKED, number).die()
                at_work(home, simulator, FileState.LOOKED).finish()
                rina.press(text("button-list-take"))
                if phase is FileState.DONE:
                    at_work(home, simulator, FileState.DONE, number).die()
                at_work(home, simulator, FileState.DONE).finish()
                assert held(home) == expected, steps[number - 1]
                assert texts(rina, DONE) in (1, 2)  # one that was sent and not noted comes again
                with open_office(home) as office:
                    assert not holds_a_list(office)
                assert not list(open_lists_folder(home).glob(f"{open_list_prefix(home)}*"))
                document = next(message for message in rina.messages.values() if not message.from_bot)
                assert document.deleted
            shutil.rmtree(home)
