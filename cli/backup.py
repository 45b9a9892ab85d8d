"""Making a backup by hand."""

from pathlib import Path
from typing import Annotated

import typer

from cli.edge import OPERATOR, opened, utc_now
from cli.progress import phase_bars
from cli.show import say
from core.errors import InputError
from core.jobs.backing_up import MEGABYTE, make_backup


def backup(
    folder: Annotated[Path | None, typer.Argument(help="an existing folder; else KABAR_BACKUP_FOLDER")] = None,
) -> None:
    """Write the whole office into one sealed file, while kabar run goes on.

    The file opens only with office.key, which is never in it: keep a copy
    of that somewhere else (kabar key copy). On PostgreSQL it needs pg_dump.
    With KABAR_BACKUP_FOLDER set, kabar run makes one each night, named
    nightly, and deletes those after 30 days. What this command makes is never
    deleted, so erased addresses live on in it until you delete it.

    Examples:

      kabar backup /mnt/backups
      kabar backup
    """
    with opened() as here:
        target = folder or here.settings.backup_folder
        if target is None:
            raise InputError("say into which folder, or set KABAR_BACKUP_FOLDER; see: kabar backup --help")
        with phase_bars() as progress:
            made = make_backup(
                here.office,
                target,
                home=here.settings.home,
                address=here.settings.database_address,
                now=utc_now(),
                by=OPERATOR,
                progress=progress,
            )
    say(
        f"{made.path} is whole: {made.path.stat().st_size / MEGABYTE:,.1f} MB.",
        "It opens only with office.key, which is not in it: kabar key copy FOLDER",
    )
