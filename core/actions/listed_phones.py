"""Phones from the office's own list: with the office's note of consent an address, without it only held."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.actions.contacts import LISTED, OWN_WISH, close_contact
from core.actions.sealed_rows import SealedRow
from core.rules.delivery import Channel
from core.store.tables import Contact


def listed_consent(sealed: SealedRow, now: datetime, by: str) -> dict[str, Any]:
    """The columns that say how a listed phone was proven and whether its owner agreed."""
    agreed = sealed.row.consent
    return {
        "proof": LISTED,
        "added_at": now,
        "consent_at": now if agreed else None,
        "consent_by": by if agreed else None,
        "consent_how": LISTED if agreed else None,
        "consent_text": "office" if agreed else None,
    }


def replace_listed_phone(session: Session, resident_id: int, sealed: SealedRow, *, now: datetime, by: str) -> None:
    """Let the phone of the newest row take the place of the last row's.

    A number that its owner stopped is not opened again by a list; a number proven otherwise is left alone.
    """
    query = select(Contact).where(Contact.resident_id == resident_id, Contact.channel == Channel.SMS)
    address = sealed.address
    wanted = True
    for contact in session.scalars(query):
        same = address is not None and contact.address_index == address["address_index"]
        unchanged = (contact.consent_at is not None) == sealed.row.consent
        if same and (
            contact.closed_why in OWN_WISH or (contact.closed_at is None and (unchanged or contact.proof != LISTED))
        ):
            wanted = False
        elif contact.proof == LISTED and contact.closed_at is None:
            close_contact(session, contact, why="replaced by a newer list", now=now, by=by)
    if address is not None and wanted:
        session.execute(
            insert(Contact).values({"resident_id": resident_id, **address, **listed_consent(sealed, now, by)})
        )
