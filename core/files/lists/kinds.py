"""The kinds of list besides an export, and how each is opened."""

from enum import StrEnum
from pathlib import Path
from typing import Any

from core.files.columns import Vocabulary
from core.files.lists import arrivals, blanks, handovers, letters
from core.files.lists.list_file import ListFile, check_file


class ListKind(StrEnum):
    ARRIVALS = "arrivals"
    HANDOVERS = "handovers"
    LETTERS = "letters"
    BLANKS = "blanks"


_OPENED: dict[ListKind, tuple[Any, ...]] = {
    ListKind.ARRIVALS: (arrivals.VOCABULARY, arrivals.Column.NIK, arrivals.read_arrival),
    ListKind.HANDOVERS: (handovers.VOCABULARY, handovers.Column.NIK, handovers.read_handover),
    ListKind.LETTERS: (letters.VOCABULARY, letters.Column.NIK, letters.read_letter),
    ListKind.BLANKS: (blanks.VOCABULARY, None, blanks.read_blanks),
}


def vocabulary_of(kind: ListKind) -> Vocabulary[Any]:
    """The columns of this kind."""
    known: Vocabulary[Any] = _OPENED[kind][0]
    return known


def open_list(kind: ListKind, path: Path, *, sheet: str | None = None) -> ListFile[Any, Any]:
    """Open a list; says plainly what is wrong if there is none. sheet: a workbook's, by name or number."""
    check_file(path)
    return ListFile(path, *_OPENED[kind], sheet=sheet)
