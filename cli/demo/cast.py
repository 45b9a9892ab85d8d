"""Who appears: chosen from the sample by what the story needs of them, not by name."""

import lzma
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from core.files import ExportRow, VillageNames, open_export
from core.questions.contacts import MOST_RESIDENTS_PER_ADDRESS
from core.regions import regions_of
from core.rules.siak import Siak, read_status

REGENCY = "35.22"
SAMPLE = "bojonegoro-2017-09.csv"

#: The village whose cards are printed in one go: small enough not to ask, large enough to be a village.
_FEWEST, _MOST = 20, 60

#: Who waits to be played by hand after the story, and at which status; recorded lately, so that nobody is stuck.
_PLAYERS = {
    "Bu Rini": Siak.PRINT_READY_RECORD,
    "Pak Slamet": Siak.SENT_FOR_ENROLLMENT,
    "Mbak Dewi": Siak.DUPLICATE_RECORD,
}
_LATELY = date(2017, 8, 15)


@dataclass(frozen=True, slots=True)
class Cast:
    """siti: links her Telegram. joko: only asks. wati: waits for a letter. villagers: Siti and her neighbours.

    by_phone: the consented phones of Siti's neighbours, and how many cards stand behind each.
    players: who does nothing in the story, each with a phone of their own.
    """

    siti: ExportRow
    joko: ExportRow
    wati: ExportRow
    villagers: tuple[ExportRow, ...]
    by_phone: dict[str, int]
    players: dict[str, ExportRow]

    @property
    def wati_phone(self) -> str:
        """The phone that she was chosen for."""
        return self.wati.phone or ""

    @property
    def family_phone(self) -> str:
        """The phone that most cards of Siti's village stand behind."""
        return max(self.by_phone, key=lambda phone: self.by_phone[phone])


def write_sample(folder: Path) -> Path:
    """Unpack the sample of 35,000 rows, as the office's export."""
    path = folder / SAMPLE
    packed = files("cli.demo").joinpath(f"{SAMPLE}.xz").read_bytes()
    path.write_bytes(lzma.decompress(packed))
    return path


def choose(path: Path) -> Cast:
    """Choose the people of the story from the export."""
    rows = [row for row in open_export(path, VillageNames(regions_of(REGENCY))) if isinstance(row, ExportRow)]
    seen = Counter(row.nik for row in rows)
    phones = Counter(row.phone for row in rows if row.phone)
    single = [row for row in rows if seen[row.nik] == 1]
    villages: dict[str, list[ExportRow]] = defaultdict(list)
    for row in single:
        if read_status(row.status) is Siak.PRINT_READY_RECORD:
            villages[row.village].append(row)
    villagers = next(people for people in villages.values() if _tells_a_story(people, phones))
    siti = next(row for row in villagers if _own_phone(row, phones))
    others = [row for row in single if row.village != siti.village]
    wati = next(row for row in others if _own_phone(row, phones) and read_status(row.status) is Siak.PROCESSING)
    joko = next(row for row in others if read_status(row.status) is Siak.PRINT_READY_RECORD and not row.phone)
    neighbours = (row for row in villagers if row is not siti)
    by_phone = dict(_reachable(neighbours, phones))
    return Cast(siti, joko, wati, tuple(villagers), by_phone, dict(_players(others, phones)))


def _players(people: list[ExportRow], phones: Counter[str]) -> Iterable[tuple[str, ExportRow]]:
    recent = [row for row in people if row.recorded_on and row.recorded_on >= _LATELY and _own_phone(row, phones)]
    for name, status in _PLAYERS.items():
        yield name, next(row for row in recent if read_status(row.status) is status)


def _tells_a_story(people: list[ExportRow], phones: Counter[str]) -> bool:
    """A village of a fair size, with a phone that a family shares and one that is somebody's own."""
    shared = any(cards > 1 for cards in _reachable(people, phones).values())
    return _FEWEST <= len(people) <= _MOST and shared and any(_own_phone(row, phones) for row in people)


def _own_phone(row: ExportRow, phones: Counter[str]) -> bool:
    return bool(row.phone and row.consent and row.receipt and phones[row.phone] == 1)


def _reachable(people: Iterable[ExportRow], phones: Counter[str]) -> Counter[str]:
    """Phones whose owner agreed, and which are not a clerk's."""
    return Counter(
        row.phone for row in people if row.phone and row.consent and phones[row.phone] <= MOST_RESIDENTS_PER_ADDRESS
    )
