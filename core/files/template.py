"""What an empty list to fill is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

#: The sheet that explains the columns.
NOTES_SHEET = "Petunjuk"


@dataclass(frozen=True, slots=True)
class Template:
    """notes: what each column is for, by header. words: what a column offers. lengths: how long its cells must be.

    one_row: what one row is for. command: what takes the filled file.
    """

    notes: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    lengths: Mapping[str, int]
    one_row: str = "satu KTP-el"
    command: str = "import"
