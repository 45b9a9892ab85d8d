"""`kabar web`: take in what is brought to all offices, until stopped."""

import asyncio
import signal
import threading
from typing import TYPE_CHECKING

from cli.offices import Offices
from cli.show import counted, say

if TYPE_CHECKING:
    from cli.web.gateway import WebPart

_CLOSING_SECONDS = 0.5


def web() -> None:
    """Take in what Telegram and Twilio bring for all offices, until stopped.

    Any number may run at once, behind one proxy that passes on what is below
    the public address. What comes is stored in the office's database before
    it is confirmed, once, and whoever holds the office (kabar worker, or
    kabar run) answers it. Here no office is answered or sent for.

    Each office is reached below its code, which stands at the end of its
    address by itself when public_url is under \\[all] of the list:

      /35.22/telegram/SECRET   updates, when KABAR_WEBHOOK=yes
      /35.22/twilio/NUMBER     receipts of its SMS
      /35.22/metrics           its database in numbers
      /healthz, /metrics       this process

    Let the proxy pass only the first two on: the others are for your own
    network. It listens on KABAR_HTTP. An office that comes to the list is
    taken in for within seconds; what changes in the settings of one that is
    there already, after a restart.

    Ctrl-C (or SIGTERM) takes in nothing more, finishes what is being stored,
    and ends within two seconds.

    Examples:

      kabar web
      KABAR_HTTP=127.0.0.1:8081 kabar web
      KABAR_OFFICES=/etc/kabar/offices.toml KABAR_LOG=json kabar web
    """
    from cli.logs import set_up_log
    from cli.web.gateway import WebPart

    offices = Offices()
    try:
        set_up_log(offices.process.log)
        asyncio.run(_until_stopped(offices, WebPart(offices)))
    finally:
        _let_go(offices)


def _let_go(offices: Offices) -> None:
    """Close the connections, but never wait for a server that does not answer: nothing is owed to it any more."""
    closing = threading.Thread(target=offices.__exit__, daemon=True)
    closing.start()
    closing.join(_CLOSING_SECONDS)


async def _until_stopped(offices: Offices, part: "WebPart") -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, part.stop)
    host, port = offices.process.http_address
    number = counted(len(offices.codes), "office")
    await part.run(
        ready=lambda: say(f"Kabar KTP is at work at the door of {number}: http://{host}:{port}/CODE. Ctrl-C stops it.")
    )
