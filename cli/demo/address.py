"""Where the phones page is: the simulator on a port that is easy to remember, and how to reach it from elsewhere."""

import errno
import getpass
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

from rich.console import Console

from core.errors import SetupError
from simulator import SimulatorThread

USUAL_PORT = 8099
_SERVER_IN_SSH_CONNECTION = 2


@contextmanager
def simulated(now: Callable[[], datetime], *, port: int | None) -> Iterator[SimulatorThread]:
    """Run the simulator on this port; None: on the usual one if it is free, else on any."""
    simulator = _listening(now, port)
    try:
        yield simulator
    finally:
        simulator.stop()


def _listening(now: Callable[[], datetime], port: int | None) -> SimulatorThread:
    for candidate in (USUAL_PORT, 0) if port is None else (port,):
        simulator = SimulatorThread(now=now, port=candidate)
        try:
            simulator.start()
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            continue
        return simulator
    raise SetupError(f"port {port} is taken or not allowed; give another one with --port, or leave it out")


def announce(console: Console, page_url: str) -> None:
    """Say where the page is, before anything that takes its time."""
    port = urlsplit(page_url).port
    console.print(f"The phones, in a browser on this machine:  {page_url}", soft_wrap=True)
    console.print(
        f"From another machine, first run there:     ssh -L {port}:127.0.0.1:{port} {_here()}", soft_wrap=True
    )
    console.file.flush()  # a pipe would keep it until the end


def _here() -> str:
    """user@host as the other side of an SSH connection knows this machine, or as it calls itself."""
    connection = os.environ.get("SSH_CONNECTION", "").split()
    host = connection[_SERVER_IN_SSH_CONNECTION] if len(connection) > _SERVER_IN_SSH_CONNECTION else ""
    return f"{getpass.getuser()}@{host or socket.gethostname()}"
