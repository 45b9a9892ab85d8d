"""Printing a receipt: a code to type and a QR code to scan, which prove whose card it is."""

from pathlib import Path
from typing import Annotated

import typer

from cli.edge import opened, typed_nik, utc_now
from cli.show import say
from cli.slip.paper import Paper
from core.actions.slips import draw_secrets
from core.rules.nik import mask
from core.rules.receipt import TAIL


def receipt(
    nik: Annotated[str, typer.Argument(help="16 digits, or - to read it from standard input")],
    paper: Annotated[Paper, typer.Option(help="a thermal printer's roll, or a sheet")] = Paper.ROLL,
    output: Annotated[Path | None, typer.Option(help="where to write the PDF", show_default="slip-DATE-ID.pdf")] = None,
) -> None:
    """Make a receipt for a card that is still awaited, and a PDF of it to print.

    For whoever has shown her KK at the counter. On it are a code and a QR
    code, no name and no NIK; the sentence printed here says whose it is.
    From then on every earlier receipt of this card proves nothing.

    Examples:

      kabar receipt -
      kabar receipt 3522990101800001 --paper a6 --output resi.pdf
    """
    nik, drawn = typed_nik(nik), draw_secrets()
    with opened() as here:
        from cli.slip.printing import print_slip  # drawing takes 0.3 s to import: not for --help, nor a wrong NIK

        printed = print_slip(here, nik, drawn, paper=paper, output=output, now=utc_now())
    say(
        f"1 slip made: {printed.place} ({paper}) for {mask(nik)}. Our messages about this card mention "
        f"{drawn.code[-TAIL:]} from now on, and every earlier receipt of it proves nothing."
    )
    if not printed.has_qr:
        say(
            "It has no QR code, because nobody here knows yet what Telegram calls the office's bot: "
            "let kabar run reach Telegram once, then make the slip again."
        )
