"""An office of the size that the two reports of 2017 speak of, played day by day with what operators do."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cli.founding import found_at
from core.actions.arrivals import ArrivalTerms, arrive_box
from core.actions.blanks import move_blanks
from core.actions.boxes import next_box_number, pack_box
from core.actions.handover import Given, hand_over
from core.actions.lists.taker import ListTerms
from core.actions.plan_prints import DoneTerms
from core.calendar import calendar_of
from core.files.lists import ListKind
from core.jobs.import_plan import plan_import
from core.jobs.importing import apply_import
from core.jobs.list_plan import plan_list
from core.jobs.printing import note_printed, plan_prints
from core.jobs.taking_lists import apply_list
from core.questions.boxes import packing, printed_by_point
from core.questions.cards import where_is
from core.questions.figures import office_figures
from core.questions.handover import card_with_number
from core.regions import Level, regions_of
from core.rules.answer import CardAnswer, PlaceKind
from core.rules.calendar import Calendar, is_working_day
from core.rules.expectation import PrintTerms
from core.rules.figures import OfficeFigures
from core.rules.hours import Hours
from core.rules.print_queue import USUAL_POLICY, PrintPolicy
from core.store.engine import database_url
from core.store.office import OpenOffice, open_office
from core.store.words import BlankKind, Taken

ZONE = ZoneInfo("Asia/Jakarta")
BY = "operator"
HOURS = "Senin-Jumat 08.00-15.00"
_HEADER = "NIK;NAMA;KODE DESA;STATUS;TGL REKAM;TGL LAHIR;KETERANGAN"


@dataclass(frozen=True, slots=True)
class Recording:
    """Some people recorded on one day, alike but for themselves. note: as in the column KETERANGAN."""

    people: int
    on: date
    status: str
    note: str = ""


@dataclass
class Town:
    """An office in a folder, and the day that it is there."""

    folder: Path
    regency: str
    office: OpenOffice
    day: date
    villages: list[str]
    policy: PrintPolicy = USUAL_POLICY
    people: int = 0
    letters_listed: int = 0
    niks: dict[str, list[str]] = field(default_factory=dict)

    def __call__(self) -> datetime:
        """Ten in the morning."""
        return datetime.combine(self.day, time(10), ZONE)

    @property
    def calendar(self) -> Calendar:
        return calendar_of(Hours.read(HOURS), None)

    def record(self, *recordings: Recording, as_of: date) -> dict[str, int]:
        """Take in the office's list of these people, silently."""
        path = self.folder / f"list-{self.people}.csv"
        with path.open("w") as file:
            file.write(_HEADER + "\n")
            file.writelines(line for recording in recordings for line in self._lines(recording))
        plan = plan_import(self.office, path, as_of=as_of, today=as_of, announce_new=False, progress=lambda *_: None)
        counts = apply_import(
            self.office, plan, now=self(), by=BY, tell=False, announce_new=False, polite=False, progress=lambda *_: None
        )
        return dict(counts)

    def _lines(self, recording: Recording) -> Iterator[str]:
        for _ in range(recording.people):
            nik, village = self._nik(), self.villages[self.people % len(self.villages)]
            self.people += 1
            self.niks.setdefault(f"{recording.on} {recording.note}".strip(), []).append(nik)
            recorded = f"{recording.on:%d/%m/%Y}"
            yield f"{nik};WARGA;{village};{recording.status};{recorded};01/01/1980;{recording.note}\n"

    def _nik(self) -> str:
        """Of the district that is nobody's; serials start anew with each birthday."""
        birthday, serial = divmod(self.people, 9000)
        return f"{self.regency.replace('.', '')}99{birthday + 1:02}0180{serial + 1:04}"

    def letters(self, *groups: tuple[Sequence[str], str]) -> dict[str, int]:
        """Take in the office's list of letters made out today, silently. groups: NIKs, and how far their letters are.

        Numbers go on from list to list.
        """
        path = self.folder / f"letters-{self.letters_listed}.csv"
        with path.open("w") as file:
            file.write("NIK;JENIS SURAT;NOMOR SURAT;TGL TERBIT;BERLAKU SAMPAI;STATUS\n")
            for niks, state in groups:
                for nik in niks:
                    self.letters_listed += 1
                    file.write(f"{nik};SUKET;471.13/{self.letters_listed}/2017;{self.day:%d/%m/%Y};;{state}\n")
        return self.take_letters(path)

    def take_letters(self, path: Path) -> dict[str, int]:
        """Take in a list of letters; return how many rows did what."""
        terms = ListTerms(today=self.day, now=self(), by=BY, tell=False, ahead=True)
        plan = plan_list(self.office, ListKind.LETTERS, path, terms, sheet=None, progress=lambda *_: None)
        assert not plan.refused
        terms = replace(terms, ahead=False)
        return dict(apply_list(self.office, plan, terms, by=BY, polite=False, progress=lambda *_: None))

    def blanks(self, kind: BlankKind, blanks: int) -> int:
        """Note a movement; return the stock."""
        return self.office.write(partial(move_blanks, kind=kind, blanks=blanks, day=self.day, now=self(), by=BY))

    def print_some(self, count: int, *, spoiled: Iterable[int] = ()) -> int:
        """Plan so many and print them all; return how many were planned."""
        planned = plan_prints(self.office, self.policy, count, now=self, by=BY)
        cards = len(planned.chosen.card_ids)
        terms = DoneTerms(
            plan_id=planned.plan_id, up_to=cards, spoiled=frozenset(spoiled), tell=False, now=self(), by=BY
        )
        note_printed(self.office, terms, polite=False)
        return cards

    def ship_everything(self) -> list[int]:
        """Pack what is printed, a box for each pickup point; return the boxes."""
        boxes = []
        for point in self.office.read(partial(printed_by_point, region=self.regency)):
            plan = self.office.read(partial(packing, point=point, region=self.regency))
            box_id = self.office.write(next_box_number)
            self.office.write(partial(pack_box, box_id=box_id, packing=plan, now=self(), by=BY))
            boxes.append(box_id)
        return boxes

    def arrive(self, box_id: int, *, missing: Collection[int] = ()) -> int:
        """A box is at its district; return how many cards were in it."""
        terms = ArrivalTerms(now=self(), by=BY, tell=False)
        return self.office.write(partial(arrive_box, box_id=box_id, terms=terms, missing=missing)).arrived

    def hand_over(self, point: str, number: int) -> Given:
        """Somebody fetches the card with this number."""

        def act(session: Session) -> Given:
            card = card_with_number(session, point, number)
            return hand_over(session, card, Taken.SELF, now=self(), by=BY)

        return self.office.write(act)

    def figures(self) -> OfficeFigures:
        """The office's figures of this moment."""
        days = [self.day - timedelta(days=back) for back in range(1, 41)]
        working = [day for day in days if is_working_day(self.calendar, day)][:20]
        return self.office.read(partial(office_figures, working_days=working, today=self.day, now=self()))

    def answer(self, nik: str) -> CardAnswer:
        """What anybody is told who asks by this NIK; asked of a process that knows nothing of the queue yet."""
        with open_office(self.folder) as fresh:
            terms = PrintTerms(self.calendar, self.policy)
            found = fresh.read(partial(where_is, nik=nik, now=self(), terms=terms))
        assert found is not None
        return found

    def next_day(self) -> date:
        """Go on to the next working day."""
        self.day += timedelta(days=1)
        while not is_working_day(self.calendar, self.day):
            self.day += timedelta(days=1)
        return self.day


def town(folder: Path, regency: str, name: str, *, day: date) -> Town:
    """Found an office whose cards are handed over in its districts."""
    found_at(
        folder,
        database_url(None, folder),
        regency,
        name=f"Dispendukcapil Kabupaten {name}",
        short_name=f"Dukcapil {name}",
        hours=HOURS,
        pickup=PlaceKind.DISTRICT,
        now=datetime.combine(day, time(7), ZONE),
    )
    villages = [region.code for region in regions_of(regency) if region.level is Level.VILLAGE]
    return Town(folder, regency, open_office(folder), day, villages)
