"""What `kabar run` does again and again goes on, whatever goes wrong in one of its rounds."""

import asyncio
import errno
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from cli.chores import keep_doing
from cli.embedded import Embedded
from core.jobs.chores import Chore
from core.jobs.telling_operators import tell_what_is_due
from core.settings import Settings
from core.store.office import OpenOffice, known_of
from core.wording import Wording
from tests.offices import Clock

pytestmark = pytest.mark.anyio

SECRET = "postgresql://kabar:s3cret@host"


class Rounds:
    """Fails in its first rounds, each time in another way; the office stops after the first round that goes well."""

    def __init__(self, *failures: Callable[[], object]) -> None:
        self._failures = list(failures)
        self._loop = asyncio.get_running_loop()
        self.stopped = asyncio.Event()

    def work(self) -> int:
        if self._failures:
            self._failures.pop(0)()
        self._loop.call_soon_threadsafe(self.stopped.set)
        return 1


def failing(error: Exception) -> Callable[[], object]:
    def fail() -> None:
        raise error

    return fail


async def test_no_failure_ends_it_and_the_log_tells_its_kind_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    errors = [PoolTimeout(SECRET), OSError(errno.ENOSPC, SECRET), ValueError(SECRET), RuntimeError(SECRET)]
    rounds = Rounds(*map(failing, errors))
    async with asyncio.timeout(20):
        await keep_doing(Chore("work", rounds.work, every_seconds=0), rounds.stopped)
    said = [record.__dict__ for record in caplog.records if record.name == "kabar.run"]
    assert [(one["chore"], one["error"]) for one in said] == [("work", type(error).__name__) for error in errors]
    assert SECRET not in caplog.text


async def test_a_disk_that_does_not_answer_keeps_operators_waiting_and_ends_nothing(
    office: OpenOffice, clock: Clock, caplog: pytest.LogCaptureFixture, tmp_path_factory: pytest.TempPathFactory
) -> None:
    gone = tmp_path_factory.mktemp("home") / "on a disk that was pulled out"

    def tell() -> None:
        tell_what_is_due(office, ["990000001"], wording=Wording(), home=gone, sms_cap=500, now=clock())

    rounds = Rounds(tell)
    async with asyncio.timeout(20):
        await keep_doing(Chore("work", rounds.work, every_seconds=0), rounds.stopped)
    assert [record.__dict__["error"] for record in caplog.records] == ["FileNotFoundError"]
    assert "pulled out" not in caplog.text


async def test_a_running_office_takes_a_picture_of_the_queue_before_anybody_asks(
    office: OpenOffice, home: Path
) -> None:
    at_work = Embedded(office, Settings(_env_file=None, home=home, http="127.0.0.1:0"))  # type: ignore[call-arg]
    async with asyncio.timeout(20), asyncio.TaskGroup() as parts:
        parts.create_task(at_work.run())
        while not office.read(lambda session: known_of(session).get("queue picture")):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        at_work.stop()
