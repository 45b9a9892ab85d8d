"""On Friday morning every village and district official is sent her region's card, if there is anything to tell of.

Of each it is decided once a Friday, under a key in the inbox: a restart, a second look, another process change nothing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from core.actions.telling import leave_calls
from core.questions.officials import officials_with
from core.questions.regions import office_zone
from core.questions.telling import untold
from core.questions.village_week import weeks_of_points
from core.rules.friday import friday_to_tell, together, week_begins
from core.rules.officials import Role
from core.store.office import OpenOffice

#: By this name the bot knows how to draw it.
PAPER = "friday"
_TOLD = (Role.VILLAGE, Role.DISTRICT)
#: Decided in one look; the next one follows at once.
_PER_LOOK = 20


@dataclass(frozen=True, slots=True)
class _Due:
    """Somebody about whom it was decided. calls: none where there is nothing to tell of."""

    account: str
    calls: Sequence[dict[str, Any]]


def tell_friday_cards(office: OpenOffice, *, now: datetime) -> int:
    """Decide of some officials whether they are sent a card, and leave it; return how many were decided of."""
    day = friday_to_tell(now, office.read(office_zone))
    if day is None:
        return 0
    key = _key_of(day)
    due = office.read(partial(_due, key=key, now=now))

    def leave(session: Session) -> int:
        for one in due:
            leave_calls(session, one.account, one.calls, key=key, now=now)
        return len(due)

    return office.write(leave) if due else 0


def friday_cards_wait(office: OpenOffice, *, now: datetime) -> bool:
    """Whether somebody is still to be decided of."""

    def ask(session: Session) -> bool:
        day = friday_to_tell(now, office_zone(session))
        return day is not None and bool(untold(session, officials_with(session, _TOLD), key=_key_of(day)))

    return office.read(ask)


def _key_of(day: str) -> str:
    return f"friday {day}"


def _due(session: Session, *, key: str, now: datetime) -> list[_Due]:
    regions = officials_with(session, _TOLD)
    undecided = untold(session, regions, key=key)[:_PER_LOOK]
    worth = _worth_telling(session, {regions[account] for account in undecided}, now=now)
    return [
        _Due(account, [_call(account, regions[account], now)] if regions[account] in worth else [])
        for account in undecided
    ]


def _worth_telling(session: Session, regions: Collection[str], *, now: datetime) -> set[str]:
    since = week_begins(now, office_zone(session))
    return {
        region for region in regions if not together(region, weeks_of_points(session, region, since=since)).is_empty
    }


def _call(account: str, region: str, now: datetime) -> dict[str, Any]:
    about = {"region": region, "at": now.isoformat()}
    return {"method": "sendDocument", "chat_id": int(account), "paper": PAPER, "about": about}
