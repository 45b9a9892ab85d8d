"""Officials: invite, confirm, suspend, remove, and see who may act in the chat."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot.officials.news import News
from cli.edge import OPERATOR, Here, can_ask, opened, utc_now
from cli.official.inviting import invite_one, invite_villages, region_for
from cli.show import counted, listed, moment, say, table
from core.actions.invites import void_invite
from core.actions.showing_officials import show_officials
from core.errors import InputError, NotFound
from core.questions.official_list import OfficialLine, Standing, official_line, official_lines, open_invites
from core.questions.regions import office_row, office_words, places
from core.rules.officials import Role
from core.wording import Wording
from core.wording.places import region_name
from core.wording.wordings import Wordings

ASKS_FIRST = 3

app = typer.Typer(
    name="official",
    help="Who may act for the office in the chat: village, district, office, head; each within its region.\n\n"
    "Example:\n\n  kabar official invite --role village --region 35.22.15.2003",
    add_completion=False,
    rich_markup_mode="rich",
)

Id = Annotated[int, typer.Argument(metavar="ID", help="the number that kabar official list shows")]


class Every(StrEnum):
    """Whom one command invites many of."""

    VILLAGES = "villages"


@app.command("invite")
def invite(
    role: Annotated[Role, typer.Option(help="what she may do; head may let many be told of a stop alone")],
    region: Annotated[str, typer.Option(metavar="CODE", help="where; office and head need none")] = "",
    every: Annotated[Every | None, typer.Option("--all", help="a slip for each village of the region")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="with --all: only villages without an official")] = False,
    pdf: Annotated[
        Path | None, typer.Option(metavar="FILE", help="as slips to print, instead of on the screen")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="with --all: only say how many")] = False,
) -> None:
    """Make a one-time link that is good for 7 days; whoever opens it is bound only once that is confirmed.

    The link is shown once: what is kept of it cannot be read back. With
    --all villages every village of the region gets a slip with its name and
    a QR code, eight on a page; what was printed for them before and nobody
    opened is void from then on.

    Examples:

      kabar official invite --role village --region 35.22.15.2003
      kabar official invite --role district --region 35.22.15 --pdf camat.pdf
      kabar official invite --role office
      kabar official invite --role village --all villages --pdf undangan.pdf
      kabar official invite --role village --all villages --missing --pdf 2.pdf
    """
    if every is None and (missing or dry_run):
        raise InputError("--missing and --dry-run belong to --all villages; see: kabar official invite --help")
    if every is not None and role is not Role.VILLAGE:
        raise InputError("--all villages invites village officials: give --role village")
    with opened() as here:
        if every is None:
            invite_one(here, role, region_for(here, role, region), pdf=pdf, now=utc_now())
        else:
            whole = region or here.office.read(lambda session: office_row(session).regency)
            invite_villages(here, _known(here, whole), missing=missing, pdf=pdf, dry_run=dry_run, now=utc_now())


@app.command("list")
def list_(
    region: Annotated[str, typer.Option(metavar="CODE", help="only within this district or village")] = "",
    all_: Annotated[bool, typer.Option("--all", help="also those who are no officials any more")] = False,
) -> None:
    """Show the officials, with what Telegram calls each; that it was shown is noted.

    Examples:

      kabar official list
      kabar official list --region 35.22.15 --all
    """
    with opened() as here:
        where = _known(here, region) if region else here.office.read(lambda session: office_row(session).regency)
        lines = here.office.read(partial(official_lines, region=where, removed=all_))
        names = here.office.write(
            partial(show_officials, official_ids=[line.id for line in lines], now=utc_now(), by=OPERATOR)
        )
        areas = _areas(here, [line.region for line in lines])
        zone = here.zone
    counts = [(standing, sum(line.standing is standing for line in lines)) for standing in Standing]
    say(f"Officials: {listed(counts)}.")
    if lines:
        columns = ("id#", "role", "region", "stands", "since", "Telegram's name for her", "invited by")
        table(
            columns, [(*_row(line, areas), moment(line.since, zone), names[line.id], line.invited_by) for line in lines]
        )
    if any(line.standing is Standing.WAITING for line in lines):
        say("Make sure that it is the right person, then: kabar official confirm ID (or refuse ID)")


@app.command()
def confirm(official_id: Id) -> None:
    """Say that the right person opened the link: she may act from now on, and is told.

    Example:

      kabar official confirm 3
    """
    _change(official_id, News.confirm, "may act now, and is told", "was confirmed before")


@app.command()
def refuse(official_id: Id) -> None:
    """Say that it was somebody else who opened the link; it is used up.

    Example:

      kabar official refuse 3
    """
    _change(
        official_id, News.refuse, "is refused; to invite again: kabar official invite", "was refused or removed before"
    )


@app.command()
def suspend(official_id: Id) -> None:
    """Let an official do nothing until she is back; what she proposed is withdrawn.

    Example:

      kabar official suspend 3
    """
    done = "is suspended at once, and is told; to take it back: kabar official back ID"
    _change(official_id, News.suspend, done, "was suspended before")


@app.command()
def back(official_id: Id) -> None:
    """Take a suspension back.

    Example:

      kabar official back 3
    """
    _change(official_id, News.take_back, "may act again, and is told", "is not suspended")


@app.command()
def remove(
    official_id: Id, yes: Annotated[bool, typer.Option("--yes", help="yes, though it is final")] = False
) -> None:
    """Let an official do nothing any more, for good.

    At once, in the middle of a conversation too. What she proposed and
    nobody agreed to is withdrawn, and the links that she handed out are void.
    It shows whom it is about and waits for --yes (exit code 3).
    To stop her for a while only: kabar official suspend

    Example:

      kabar official remove 3 --yes
    """
    with opened() as here:
        line = here.office.read(partial(official_line, official_id=official_id))
        if line.standing is not Standing.REMOVED and not yes:
            _ask(here, line)
    _change(official_id, News.remove, "is no official any more, and is told", "was removed before")


@app.command()
def invites() -> None:
    """Show the invitations that may still be opened.

    Example:

      kabar official invites
    """
    with opened() as here:
        lines = here.office.read(partial(open_invites, now=utc_now()))
        areas, zone = _areas(here, [line.region for line in lines]), here.zone
    say(f"{counted(len(lines), 'invitation')} may still be opened.")
    if lines:
        columns = ("id#", "role", "region", "made", "good until", "by")
        table(
            columns,
            [
                (
                    str(one.id),
                    one.role,
                    areas[one.region],
                    moment(one.made_at, zone),
                    moment(one.expires_at, zone),
                    one.made_by,
                )
                for one in lines
            ],
        )
        say("To take one back: kabar official void ID")


@app.command()
def void(
    invite_id: Annotated[int, typer.Argument(metavar="ID", help="the number that kabar official invites shows")],
) -> None:
    """Take an invitation back that nobody opened.

    Example:

      kabar official void 12
    """
    with opened() as here:
        changed = here.office.write(partial(void_invite, invite_id=invite_id, now=utc_now(), by=OPERATOR))
    say(f"Invitation {invite_id} {'is' if changed else 'was'} void{'' if changed else ' before'}.")


def _change(official_id: int, act: Callable[..., bool], done: str, already: str) -> None:
    now: datetime = utc_now()
    with opened() as here:
        words = here.office.read(partial(office_words, hours=here.settings.office_hours))
        news = News(Wordings(here.settings.wording), words)
        changed = here.office.write(partial(act, news, official_id=official_id, now=now, by=OPERATOR))
        line = here.office.read(partial(official_line, official_id=official_id))
        areas = _areas(here, [line.region])
    who = f"Official {official_id} ({line.role}, {areas[line.region]})"
    say(f"{who} {done.replace('ID', str(official_id)) if changed else already}.")


def _ask(here: Here, line: OfficialLine) -> None:
    area = _areas(here, [line.region])[line.region]
    say(f"To remove is final: official {line.id}, {line.role}, {area}, {line.standing}.")
    if can_ask() and typer.confirm("Remove her?", err=True):
        return
    say("", f"Nothing was changed. Run it again with --yes, or for a while: kabar official suspend {line.id}")
    raise typer.Exit(ASKS_FIRST)


def _row(line: OfficialLine, areas: dict[str, str]) -> tuple[object, ...]:
    return str(line.id), line.role, areas[line.region], line.standing


def _areas(here: Here, regions: list[str]) -> dict[str, str]:
    words = Wording(here.settings.wording)
    found = here.office.read(partial(places, codes=regions))
    return {code: f"{code} {region_name(words, where)}" for code, where in found.items()}


def _known(here: Here, region: str) -> str:
    if region not in here.office.read(partial(places, codes=[region])):
        raise NotFound(f"{region} is not a region of this office; write a code like 35.22.15 or 35.22.15.2003")
    return region
