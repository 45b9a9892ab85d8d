"""Making invitations at the command line: one with its link on the screen, or slips for many on paper.

A paper is drawn and written first, then its links are good, then it gets its name (cli/slip/file.py says why).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from cli.edge import OPERATOR, Here
from cli.progress import phase_bars
from cli.show import counted, say, screen
from cli.slip.file import check_place, finish, write_unfinished
from core.actions.invites import draw_invite_secret, invite
from core.errors import InputError, SetupError
from core.jobs.inviting import invite_many
from core.questions.official_list import villages_with_official
from core.questions.region_names import check_region, regions_within
from core.questions.regions import office_row, places
from core.rules.invites import REGION_LENGTH, invite_link
from core.rules.officials import INVITE_LASTS, Role
from core.wording import Wording
from core.wording.officials import invite_slip, last_day
from core.wording.places import region_name

Drawn = Sequence[tuple[str, str]]


def invite_one(here: Here, role: Role, region: str, *, pdf: Path | None, now: datetime) -> None:
    """A link, with its code on the screen or on a slip."""
    bot = bot_name(here)
    here.office.read(partial(check_region, role=role, region=region))
    secret = draw_invite_secret()
    unfinished = _write(here, role, [(region, secret)], bot=bot, pdf=pdf, now=now) if pdf else None
    try:
        made = here.office.write(partial(invite, role=role, region=region, secret=secret, now=now, by=OPERATOR))
    except BaseException:
        if unfinished:
            unfinished.unlink()
        raise
    where = here.office.read(partial(places, codes=[region]))[region]
    words = Wording(here.settings.wording)
    say(
        f"Invitation {made.id}: {role} official for {region} {region_name(words, where)}, good until "
        f"{last_day(words, made.expires_at, here.zone)}, for whoever opens it first."
    )
    if pdf and unfinished:
        finish(unfinished, pdf, what="invitation is good")
        say(f"Its slip is in {pdf}: hand it to the person.")
    else:
        link = invite_link(bot, secret)
        say("Hand this link to the person only; it cannot be shown again:", "", link, "")
        _show_code(link)
    say_who_confirms(here)


def invite_villages(here: Here, region: str, *, missing: bool, pdf: Path | None, dry_run: bool, now: datetime) -> None:
    """A slip for each village of a region, on A4 pages."""
    bot = bot_name(here)
    villages = sorted(here.office.read(partial(regions_within, region=region, role=Role.VILLAGE)))
    have = here.office.read(villages_with_official)
    wanted = [village for village in villages if not (missing and village in have)]
    if not wanted:
        raise InputError(f"there is no village to invite an official for in {region}; see: kabar official list")
    left_out = f", {len(villages) - len(wanted):,} left out that have an official" if missing else ""
    if dry_run:
        say(f"{counted(len(wanted), 'slip')} would be made{left_out}. Nothing was changed.")
        return
    if pdf is None:
        raise InputError("slips for villages are printed: give a file with --pdf FILE")
    drawn = [(village, draw_invite_secret()) for village in wanted]
    unfinished = _write(here, Role.VILLAGE, drawn, bot=bot, pdf=pdf, now=now)
    replaced = _make(here, drawn, now=now)
    finish(unfinished, pdf, what="invitations are good")
    say(f"{counted(len(wanted), 'slip')} made{left_out}: {pdf}. Each is good once, until {_last_day(here, now)}.")
    if replaced:
        say(f"{counted(replaced, 'earlier slip')} that nobody had opened {'is' if replaced == 1 else 'are'} void now.")
    say_who_confirms(here)


def bot_name(here: Here) -> str:
    """Return what Telegram calls the bot; raise SetupError while nobody here knows."""
    name = here.office.read(lambda session: office_row(session).bot_name)
    if not name:
        raise SetupError(
            "nobody here knows yet what Telegram calls the office's bot, so no link can be made: "
            "let kabar run reach Telegram once, then invite again"
        )
    return name


def region_for(here: Here, role: Role, region: str) -> str:
    """Return the region that was typed; who works for the whole office needs none."""
    if region:
        return region
    regency = here.office.read(lambda session: office_row(session).regency)
    if REGION_LENGTH[role] == len(regency):
        return regency
    raise InputError(
        f"for which {role}? Give its code with --region, as in --region 35.22.15; see: kabar official invite --help"
    )


def say_who_confirms(here: Here) -> None:
    """Nobody is bound by opening a link: say whose word it takes."""
    if here.settings.operators:
        say("Whoever opens it may do nothing until an operator of KABAR_OPERATORS presses Benar in the chat,")
        say("or until: kabar official list, then kabar official confirm ID.")
    else:
        say("Whoever opens it may do nothing until: kabar official list, then kabar official confirm ID")
        say("(KABAR_OPERATORS is empty, so nobody is asked in the chat).")


def _write(here: Here, role: Role, drawn: Drawn, *, bot: str, pdf: Path | None, now: datetime) -> Path:
    from cli.official.page import slips_pdf  # drawing takes 0.3 s to import: not for --help, nor a wrong code

    assert pdf is not None  # noqa: S101  # asked before
    check_place(pdf, option="--pdf")
    words, office = Wording(here.settings.wording), here.office.read(lambda session: office_row(session).name)
    where = here.office.read(partial(places, codes=[region for region, _ in drawn]))
    ends, zone, slips = now + INVITE_LASTS, here.zone, []
    for region, secret in drawn:
        link = invite_link(bot, secret)
        slip = invite_slip(words, role, where[region], office=office, link=link, expires_at=ends, zone=zone)
        slips.append((slip, link))
    with phase_bars() as progress:
        pdf_bytes = slips_pdf(slips, progress=lambda done: progress("slips", done, len(slips)))
    return write_unfinished(pdf_bytes, pdf.parent, prefix="undangan")


def _make(here: Here, drawn: Drawn, *, now: datetime) -> int:
    with phase_bars() as progress:
        return invite_many(
            here.office,
            Role.VILLAGE,
            drawn,
            now=now,
            by=OPERATOR,
            polite=here.polite,
            progress=lambda done: progress("links", done, len(drawn)),
        )


def _last_day(here: Here, now: datetime) -> str:
    return last_day(Wording(here.settings.wording), now + INVITE_LASTS, here.zone)


def _show_code(link: str) -> None:
    """Where somebody looks, not in a file."""
    console = screen()
    if console.is_terminal:
        from cli.official.qr import for_terminal, squares

        console.print(for_terminal(squares(link)))
