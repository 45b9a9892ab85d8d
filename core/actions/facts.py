"""Facts: append-only; what happened, when, by whom. A card's history and the audit log are the same rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from core.store.tables import Fact


class Happened(StrEnum):
    """The kinds of fact, in the past tense."""

    CARD_SEEN = "card-seen"
    CARD_MOVED = "card-moved"
    STATUS_NOTED = "status-noted"
    RESIDENT_CORRECTED = "resident-corrected"
    LETTER_ASKED = "letter-asked"
    CARD_URGENT = "card-urgent"
    CARD_NOT_URGENT = "card-not-urgent"
    CARD_SPOILED = "card-spoiled"
    CARD_MISSING = "card-missing"
    CARD_REMINDED = "card-reminded"
    CARDS_HANDED = "cards-handed"
    PICKUP_DAY_SET = "pickup-day-set"
    LETTER_ISSUED = "letter-issued"
    LETTER_READY = "letter-ready"
    LETTER_COLLECTED = "letter-collected"
    LETTER_EXTENDED = "letter-extended"
    LETTER_VOIDED = "letter-voided"
    LETTER_EXPIRING = "letter-expiring"
    LETTER_UNDONE = "letter-undone"
    BLANKS_MOVED = "blanks-moved"
    PLAN_MADE = "plan-made"
    PLAN_PRINTED = "plan-printed"
    PLAN_UNDONE = "plan-undone"
    PLAN_CANCELLED = "plan-cancelled"
    PLAN_EXPIRED = "plan-expired"
    BOX_SENT = "box-sent"
    BOX_PASSED = "box-passed"
    BOX_ARRIVED = "box-arrived"
    BOX_UNDONE = "box-undone"
    CONTACT_ADDED = "contact-added"
    CONTACT_CLOSED = "contact-closed"
    CONTACT_ERASED = "contact-erased"
    CONSENT_GIVEN = "consent-given"
    NOTICE_ANSWERED = "notice-answered"
    PICKUP_UNANSWERED = "pickup-unanswered"
    DESK_SETTLED = "desk-settled"
    DESK_REOPENED = "desk-reopened"
    SLIP_MADE = "slip-made"
    CARD_PROVEN = "card-proven"
    SUSPENSION_STARTED = "suspension-started"
    SUSPENSION_MOVED = "suspension-moved"
    SUSPENSION_RESUMED = "suspension-resumed"
    BATCH_PAUSED = "batch-paused"
    BATCH_RESUMED = "batch-resumed"
    BATCH_CANCELLED = "batch-cancelled"
    NOTICE_RESOLVED = "notice-resolved"
    OFFICIAL_INVITED = "official-invited"
    INVITE_VOIDED = "invite-voided"
    INVITE_OPENED = "invite-opened"
    OFFICIAL_CONFIRMED = "official-confirmed"
    OFFICIAL_REFUSED = "official-refused"
    OFFICIAL_SUSPENDED = "official-suspended"
    OFFICIAL_BACK = "official-back"
    OFFICIAL_REMOVED = "official-removed"
    CALL_MADE = "call-made"
    CALL_CHANGED = "call-changed"
    CALL_CANCELLED = "call-cancelled"
    CALL_DONE = "call-done"
    TOLD_AGAIN = "told-again"
    PROPOSED = "proposed"
    PROPOSAL_AGREED = "proposal-agreed"
    PROPOSAL_REFUSED = "proposal-refused"
    PROPOSAL_WITHDRAWN = "proposal-withdrawn"
    LOOKED_UP = "looked-up"
    LIST_SENT = "list-sent"
    OFFICE_FOUNDED = "office-founded"
    OFFICE_RESTORED = "office-restored"
    OFFICE_MOVED = "office-moved"
    BACKUP_MADE = "backup-made"
    KEY_COPIED = "key-copied"
    PERSONAL_DATA_SHOWN = "personal-data-shown"
    HELD_DATA_TOLD = "held-data-told"


def append_fact(
    session: Session,
    kind: Happened,
    *,
    now: datetime,
    by: str,
    details: dict[str, Any] | None = None,
    **ids: int | None,
) -> int:
    """Append a fact and return its id. ids: resident_id, card_id, letter_id, suspension_id, contact_id."""
    fact = {"at": now, "kind": kind, "by": by, "details": details or {}, **ids}
    return session.execute(insert(Fact).values(fact).returning(Fact.id)).scalar_one()
