"""A row of an export with its keyed and sealed forms."""

import re
from datetime import date
from functools import cached_property

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


class SealedRow:
    """A row with its keyed and sealed forms, made when first needed, so that a chunk can make them beforehand."""

    def __init__(self, row: ExportRow, seal: Seal) -> None:
        self.row = row
        self._seal = seal
        self.nik_index = seal.index("nik", row.nik)
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

    @cached_property
    def row_index(self) -> bytes:
        """Changes when anything in the row but its status changes."""
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

    @cached_property
    def person(self) -> dict[str, object]:
        """The columns of a resident, less its id."""
        row, seal = self.row, self._seal
        return {
            "nik_index": self.nik_index,
            "nik_sealed": seal.seal(row.nik),
            "name_sealed": seal.seal(row.name),
            "born_sealed": seal.seal(row.born_on.isoformat()) if row.born_on else None,
            "village": row.village,
        }

    @cached_property
    def card(self) -> dict[str, object]:
        """The columns of a card that come from the row itself."""
        row, seal = self.row, self._seal
        code = bare_code(row.receipt) if row.receipt else None
        return {
            "reason": self._reason,
            "applied_on": row.applied_on,
            "recorded_on": row.recorded_on,
            "queued_on": self.applied_on,
            "elderly": self._elderly,
            "print_not_before": self._print_not_before,
            "receipt_index": seal.index("receipt", code) if code else None,
            "receipt_sealed": seal.seal(row.receipt) if row.receipt and code else None,
            "row_index": self.row_index,
        }

    @cached_property
    def address(self) -> dict[str, object] | None:
        """The columns of a contact that come from the row itself."""
        phone = self.row.phone
        if phone is None:
            return None
        return {
            "channel": Channel.SMS,
            "address_index": self._seal.index(Channel.SMS, phone),
            "address_sealed": self._seal.seal(phone),
        }

    def seal_now(self) -> None:
        """Make everything, outside the transaction that will need it."""
        _ = self.person, self.card, self.address
