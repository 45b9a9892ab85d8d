"""What an office publishes of its printing, from the picture of the queue: to ask for it often costs little."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.questions.queue_picture import picture_of
from core.questions.regions import office_row
from core.questions.suspensions import suspensions_touching
from core.rules.expectation import PrintTerms
from core.rules.stock import PublicStock
from core.rules.suspension import Service


def public_stock(session: Session, terms: PrintTerms, *, now: datetime) -> PublicStock:
    """Return how printing stands; of suspensions those of printing in the whole regency."""
    picture = picture_of(session, terms, now=now)
    everywhere = suspensions_touching(session, village=office_row(session).regency, recorded_on=None)
    return PublicStock(
        as_of=picture.today,
        blanks=picture.stock,
        planned=len(picture.planned),
        waiting=picture.waiting,
        last_day=picture.last_day,
        printed_last_day=picture.printed_last_day,
        printed=picture.printed,
        urgent=picture.urgent,
        suspensions=tuple(note for note in everywhere if Service.PRINTING in note.services),
    )
