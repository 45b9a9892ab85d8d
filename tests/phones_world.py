"""A small office in free play behind the phones page: the real bot and the real sender, on the demo's clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cli.demo.cast import Cast
from cli.demo.clock import ZONE, DemoClock
from cli.demo.free_play import directing, play_director
from cli.demo.stage import Stage, demo_settings, running
from core.files import ExportRow
from core.rules.print_queue import USUAL_POLICY
from core.store.office import OpenOffice
from simulator import Person, SimulatorThread
from simulator.page import Director
from tests.offices import BUDI, BUDI_RECEIPT, JOKO, SITI, SITI_PHONE, SITI_RECEIPT, WATI, WATI_PHONE

BEGINS = datetime(2017, 9, 27, 8, 30, tzinfo=ZONE)
FAMILY_PHONE = "+6281200000055"


@dataclass
class PhonesWorld:
    """The page's address, and what lies behind it."""

    simulator: SimulatorThread
    clock: DemoClock
    director: Director

    @property
    def url(self) -> str:
        return self.simulator.page_url

    def person(self, name: str) -> Person:
        return self.simulator.telegram.person(name)


@contextmanager
def phones_world(office: OpenOffice, home: Path) -> Iterator[PhonesWorld]:
    """Everything runs until the block ends; Budi wrote to the bot before, Siti and Joko did not, Wati has SMS only."""
    clock = DemoClock(BEGINS)
    with SimulatorThread(now=clock) as simulator:
        simulator.telegram.person("Pak Budi", started=True)
        stage = Stage(office, _cast(), simulator, clock, home, USUAL_POLICY)
        settings = demo_settings(home, simulator)
        director = play_director(stage, settings.send_window)
        with running(office, settings, clock), directing(stage, director):
            yield PhonesWorld(simulator, clock, director)


def _cast() -> Cast:
    siti, joko = _row(SITI, SITI_RECEIPT, SITI_PHONE), _row(JOKO, "BJN-000004-Z12", None)
    wati = _row(WATI, "BJN-000003-R81", WATI_PHONE)
    return Cast(
        people={"Ibu Siti": siti, "Pak Joko": joko, "Ibu Wati": wati},
        chats=("Ibu Siti", "Pak Joko"),
        phones={"Keluarga sedesa": FAMILY_PHONE, "Ibu Wati": WATI_PHONE},
        players={"Pak Budi": _row(BUDI, BUDI_RECEIPT, None)},
    )


def _row(nik: str, receipt: str, phone: str | None) -> ExportRow:
    return ExportRow(
        number=1,
        nik=nik,
        name="WARGA",
        village="35.22.15.2003",
        status="PRR",
        recorded_on=date(2017, 1, 5),
        applied_on=None,
        married=False,
        born_on=None,
        phone=phone,
        consent=phone is not None,
        receipt=receipt,
        note="",
        warnings=(),
    )
