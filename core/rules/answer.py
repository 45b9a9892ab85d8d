"""What an asker may be told about a card.

From a NIK alone: stage, meaning, next step and the *kind* of pickup place; never a name, a place's name, a phone,
a letter's number or the trouble found. More needs proof.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.rules.card import Stage
from core.rules.expectation import Expectation
from core.rules.suspension import SuspensionNote


class PlaceKind(StrEnum):
    """Where cards are handed over; configured per district."""

    OFFICE = "office"
    DISTRICT = "district"
    VILLAGE = "village"


class VillageKind(StrEnum):
    """First digit of a village code's last block: 1 kelurahan, 2 desa, 3 desa adat (Kemendagri codes)."""

    KELURAHAN = "kelurahan"
    DESA = "desa"
    DESA_ADAT = "desa-adat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A pickup place. village is None for an office or a district; names as in the region data."""

    kind: PlaceKind
    regency: str
    district: str | None = None
    village: str | None = None
    village_kind: VillageKind | None = None


class LetterKind(StrEnum):
    SUKET = "SUKET"
    BIODATA_WNI = "BIODATA_WNI"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    """Where a card is, as far as this asker may know.

    data_as_of: the date of the import the answer rests on. trouble: canonical SIAK status, only with proof.
    place, pickup_number, pickup_on, receipt_tail, letter_ready: only with proof. expectation: while it waits for print.
    """

    stage: Stage
    since: date
    data_as_of: date
    place_kind: PlaceKind
    suspensions: tuple[SuspensionNote, ...] = ()
    expectation: Expectation | None = None
    proven: bool = False
    trouble: str | None = None
    place: Place | None = None
    pickup_number: int | None = None
    pickup_on: date | None = None
    receipt_tail: str | None = None
    letter_ready: LetterKind | None = None
