"""How many people a counter serves on a day, and how long cards wait for a call, as the settings say."""

from sqlalchemy.orm import Session

from core.store.office import known_of

_USUAL_PER_DAY, _USUAL_WAIT_DAYS = 60, 5


def pickup_per_day(session: Session) -> int:
    """Return how many people one counter, or one village hall, hands cards to on a day."""
    people: int = known_of(session).get("pickup_per_day", _USUAL_PER_DAY)
    return people


def call_after_days(session: Session) -> int:
    """Return after how many working days people are called though nobody called them; 0: never."""
    days: int = known_of(session).get("call_after_days", _USUAL_WAIT_DAYS)
    return days
