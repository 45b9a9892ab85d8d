"""Putting an office back from a backup."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import OPERATOR, utc_now
from cli.holding import locked_home
from cli.progress import phase_bars
from cli.show import counted, say
from core.actions.restoring import Held
from core.errors import InputError, SetupError
from core.jobs.backing_up import KEY
from core.jobs.restoring import Restored
from core.jobs.restoring import restore as put_back
from core.rules.backups import KEPT_DAYS
from core.settings import read_settings
from core.store.office import SCHEMA
from core.store.sealed_file import begins_sealed
from core.store.sealing import read_key_copy
from core.whole_file import whole_file


def restore(
    backup: Annotated[Path, typer.Argument(metavar="FILE", help="as kabar backup made it")],
    home: Annotated[
        Path | None, typer.Option(help="a new folder, or one that holds only office.key; else KABAR_HOME")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="a copy of office.key, or its folder, for a home that has none")
    ] = None,
    send_again: Annotated[
        bool, typer.Option("--send-again", help="send what waited too: only if nothing was sent since the backup")
    ] = False,
) -> None:
    """Put an office back from a backup, into a home without data.

    The backup is checked whole before any of it is put in place; a damaged
    one changes nothing. With KABAR_DATABASE_URL set, the data goes into that
    empty database, by pg_restore.
    What waited to be sent when the backup was made is held, because it may
    have been sent since. Moving to another machine, with kabar run stopped
    before the backup was made, say --send-again.

    Examples:

      kabar restore FILE --home /srv/new --key /media/usb/office.key
      kabar restore FILE --home /srv/new --send-again
    """
    settings = read_settings()
    settings = settings.model_copy(update={"home": home or settings.home})
    if not backup.is_file():
        raise InputError(f"there is no file {backup}")
    if not begins_sealed(backup):
        raise InputError(f"{backup} is not a backup; take a file that kabar backup or kabar run made, named ….age")
    with _prepared(settings.home, key), locked_home(settings), phase_bars() as progress:
        done = put_back(
            backup,
            settings.home,
            settings.database_address,
            send_again=send_again,
            now=utc_now(),
            by=OPERATOR,
            progress=progress,
        )
    _tell(done, settings.home)


@contextmanager
def _prepared(home: Path, key: Path | None) -> Iterator[None]:
    """A home with its key; whatever of it was not there before goes again when the restore is refused."""
    new, target = not home.exists(), home / KEY
    if not target.exists() and key is None:
        raise SetupError(f"a backup opens only with its office.key; put a copy of it into {home}, or give --key")
    brought = key is not None and not target.exists()
    content = read_key_copy(key / KEY if key.is_dir() else key) if key is not None and brought else b""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if brought:
            with whole_file(target) as file:
                file.write(content)
        yield
    except BaseException:
        if new:
            shutil.rmtree(home)
        elif brought:
            target.unlink(missing_ok=True)
        raise


def _tell(done: Restored, home: Path) -> None:
    say(f"{done.name} is restored, in {home.resolve()}.")
    if done.held is None:
        say("What waited is sent as soon as kabar run is at work.")
    else:
        say(*_held(done.held))
    say(
        "",
        "What happened since the backup is not in it:",
        "- Who stopped, erased their data or changed their number after the backup is written to as before:",
        "  do it again; who was registered after the backup must be registered again.",
        "- Slips made or voided since, and locks, are as they were then.",
        f"- An erased address lives on in sealed backups: in those of the night for at most {KEPT_DAYS} days, in those",
        "  made by hand until you delete them.",
        "",
        "Next:",
    )
    if done.schema != SCHEMA:
        say(f"  kabar migrate         the backup is of schema {done.schema}, this program needs {SCHEMA}")
    say(
        "  kabar import FILE --quiet    the office's newest export; what it brings was told before",
        "  kabar doctor                 is everything ready?",
        "  kabar run",
    )


def _held(held: Held) -> Iterator[str]:
    if held.notices:
        yield f"{counted(held.notices, 'notice')} waited when the backup was made and may have been sent since: held as"
        yield "in-doubt, not sent. See: kabar notices --doubt"
    if held.broadcasts:
        yield f"{counted(held.broadcasts, 'broadcast')} was being prepared: cancelled. See: kabar suspensions"
    if held.updates:
        yield f"{counted(held.updates, 'message')} to the bot had no answer yet: forgotten; who wrote has to ask again."
    if not held.notices and not held.broadcasts:
        yield "Nothing waited to be sent when the backup was made."
