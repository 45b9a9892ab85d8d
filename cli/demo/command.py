"""`kabar demo`: an office's work of 2017, from its export to a resident's phone, without any account."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.show import screen

#: How long a step stays on the screen for a person to read.
_READING_SECONDS = 5.0


def demo(
    check: Annotated[bool, typer.Option("--check", help="no screen: fail unless every phone received its due")] = False,
    home: Annotated[Path | None, typer.Option(help="play in this empty folder and keep it")] = None,
    fast: Annotated[bool, typer.Option("--fast", help="do not wait for a reader between the steps")] = False,
    port: Annotated[int | None, typer.Option(help="of the phones page; else 8099 or free", min=0, max=65535)] = None,
    stay: Annotated[bool, typer.Option("--stay", help="stay open after the story also without a terminal")] = False,
    story: Annotated[str, typer.Option(help="bojonegoro (September 2017) or jember (May 2017)")] = "bojonegoro",
) -> None:
    """Play one of two stories of 2017, without any account.

    Bojonegoro, September: an export of 35,000 rows, a flood in the server room, printing and letters stop and come
    back, 36,000 blanks, 450 prints a day, boxes with pickup numbers. Jember, May: the centre is down since October and
    70,000 wait for it (2,000 are here); 10,000 blanks come, old recordings are printed first, letters go on.

    It runs the office in one process on SQLite against a simulated Telegram and Twilio, on a clock of its own.
    Nothing leaves this machine, and it refuses to run where a real token is set.
    The phones are in a browser, at the address it begins with; after the
    story they and the office are yours, until Ctrl-C.

    Examples:

      kabar demo
      kabar demo --story jember
      kabar demo --fast --port 9000
      kabar demo --check --story jember
      kabar demo --check --home /tmp/kabar-demo
    """
    from cli.demo.stories import STORIES
    from core.errors import InputError

    if story not in STORIES:
        raise InputError(f"--story says which: {' or '.join(STORIES)}")
    _refuse_real_tokens()
    # A terminal that closes or an SSH line that drops must not leave the folder behind.
    for name in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(name, signal.default_int_handler)
    from cli.demo.play import Terms, play
    from cli.logs import set_up_log

    with _folder(home) as folder:
        set_up_log("text", folder / "kabar.log")
        console = screen()
        terms = Terms(
            watched=not check and console.is_terminal,
            pause=_pause(check or fast),
            page=stay or not check,
            port=0 if check and port is None else port,
            stays=stay or (console.is_terminal and not check),
        )
        play(STORIES[story], folder, console, terms)


def _pause(fast: bool) -> float:
    return 0.0 if fast else _READING_SECONDS


def _refuse_real_tokens() -> None:
    """A demo that could write to real people must not start."""
    from core.errors import SetupError
    from core.settings import read_settings

    settings = read_settings()
    if settings.telegram_token or settings.twilio_auth_token:
        raise SetupError(
            "a Telegram or Twilio token is set (in the environment or in .env), and the demo never runs beside one; "
            "run it from another folder, or with KABAR_TELEGRAM_TOKEN= KABAR_TWILIO_AUTH_TOKEN= in front"
        )


@contextmanager
def _folder(home: Path | None) -> Iterator[Path]:
    from core.errors import InputError

    if home is None:
        folder = Path(tempfile.mkdtemp(prefix="kabar-demo-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(home.iterdir()):
        raise InputError(f"{home} is not empty; give the demo an empty folder")
    yield home
