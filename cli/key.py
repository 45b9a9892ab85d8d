"""The office's key file, kept apart from the backups: with both of them anybody can read everything."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import OPERATOR, opened, utc_now
from cli.show import say
from core.actions.safekeeping import note_key_copied
from core.errors import Refused, SetupError
from core.jobs.backing_up import KEY, looks_like_backup
from core.whole_file import whole_file

app = typer.Typer(add_completion=False, rich_markup_mode="rich")


@app.callback()
def key() -> None:
    """The office's key file: without it no backup opens.

    Example:

      kabar key copy /media/usb
    """


@app.command()
def copy(folder: Annotated[Path, typer.Argument(help="an existing folder, as of a USB stick")]) -> None:
    """Copy office.key, and read the copy back.

    Keep the copy where no backup is, as in the safe. That one was made is
    noted, and kabar doctor stops asking for it.

    Example:

      kabar key copy /media/usb
    """
    with opened() as here:
        home = here.settings.home
        content, target = (home / KEY).read_bytes(), folder / KEY
        _refuse(home, folder, content)
        with whole_file(target) as file:
            file.write(content)
        if _read_from_disk(target) != content:
            raise SetupError(f"{target} was written and reads back differently; use another stick")
        here.office.write(partial(note_key_copied, now=utc_now(), by=OPERATOR))
    say(f"{target} is a copy of the key, and was read back.")
    if target.stat().st_mode & 0o077:
        say("This file system cannot keep it to its owner alone: whoever has the stick can read it.")
    if folder.stat().st_dev == home.stat().st_dev:
        say("It is on the same disk as the home: when that disk breaks, both are gone. Copy it to another one.")


def _refuse(home: Path, folder: Path, content: bytes) -> None:
    if not folder.is_dir():
        raise SetupError(f"there is no folder {folder}; connect the stick, or create the folder")
    if home.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise Refused("that is the home itself, or in it; give a folder on another disk")
    if any(map(looks_like_backup, folder.iterdir())):
        raise Refused(
            "there are backups in that folder, and with the key beside them anybody can read them; take another"
        )
    there = folder / KEY
    if there.exists() and there.read_bytes() != content:
        raise Refused(f"{there} is another office's key; give each office a folder of its own")


def _read_from_disk(path: Path) -> bytes:
    """What the disk holds, not what the system remembers of writing it."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()
