"""The command `kabar worker`."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Annotated

import typer

from cli.chores import keep_doing
from cli.logs import set_up_log
from cli.misspelt import misspelt_settings
from cli.offices import Offices
from cli.show import counted, say
from cli.worker.worker import Worker, name_of_this_process
from notifier.roster import Roster
from notifier.wakes import Wakes
from web.app import create_app
from web.serve import serve

log = logging.getLogger("kabar.worker")

#: Looks at databases, chores and papers of all its offices share these.
_THREADS = 32


def worker(
    most: Annotated[
        int | None, typer.Option(min=1, help="offices that this worker holds at once; else: all there are")
    ] = None,
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
      kabar worker --most 40
      KABAR_HTTP=127.0.0.1:8081 KABAR_LOG=json kabar worker
    """
    with Offices() as offices:
        set_up_log(offices.process.log)
        for one in misspelt_settings():
            log.warning("this is no setting, so nothing reads it", extra={"setting": one.name, "hint": one.hint})
        asyncio.run(_until_stopped(offices, most=most or len(offices.codes)))


async def _until_stopped(offices: Offices, *, most: int) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(_THREADS, "kabar"))
    process = offices.process
    redis = process.redis_url.get_secret_value() if process.redis_url else None
    wakes = Wakes(redis)
    at_work = Worker(
        offices, most=most, roster=Roster(redis, name_of_this_process()), wakes=wakes, do_of=lambda _: keep_doing
    )
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, at_work.stop)
    host, port = process.http_address
    runner = await serve(create_app(health=partial(_health, at_work)), host=host, port=port)
    say(
        f"Kabar KTP works for {counted(len(offices.codes), 'office')}, at most {most} at once here "
        f"(health: http://{host}:{port}/healthz). Ctrl-C hands over and stops."
    )
    try:
        await at_work.run()
    finally:
        await runner.cleanup()
        await wakes.close()


async def _health(worker: Worker) -> dict[str, object]:
    offices = {code: await office.health() for code, office in worker.at_work.items()}
    return {"ok": all(one["ok"] for one in offices.values()), "held": len(offices), "offices": offices}
