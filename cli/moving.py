"""`kabar move-database`: from the one file of a small office into a schema of a database server."""

from typing import Annotated

import typer
from sqlalchemy import URL

from cli.edge import OPERATOR, typed, utc_now
from cli.holding import locked_home
from cli.progress import phase_bars
from cli.show import counted, say
from core.errors import Refused
from core.jobs.moving import Moved
from core.jobs.moving import move_database as move
from core.settings import Settings, read_settings
from core.store.engine import database_url, ensure_schema
from migrations import migrate


def move_database(
    address: Annotated[str, typer.Argument(help="postgresql://…; - to type it where no list of processes shows it")],
    schema: Annotated[str, typer.Option(help="its own schema there, as in k3522; made if missing")] = "",
) -> None:
    """Move the office from its SQLite file into an empty PostgreSQL schema.

    kabar run (or kabar worker) must be stopped; what residents write meanwhile waits at
    Telegram, and is answered afterwards. Every row is compared at the end,
    and only then is the file set aside: until that, it is the office.
    Stopped in the middle, the same command goes on.

    Examples:

      kabar move-database postgresql://kabar@db/kabar --schema k3522
      kabar move-database - --schema k3522
    """
    settings = read_settings()
    if settings.database_address is not None:
        raise Refused("this office is in a database server already; only a SQLite file is moved")
    words = {"database_url": typed(address, "address"), "database_schema": schema or None}
    new = Settings.model_validate({**settings.model_dump(exclude={"database_url", "database_schema"}), **words})
    source, target = (database_url(one.database_address, one.home) for one in (settings, new))
    with locked_home(settings):
        moved = _move(source, target)
    _tell(moved, schema)


def _move(source: URL, target: URL) -> Moved:
    if target.get_backend_name() == "sqlite":
        raise Refused("that is a SQLite file; give the address of a PostgreSQL database")
    ensure_schema(target)
    migrate(target)
    with phase_bars() as progress:
        return move(source, target, now=utc_now(), by=OPERATOR, progress=progress)


def _tell(moved: Moved, schema: str) -> None:
    went_on = f", {moved.went_on:,} of them by an earlier try" if moved.went_on else ""
    rows, tables = counted(sum(moved.rows.values()), "row"), counted(len(moved.rows), "table")
    say(
        f"{rows} of {tables} are there{went_on}; all are the same.",
        f"The file is set aside as {moved.aside}: keep it until the first backup of the new database.",
        "",
        "Next, in .env or in the list of offices:",
        "  KABAR_DATABASE_URL    the address that you gave",
    )
    if schema:
        say(f"  KABAR_DATABASE_SCHEMA={schema}")
    say("Then:", "  kabar doctor", "  kabar run")
