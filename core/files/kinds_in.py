"""What a file lists, told by its columns, where nobody says it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from core.errors import InputError, NotFound
from core.files.columns import CARDS, Vocabulary
from core.files.detect import table_in
from core.files.header import Header
from core.files.lists import arrivals
from core.files.lists.kinds import ListKind, vocabulary_of
from core.files.sheets import sheet_with_list
from core.files.workbook import OLE_START, ZIP_START, sheets_of

#: An export of cards, beside the kinds of ListKind.
CARD_EXPORT = "cards"
KINDS = (CARD_EXPORT, *ListKind)

_Find = Callable[[Vocabulary[Any]], tuple[Any, Header[Any]]]


def known_columns(kind: str) -> Vocabulary[Any]:
    """The columns of a kind of list."""
    return CARDS if kind == CARD_EXPORT else vocabulary_of(ListKind(kind))


def kinds_in(path: Path) -> tuple[list[str], bool]:
    """Return what the file may list, and whether that is sure; InputError where it is no list of any kind.

    An arrival is said with a NIK alone, so that any list of people reads as one: it is sure by a column of its own.
    """
    find = _finder(path)
    found: dict[str, Header[Any]] = {}
    said: list[str] = []
    for kind in KINDS:
        try:
            _, found[kind] = find(known_columns(kind))
        except (InputError, NotFound) as error:
            said.append(str(error))
    if not found:
        # What is wrong with the file itself says more than which columns some kind would need.
        raise InputError(next((one for one in said if "column headed" not in one), said[0]))
    others = [kind for kind in found if kind != ListKind.ARRIVALS]
    if others:
        return others, len(others) == 1
    own = {arrivals.Column.ON, arrivals.Column.BOX} & found[ListKind.ARRIVALS].columns.keys()
    return [ListKind.ARRIVALS], bool(own)


def _finder(path: Path) -> _Find:
    """A workbook is unfolded once for all kinds."""
    with path.open("rb") as file:
        begins = file.read(len(OLE_START))
    if begins.startswith((ZIP_START, OLE_START)):
        return partial(_sheet, path.name, sheets_of(path))
    return partial(table_in, path, sheet=None)


def _sheet(name: str, sheets: Any, known: Vocabulary[Any]) -> tuple[Any, Header[Any]]:
    return sheet_with_list(name, sheets, known, wanted=None)
