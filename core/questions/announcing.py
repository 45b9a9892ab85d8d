"""What would be said about a stop or its end, before anything is changed."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.questions.regions import office_zone
from core.questions.suspensions import note_of, open_suspensions, services_of
from core.rules.notices import Kind, NoticeWords
from core.rules.suspension import Cause, Service, SuspensionNote
from core.store.tables import Suspension


def start_words(
    session: Session, *, services: Collection[Service], cause: Cause, since: datetime, until: date | None
) -> NoticeWords:
    """Return what the news of this stop would say."""
    also: dict[Service, None] = {service: None for one in open_suspensions(session) for service in services_of(one)}
    note = SuspensionNote(
        services=tuple(services),
        cause=cause,
        since=since.astimezone(office_zone(session)).date(),
        expected_until=until,
        also_stopped=tuple(also),
    )
    return NoticeWords(kind=Kind.SUSPENDED, suspension=note)


def end_words(session: Session, *, suspension_id: int, services: Collection[Service], now: datetime) -> NoticeWords:
    """Return what those are told for whom nothing else stops these services."""
    zone = office_zone(session)
    note = note_of(session.get_one(Suspension, suspension_id), zone)
    return NoticeWords(
        kind=Kind.RESUMED,
        suspension=replace(note, services=tuple(services)),
        resumed_on=now.astimezone(zone).date(),
    )
