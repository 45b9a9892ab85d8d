"""Posters for village halls: how residents ask, and how they tell our messages from a swindler's."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.edge import Here, opened
from cli.progress import phase_bars
from cli.show import counted, say
from cli.slip.file import check_place, finish, write_unfinished
from core.errors import NotFound, Refused, SetupError
from core.questions.regions import example_village, office_row, office_words, pickup_of, places, village_codes
from core.wording import Wording
from core.wording.posters import poster_text


class All(StrEnum):
    """For whom many posters are made at once."""

    VILLAGES = "villages"


def poster(
    region: Annotated[
        str | None, typer.Option(help="code of a village or district, or of the regency for one of the office's own")
    ] = None,
    many: Annotated[All | None, typer.Option("--all", help="a page for every village, in one file")] = None,
    pdf: Annotated[Path | None, typer.Option(help="where to write it", show_default="poster-REGION.pdf")] = None,
) -> None:
    """Make a poster of one A4 page: how to ask, how to tell a genuine message, where and when cards are handed over.

    Black on white, with a QR code that opens the office's bot; it says
    that everything is GRATIS, and nobody's data is on it.

    Examples:

      kabar poster --region 35.22.15.2003
      kabar poster --region 35.22 --pdf kantor.pdf
      kabar poster --all villages
    """
    if (region is None) == (many is None):
        raise Refused("say for whom: either --region with a code, or --all villages")
    with opened() as here:
        codes = [region] if region else here.office.read(village_codes)
        place = pdf or Path(f"poster-{region or 'all-villages'}.pdf")
        check_place(place, option="--pdf")
        unfinished = write_unfinished(_draw(here, codes), place.parent, prefix="poster")
    finish(unfinished, place, what="poster is drawn")
    say(f"{counted(len(codes), 'poster')} made: {place}. Print it as it is, on A4; it needs no colours.")


def _draw(here: Here, codes: list[str]) -> bytes:
    from cli.poster.page import Posters  # drawing takes 0.3 s to import: not for --help, nor a wrong code

    office, bot = here.office.read(lambda session: (office_row(session).name, office_row(session).bot_name))
    if not bot:
        raise SetupError(
            "a poster needs what Telegram calls the office's bot, and nobody here knows it yet: "
            "let kabar run reach Telegram once, then make the poster again"
        )
    wording, hours = Wording(here.settings.wording), here.settings.office_hours
    words, found, pickups, example = here.office.read(
        lambda session: (
            office_words(session, hours),
            places(session, codes),
            pickup_of(session, codes),
            example_village(session),
        )
    )
    posters = Posters(title=wording.text("poster-title"), author=office, link=f"https://t.me/{bot}")
    with phase_bars() as report:
        for done, code in enumerate(codes, start=1):
            if code not in found:
                raise NotFound(f"{code} is no region of this office; give a code like {example}")
            posters.add(
                poster_text(
                    wording,
                    words,
                    region=found[code],
                    pickup=pickups[code],
                    bot=bot,
                    address=here.settings.office_address,
                )
            )
            report("drawing", done, len(codes))
    return posters.end()
