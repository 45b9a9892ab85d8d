"""Printing a slip: drawn and written first, then in force, then a finished file (see file.py for why)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cli.edge import OPERATOR, Here
from cli.slip.file import check_place, finish, write_unfinished
from cli.slip.page import slip_pdf
from cli.slip.paper import Paper
from core.actions.slips import SlipSecrets, make_slip
from core.questions.regions import office_row
from core.wording import Wording
from core.wording.slips import slip_text


@dataclass(frozen=True, slots=True)
class Printed:
    """Where the paper is, and whether it has a QR code: without the bot's name there is no link."""

    place: Path
    has_qr: bool


def print_slip(
    here: Here, nik: str, drawn: SlipSecrets, *, paper: Paper, output: Path | None, now: datetime
) -> Printed:
    """Make the slip and its PDF. output: None for a file of its own in the current folder; none is overwritten."""
    today = now.astimezone(here.zone).date()
    if output is not None:
        check_place(output)
    office, bot = here.office.read(lambda session: (office_row(session).name, office_row(session).bot_name or None))
    text = slip_text(Wording(here.settings.wording), office=office, code=drawn.code, bot=bot, made_on=today)
    link = f"https://t.me/{bot}?start=r_{drawn.link}" if bot else None
    unfinished = write_unfinished(slip_pdf(text, link=link, paper=paper), output.parent if output else Path())
    try:
        slip_id = here.office.write(lambda session: make_slip(session, nik, drawn, now=now, by=OPERATOR).id)
    except Exception:
        unfinished.unlink()
        raise
    place = output or Path(f"slip-{today}-{slip_id}.pdf")
    finish(unfinished, place)
    return Printed(place, has_qr=link is not None)
