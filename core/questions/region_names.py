"""Regions of the office for somebody to choose from: one level down, or those whose names hold what was typed."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import Refused
from core.questions.points import lies_in
from core.questions.regions import DISTRICT_LENGTH, example_village
from core.rules.invites import REGION_LENGTH, fits
from core.rules.officials import Role
from core.store.tables import Region

MOST_TYPED = 60
_VILLAGE_LENGTH = REGION_LENGTH[Role.VILLAGE]


def within_region(session: Session, region: str) -> list[str]:
    """Return the codes one level below: a regency's districts, a district's villages; none below a village."""
    if len(region) >= _VILLAGE_LENGTH:
        return []
    length = DISTRICT_LENGTH if len(region) < DISTRICT_LENGTH else _VILLAGE_LENGTH
    inner = select(Region.code).where(Region.code.startswith(f"{region}."), func.length(Region.code) == length)
    return list(session.scalars(inner.order_by(Region.code)))


def is_region(session: Session, code: str) -> bool:
    """Whether the office has such a region."""
    return session.get(Region, code) is not None


def regions_within(session: Session, region: str, role: Role) -> list[str]:
    """Return the codes of the regions within one that an official of this role can be for, by name."""
    return [code for code, _ in _named(session, region, role)]


def regions_called(session: Session, region: str, role: Role, typed: str) -> list[str]:
    """Return those whose names hold what was typed; the ones that begin with it first."""
    wanted = " ".join(typed[:MOST_TYPED].casefold().split())
    if not wanted:
        return []
    found = [(code, name.casefold()) for code, name in _named(session, region, role) if wanted in name.casefold()]
    return [code for code, name in sorted(found, key=lambda one: (not one[1].startswith(wanted), one[1]))]


def check_region(session: Session, role: Role, region: str) -> None:
    """Raise Refused when this is no region of the office, or not one that an official of this role is for."""
    if not is_region(session, region):
        raise Refused(f"{region} is not a region of this office; write a code like {example_village(session)}")
    if not fits(role, region):
        example = example_village(session)[: REGION_LENGTH[role]]
        raise Refused(f"a {role} official is not for {region}; write a code like {example}")


def _named(session: Session, region: str, role: Role) -> list[tuple[str, str]]:
    wanted = select(Region.code, Region.name).where(
        func.length(Region.code) == REGION_LENGTH[role], lies_in(Region.code, region)
    )
    return [(row.code, row.name) for row in session.execute(wanted.order_by(Region.name, Region.code))]
