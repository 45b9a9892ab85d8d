"""Founding an office: its one row, its regions, and the check that its key is the right one."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.actions.facts import Happened, append_fact
from core.errors import Refused
from core.regions import regions_of, timezone_of
from core.rules.answer import PlaceKind
from core.store.office import KEY_CHECK, seal_of
from core.store.tables import Office, Region

_DISTRICT_LENGTH = len("35.22.15")


def found_office(
    session: Session, regency: str, *, name: str, short_name: str, hours: str, pickup: PlaceKind, now: datetime, by: str
) -> None:
    """Write the office's row and its own regions; refuse when the database holds an office already."""
    if session.scalar(select(Office.regency)) is not None:
        raise Refused("this database holds an office already; use another KABAR_HOME for another office")
    office = Office(
        id=1,
        regency=regency,
        name=name,
        short_name=short_name,
        hours=hours,
        timezone=timezone_of(regency),
        key_check=seal_of(session).seal(KEY_CHECK),
        created_at=now,
    )
    session.add(office)
    regions = [
        {
            "code": region.code,
            "name": region.name,
            "pickup": pickup if len(region.code) == _DISTRICT_LENGTH else None,
        }
        for region in regions_of(regency)
    ]
    session.execute(insert(Region), regions)
    append_fact(session, Happened.OFFICE_FOUNDED, now=now, by=by, details={"regency": regency})
