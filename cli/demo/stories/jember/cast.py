"""Who appears: from the sample who waits for the centre, from the older list who waits for a print."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cli.demo.cast import Cast, Posting, rows_of
from cli.demo.samples import JEMBER, unpack
from cli.demo.stories.exports import write_export
from cli.demo.stories.jember.older import FAMILY_PHONE, write_older
from cli.demo.stories.story import OfficeList
from core.files import ExportRow
from core.rules.officials import Role
from core.rules.siak import Siak

REGENCY = "35.09"
RUDI, RINI, LASTRI, NING = "Mas Rudi", "Bu Rini", "Bu Lastri", "Mbak Ning"
UMAR, HADI, FAMILY, RINA = "Pak Umar", "Pak Hadi", "Keluarga sekampung", "Bu Rina"

#: Places among the older, 0 the oldest. Umar's card is spoiled; Hadi is sick, and printed before his turn.
_LASTRI, _UMAR, _HADI, _NING, _SUGENG = 12, 7, 90, 99, 118
#: The sample has no day in it; its newest recording is of 15 May.
AS_OF = date(2017, 5, 19)
#: Before the stop is noted the office has only whom the centre did not keep for too long.
_LATELY = date(2017, 4, 1)
#: So many recordings the centre returns first, and Rudi's.
_RETURNED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class JemberCast(Cast):
    """Rudi and Rini wait for the centre; Lastri, Ning, Umar, Hadi and a family for a print.

    older: everybody who waits for a print, oldest first. returned: whose data comes back first when the centre does,
    the oldest recordings and Rudi's.
    """

    older: tuple[ExportRow, ...]
    returned: tuple[ExportRow, ...]


def lists(folder: Path) -> Sequence[OfficeList]:
    """The recordings since April, and the list of those before October 2016; the whole sample is taken in later."""
    sample = rows_of(unpack(JEMBER, folder), REGENCY)
    lately = [row for row in sample if row.recorded_on and row.recorded_on >= _LATELY]
    title = "DAFTAR PEREKAMAN KTP-EL KABUPATEN JEMBER SEJAK APRIL PER 19 MEI 2017"
    return [
        OfficeList(write_export(folder / "jember-sejak-april.csv", title, lately, Siak.SENT_FOR_ENROLLMENT)),
        OfficeList(write_older(folder / "jember-perekaman-lama.csv")),
    ]


def choose(taken_in: Sequence[OfficeList]) -> JemberCast:
    """Choose the people of the story from the sample and the older list."""
    folder = taken_in[0].path.parent
    since, older = rows_of(folder / JEMBER, REGENCY), rows_of(taken_in[1].path, REGENCY)
    phones = Counter(row.phone for row in since if row.phone)
    by_age = sorted(since, key=lambda row: row.recorded_on or date.max)
    own_phone = [row for row in by_age if row.phone and phones[row.phone] == 1]
    lately = [row for row in own_phone if row.recorded_on and row.recorded_on >= _LATELY]
    rudi, rini = lately[0], own_phone[_RETURNED]
    return JemberCast(
        people={
            RUDI: rudi,
            RINI: rini,
            LASTRI: older[_LASTRI],
            NING: older[_NING],
            UMAR: older[_UMAR],
            HADI: older[_HADI],
        },
        chats=(RUDI, RINI, LASTRI, NING),
        phones={UMAR: older[_UMAR].phone or "", FAMILY: FAMILY_PHONE},
        players={"Pak Sugeng": older[_SUGENG], "Bu Endang": lately[1], "Mas Fajar": own_phone[-1]},
        posting=Posting(name=RINA, role=Role.DISTRICT, region=older[_SUGENG].village[:8], coming=_coming(older)),
        older=tuple(older),
        returned=(*by_age[:_RETURNED], rudi),
    )


def _coming(older: Sequence[ExportRow]) -> tuple[ExportRow, ...]:
    """Whoever of the last district was not printed and has no part; the older live there in the order of the list."""
    parts = (_HADI, _NING, _SUGENG)
    district = older[_SUGENG].village[:8]
    return tuple(row for place, row in enumerate(older) if row.village[:8] == district and place not in parts)
