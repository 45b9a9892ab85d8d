"""Phones from the office's own list: with the office's note of consent an address, without it only held."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.actions.contacts import LISTED, OWN_WISH, close_contact
from core.actions.sealed_rows import ADDRESS, SealedRow
from core.rules.delivery import Channel
from core.store.tables import Contact

#: The columns that say how a listed phone was proven, and whether its owner agreed.
CONSENT = ("proof", "added_at", "consent_at", "consent_by", "consent_how", "consent_text")


def listed_consent(sealed: SealedRow, now: Any, by: str) -> tuple[Any, ...]:
    """Return what stands in those columns. now: the moment, in whatever form it is to be written."""
    return (LISTED, now, now, by, LISTED, "office") if sealed.row.consent else (LISTED, now, None, None, None, None)


def replace_listed_phone(session: Session, resident_id: int, sealed: SealedRow, *, now: datetime, by: str) -> None:
    """Let the phone of the newest row take the place of the last row's.

    A number that its owner stopped is not opened again by a list; a number proven otherwise is left alone.
    """
    query = select(Contact).where(Contact.resident_id == resident_id, Contact.channel == Channel.SMS)
    address = sealed.address
    wanted = True
    for contact in session.scalars(query):
        same = address is not None and contact.address_index == address[ADDRESS.index("address_index")]
        unchanged = (contact.consent_at is not None) == sealed.row.consent
        if same and (
            contact.closed_why in OWN_WISH or (contact.closed_at is None and (unchanged or contact.proof != LISTED))
        ):
            wanted = False
        elif contact.proof == LISTED and contact.closed_at is None:
            close_contact(session, contact, why="replaced by a newer list", now=now, by=by)
    if address is not None and wanted:
        columns = dict(zip((*ADDRESS, *CONSENT), (*address, *listed_consent(sealed, now, by)), strict=True))
        session.execute(insert(Contact).values(resident_id=resident_id, **columns))
