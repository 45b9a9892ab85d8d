"""`kabar init`: found an office, with names derived from its region where none are given."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import URL

from cli.edge import utc_now
from cli.founding import found_at
from cli.show import counted, say
from core.errors import InputError, KabarError, Refused
from core.questions.databases import database_state
from core.regions import Region, find_regency, regions_of, timezone_of
from core.rules.answer import PlaceKind
from core.rules.hours import EXAMPLE, Hours
from core.settings import read_settings
from core.store.engine import database_url
from core.store.moved import moved_away
from core.store.office import open_office
from core.store.sealing import read_key_file
from core.wording.gsm import fold, septets

_LONGEST_SHORT_NAME = 19
_LONGEST_NAME = 80
_LONGEST_HOURS = 60


def init(
    regency: Annotated[str, typer.Option(help="its code or its name: 35.22, bojonegoro, 'kota malang'")],
    name: Annotated[str, typer.Option(help="as the office signs; else: Dispendukcapil Kabupaten …")] = "",
    short_name: Annotated[str, typer.Option(help="as an SMS begins, at most 19 characters; else: Dukcapil …")] = "",
    hours: Annotated[str, typer.Option(help=f"opening hours, as in: {EXAMPLE}")] = "Senin-Jumat 08.00-15.00",
    pickup: Annotated[PlaceKind, typer.Option(help="where cards are handed over")] = PlaceKind.VILLAGE,
) -> None:
    """Found an office: its home folder, its key file, its database and its regions.

    The home is KABAR_HOME, ./var if that is not set.
    Stopped in the middle, it goes on when it is run again.

    Examples:

      kabar init --regency 35.22
      kabar init --regency "kota malang" --short-name "Dukcapil Malang"
      KABAR_HOME=/srv/kabar kabar init --regency bojonegoro
    """
    settings = read_settings()
    url = database_url(settings.database_address, settings.home)
    _refuse_a_second_office(url, settings.home)
    region = find_regency(regency)
    name = _fits(name or f"Dispendukcapil {region.name}", "--name", _LONGEST_NAME)
    short_name = _short_name(short_name, region)
    hours = _hours(hours)
    found_at(
        settings.home, url, region.code, name=name, short_name=short_name, hours=hours, pickup=pickup, now=utc_now()
    )
    open_office(settings.home, settings.database_address).close()  # founded is what can be opened again
    _tell(region, name, settings.home)


def _refuse_a_second_office(url: URL, home: Path) -> None:
    state = database_state(url)
    if url.get_backend_name() == "sqlite" and (said := moved_away(Path(str(url.database)))):
        raise Refused(f"{said}. For another office set another KABAR_HOME")
    if state.regency is None:
        return
    read_key_file(home / "office.key")  # an office whose key is missing is a worse trouble: that is said instead
    raise Refused(
        f"there is an office here already: {state.name} ({state.regency}), in {home}; nothing was changed. "
        "For another office set another KABAR_HOME, and another KABAR_DATABASE_URL if you use one"
    )


def _fits(text: str, option: str, longest: int) -> str:
    text = " ".join(text.split())
    if not text or len(text) > longest:
        raise InputError(f"{option} must have 1 to {longest} characters, this has {len(text)}; write a shorter one")
    return text


def _hours(typed: str) -> str:
    text = _fits(typed, "--hours", _LONGEST_HOURS)
    try:
        return Hours.read(text).text
    except ValueError as error:
        raise InputError(f"--hours: {error}") from None


def _short_name(typed: str, region: Region) -> str:
    name = fold(" ".join(typed.split())) or f"Dukcapil {_bare_name(region)}"
    length = septets(name)
    if length is None:
        raise InputError("--short-name holds a character that an SMS has not; use plain letters")
    if length > _LONGEST_SHORT_NAME:
        raise InputError(
            f"'{name}' has {length} characters and an SMS has room for {_LONGEST_SHORT_NAME}; "
            'say how residents know you, as in --short-name "Dukcapil Jember"'
        )
    return name


def _bare_name(region: Region) -> str:
    """Bojonegoro; but Kab Malang and Kota Batu's like, where two offices would have the same name."""
    kind, _, bare = region.name.replace(" Administrasi", "").partition(" ")
    try:
        find_regency(bare)
    except KabarError:
        return f"{'Kab' if kind == 'Kabupaten' else kind} {bare}"
    return bare


def _tell(region: Region, name: str, home: Path) -> None:
    codes = [other.code for other in regions_of(region.code)]
    districts = sum(code.count(".") == 2 for code in codes)
    villages = sum(code.count(".") == 3 for code in codes)
    say(
        f"{name} ({region.code}) is founded: {counted(districts, 'district')}, {counted(villages, 'village')}, "
        f"time zone {timezone_of(region.code)}.",
        f"Home: {home.resolve()}",
        "",
        f"Copy {home / 'office.key'} now and keep the copy apart from the backups of the database: without it",
        "nobody can read the data, and with both of them anybody can.",
        "",
        "Next:",
        "  kabar import FILE     take the office's export in (--dry-run shows what it would do)",
        "  .env                  KABAR_TELEGRAM_TOKEN from @BotFather, and KABAR_TWILIO_… for SMS",
        "  kabar doctor          is everything ready?",
        "  kabar run             answer residents and send what is owed",
    )
