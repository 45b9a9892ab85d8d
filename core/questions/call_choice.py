"""Which call is meant where none is named: the newest of a point; and those that came by themselves."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.office import seal_of
from core.store.official_tables import Official, PickupCall
from core.store.words import CallState

#: Facts and calls name so what came by itself.
BY_ITSELF = "kabar"


@dataclass(frozen=True, slots=True)
class ToTell:
    """An official who is to hear of a call that came by itself."""

    account: str
    call_id: int

    def __repr__(self) -> str:
        """Without the account, which must not reach a log."""
        return f"ToTell(call_id={self.call_id})"


def newest_call(session: Session, point: str) -> int | None:
    """Return the newest call of a point, open or over; None if there never was one."""
    newest = select(PickupCall.id).where(PickupCall.point == point).order_by(PickupCall.id.desc()).limit(1)
    return session.scalar(newest)


def officials_to_tell(session: Session, *, since: datetime) -> list[ToTell]:
    """Return who is to hear of which open call that came by itself since then: the officials of its very point."""
    query = (
        select(PickupCall.id, Official.telegram_sealed)
        .join(Official, Official.region == PickupCall.point)
        .where(
            PickupCall.state == CallState.OPEN,
            PickupCall.by == BY_ITSELF,
            PickupCall.made_at >= since,
            Official.confirmed_at.is_not(None),
            Official.suspended_at.is_(None),
            Official.removed_at.is_(None),
        )
        .order_by(PickupCall.id, Official.id)
    )
    seal = seal_of(session)
    return [ToTell(seal.open(row.telegram_sealed), row.id) for row in session.execute(query)]
