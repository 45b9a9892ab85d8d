"""What has to be known to say what is due, read for all of it at once.

One address gets one message in a tick, so what is decided for one notice hardly ever changes what is at hand for
another; a greeting, and a message begun before, are looked at again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from core.questions.addresses import addresses_for, greetings_owed_to, open_at
from core.questions.due import ordered_to_stay
from core.questions.languages import languages_at
from core.questions.overtaken import why_overtaken
from core.questions.sending import covered_by_each, failed_over
from core.rules.delivery import Channel
from core.store.delivery_tables import Message, Notice
from core.store.many import by_key
from core.store.tables import Card, Contact
from core.store.words import NoticeState

K = TypeVar("K")

#: Asked by resident only: with the channel SQLite would go through all that waits for it.
_FURTHER = select(Notice).where(
    Notice.resident_id.in_(bindparam("residents", expanding=True)),
    Notice.state == NoticeState.WAITING,
    Notice.id.not_in(bindparam("but", expanding=True)),
)

#: Cards that one message may speak of; a family on one phone is smaller.
_TOGETHER = 20


class AtHand:
    """What is due on a channel, with whatever goes with it, or before it.

    notices: all of them; they still wait, and nobody else changes them.
    addresses: per notice id, where it goes. greetings: per address index, what is said there first, oldest first.
    busy: indexes of addresses whose greeting somebody else is changing. stay: batches of which nothing may leave.
    overtaken: per notice id, why it does not hold any more. failed_over: ids of notices that another address could not
    carry. languages: per address index, the one chosen there.
    messages: those that were begun before, by id, and the open notices that each of them covers.
    """

    def __init__(self, session: Session, channel: Channel, due: Sequence[Notice], *, now: datetime) -> None:
        self.stay = ordered_to_stay(session)
        self.addresses = addresses_for(session, due, channel)
        self.messages = by_key(session, Message, (notice.message_id for notice in due), lock=True)
        begun_for = by_key(session, Contact, (message.contact_id for message in self.messages.values()))
        contacts = [*self.addresses.values(), *begun_for.values()]
        greetings = greetings_owed_to(session, contacts, now=now)
        if greetings:
            first = [greeting for those in greetings.values() for greeting in those]
            self.addresses |= addresses_for(session, first, channel)
            self.messages |= by_key(session, Message, (greeting.message_id for greeting in first), lock=True)
        covered = covered_by_each(session, self.messages) if self.messages else {}
        ours = {notice.id: notice for notice in due}
        stand_at = open_at(session, channel, {contact.address_index for contact in contacts})
        further = _further(session, channel, stand_at, now=now, but=ours)
        beside = [notice for notice in further if notice.batch not in self.stay]
        more = (*greetings.values(), *covered.values(), beside)
        ours |= _locked(session, {one.id for those in more for one in those} - ours.keys())
        self.busy = frozenset(index for index, those in greetings.items() if any(one.id not in ours for one in those))
        self.greetings = _among(greetings, ours)
        self.covered = _among(covered, ours)
        self._beside = _by_address([*due, *beside], stand_at, ours)
        self.notices = list(ours.values())
        self._cards = by_key(session, Card, (notice.card_id for notice in self.notices))  # looked at again and again
        self.overtaken = why_overtaken(session, self.notices)
        self.failed_over = failed_over(session, ours)
        self.languages = languages_at(session, {contact.address_index for contact in contacts})

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


def _further(
    session: Session, channel: Channel, residents: Collection[int], *, now: datetime, but: Collection[int]
) -> list[Notice]:
    """What else is due for residents at the same addresses, and was not begun."""
    asked = {"residents": tuple(residents), "but": tuple(but)}
    stay = ordered_to_stay(session)
    return [
        notice
        for notice in session.scalars(_FURTHER, asked)
        if notice.channel is channel and notice.message_id is None and notice.due_at <= now and notice.batch not in stay
    ]


def _by_address(
    notices: Iterable[Notice], stand_at: Mapping[int, list[bytes]], ours: Collection[int]
) -> dict[bytes, list[Notice]]:
    """Per index of an address, in the order of their ids, what was not begun and may be said there together."""
    beside = defaultdict(list)
    for notice in sorted(notices, key=lambda notice: notice.id):
        if notice.id in ours and notice.message_id is None:
            for index in stand_at.get(notice.resident_id, ()):
                beside[index].append(notice)
    return beside


def _locked(session: Session, ids: Collection[int]) -> dict[int, Notice]:
    """Those among them that still wait, and that nobody else changes until the transaction ends."""
    if not ids:
        return {}
    waiting = select(Notice).where(Notice.id.in_(ids), Notice.state == NoticeState.WAITING)
    return {notice.id: notice for notice in session.scalars(waiting.with_for_update(skip_locked=True))}


def _among(grouped: Mapping[K, list[Notice]], ours: Collection[int]) -> dict[K, list[Notice]]:
    return {key: [notice for notice in notices if notice.id in ours] for key, notices in grouped.items()}
