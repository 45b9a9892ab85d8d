"""`kabar run`: answer residents and send what is owed, until stopped."""

import asyncio
import logging
import signal
from typing import TYPE_CHECKING, Annotated

import typer

from cli.edge import opened, utc_now
from cli.holding import check_clock, leased, locked_home
from cli.misspelt import misspelt_settings
from cli.show import say
from core.settings import Settings

if TYPE_CHECKING:
    from cli.embedded import Embedded

log = logging.getLogger("kabar.run")


def run(
    webhook: Annotated[
        bool, typer.Option("--webhook", help="Let Telegram call KABAR_PUBLIC_URL instead of asking it for updates.")
    ] = False,
) -> None:
    """Answer residents and send what is owed, until stopped.

    Needs nothing but the home folder: one process, one SQLite file. A channel that is not set up waits.
    Ctrl-C (or SIGTERM) takes in nothing more, finishes what is in flight, and ends.

    For an office in PostgreSQL a second kabar run, here or on another machine, waits and takes over when
    the first one ends or is not heard of for 15 seconds.

    Examples:

      kabar run
      KABAR_LOG=json kabar run
      kabar run --webhook
    """
    with opened() as here, locked_home(here.settings), leased(here.office, here.settings) as tenure:
        check_clock(here.office, utc_now())
        from cli.embedded import Embedded  # heavy: not for a start that is refused
        from cli.logs import set_up_log

        set_up_log(here.settings.log)
        for one in misspelt_settings():
            log.warning("%s is no setting, so nothing reads it; %s", one.name, one.hint)
        embedded = Embedded(here.office, here.settings, tenure=tenure, webhook=webhook)
        asyncio.run(_until_stopped(embedded, here.settings))


async def _until_stopped(embedded: "Embedded", settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, embedded.stop)
    host, port = settings.http_address
    await embedded.run(
        ready=lambda: say(f"Kabar KTP is at work (health: http://{host}:{port}/healthz). Ctrl-C stops it.")
    )
