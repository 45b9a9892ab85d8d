"""What the operators were told already."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.inbox_tables import InboxUpdate
from core.store.office import seal_of

_BYTES = 7


def number_of(session: Session, operator: str, key: str) -> int:
    """Return the number under which this is told to this operator; below zero, where Telegram's own never are."""
    return -1 - int.from_bytes(seal_of(session).index("operator", f"{key}:{operator}")[:_BYTES])


def untold(session: Session, operators: Collection[str], *, key: str) -> list[str]:
    """Return those who were not told this within the week that numbers are kept for."""
    numbers = {number_of(session, operator, key): operator for operator in sorted(operators)}
    told = set(session.scalars(select(InboxUpdate.update_id).where(InboxUpdate.update_id.in_(numbers))))
    return [operator for number, operator in numbers.items() if number not in told]
