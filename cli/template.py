"""An empty file to fill, for an office whose own system exports none."""

from pathlib import Path
from typing import Annotated

import typer

from cli.show import say
from core.errors import InputError, Refused
from core.files.templates import LIST_SHEET, TEMPLATES, write_template


def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"one of: {', '.join(TEMPLATES)}")],
    to: Annotated[Path | None, typer.Option(help="the file to write; else kabar-KIND here")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV, for a program; people should fill the XLSX")] = False,
) -> None:
    """Write an empty file to fill.

    KIND is the list: import for an export of cards, or arrivals, handovers,
    letters, blanks. The columns are text already, so that no digit of a NIK
    is lost; what they mean stands on a second sheet. A file that is there is
    never replaced.

    Examples:

      kabar template import
      kabar template letters
      kabar template import --to september.xlsx
      kabar template import --csv
    """
    if kind not in TEMPLATES:
        raise InputError(f"there is no template of that kind; the kinds are: {', '.join(TEMPLATES)}")
    path = to or Path(f"kabar-{kind}.{'csv' if as_csv else 'xlsx'}")
    if path.exists():
        raise Refused(f"{path.name} is there already, maybe filled; take another name with --to, or remove it")
    write_template(TEMPLATES[kind], path, as_csv=as_csv)
    where = "below its header" if as_csv else f"on its sheet {LIST_SHEET}"
    say(f"{path} is written: fill it {where}, then: kabar {TEMPLATES[kind].command} {path}")
