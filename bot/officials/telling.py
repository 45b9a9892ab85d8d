"""What many are told by an announcement, or of a stop: the live message of its broadcast, and who may steer that."""

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.orm import Session

from bot.officials.live import Followed, Glance, Look, becomes_live
from bot.officials.steering import steering_routes
from bot.replies import Reply
from bot.talk import Talk
from core.errors import NotFound
from core.questions.batches import About, batch_by_name
from core.questions.progress import progress_of
from core.questions.proposals import origin_of
from core.questions.regions import places
from core.rules.officials import Acting, Deed, Role
from core.wording import Wording
from core.wording.announcements import services_text
from core.wording.paragraphs import paragraphs
from core.wording.places import region_name

_PREFIX = "broadcast"


def routes() -> Router:
    """Pause, go on, cancel."""
    return steering_routes(BROADCASTS)


def told_from_here(query: CallbackQuery, talk: Talk, broadcast_id: int, said: str, **values: str | int) -> list[Reply]:
    """Have the message below which she pressed show how far it is. said: a text that pops up."""
    return becomes_live(query, talk, BROADCASTS.batch(broadcast_id), said, **values)


def _may_steer(session: Session, acting: Acting, broadcast_id: int) -> bool:
    """Whoever had it sent, or anybody of the office, within her region."""
    origin = origin_of(session, broadcast_id)
    if origin is None or not acting.may(Deed.ANNOUNCE, origin.region):
        return False
    return acting.role in (Role.OFFICE, Role.HEAD) or origin.by == acting.by


def _look(glance: Glance, broadcast_id: int) -> Look:
    origin = origin_of(glance.session, broadcast_id)
    if origin is None:
        raise NotFound(f"nobody is told anything by broadcast {broadcast_id}; see: kabar batches")
    batch = batch_by_name(glance.session, BROADCASTS.batch(broadcast_id))
    where = region_name(glance.words, places(glance.session, [origin.region]).get(origin.region))
    return Look(progress=progress_of(batch), heading=paragraphs(_about(glance.words, batch.about), where))


def _about(words: Wording, about: About) -> str:
    if about.form is not None:
        return words.text("telling-about-announcement", bentuk=words.text(f"form-{about.form}"))
    return words.text(f"telling-about-{about.kind}", henti=services_text(words, about.services))


#: Who may stop a service may announce too, so one deed's buttons do for both.
BROADCASTS = Followed(prefix=_PREFIX, deed=Deed.ANNOUNCE, may=_may_steer, look=_look)
