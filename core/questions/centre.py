"""Who waits at the centre for too long (the SFE trap), less the days on which the centre stood still for her."""

from datetime import date

from sqlalchemy.orm import Session

from core.questions.regions import office_zone
from core.questions.suspensions import ever_stopped, touches
from core.rules.siak import CENTRE_DAYS, Siak, stuck_at_centre
from core.rules.suspension import Service
from core.store.office import known_of


class Centre:
    """When the centre stood still, for whom; read once for all that is asked in one transaction.

    A stop noted late counts from the day on which the centre really stopped.
    """

    def __init__(self, session: Session) -> None:
        self.limit_days = centre_days(session)
        zone = office_zone(session)
        self._stops = [
            (
                stop,
                stop.since.astimezone(zone).date(),
                stop.resumed_at.astimezone(zone).date() if stop.resumed_at else None,
            )
            for stop in ever_stopped(session, Service.CENTRE)
        ]

    def is_stuck(
        self, status: Siak | None, *, since: date, today: date, village: str, recorded_on: date | None
    ) -> bool:
        """Whether a card with this status of the national system, known since that day, will not move by itself."""
        if status is not Siak.SENT_FOR_ENROLLMENT:
            return False
        stops = [
            (first, resumed)
            for stop, first, resumed in self._stops
            if touches(stop, village=village, recorded_on=recorded_on)
        ]
        return stuck_at_centre(status, since=since, today=today, centre_stops=stops, limit_days=self.limit_days)


def centre_days(session: Session) -> int:
    """Return after how many days of the centre's work a card that was sent there needs an officer."""
    days: int = known_of(session).get("centre_days", CENTRE_DAYS)
    return days
