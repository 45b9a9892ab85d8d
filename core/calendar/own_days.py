"""The office's own list of closed days: a line each, `28/12/2026, Pindah kantor`, the day first or the year first.

A line that begins with - opens the office after all on a day that the holidays close; + may begin any other.
Empty lines, lines that begin with #, and a header are passed over. One bad line refuses the file: a day that is
missing would send people to a closed door.
"""

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

from core.errors import SetupError
from core.files.dates import DateError, read_date
from core.rules.calendar import ClosedDay

_LONGEST_NAME = 60
_HEADERS = frozenset({"date", "tanggal", "tgl"})
_SEPARATOR = re.compile(r"[,;\t]")
_SIGNS = "+-\u2212"


def read_own_days(path: Path, *, national: Collection[date]) -> tuple[dict[date, ClosedDay], set[date]]:
    """Return the days that the list closes and those that it opens; SetupError names every bad line and its fix."""
    closes: dict[date, ClosedDay] = {}
    opens: set[date] = set()
    faults = []
    for number, line in enumerate(_lines(path), start=1):
        first, name = _cells(line)
        if not first or first.startswith("#") or first.lower() in _HEADERS:
            continue
        try:
            day = read_date(first.lstrip(_SIGNS).strip())
            if day in closes or day in opens:
                raise ValueError("this day stands here twice; keep one of the two lines")
            if first.startswith("+") or first[0] not in _SIGNS:
                closes[day] = ClosedDay(_checked(name))
            elif day in national:
                opens.add(day)
            else:
                raise ValueError("this day is no holiday, so there is nothing to open; take the line out")
        except DateError as error:
            faults.append(f"line {number}: {error.reason}; {error.fix}")
        except ValueError as error:
            faults.append(f"line {number}: {error}")
    if faults:
        raise SetupError(f"KABAR_CLOSED_DAYS, {path}: {'; '.join(faults)}")
    return closes, opens


def _lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SetupError(f"KABAR_CLOSED_DAYS, {path}: it cannot be read ({error.strerror}); check the path") from None
    try:
        return content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:  # as a spreadsheet on Windows saves it
        return content.decode("windows-1252", errors="replace").splitlines()


def _cells(line: str) -> tuple[str, str]:
    first, *rest = (cell.strip().strip('"').strip() for cell in _SEPARATOR.split(line.strip(), maxsplit=1))
    return first, rest[0] if rest else ""


def _checked(name: str) -> str:
    """The reason, as residents read it."""
    if not 0 < len(name) <= _LONGEST_NAME:
        raise ValueError(f"the reason must have 1 to {_LONGEST_NAME} characters; write: 28/12/2026, Pindah kantor")
    return name
