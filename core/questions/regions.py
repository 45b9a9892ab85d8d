"""Where things are: the office's own regions and where each district's cards are handed over."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from core.questions.runs import is_export
from core.regions import village_kind
from core.rules.answer import Place, PlaceKind
from core.rules.hours import Hours
from core.rules.notices import OfficeWords
from core.store.office import known_of
from core.store.ready import run
from core.store.tables import ImportRun, Office, Region, Resident

DISTRICT_LENGTH = len("35.22.15")
_REGENCY_LENGTH = len("35.22")
_NAMES = select(Region.code, Region.name).where(Region.code.in_(bindparam("codes", expanding=True)))
_VILLAGES = select(Resident.id, Resident.village).where(Resident.id.in_(bindparam("residents", expanding=True)))


def office_row(session: Session, *, lock: bool = False) -> Office:
    """Return the one office of this database. lock: nobody else has its lock until the transaction ends."""
    query = select(Office)
    return session.scalars(query.with_for_update() if lock else query).one()


def office_words(session: Session, hours: Hours | None = None) -> OfficeWords:
    """Return how the office names itself. hours: as a setting says them; None: as they were when it was founded."""
    row = office_row(session)
    regency = session.get_one(Region, row.regency).name
    shown = hours.text if hours else row.hours
    return OfficeWords(name=row.name, short_name=row.short_name, regency=regency, hours=shown)


def office_zone(session: Session) -> ZoneInfo:
    """Return the office's time zone, which it has from its founding on: it is read once, and known then."""
    known = known_of(session)
    if "zone" not in known:
        known["zone"] = ZoneInfo(office_row(session).timezone)
    zone: ZoneInfo = known["zone"]
    return zone


def office_today(session: Session, now: datetime) -> date:
    """Return the day that it is by the office's own clock."""
    return now.astimezone(office_zone(session)).date()


def example_village(session: Session) -> str:
    """Return the code of a village of the office, to show how one is written."""
    longest = func.length(Region.code).desc()
    return session.scalars(select(Region.code).order_by(longest, Region.code).limit(1)).one()


def pickup_kind(session: Session, village: str) -> PlaceKind:
    """Return where the cards of a village are handed over: its district's setting."""
    district = session.get(Region, village[:DISTRICT_LENGTH])
    return (district and district.pickup) or PlaceKind.VILLAGE


def pickup_point_of(session: Session, village: str) -> str:
    """Return the region code of the place where the cards of a village are handed over."""
    return _point(village, pickup_kind(session, village))


def pickup_points(session: Session) -> Callable[[str], str]:
    """Return `pickup_point_of` for many villages: every district's setting is looked up once, now."""
    districts = select(Region.code, Region.pickup).where(Region.pickup.is_not(None))
    kinds = {row.code: row.pickup for row in session.execute(districts)}
    return lambda village: _point(village, kinds.get(village[:DISTRICT_LENGTH], PlaceKind.VILLAGE))


def _point(village: str, kind: PlaceKind) -> str:
    lengths = {PlaceKind.OFFICE: _REGENCY_LENGTH, PlaceKind.DISTRICT: DISTRICT_LENGTH}
    return village[: lengths.get(kind, len(village))]


def place(session: Session, code: str) -> Place:
    """Return the place with this region code, by name."""
    return places(session, [code])[code]


def places(session: Session, codes: Iterable[str]) -> dict[str, Place]:
    """The same for many; a code that is no region's is left out."""
    wanted = set(codes)
    around = {code[:length] for code in wanted for length in (_REGENCY_LENGTH, DISTRICT_LENGTH, len(code))}
    names = {row.code: row.name for row in run(session, _NAMES, codes=tuple(around))}
    return {code: _place(code, names) for code in wanted if code in names}


def _place(code: str, names: Mapping[str, str]) -> Place:
    regency = names[code[:_REGENCY_LENGTH]]
    if len(code) == _REGENCY_LENGTH:
        return Place(kind=PlaceKind.OFFICE, regency=regency)
    district = names[code[:DISTRICT_LENGTH]]
    if len(code) == DISTRICT_LENGTH:
        return Place(kind=PlaceKind.DISTRICT, regency=regency, district=district)
    return Place(
        kind=PlaceKind.VILLAGE,
        regency=regency,
        district=district,
        village=names[code],
        village_kind=village_kind(code),
    )


def district_names(session: Session) -> dict[str, str]:
    """Return the office's districts by code, in the order of their codes."""
    query = select(Region.code, Region.name).where(func.length(Region.code) == DISTRICT_LENGTH)
    return {row.code: row.name for row in session.execute(query.order_by(Region.code))}


def villages_of(session: Session, resident_ids: Collection[int]) -> dict[int, str]:
    """Return where each of some residents lives."""
    return {row.id: row.village for row in run(session, _VILLAGES, residents=tuple(resident_ids))}


def data_as_of(session: Session) -> date | None:
    """Return the date of the newest data imported; None before the first import."""
    return session.scalar(select(func.max(ImportRun.as_of)).where(ImportRun.ended_at.is_not(None), is_export()))


def village_codes(session: Session) -> list[str]:
    """Return the codes of the office's villages, in their order."""
    is_village = func.length(Region.code) > DISTRICT_LENGTH
    return list(session.scalars(select(Region.code).where(is_village).order_by(Region.code)))


def pickup_of(session: Session, codes: Iterable[str]) -> dict[str, Place | None]:
    """Return for each region where its people's cards are handed over; None where that is not one place."""
    point_of = pickup_points(session)
    points = {code: _one_point(code, point_of) for code in codes}
    found = places(session, [point for point in points.values() if point])
    return {code: found.get(point) if point else None for code, point in points.items()}


def _one_point(code: str, point_of: Callable[[str], str]) -> str | None:
    """Of a district its setting decides, of the regency each district's."""
    if len(code) > DISTRICT_LENGTH:
        return point_of(code)
    any_village = f"{code}.0000"
    point = point_of(any_village) if len(code) == DISTRICT_LENGTH else any_village
    return None if point == any_village else point
