"""A database locked by another program, and a full disk: said plainly, nothing lost, nothing twice.

The full disk is a limit that the system sets on every file that this process writes: each commit is refused at once.
"""

import resource
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.pool import Pool

from bot.connection import Trouble
from core.actions.sending import Turn, start_messages
from core.rules.delivery import Channel
from core.store.office import OpenOffice
from core.store.tables import Card
from tests.bot_world import bot_world, brief
from tests.cli_world import Terminal
from tests.offices import ROWS, SITI, Clock, act, ask
from tests.owing import Owing, owing, refusal
from tests.senders import a_sender, at_work, terms
from tests.unreliable import Unreliable

Log = pytest.LogCaptureFixture

#: Siti's card is printed, and 400 people are new: two chunks.
EXPORT = (
    ROWS[0].replace("PRR", "CARD_PRINTED"),
    *(f"352299010190{n:04d};WARGA {n};35.22.15.2003;PRR;05/01/2017;;;BJN-{n:06d}-K07" for n in range(1001, 1401)),
)
IMPORT = ("import", "export.csv", "--as-of", "27-09-2017")


@pytest.fixture
def here(office: OpenOffice, clock: Clock) -> Iterator[Owing]:
    with owing(office, clock) as here:
        yield here


@pytest.fixture
def kabar(
    tmp_path: Path, founded_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    kabar = Terminal(tmp_path, monkeypatch, capsys).settle(founded_home)
    kabar.export(*EXPORT)
    return kabar


def cards(kabar: Terminal) -> int:
    with kabar.office() as office:
        return len(ask(office, lambda session: list(session.scalars(select(Card.id)))))


@contextmanager
def locked(home: Path) -> Iterator[Callable[[], object]]:
    """Another program holds the database; call what is given to make it let go."""
    other = sqlite3.connect(home / "kabar.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield lambda: other.execute("ROLLBACK")
    finally:
        other.close()


@contextmanager
def impatient() -> Iterator[None]:
    """Whoever meets a lock gives up in an instant instead of after 15 seconds."""

    def set_up(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=10")

    event.listen(Pool, "checkout", set_up)
    try:
        yield
    finally:
        event.remove(Pool, "checkout", set_up)


async def test_a_lock_of_a_moment_is_waited_for(home: Path, here: Owing) -> None:
    with locked(home) as let_go:
        threading.Timer(0.3, let_go).start()
        await here.send()
    assert here.arrived() == (1, 1)


async def test_a_lock_that_lasts_is_said_and_the_sender_goes_on_when_it_is_gone(
    home: Path, here: Owing, caplog: Log
) -> None:
    with impatient(), locked(home) as let_go:
        async with here.sender():
            await refusal(caplog)
            assert here.arrived() == (0, 0)
            let_go()
    assert here.arrived() == (1, 1)
    assert here.attempts(Channel.SMS) == ["Sent"]


async def test_what_a_dead_sender_left_in_flight_is_taken_up_as_soon_as_the_lock_is_gone(
    home: Path, here: Owing, caplog: Log
) -> None:
    starting = {"slots": 8, "held": frozenset(), "turn": Turn(), "now": here.clock(), "terms": terms(here.office)}
    assert act(here.office, start_messages, Channel.SMS, **starting)
    with impatient(), locked(home) as let_go:
        async with here.sender():
            await refusal(caplog)
            assert here.attempts(Channel.SMS) == [None]
            let_go()
    assert here.attempts(Channel.SMS) == ["Unsure"]


def test_an_import_that_meets_a_lock_says_so_and_is_run_again(kabar: Terminal) -> None:
    with impatient():
        with locked(kabar.home):
            said = kabar(*IMPORT)
        assert (said.code, said.out) == (2, "")
        assert "locked by another program" in said.err
        assert kabar(*IMPORT).code == 0
    assert cards(kabar) == 404


@contextmanager
def full_disk(*, last_bytes: int = 0) -> Iterator[Callable[[], None]]:
    """No file of this process can grow beyond the last bytes there are; call what is given to make room."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)

    def make_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    resource.setrlimit(resource.RLIMIT_FSIZE, (last_bytes, hard))
    try:
        yield make_room
    finally:
        make_room()


@pytest.mark.parametrize("last_bytes", [0, 60_000, 120_000])
def test_a_disk_full_during_an_import_is_said_and_the_same_command_ends_it(kabar: Terminal, last_bytes: int) -> None:
    with full_disk(last_bytes=last_bytes):
        said = kabar(*IMPORT)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("kabar: the disk refuses")
    assert "make room, and run the same command again" in said.err
    assert kabar(*IMPORT).code == 0
    assert cards(kabar) == 404


async def test_what_was_written_while_the_disk_was_full_stays_with_telegram_and_is_answered_later(
    office: OpenOffice, clock: Clock
) -> None:
    async with bot_world(office, clock) as world:
        siti = world.person("Siti")
        world.start()
        await world.says(siti, "bantuan")
        with full_disk() as make_room:
            siti.say(SITI)
            while world.runner.trouble is not Trouble.NOT_STORED:
                await brief(0)
            assert world.simulator.telegram.updates.pending
            make_room()
            assert len(await world.told(siti, 2)) == 2
        await world.stop()
        assert (world.waiting(), len(siti.received)) == ([], 2)


async def test_nothing_leaves_while_the_disk_is_too_full_to_note_it(here: Owing, caplog: Log) -> None:
    with full_disk() as make_room:
        async with here.sender():
            await refusal(caplog)
            assert here.arrived() == (0, 0)
            make_room()
    assert here.arrived() == (1, 1)


async def test_an_outcome_that_cannot_be_noted_is_kept_until_there_is_room_and_nothing_leaves_twice(
    here: Owing, caplog: Log
) -> None:
    with ExitStack() as disk:
        here.simulator.faults.on_answered = lambda _, method: (
            disk.enter_context(full_disk()) if method == "create" else None
        )
        async with here.sender():
            await refusal(caplog)
            disk.close()
    assert here.arrived() == (1, 1)
    assert here.attempts(Channel.TELEGRAM) == here.attempts(Channel.SMS) == ["Sent"]


async def test_what_was_started_by_a_commit_whose_answer_was_lost_is_sent_once(here: Owing, caplog: Log) -> None:
    """Nobody sent what that commit had started, and nobody is in doubt about it."""
    office = Unreliable(here.office, lambda result: bool(getattr(result, "started", ())), refuses=False)
    async with at_work(a_sender(office, *here.channels, now=here.clock)):  # type: ignore[arg-type]  # all that a sender uses
        await refusal(caplog)
    assert office.failed
    assert here.arrived() == (1, 1)
    assert here.attempts(Channel.SMS) == here.attempts(Channel.TELEGRAM) == ["TryLater", "Sent"]
