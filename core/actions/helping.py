"""Helping a neighbour: an official looks up whoever lives in her region, and registers a phone that agreed.

1. Each look-up is a fact, whether or not somebody was found: `kabar history` shows who looked.
2. So many a day, counted in the database; residents' throttles neither count these nor hold them up.
3. One answer for who is unknown, and who lives elsewhere.
"""

from datetime import datetime, time
from enum import Enum

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from core.actions.contacts import add_contact
from core.actions.facts import Happened, append_fact
from core.errors import Refused
from core.questions.cards import newest_card
from core.questions.neighbours import neighbour_meant
from core.questions.regions import office_zone
from core.rules.card import OPEN
from core.rules.delivery import Channel
from core.rules.officials import Acting, Deed
from core.store.inbox_tables import Asked
from core.store.office import seal_of
from core.store.tables import Resident

LOOKUPS_A_DAY = 100
#: How a phone was proven and its owner agreed: an official read the consent to her.
BY_OFFICIAL = "official"


class LookedUp(Enum):
    """What a look-up comes to when nobody is told of. NOBODY: unknown, or elsewhere."""

    NOBODY = "nobody"
    TOO_MANY = "too many"


class Registered(Enum):
    """CROWDED: the number stands at a family's residents already. NOT_NOW: she is elsewhere, or has her card."""

    ADDED = "added"
    ALREADY = "already"
    CROWDED = "crowded"
    NOT_NOW = "not now"


def look_up(
    session: Session, acting: Acting, account: str, *, nik: str | None, receipt: str, now: datetime
) -> int | LookedUp:
    """Return whom the official means. account: hers at Telegram, by which look-ups are counted."""
    index = seal_of(session).index("helper", account)
    midnight = datetime.combine(now.astimezone(office_zone(session)), time(), office_zone(session))
    count = select(func.count()).where(Asked.chat_index == index, Asked.at >= midnight)
    if (session.scalar(count) or 0) >= LOOKUPS_A_DAY:
        return LookedUp.TOO_MANY
    # Its own key in place of a prefix: a prefix that many ask under is closed to residents.
    session.execute(insert(Asked).values(at=now, chat_index=index, nik_index=index, prefix_index=index))
    resident = neighbour_meant(session, nik=nik, receipt=receipt)
    hers = resident is not None and acting.may(Deed.HELP, resident.village)
    resident_id = resident.id if resident else None
    details = {"told": hers}
    append_fact(session, Happened.LOOKED_UP, now=now, by=acting.by, details=details, resident_id=resident_id)
    return resident.id if resident and hers else LookedUp.NOBODY


def register_phone(
    session: Session, acting: Acting, resident_id: int, number: str, *, text: str, now: datetime
) -> Registered:
    """Register a phone to which she said yes; the number is told so. text: which consent was read to her."""
    resident, card = session.get(Resident, resident_id), newest_card(session, resident_id)
    if resident is None or card is None or card.stage not in OPEN or not acting.may(Deed.HELP, resident.village):
        return Registered.NOT_NOW
    try:
        contact = add_contact(
            session,
            resident_id,
            Channel.SMS,
            number,
            proof=BY_OFFICIAL,
            how=BY_OFFICIAL,
            text=text,
            now=now,
            by=acting.by,
            welcome=True,
        )
    except Refused:
        return Registered.CROWDED
    return Registered.ADDED if contact.consent_at == now else Registered.ALREADY
