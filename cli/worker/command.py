"""The command `kabar worker`."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Annotated

import typer

from cli.at_work import Doing, OfficeAtWork
from cli.chores import keep_doing, putting
from cli.collector import set_apart
from cli.edge import utc_now
from cli.jobs import OfficeJobs
from cli.logs import set_up_log
from cli.misspelt import misspelt_settings
from cli.offices import Offices
from cli.show import counted, say
from cli.worker.worker import Worker, name_of_this_process
from core.rules.pulse import Pulse
from core.store.office import OpenOffice
from core.wording.wordings import shipped_wordings
from notifier.jobs import JobQueue, JobWorker
from notifier.roster import Roster
from notifier.wakes import Wakes
from web.app import create_app
from web.metrics import MetricsOfMany
from web.serve import serve

log = logging.getLogger("kabar.worker")

#: Looks at databases, chores and papers of all its offices share these.
_THREADS = 32
#: Of an office's database, to whoever asks how all are.
_ANSWER_SECONDS = 3.0


def worker(
    most: Annotated[
        int | None, typer.Option(min=1, help="offices that this worker holds at once; else: all there are")
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=0, help="jobs of all offices done here at once: imports, calls, reminders; 0: none")
    ] = 4,
) -> None:
    """Answer and send for offices of the list, as many as is this worker's part, until stopped.

    Start as many as you like, on as many machines: each office is held by one
    of them at a time. A worker that is killed or cut off is followed by the
    others within half a minute; one that is stopped (Ctrl-C, SIGTERM) hands
    its offices over at once. KABAR_REDIS_URL makes the parts even and the
    jobs shared; without it, and for one worker, all of it works too.

    Every machine needs the list (KABAR_OFFICES) and the key files it names.

    Examples:

      kabar worker
      kabar worker --most 40 --jobs 2
      KABAR_HTTP=127.0.0.1:8081 KABAR_LOG=json kabar worker
    """
    with Offices() as offices:
        set_up_log(offices.process.log)
        for one in misspelt_settings():
            log.warning("this is no setting, so nothing reads it", extra={"setting": one.name, "hint": one.hint})
        shipped_wordings().all()  # before threads would each parse them
        set_apart()
        asyncio.run(_until_stopped(offices, most=most or len(offices.codes), jobs=jobs))


async def _until_stopped(offices: Offices, *, most: int, jobs: int) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(_THREADS, "kabar"))
    process = offices.process
    redis = process.redis_address
    wakes = Wakes(redis)
    queue = JobQueue(redis) if redis else None
    at_work = Worker(
        offices,
        most=most,
        roster=Roster(redis, name_of_this_process()),
        wakes=wakes,
        do_of=partial(_doing, offices, queue),
    )
    doing = OfficeJobs(offices, wakes)
    job_worker = JobWorker(redis, doing.do, at_once=jobs) if redis and jobs else None

    def stop() -> None:
        at_work.stop()
        doing.stop()
        if job_worker:
            job_worker.stop()

    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop)
    host, port = process.http_address
    metrics = MetricsOfMany(offices=partial(_measured, at_work), now=utc_now)
    runner = await serve(create_app(health=partial(_health, at_work), metrics=metrics), host=host, port=port)
    say(
        f"Kabar KTP works for {counted(len(offices.codes), 'office')}, at most {most} at once here "
        f"(health: http://{host}:{port}/healthz). Ctrl-C hands over and stops."
    )
    try:
        async with asyncio.TaskGroup() as parts:
            parts.create_task(at_work.run())
            if job_worker:
                parts.create_task(job_worker.run())
    finally:
        await runner.cleanup()
        await asyncio.to_thread(doing.close)
        await wakes.close()
        if queue:
            await queue.close()


def _doing(offices: Offices, queue: JobQueue | None, code: str) -> Doing:
    """What sees to an office's chores: jobs for any worker or, for an office in a file and without Redis, this one."""
    is_file = offices.open(code).backend == "sqlite"
    return keep_doing if queue is None or is_file else putting(queue, code)


def _measured(worker: Worker) -> list[tuple[str, OpenOffice, Pulse | None]]:
    return [(code, office.office, office.sender.pulse()) for code, office in worker.at_work.items()]


async def _health(worker: Worker) -> dict[str, object]:
    at_work = worker.at_work
    offices = dict(zip(at_work, await asyncio.gather(*map(_health_of, at_work.values())), strict=True))
    return {"ok": all(one["ok"] for one in offices.values()), "held": len(offices), "offices": offices}


async def _health_of(office: OfficeAtWork) -> dict[str, object]:
    """One office whose database does not answer must not hide how the others are."""
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            return await office.health()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what whoever asks is told
        return {"ok": False, "database": type(error).__name__}
