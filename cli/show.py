"""What the operator sees: plain lines and tables, the same when they are piped, only without colours."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

#: Wide enough for every table here, so that a line that is piped stays one line.
_PIPED_WIDTH = 160


def screen(*, stderr: bool = False) -> Console:
    """A console on the stream of this moment."""
    console = Console(stderr=stderr, highlight=False, markup=False)
    if not console.is_terminal:
        console.width = _PIPED_WIDTH
    return console


def say(*lines: str) -> None:
    """Print lines as they are: never wrapped, never read as markup."""
    for line in lines:
        screen().print(line, soft_wrap=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "") -> None:
    """Print a table; a column whose name ends in # is a number's. None is shown as a dash."""
    grid = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        grid.add_column(column.rstrip("#"), justify="right" if column.endswith("#") else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text(shown(cell)) for cell in row))
    screen().print(grid)


def facts(pairs: Iterable[tuple[str, object]]) -> None:
    """Print names and values below one another; those without a value are left out."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in pairs:
        if value not in (None, "", ()):
            grid.add_row(Text(name), Text(shown(value)))
    screen().print(grid)


def shown(value: object) -> str:
    """A value as it stands in a table."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def moment(at: datetime | None, zone: ZoneInfo) -> str | None:
    """A moment in the office's zone, to the second."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S") if at else None


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 notice, 2 notices, 35,000 rows."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(counts: Iterable[tuple[object, int]]) -> str:
    """12 telegram, 3 sms; nothing is "none"."""
    return ", ".join(f"{number:,} {word}" for word, number in counts if number) or "none"
