"""At which of a resident's addresses she is told next."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from core.questions.contacts import MOST_RESIDENTS_PER_ADDRESS, residents_at
from core.rules.delivery import Channel
from core.rules.notices import TABLE, Kind
from core.store.delivery_tables import Message, MessageNotice, Notice
from core.store.tables import Contact
from core.store.words import MessageState, NoticeState


def address_for(session: Session, notice: Notice, channel: Channel) -> Contact | None:
    """Return the oldest open address of a channel at which this notice was not tried in vain; None if there is none.

    One that was added anew since then may be tried anew. A number that stands at too many residents is somebody
    else's; a chat was proven, however many it cares for.
    """
    query = (
        select(Contact)
        .where(
            Contact.resident_id == notice.resident_id,
            Contact.channel == channel,
            Contact.closed_at.is_(None),
            Contact.consent_at.is_not(None),
            ~exists().where(
                MessageNotice.notice_id == notice.id,
                MessageNotice.message_id == Message.id,
                Message.address_index == Contact.address_index,
                Message.state == MessageState.FAILED,
                Message.created_at >= Contact.added_at,
            ),
        )
        .order_by(Contact.id)
    )
    if notice.contact_id is not None:
        query = query.where(Contact.id == notice.contact_id)
    contacts = session.scalars(query)
    return next((contact for contact in contacts if _is_hers(session, contact)), None)


def _is_hers(session: Session, contact: Contact) -> bool:
    if contact.channel is not Channel.SMS:
        return True
    return residents_at(session, contact.channel, contact.address_index) <= MOST_RESIDENTS_PER_ADDRESS


def greeting_owed_to(session: Session, contact: Contact, *, now: datetime) -> Notice | None:
    """Return what tells this address that it was registered, while that has not left: it is the first to be said.

    Who agreed longer ago than a greeting lives is not looked up: whatever she was owed then has ended.
    """
    if contact.consent_at is not None and contact.consent_at <= now - TABLE[Kind.REGISTERED].lives:
        return None
    query = (
        select(Notice)
        .join(Contact, Contact.id == Notice.contact_id)
        .where(
            Notice.resident_id == Contact.resident_id,  # what is indexed
            Contact.channel == contact.channel,
            Contact.address_index == contact.address_index,
            Notice.kind == Kind.REGISTERED,
            Notice.state == NoticeState.WAITING,
        )
        .order_by(Notice.id)
        .limit(1)
    )
    return session.scalar(query)
