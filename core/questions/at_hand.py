"""What has to be known to say what is due, read for all of it at once.

One address gets one message in a tick, so nothing that is decided for one notice changes what is at hand for another.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.questions.addresses import addresses_for, greetings_owed_to
from core.questions.due import ordered_to_stay
from core.questions.languages import languages_at
from core.questions.overtaken import why_overtaken
from core.questions.regions import regions_of
from core.questions.sending import covered_by_each, failed_over
from core.rules.delivery import Channel
from core.store.delivery_tables import Message, Notice
from core.store.many import by_key
from core.store.tables import Card, Contact, Region, Resident
from core.store.words import NoticeState

K = TypeVar("K")

#: Cards that one message may speak of; a family on one phone is smaller.
_TOGETHER = 20


class AtHand:
    """What is due on a channel, with whatever goes with it, or before it.

    notices: all of them; they still wait, and nobody else changes them.
    addresses: per notice id, where it goes. greetings: per address index, what is said there first.
    overtaken: per notice id, why it does not hold any more. failed_over: ids of notices that another address could not
    carry. languages: per address index, the one chosen there.
    messages: those that were begun before, by id, and the open notices that each of them covers.
    """

    def __init__(self, session: Session, channel: Channel, due: Sequence[Notice], *, now: datetime) -> None:
        self.addresses = addresses_for(session, due, channel)
        contacts = list(self.addresses.values())
        greetings = greetings_owed_to(session, contacts, now=now)
        if greetings:
            self.addresses |= addresses_for(session, list(greetings.values()), channel)
        begun = {notice.message_id for notice in (*due, *greetings.values())}
        self.messages = by_key(session, Message, begun, lock=True)
        covered = covered_by_each(session, self.messages) if self.messages else {}
        beside = _due_at(session, channel, contacts, now=now)
        ours = {notice.id: notice for notice in due}
        further = (greetings.values(), *covered.values(), *beside.values())
        ours |= _locked(session, {one.id for those in further for one in those} - ours.keys())
        self.greetings = {index: notice for index, notice in greetings.items() if notice.id in ours}
        self.covered = _among(covered, ours)
        self._beside = _among(beside, ours)
        self.notices = list(ours.values())
        self.overtaken = why_overtaken(session, self.notices)
        self.failed_over = failed_over(session, ours)
        self.languages = languages_at(session, {contact.address_index for contact in self.addresses.values()})
        self._kept = _what_they_speak_of(session, self.notices)

    def others(self, notice: Notice, contact: Contact) -> list[Notice]:
        """Return all others due that have the same kind, broadcast and address: one message says them together."""
        if notice.contact_id is not None:
            return []
        same = [
            other
            for other in self._beside.get(contact.address_index, ())
            if (other.kind, other.broadcast_id) == (notice.kind, notice.broadcast_id) and other.id != notice.id
        ]
        return same[: _TOGETHER - 1]


def _due_at(
    session: Session, channel: Channel, contacts: Iterable[Contact], *, now: datetime
) -> dict[bytes, list[Notice]]:
    """Per index of an address all that is due there, for whichever resident, and was not begun."""
    stay = ordered_to_stay(session)
    query = (
        select(Contact.address_index, Notice)
        .join(Contact, Contact.resident_id == Notice.resident_id)
        .where(
            Contact.address_index.in_({contact.address_index for contact in contacts}),
            Contact.channel == channel,
            Contact.closed_at.is_(None),
            Contact.consent_at.is_not(None),
            Notice.state == NoticeState.WAITING,
            Notice.channel == channel,
            Notice.message_id.is_(None),
            Notice.due_at <= now,
        )
        .order_by(Notice.id)
    )
    due = defaultdict(list)
    for index, notice in session.execute(query):
        if notice.batch not in stay:
            due[index].append(notice)
    return due


def _locked(session: Session, ids: Collection[int]) -> dict[int, Notice]:
    """Those among them that still wait, and that nobody else changes until the transaction ends."""
    if not ids:
        return {}
    waiting = select(Notice).where(Notice.id.in_(ids), Notice.state == NoticeState.WAITING)
    return {notice.id: notice for notice in session.scalars(waiting.with_for_update(skip_locked=True))}


def _among(grouped: Mapping[K, list[Notice]], ours: Collection[int]) -> dict[K, list[Notice]]:
    return {key: [notice for notice in notices if notice.id in ours] for key, notices in grouped.items()}


def _what_they_speak_of(session: Session, notices: Collection[Notice]) -> list[object]:
    """Cards, residents and places: in the session for as long as this is kept."""
    cards = by_key(session, Card, (notice.card_id for notice in notices))
    residents = by_key(session, Resident, (notice.resident_id for notice in notices))
    places = {card.pickup_point for card in cards.values()} | {resident.village for resident in residents.values()}
    return [cards, residents, by_key(session, Region, regions_of(places))]
