"""The office's other lists inside a test: a file of some rows, planned and taken."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from core.actions.lists.taker import ListTerms
from core.files.lists import ListKind
from core.jobs.list_plan import ListPlan, plan_list
from core.jobs.taking_lists import apply_list
from core.store.office import OpenOffice
from tests.offices import Clock
from tests.spreadsheets import comma_separated

HEADERS = {
    ListKind.ARRIVALS: ("NIK", "RESI", "KOTAK", "NOMOR AMBIL", "KODE TEMPAT", "TGL TIBA"),
    ListKind.HANDOVERS: ("NIK", "RESI", "KODE TEMPAT", "NOMOR AMBIL", "DIAMBIL OLEH", "TGL AMBIL"),
    ListKind.LETTERS: ("NIK", "JENIS SURAT", "NOMOR SURAT", "TGL TERBIT", "BERLAKU SAMPAI", "STATUS"),
    ListKind.BLANKS: ("TANGGAL", "JENIS", "JUMLAH"),
}


@dataclass
class Lists:
    """Lists as an office gives them."""

    office: OpenOffice
    folder: Path
    clock: Clock

    def __call__(self, kind: ListKind, *rows: tuple[str, ...], tell: bool = True) -> dict[str, int]:
        """Give a list, and return what its rows did; refused ones are counted as such."""
        plan = self.plan(kind, *rows)
        terms = replace(self.terms(), ahead=False, tell=tell)
        counts = Counter(apply_list(self.office, plan, terms, by="operator", polite=False, progress=lambda *_: None))
        counts["refused"] += len(plan.refused)
        return {word: count for word, count in counts.items() if count}

    def plan(self, kind: ListKind, *rows: tuple[str, ...]) -> ListPlan:
        """What a list would do."""
        path = comma_separated(self.folder / f"{kind}.csv", HEADERS[kind], *rows)
        return plan_list(self.office, kind, path, self.terms(), sheet=None, progress=lambda *_: None)

    def terms(self) -> ListTerms:
        """Of the clock's day at the office."""
        now = self.clock()
        return ListTerms(today=(now + timedelta(hours=7)).date(), now=now, by="operator", tell=False, ahead=True)
