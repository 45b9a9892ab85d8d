"""Keeps the picture of the print queue fresh while an office runs, so that no resident waits for it to be taken."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core.questions.queue_picture import QueuePicture, kept_picture, newest_fact, picture_of, renew_picture
from core.questions.regions import office_zone
from core.rules.expectation import PrintTerms
from core.store.office import OpenOffice

#: Whatever happens, and even when nothing did.
_AT_LEAST_EVERY = timedelta(minutes=30)
#: A queue that takes seconds must not take a core: a picture is followed by so many times its own time of rest.
_REST = 20


class PictureKeeper:
    """Looks whether something happened, and takes a new picture then. Called again and again.

    A picture is in a process's memory: each process that answers for an office has its own keeper, and no other could
    take it for it. Two of one process would only take two.
    """

    def __init__(self, office: OpenOffice, terms: PrintTerms, *, now: Callable[[], datetime]) -> None:
        self._office = office
        self._terms = terms
        self._now = now
        self._began: datetime | None = None
        self._rest = timedelta(0)

    def look(self) -> int:
        """Take a picture if the one there is tells an older state; there is never more to do at once, so 0."""
        began = self._now()
        is_resting = self._began is not None and abs(began - self._began) < self._rest
        if not is_resting and self._office.read(self._renewed):
            self._began, self._rest = began, _REST * (self._now() - began)
        return 0

    def _renewed(self, session: Session) -> bool:
        now = self._now()
        picture = kept_picture(session, self._terms, now=now)
        if picture is None:
            picture_of(session, self._terms, now=now)  # a question may be taking it at this moment
        elif _is_old(session, picture, now):
            renew_picture(session, self._terms, now=now)
        else:
            return False
        return True


def _is_old(session: Session, picture: QueuePicture, now: datetime) -> bool:
    """A new day moves the pace, and who is old enough, without anything having happened."""
    if now - picture.taken_at >= _AT_LEAST_EVERY or picture.today != now.astimezone(office_zone(session)).date():
        return True
    return picture.newest_fact != newest_fact(session)
