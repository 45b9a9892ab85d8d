"""Offices for tests: founded once, copied for each test, with a few residents of Bojonegoro (NIKs of district 99)."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from core.actions.founding import found_office
from core.jobs.import_plan import ImportPlan, plan_import
from core.jobs.importing import apply_import
from core.rules.answer import PlaceKind
from core.store.engine import database_url
from core.store.office import OpenOffice, office_at, open_office
from core.store.sealing import Seal, make_key_file, read_key_file
from migrations import migrate

T = TypeVar("T")

#: 26 September 2017, 09.00 in Bojonegoro: the morning after the flood.
MORNING = datetime(2017, 9, 26, 2, 0, tzinfo=UTC)

SITI, BUDI, WATI, JOKO = "3522995506900001", "3522991203850002", "3522994101990001", "3522991708770003"
SITI_RECEIPT, BUDI_RECEIPT = "BJN-000001-V87", "BJN-000002-K07"
SITI_PHONE, WATI_PHONE = "+6281200000001", "+6281200000003"

HEADER = "NIK;NAMA;KODE DESA;STATUS;TGL REKAM;NO HP;SETUJU DIHUBUNGI;RESI"
ROWS = (
    f"{SITI};SITI AMINAH;35.22.15.2003;PRR;05/01/2017;{SITI_PHONE};YA;{SITI_RECEIPT}",
    f"{BUDI};BUDI SANTOSO;35.22.15.2003;CARD_PRINTED;05/02/2017;;;{BUDI_RECEIPT}",
    f"{WATI};SRI WATI;35.22.01.2001;SFE;20/09/2017;{WATI_PHONE};YA;BJN-000003-R81",
    f"{JOKO};JOKO;35.22.01.2001;PRO;21/09/2017;;;BJN-000004-Z12",
)


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **step: float) -> datetime:
        """Move on by hours=…, days=… and so on."""
        self.now += timedelta(**step)
        return self.now


def found(home: Path, address: str | None = None, *, regency: str = "35.22") -> None:
    """Found an office, usually that of Bojonegoro, in an empty home folder."""
    home.mkdir(parents=True, exist_ok=True)
    make_key_file(home / "office.key")
    url = database_url(address, home)
    migrate(url)
    with office_at(url, Seal(read_key_file(home / "office.key"), regency)) as office:
        office.write(
            lambda session: found_office(
                session,
                regency,
                name="Dispendukcapil Kabupaten Bojonegoro",
                short_name="Dukcapil Bojonegoro",
                hours="Senin-Jumat 08.00-15.00",
                pickup=PlaceKind.VILLAGE,
                now=MORNING,
                by="operator",
            )
        )


@dataclass
class Import:
    """An import in one call, for tests."""

    office: OpenOffice
    folder: Path

    def __call__(
        self,
        *rows: str,
        as_of: date = date(2017, 9, 26),
        tell: bool = True,
        announce_new: bool = False,
        header: str = HEADER,
    ) -> dict[str, int]:
        plan = self.plan(*rows, as_of=as_of, announce_new=announce_new, header=header)
        return self.apply(plan, tell=tell, announce_new=announce_new)

    def plan(
        self, *rows: str, as_of: date = date(2017, 9, 26), announce_new: bool = False, header: str = HEADER
    ) -> ImportPlan:
        """What these rows would do."""
        path = self.folder / "export.csv"
        path.write_text("\n".join((header, *rows)) + "\n")
        return plan_import(
            self.office, path, as_of=as_of, today=as_of, announce_new=announce_new, progress=lambda *_: None
        )

    def apply(self, plan: ImportPlan, *, tell: bool = True, announce_new: bool = False) -> dict[str, int]:
        """Take planned rows, on the morning of their day."""
        counts = apply_import(
            self.office,
            plan,
            now=datetime.combine(plan.as_of, MORNING.timetz()),
            by="operator",
            tell=tell,
            announce_new=announce_new,
            polite=False,
            progress=lambda *_: None,
        )
        return dict(counts)


def copy_office(template: Path, home: Path, address: str | None = None) -> OpenOffice:
    """Open a copy of an office; one on PostgreSQL was copied there already."""
    shutil.copytree(template, home)
    return open_office(home, address)


def act(office: OpenOffice, action: Callable[..., T], *args: object, **terms: object) -> T:
    """Run one action durably."""

    def run(session: Session) -> T:
        return action(session, *args, **terms)

    return office.write(run)


def ask(office: OpenOffice, question: Callable[..., T], *args: object, **terms: object) -> T:
    """Ask one question."""

    def run(session: Session) -> T:
        return question(session, *args, **terms)

    return office.read(run)
