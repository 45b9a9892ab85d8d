"""What lies in a region, one level down: the districts of a regency, the villages of a district."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.questions.regions import DISTRICT_LENGTH
from core.store.tables import Region

_VILLAGE_LENGTH = len("35.22.15.2003")


def within_region(session: Session, region: str) -> list[str]:
    """Return the codes one level below; none below a village."""
    if len(region) >= _VILLAGE_LENGTH:
        return []
    length = DISTRICT_LENGTH if len(region) < DISTRICT_LENGTH else _VILLAGE_LENGTH
    inner = select(Region.code).where(Region.code.startswith(f"{region}."), func.length(Region.code) == length)
    return list(session.scalars(inner.order_by(Region.code)))


def is_region(session: Session, code: str) -> bool:
    """Whether the office has such a region."""
    return session.get(Region, code) is not None
