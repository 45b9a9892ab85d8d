"""A row of an export with its keyed and sealed forms."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from core.files import ExportRow
from core.rules.delivery import Channel
from core.rules.print_queue import ELDERLY_FROM_AGE, PRINTED_FROM_AGE, CardReason, birthday
from core.rules.receipt import bare_code
from core.rules.siak import read_status, stage_of
from core.store.sealing import Seal

#: A code of the national system, as offices write them: words joined by underscores, no digits.
_CODE = re.compile(r"[A-Z]+(?:_[A-Z]*)*")
_LONGEST_CODE = 60

_REASONS = {
    "HILANG": CardReason.REPLACEMENT,
    "RUSAK": CardReason.REPLACEMENT,
    "UBAH DATA": CardReason.CHANGE,
    "PEMULA": CardReason.FIRST,
    "LANSIA": CardReason.FIRST,
}
#: The office's own word for a first-timer of age.
_ELDERLY = "LANSIA"


#: What a bulk insert takes of a row, in this order; all of it is text, bytes or whole numbers, as both databases read.
PERSON = ("nik_index", "nik_sealed", "name_sealed", "born_sealed", "village")
CARD = (
    *("reason", "applied_on", "recorded_on", "queued_on", "elderly", "print_not_before"),
    *("receipt_index", "receipt_sealed", "row_index"),
)
ADDRESS = ("channel", "address_index", "address_sealed")

_FIELDS = len(ExportRow._fields)

Plain = str | bytes | int | None


class SealedRow:
    """A row with its keyed and sealed forms, made when first needed, so that another process can make them beforehand.

    person, card, address: the columns of a resident, a card and a contact that come from the row, named as above.
    """

    __slots__ = (
        "_address",
        "_card",
        "_person",
        "_row_index",
        "_seal",
        "applied_on",
        "nik_index",
        "row",
        "stage",
        "status",
    )

    def __init__(self, row: ExportRow, seal: Seal, *, nik_index: bytes | None = None) -> None:
        self.row = row
        self._seal = seal
        self.nik_index = nik_index or seal.index("nik", row.nik)
        self._row_index: bytes | None = None
        self._person: tuple[Plain, ...] | None = None
        self._card: tuple[Plain, ...] | None = None
        self._address: tuple[Plain, ...] | None = None
        status = read_status(row.status)
        self.status = status.value if status else self._opaque(row.status)
        self.stage = stage_of(status) if status else None
        self.applied_on = row.applied_on or row.recorded_on

    def _opaque(self, status: str) -> str:
        """A word we do not know, kept for the operator if it can only be a code; else only to see whether it changes.

        Whatever stood in that cell (a remark, a name, a number) is personal until shown otherwise.
        """
        code = status[:_LONGEST_CODE]
        return code if _CODE.fullmatch(code) else f"?{self._seal.index('status', status).hex()}"

    @property
    def row_index(self) -> bytes:
        """Changes when anything in the row but its status changes."""
        if self._row_index is None:
            self._row_index = self._make_row_index()
        return self._row_index

    @property
    def person(self) -> tuple[Plain, ...]:
        if self._person is None:
            self._person = self._make_person()
        return self._person

    @property
    def card(self) -> tuple[Plain, ...]:
        if self._card is None:
            self._card = self._make_card()
        return self._card

    @property
    def address(self) -> tuple[Plain, ...] | None:
        if self._address is None and self.row.phone is not None:
            self._address = self._make_address(self.row.phone)
        return self._address

    def _make_row_index(self) -> bytes:
        row = self.row
        parts = (
            row.name,
            row.village,
            row.born_on,
            row.phone,
            row.consent,
            row.receipt,
            row.applied_on,
            row.recorded_on,
            *((self._reason, self._elderly, row.married) if row.note or row.married else ()),
        )
        return self._seal.index("row", "\x1f".join(map(str, parts)))

    @property
    def _reason(self) -> CardReason:
        return _REASONS.get(self.row.note, CardReason.UNKNOWN)

    @property
    def _elderly(self) -> bool:
        """On the day that orders the queue, so that nobody's place moves because a year went by."""
        born_on, day = self.row.born_on, self.applied_on
        of_age = born_on is not None and day is not None and birthday(born_on, ELDERLY_FROM_AGE) <= day
        return of_age or self.row.note == _ELDERLY

    @property
    def _print_not_before(self) -> date | None:
        """Kept only of who was too young on that day: of everybody else it would tell the birthday for nothing."""
        row = self.row
        if row.born_on is None or row.married:
            return None
        day = birthday(row.born_on, PRINTED_FROM_AGE)
        return day if self.applied_on is None or day > self.applied_on else None

    def _make_person(self) -> tuple[Plain, ...]:
        row, seal = self.row, self._seal.seal
        born = seal(row.born_on.isoformat()) if row.born_on else None
        return self.nik_index, seal(row.nik), seal(row.name), born, row.village

    def _make_card(self) -> tuple[Plain, ...]:
        row = self.row
        code = bare_code(row.receipt) if row.receipt else None
        return (
            self._reason.value,
            *map(_day, (row.applied_on, row.recorded_on, self.applied_on)),
            int(self._elderly),
            _day(self._print_not_before),
            self._seal.index("receipt", code) if code else None,
            self._seal.seal(row.receipt) if row.receipt and code else None,
            self.row_index,
        )

    def _make_address(self, phone: str) -> tuple[Plain, ...]:
        return Channel.SMS.value, self._seal.index(Channel.SMS, phone), self._seal.seal(phone)

    def to_wire(self, *, indexed: bool, sealed: bool) -> tuple[object, ...]:
        """All of it in plain values, to be sent to another process. indexed: with row_index. sealed: with the rest."""
        row = self.row
        days = map(_day, (row.recorded_on, row.applied_on, row.born_on))
        warnings = tuple((str(column), reason) for column, reason in row.warnings)
        made = (self.person, self.card, self.address) if sealed else (None, None, None)
        return (
            *(row.number, str(row.nik), row.name, row.village, row.status, *days, row.married, row.phone, row.consent),
            *(row.receipt, row.note, warnings, self.nik_index, self.row_index if indexed else None, *made),
        )

    @classmethod
    def from_wire(cls, wire: Sequence[Any], seal: Seal) -> "SealedRow":
        """The same row again."""
        row = ExportRow(*wire[:5], *map(_read_day, wire[5:8]), *wire[8:_FIELDS])
        nik_index, *made = wire[_FIELDS:]
        sealed = cls(row, seal, nik_index=nik_index)
        sealed._row_index, sealed._person, sealed._card, sealed._address = made
        return sealed


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(maxsize=65_536)
def _read_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
