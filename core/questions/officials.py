"""Officials: who may act at this moment, as what and where."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.regions import office_row
from core.rules.officials import Acting, Role
from core.store.office import seal_of
from core.store.official_tables import Official

#: How facts name an operator by the settings, who stands in no table.
OPERATOR = "operator"
_MAY_ACT = (Official.confirmed_at.is_not(None), Official.suspended_at.is_(None), Official.removed_at.is_(None))


def telegram_index(session: Session, account: str) -> bytes:
    """Return the index of a Telegram account's number among officials."""
    return seal_of(session).index("official", account)


def acting_of(session: Session, account: str, operators: Collection[str] = ()) -> Acting | None:
    """Return as what a Telegram account may act now; None for everybody else, also who is suspended or removed.

    operators: account numbers of the settings; each acts for the whole office.
    """
    whose = Official.telegram_index == telegram_index(session, account)
    row = session.execute(select(Official.id, Official.role, Official.region).where(whose, *_MAY_ACT)).first()
    if row is not None:
        return Acting(row.id, row.role, row.region, official_name(row.id))
    if account in operators:
        return Acting(None, Role.OFFICE, office_row(session).regency, OPERATOR)
    return None


def official_name(official_id: int) -> str:
    """Return how facts name an official."""
    return f"official:{official_id}"


def officials_with(session: Session, roles: Collection[Role]) -> dict[str, str]:
    """Return the Telegram account of everybody who may act in one of these roles, with her region."""
    query = select(Official.telegram_sealed, Official.region).where(Official.role.in_(roles), *_MAY_ACT)
    seal = seal_of(session)
    return {seal.open(row.telegram_sealed): row.region for row in session.execute(query.order_by(Official.id))}
