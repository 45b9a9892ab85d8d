"""Who appears in a story, and how the story finds them in its office's lists."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.files import ExportRow, VillageNames, open_export
from core.questions.contacts import MOST_RESIDENTS_PER_ADDRESS
from core.regions import regions_of
from core.rules.officials import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An official to be played after the story. coming: whose cards are in the box on its way to her region."""

    name: str
    role: Role
    region: str
    coming: tuple[ExportRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody by what the page calls them.

    people: who has a part. chats: who of them is on Telegram. phones: where SMS are shown, by number.
    players: who does nothing in the story and waits to be played by hand, each with a phone of their own.
    posting: the official who waits to be played.
    """

    people: Mapping[str, ExportRow]
    chats: tuple[str, ...]
    phones: Mapping[str, str]
    players: Mapping[str, ExportRow]
    posting: Posting | None = None


def rows_of(path: Path, regency: str) -> list[ExportRow]:
    """Return the rows of a list that an import takes in."""
    return [row for row in open_export(path, VillageNames(regions_of(regency))) if isinstance(row, ExportRow)]


def cards_by_phone(people: Iterable[ExportRow], phones: Counter[str]) -> Counter[str]:
    """Return how many of these cards stand behind each phone whose owner agreed, and which is not a clerk's.

    phones: how many rows of the whole list name each.
    """
    return Counter(
        row.phone for row in people if row.phone and row.consent and phones[row.phone] <= MOST_RESIDENTS_PER_ADDRESS
    )
