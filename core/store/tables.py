"""The tables of the core: an office, its regions, residents, cards, letters, suspensions, contacts and facts.

Columns named `…_sealed` hold personal data under AES-GCM, `…_index` a keyed HMAC of it (sealing.py);
every other column may be read by whoever steals the file.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, TextClause, false, text
from sqlalchemy.orm import Mapped, mapped_column

import core.store.official_tables
import core.store.work_tables  # noqa: F401  (registers the tables that a card points to)
from core.rules.answer import LetterKind, PlaceKind
from core.rules.card import Stage
from core.rules.delivery import Channel
from core.rules.print_queue import CardReason, Urgency
from core.rules.suspension import Cause
from core.store.base import Base
from core.store.words import LetterState, Taken

#: In the words of the indexes of it: waiting to be printed, and in nobody's plan.
IN_QUEUE = text("stage = 'PRINT_READY' AND plan_id IS NULL")
_OPEN = text("stage NOT IN ('HANDED_OVER', 'CLOSED')")
_NUMBERED = text("stage IN ('SHIPPED', 'READY_FOR_PICKUP')")
#: In the words of the index of receipts: printed, so that somebody may come with the receipt, or came.
WITH_RECEIPT = text("stage IN ('PRINTED', 'SHIPPED', 'READY_FOR_PICKUP', 'HANDED_OVER')")
_UNCLAIMED = text("stage = 'READY_FOR_PICKUP'")
_IN_PLAN, _IN_BOX, _IN_CALL, _HAS_DAY = (
    text(f"{name} IS NOT NULL") for name in ("plan_id", "box_id", "call_id", "pickup_on")
)
#: In the words of the index of it: handed over at a pickup point.
GIVEN_THERE = text("stage = 'HANDED_OVER' AND pickup_point IS NOT NULL")
#: In the words of the index of it: it waits for a call, which may yet come by itself.
AWAITS_CALL = text("awaits_call")


def _part(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """An index of those rows only of which this is true, in both databases."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


class Office(Base):
    """The one office of this database; key_check is a known text sealed with the office's key.

    bot_name: what Telegram calls the office's bot, known once it was reached; links to it are made from that.
    """

    __tablename__ = "office"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    regency: Mapped[str] = mapped_column(String(5))
    name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(19))
    hours: Mapped[str] = mapped_column(String(60))
    timezone: Mapped[str] = mapped_column(String(40))
    key_check: Mapped[bytes]
    created_at: Mapped[datetime]
    bot_name: Mapped[str | None] = mapped_column(String(40))


class Region(Base):
    """The regency, its districts and villages; pickup says where a district's cards are handed over."""

    __tablename__ = "region"
    code: Mapped[str] = mapped_column(String(13), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    pickup: Mapped[PlaceKind | None]


class Resident(Base):
    """A person the office has a card for; village is the domicile in the office's row, never read from the NIK."""

    __tablename__ = "resident"
    id: Mapped[int] = mapped_column(primary_key=True)
    nik_index: Mapped[bytes] = mapped_column(unique=True)
    nik_sealed: Mapped[bytes]
    name_sealed: Mapped[bytes]
    born_sealed: Mapped[bytes | None]
    village: Mapped[str] = mapped_column(String(13))


class Card(Base):
    """One issuance.

    siak_status: what was last imported, opaque; siak_since: the day from which that status is known.
    row_index: HMAC of everything else in the last imported row, to see at a glance whether any of it changed.
    queued_on: the day that orders the print queue: of the application, else of the recording. elderly: by the birth
    date that day, or by the office's word. print_not_before: only where that day was still to come.
    spoiled: its last print was, so it heads the next plan. urgent: why it is printed before its turn.
    plan_id: the plan that will print it, or did; box_id: the box that it travels in, or did.
    pickup_number: unique among the cards under way to, or waiting at, its pickup point. pickup_on: the day she is
    called for. taken: who took the card, or why it was closed. reminders: how many were owed since it is ready.
    awaits_call: nobody was told that it is ready, because a call does that. call_id: the call that does, or did.
    """

    __tablename__ = "card"
    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    stage: Mapped[Stage]
    stage_since: Mapped[datetime]
    siak_status: Mapped[str | None] = mapped_column(String(60))
    siak_as_of: Mapped[date | None]
    siak_since: Mapped[date | None]
    reason: Mapped[CardReason]
    applied_on: Mapped[date | None]
    recorded_on: Mapped[date | None]
    print_not_before: Mapped[date | None]
    receipt_index: Mapped[bytes | None]
    receipt_sealed: Mapped[bytes | None]
    row_index: Mapped[bytes | None]
    pickup_point: Mapped[str | None] = mapped_column(String(13))
    pickup_number: Mapped[int | None]
    queued_on: Mapped[date | None]
    elderly: Mapped[bool] = mapped_column(server_default=false())
    spoiled: Mapped[bool] = mapped_column(server_default=false())
    urgent: Mapped[Urgency | None]
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("print_plan.id"))
    box_id: Mapped[int | None] = mapped_column(ForeignKey("box.id"))
    pickup_on: Mapped[date | None]
    taken: Mapped[Taken | None]
    reminders: Mapped[int] = mapped_column(server_default=text("0"))
    awaits_call: Mapped[bool] = mapped_column(server_default=false())
    call_id: Mapped[int | None] = mapped_column(ForeignKey("pickup_call.id"))

    __table_args__ = (
        Index("ix_card_stage_id", "stage", "id"),
        _part("uq_card_one_open", "resident_id", where=_OPEN, unique=True),
        _part(
            "ix_card_queue",
            *("spoiled", "urgent", "reason", "elderly", "queued_on", "id", "print_not_before", "recorded_on"),
            where=IN_QUEUE,
        ),
        _part("ix_card_plan_id", "plan_id", where=_IN_PLAN),
        _part("ix_card_box_id", "box_id", where=_IN_BOX),
        _part("uq_card_pickup_number", "pickup_point", "pickup_number", where=_NUMBERED, unique=True),
        _part("ix_card_receipt_index", "receipt_index", where=WITH_RECEIPT),
        _part("ix_card_unclaimed", "reminders", "stage_since", where=_UNCLAIMED),
        _part("ix_card_pickup_on", "pickup_on", where=_HAS_DAY),
        _part("ix_card_awaits_call", "pickup_point", "stage_since", where=AWAITS_CALL),
        _part("ix_card_given", "pickup_point", "stage_since", "pickup_number", "taken", where=GIVEN_THERE),
        _part("ix_card_call_id", "call_id", "pickup_on", where=_IN_CALL),
    )


class Letter(Base):
    """An interim document that stands in for the card until it is handed over.

    number_index: to find it by its number. expiry_told: the last day of validity that its holder was warned of.
    """

    __tablename__ = "letter"
    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[LetterKind]
    state: Mapped[LetterState] = mapped_column(index=True)
    state_since: Mapped[datetime]
    number_sealed: Mapped[bytes | None]
    number_index: Mapped[bytes | None] = mapped_column(index=True)
    secret_index: Mapped[bytes | None]
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None] = mapped_column(index=True)
    expiry_told: Mapped[date | None]


class Suspension(Base):
    """Services that stopped in a region; services is a comma-separated list of core.rules.suspension.Service.

    since: when they stopped, which may be long before noted_at, when the office said so.
    part_of: the suspension that this was a part of until some of its services came back before the others.
    """

    __tablename__ = "suspension"
    id: Mapped[int] = mapped_column(primary_key=True)
    services: Mapped[str] = mapped_column(String(60))
    region: Mapped[str] = mapped_column(String(13))
    recorded_since: Mapped[date | None]
    cause: Mapped[Cause]
    since: Mapped[datetime]
    noted_at: Mapped[datetime | None]
    expected_until: Mapped[date | None]
    resumed_at: Mapped[datetime | None]
    part_of: Mapped[int | None] = mapped_column(ForeignKey("suspension.id"))


class Contact(Base):
    """An address of a resident. Without consent it is only held (it may prove who asks), never written to."""

    __tablename__ = "contact"
    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    channel: Mapped[Channel]
    address_index: Mapped[bytes] = mapped_column(index=True)
    address_sealed: Mapped[bytes]
    proof: Mapped[str] = mapped_column(String(16))
    added_at: Mapped[datetime]
    consent_at: Mapped[datetime | None]
    consent_by: Mapped[str | None] = mapped_column(String(40))
    consent_how: Mapped[str | None] = mapped_column(String(16))
    consent_text: Mapped[str | None] = mapped_column(String(16))
    closed_at: Mapped[datetime | None]
    closed_why: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        Index(
            "uq_contact_open",
            "resident_id",
            "channel",
            "address_index",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )


class Fact(Base):
    """Append-only: what happened, when, by whom. details never holds personal data."""

    __tablename__ = "fact"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(32))
    by: Mapped[str] = mapped_column(String(40))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    suspension_id: Mapped[int | None] = mapped_column(ForeignKey("suspension.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    details: Mapped[dict[str, Any]]


class ImportRun(Base):
    """One import of one file (by the digest of its content); rows up to `cursor` are in the database."""

    __tablename__ = "import_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    file_digest: Mapped[str] = mapped_column(String(64), index=True)
    as_of: Mapped[date] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(40))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    cursor: Mapped[int]
    counts: Mapped[dict[str, Any]]
