"""`kabar office`: add one to the list, see them, check them, migrate them."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import track

from cli.doctor.command import findings
from cli.doctor.finding import Mark
from cli.holding import refuse_at_work, who_is_at_work
from cli.init import init
from cli.office.adding import added_to_list, schema_for
from cli.show import counted, say, screen, table
from core.errors import KabarError, SetupError
from core.offices import OfficeList, chosen
from core.questions.databases import database_state
from core.regions.lookup import find_region
from core.rules.answer import PlaceKind
from core.settings import read_offices, read_settings, settings_from
from core.store.engine import database_url
from core.store.office import SCHEMA

app = typer.Typer(add_completion=False, rich_markup_mode="rich")
_BEGIN = Path("offices.toml")


@app.callback()
def office() -> None:
    """Several offices on one machine, each with its own database, key, bot and sender.

    They stand in one file, KABAR_OFFICES. Every other command takes one of them:

      kabar --office 35.22 status NIK

    Example:

      kabar office add 35.22
    """


@app.command()
def add(
    code: Annotated[str, typer.Argument(help="the regency's code, as in 35.22")],
    schema: Annotated[str, typer.Option(help="in the shared PostgreSQL database; else: k and the code")] = "",
    home: Annotated[str, typer.Option(help="folder of its key file, seen from the list; else: its code")] = "",
    short_name: Annotated[str, typer.Option(help="as an SMS begins, at most 19 characters; else: Dukcapil …")] = "",
    pickup: Annotated[PlaceKind, typer.Option(help="where cards are handed over")] = PlaceKind.VILLAGE,
) -> None:
    """Add an office to the list and found it: its home, its key, its schema, its regions.

    Its bot token and SMS sender go into its section of the file by hand: a
    token on the command line can be read by others.

    Examples:

      kabar office add 35.22
      kabar office add 35.09 --schema jember --home /srv/kabar/jember
    """
    path = settings_from({}).offices or _BEGIN
    entry = {"home": home or code}
    if schema or (path.exists() and read_offices(path).shares_a_database):
        entry["database_schema"] = schema or schema_for(code)
    with added_to_list(path, code, entry), chosen(code, path):
        init(regency=code, short_name=short_name, pickup=pickup)
    say("", f"It stands in {path} now; write telegram_token and sms_sender into its section there.")
    if settings_from({}).offices is None:
        say(f"Set KABAR_OFFICES={path.resolve()}, in the environment or in .env, so that it is read.")


@app.command("list")
def list_() -> None:
    """Every office: where its data is, its schema, and who answers and sends for it.

    Example:

      kabar office list
    """
    offices = _offices()
    columns = ("office", "name", "database", "schema", "bot", "at work")
    table(columns, [tuple(_row(code)) for code in offices.codes])
    say(f"{counted(len(offices.codes), 'office')} in {offices.path}.")


@app.command()
def check(as_json: Annotated[bool, typer.Option("--json", help="for a machine to read")] = False) -> None:
    """The doctor's look at every office; nothing is changed, nothing is sent.

    Only what is not well is shown. The exit code is 1 when anything is broken.

    Examples:

      kabar office check
      kabar office check --json
    """
    offices = _offices()
    found = {}
    for code in track(offices.codes, "offices", console=screen(stderr=True), transient=True):
        with chosen(code):
            found[code] = list(findings())
    if as_json:
        say(json.dumps({code: [asdict(one) for one in some] for code, some in found.items()}, ensure_ascii=False))
    else:
        wrong = [(code, one) for code, some in found.items() for one in some if one.mark is not Mark.WELL]
        table(("office", "", "what", "found"), [(code, one.mark, one.name, one.said) for code, one in wrong])
        broken = {code for code, one in wrong if one.mark is Mark.BROKEN}
        say(f"{counted(len(found), 'office')}: {len(broken)} broken. More of one: kabar --office CODE doctor")
    if any(one.mark is Mark.BROKEN for some in found.values() for one in some):
        raise typer.Exit(1)


@app.command()
def migrate(
    every: Annotated[bool, typer.Option("--all", help="of every office in the list")] = False,
) -> None:
    """Bring the databases of all offices to this program's schema, one after the other.

    One that cannot be brought there is named, and the others go on; the exit
    code is 1 then. Run again, it goes on with what is left.

    Example:

      kabar office migrate --all
    """
    if not every:
        raise SetupError("say --all for every office of the list; one alone: kabar --office CODE migrate")
    offices = _offices()
    failed = 0
    for code in offices.codes:
        try:
            say(f"{code}: {_migrated(code)}")
        except KabarError as error:
            failed += 1
            say(f"{code}: {error}")
    if failed:
        say(f"{counted(failed, 'office')} of {len(offices.codes)} could not be migrated.")
        raise typer.Exit(1)


def _offices() -> OfficeList:
    path = settings_from({}).offices
    if path is None:
        raise SetupError("there is no list of offices; set KABAR_OFFICES, or begin one with: kabar office add 35.22")
    return read_offices(path)


def _row(code: str) -> Iterator[object]:
    region = find_region(code)
    yield code
    yield region.name if region else None
    with chosen(code):
        settings = read_settings()
    yield settings.database_schema or ("PostgreSQL" if settings.database_url else str(settings.home))
    try:
        schema = database_state(database_url(settings.database_address, settings.home)).schema or "not founded"
        who = who_is_at_work(settings) or "nobody"
    except Exception as error:  # noqa: BLE001  # a database that is away must not hide the other offices
        schema, who = f"away ({type(error).__name__})", None
    yield schema
    yield "set" if settings.telegram_token else "none"
    yield who


def _migrated(code: str) -> str:
    with chosen(code):
        settings = read_settings()
    url = database_url(settings.database_address, settings.home)
    before = database_state(url).schema
    if before is None:
        raise SetupError("it was never founded; run: kabar office add, or take it out of the list")
    if before == SCHEMA:
        return f"at schema {SCHEMA} already"
    if before > SCHEMA:
        raise SetupError(f"at schema {before}, made by a newer program than this one ({SCHEMA})")
    refuse_at_work(settings, to="migrate")
    from migrations import migrate as bring

    bring(url)
    return f"from schema {before} to {SCHEMA}"
