"""Blank cards: how many there are, and every movement of them."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Annotated

import typer

from cli.edge import OPERATOR, Here, opened, typed_date, utc_now
from cli.show import counted, facts, moment, say, table
from core.actions.blanks import count_blanks, move_blanks
from core.errors import InputError
from core.questions.blanks import Movement, Stock, movements_of_blanks, prints_outside_plans, stock_of_blanks
from core.store.words import BlankKind

_SHOWN = 10

app = typer.Typer(name="blanks", add_completion=False, rich_markup_mode="rich")

#: More than the country prints in a year: a slip of the finger, which a column may not hold.
MOST_BLANKS = 100_000_000

Number = Annotated[int, typer.Argument(metavar="N", min=1, max=MOST_BLANKS, help="how many")]
Day = Annotated[str, typer.Option(help="when it happened, as in 2026-12-31; else today")]
Everything = Annotated[bool, typer.Option("--all", help="every movement, and every print outside any plan")]


@app.callback(invoke_without_command=True)
def blanks(context: typer.Context, everything: Everything = False) -> None:
    """The stock of blank cards: received, promised to plans, used, spoiled.

    It is the sum of all movements. Printing outside a plan, by hand or
    known from an import, uses a blank as well and is listed.

    Examples:

      kabar blanks
      kabar blanks receive 4000
      kabar blanks adjust --to 3987
    """
    if context.invoked_subcommand is None:
        _show(everything=everything)


@app.command()
def show(everything: Everything = False) -> None:
    """The stock, what is free of it, and the last movements.

    Example:

      kabar blanks show --all
    """
    _show(everything=everything)


@app.command()
def receive(number: Number, day: Day = "") -> None:
    """Blanks came.

    Example:

      kabar blanks receive 4000 --day 2026-11-23
    """
    _move(BlankKind.RECEIVED, number, day, "received")


@app.command()
def spoil(number: Number, day: Day = "") -> None:
    """Blanks are unusable that no plan spoiled: torn, wet, a failed test print.

    What a plan spoiled is said there: kabar print done PLAN --spoiled 7

    Example:

      kabar blanks spoil 3
    """
    _move(BlankKind.SPOILED, number, day, "spoiled")


@app.command(context_settings={"ignore_unknown_options": True})
def adjust(
    number: Annotated[
        int | None, typer.Argument(metavar="N", min=-MOST_BLANKS, max=MOST_BLANKS, help="5 more, or -5: five fewer")
    ] = None,
    to: Annotated[
        int | None, typer.Option(min=0, max=MOST_BLANKS, help="what was counted: the stock becomes that")
    ] = None,
    day: Day = "",
) -> None:
    """Put the stock right after counting.

    Examples:

      kabar blanks adjust --to 3987
      kabar blanks adjust -13
    """
    if (number is None) is (to is None):
        raise InputError("give either the difference, as in kabar blanks adjust -13, or --to what was counted")
    if number is not None:
        _move(BlankKind.ADJUSTED, number, day, "adjusted")
        return
    with opened() as here:
        counted_now = to or 0
        act = partial(count_blanks, counted=counted_now, day=_day(here, day), now=utc_now(), by=OPERATOR)
        difference = here.office.write(act)
    if not difference:
        say(f"The stock agrees: {counted(counted_now, 'blank')}.")
    else:
        word = "more" if difference > 0 else "fewer"
        say(f"The stock is {counted(counted_now, 'blank')} now: {abs(difference):,} {word} than was noted.")


def _move(kind: BlankKind, number: int, day: str, word: str) -> None:
    with opened() as here:
        act = partial(move_blanks, kind=kind, blanks=number, day=_day(here, day), now=utc_now(), by=OPERATOR)
        here.office.write(act)
        stock = here.office.read(stock_of_blanks)
    say(f"{number:,} {'blank' if abs(number) == 1 else 'blanks'} {word}.")
    _show_stock(stock)


def _day(here: Here, word: str) -> date:
    today = utc_now().astimezone(here.zone).date()
    day = typed_date(word) or today
    if day > today:
        raise InputError(f"{day} is still to come; give the day on which it happened")
    return day


def _show(*, everything: bool) -> None:
    most = None if everything else _SHOWN
    with opened() as here:
        stock, zone = here.office.read(stock_of_blanks), here.zone
        last = here.office.read(partial(movements_of_blanks, most=most))
        outside = here.office.read(partial(movements_of_blanks, most=most, outside=True))
        number = here.office.read(prints_outside_plans)
    _show_stock(stock)
    columns = ("day", "what", "blanks#", "plan#", "noted", "by")

    def rows(movements: Sequence[Movement]) -> list[Sequence[object]]:
        return [
            (one.day, one.kind, f"{one.quantity:+,}", one.plan_id, moment(one.at, zone), one.by) for one in movements
        ]

    if last:
        table(columns, rows(last), title="movements, the newest first")
    if outside:
        title = f"{counted(number, 'card')} printed outside any plan"
        table(columns, rows(outside), title=f"{title}, the newest first")


def _show_stock(stock: Stock) -> None:
    if not stock.is_kept:
        say("No blank was ever noted as received; begin with: kabar blanks receive N")
    facts((("stock", stock.stock), ("promised to open plans", stock.promised), ("free", stock.free)))
    if stock.is_kept and stock.stock < 0:
        say(f"! THE STOCK IS {-stock.stock:,} BELOW NOTHING: more was printed than was ever noted as received.")
        say("  Count what is there, then: kabar blanks adjust --to N")
    elif stock.is_kept and stock.free < 0:
        say(f"! open plans hold {-stock.free:,} more than there are; receive some, or: kabar print cancel PLAN")
