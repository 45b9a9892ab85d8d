"""Who appears: chosen from the sample by what the story needs of them, not by name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cli.demo.cast import Cast, Posting, cards_by_phone, rows_of
from cli.demo.samples import BOJONEGORO, unpack
from cli.demo.stories.bojonegoro.turns import A_DAYS_PRINTS, PRINT_DAYS, before, printed_in_turn, waiting
from cli.demo.stories.story import OfficeList
from core.files import ExportRow
from core.rules.officials import Role
from core.rules.siak import Siak, read_status

REGENCY = "35.22"
SITI, JOKO, WATI, FAMILY, RINA = "Ibu Siti", "Pak Joko", "Ibu Wati", "Keluarga sedesa", "Bu Rina"

#: The village whose cards are printed in one go: small enough not to ask, large enough to be a village.
_FEWEST, _MOST = 20, 60

#: Who waits to be played by hand after the story, and at which status; recorded lately, so that nobody is stuck.
_PLAYERS = {
    "Bu Rini": Siak.PRINT_READY_RECORD,
    "Pak Slamet": Siak.SENT_FOR_ENROLLMENT,
    "Mbak Dewi": Siak.DUPLICATE_RECORD,
}
#: Before the print queue, and nothing wrong.
_AT_THE_CENTRE = {Siak.BIO_CAPTURED, Siak.PROCESSING, Siak.SENT_FOR_ENROLLMENT}
_LATELY = date(2017, 8, 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class BojonegoroCast(Cast):
    """Siti links her Telegram, Joko only asks, Wati waits for a letter. villagers: Siti and her neighbours.

    by_phone: the consented phones of Siti's neighbours, and how many cards stand behind each; first_by_phone: of whom
    the first day prints. boxed: whose cards are in the village's box, told: who of them agreed to SMS.
    before_joko: how many are printed before him after the week, by arithmetic on the export alone.
    """

    villagers: tuple[ExportRow, ...]
    by_phone: Mapping[str, int]
    first_by_phone: Mapping[str, int]
    boxed: tuple[ExportRow, ...]
    told: tuple[ExportRow, ...]
    before_joko: int


def lists(folder: Path) -> Sequence[OfficeList]:
    """The office's export of 35,000 rows; its day is in its title."""
    return [OfficeList(unpack(BOJONEGORO, folder))]


def choose(taken_in: Sequence[OfficeList]) -> BojonegoroCast:
    """Choose the people of the story from the export."""
    rows = rows_of(taken_in[0].path, REGENCY)
    seen = Counter(row.nik for row in rows)
    phones = Counter(row.phone for row in rows if row.phone)
    single = [row for row in rows if seen[row.nik] == 1]
    queue, in_turn = waiting(single), printed_in_turn(single)
    others = _but(single, in_turn)
    villages: dict[str, list[ExportRow]] = defaultdict(list)
    for row in others:
        if read_status(row.status) is Siak.PRINT_READY_RECORD:
            villages[row.village].append(row)
    villagers = next(people for people in villages.values() if _tells_a_story(people, phones))
    siti = next(row for row in villagers if _own_phone(row, phones))
    others = [row for row in others if row.village != siti.village]
    wati = next(row for row in others if _own_phone(row, phones) and read_status(row.status) is Siak.PROCESSING)
    joko = next(row for row in others if read_status(row.status) is Siak.PRINT_READY_RECORD and not row.phone)
    by_phone = cards_by_phone((row for row in villagers if row is not siti), phones)
    printed = (row for row in single if read_status(row.status) is Siak.CARD_PRINTED)
    boxed = [row for row in (*villagers, *in_turn, *printed) if row.village == siti.village]
    return BojonegoroCast(
        people={SITI: siti, JOKO: joko, WATI: wati},
        chats=(SITI, JOKO),
        phones={FAMILY: max(by_phone, key=lambda phone: by_phone[phone]), WATI: wati.phone or ""},
        players=dict(_players(others, phones)),
        posting=Posting(name=RINA, role=Role.VILLAGE, region=siti.village, coming=_coming(single, siti.village)),
        villagers=tuple(villagers),
        by_phone=by_phone,
        first_by_phone=cards_by_phone(in_turn[:A_DAYS_PRINTS], phones),
        boxed=tuple(boxed),
        told=tuple(row for row in boxed if row is not siti and cards_by_phone([row], phones)),
        before_joko=before(joko, queue, in_turn, PRINT_DAYS[-1]),
    )


def _but(rows: list[ExportRow], others: list[ExportRow]) -> list[ExportRow]:
    numbers = {row.number for row in others}
    return [row for row in rows if row.number not in numbers]


def _players(people: list[ExportRow], phones: Counter[str]) -> Iterable[tuple[str, ExportRow]]:
    recent = [row for row in people if row.recorded_on and row.recorded_on >= _LATELY and _own_phone(row, phones)]
    for name, status in _PLAYERS.items():
        yield name, next(row for row in recent if read_status(row.status) is status)


def _coming(rows: list[ExportRow], village: str) -> tuple[ExportRow, ...]:
    """Whose data was on its way through the centre during the story."""
    return tuple(row for row in rows if row.village == village and read_status(row.status) in _AT_THE_CENTRE)


def _tells_a_story(people: list[ExportRow], phones: Counter[str]) -> bool:
    """A village of a fair size, with a phone that a family shares and one that is somebody's own."""
    shared = any(cards > 1 for cards in cards_by_phone(people, phones).values())
    return _FEWEST <= len(people) <= _MOST and shared and any(_own_phone(row, phones) for row in people)


def _own_phone(row: ExportRow, phones: Counter[str]) -> bool:
    return bool(row.phone and row.consent and row.receipt and phones[row.phone] == 1)
