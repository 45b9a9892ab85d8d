"""The tables of officials: who they are, whom they call to a pickup, what they want to be told to many."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.rules.officials import Role
from core.store.base import Base
from core.store.columns import Word
from core.store.words import CallState, FileState, ProposalKind, ProposalState

_LIVE = text("removed_at IS NULL")
_OPEN = text("state = 'open'")


class Invite(Base):
    """A one-time link that makes whoever opens it an official, once the inviter or the office confirms it.

    secret_index: HMAC of the secret in the link. void_at: taken back, or another one was made in its place.
    """

    __tablename__ = "invite"
    id: Mapped[int] = mapped_column(primary_key=True)
    secret_index: Mapped[bytes] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(Word(Role))
    region: Mapped[str] = mapped_column(String(13))
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(40))
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    void_at: Mapped[datetime | None]


class Official(Base):
    """A Telegram user with a role within a region; may act from confirmed_at on, unless suspended or removed.

    name_sealed: what Telegram calls her, so that whoever confirms knows whom.
    """

    __tablename__ = "official"
    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_index: Mapped[bytes]
    telegram_sealed: Mapped[bytes]
    name_sealed: Mapped[bytes | None]
    role: Mapped[Role] = mapped_column(Word(Role))
    region: Mapped[str] = mapped_column(String(13))
    invite_id: Mapped[int | None] = mapped_column(ForeignKey("invite.id"))
    invited_by: Mapped[str] = mapped_column(String(40))
    confirmed_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_official_live", "telegram_index", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )


class PickupCall(Base):
    """A village's call: so many people a day, from a day on, at these hours.

    point: the pickup point's region code. opens, closes: by the office's clock. place: None: where cards are handed
    over there anyway. by: an official, or "kabar" for a call that came by itself.
    """

    __tablename__ = "pickup_call"
    id: Mapped[int] = mapped_column(primary_key=True)
    point: Mapped[str] = mapped_column(String(13))
    state: Mapped[CallState] = mapped_column(Word(CallState))
    first_day: Mapped[date]
    opens: Mapped[time]
    closes: Mapped[time]
    place: Mapped[str | None] = mapped_column(String(40))
    per_day: Mapped[int]
    made_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_pickup_call_open", "point", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_pickup_call_point", "point", "id"),
    )


class Proposal(Base):
    """What an official wants many to be told of; some need a second official's word first.

    details: the fields of its form, never personal data. people: whom it would reach, when it was made.
    official_id: None for an operator by the settings.
    """

    __tablename__ = "proposal"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ProposalKind] = mapped_column(Word(ProposalKind))
    state: Mapped[ProposalState] = mapped_column(Word(ProposalState))
    region: Mapped[str] = mapped_column(String(13))
    details: Mapped[dict[str, Any]]
    people: Mapped[int]
    official_id: Mapped[int | None] = mapped_column(ForeignKey("official.id"))
    by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(40))


class LiveMessage(Base):
    """A message in a chat that shows how far something is, and is edited while that goes on.

    about: a batch, by its name. edits: how often it was changed, so that each change has a number of its own.
    shown_index: HMAC of the text that it shows.
    """

    __tablename__ = "live_message"
    id: Mapped[int] = mapped_column(primary_key=True)
    chat_index: Mapped[bytes]
    chat_sealed: Mapped[bytes]
    chat_message_id: Mapped[int] = mapped_column(BigInteger)
    about: Mapped[str] = mapped_column(String(24))
    shown_index: Mapped[bytes]
    edits: Mapped[int]
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("chat_index", "chat_message_id"),
        Index(
            "ix_live_message_going_on",
            "id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class ChatFile(Base):
    """A list that an official sent in the chat, to be taken in after she saw what it does.

    file_sealed: Telegram's id of it. report: counts and reasons, never what stands in it. kind: of the list. parts: how
    many hold its content, once it is here whole. run_id: what takes it in. found: what looking through it, or taking it
    in, came to, until that is said.
    """

    __tablename__ = "chat_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[FileState] = mapped_column(Word(FileState), index=True)
    kind: Mapped[str | None] = mapped_column(String(32))
    chat_sealed: Mapped[bytes]
    file_sealed: Mapped[bytes]
    name_sealed: Mapped[bytes]
    report: Mapped[dict[str, Any]]
    by: Mapped[str] = mapped_column(String(40))
    sent_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    parts: Mapped[int | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ListPart(Base):
    """A part of what a list sent in the chat holds; it is kept no longer than somebody has to look at the list.

    content_sealed: of the compressed content, a hundred kilobytes or less.
    """

    __tablename__ = "list_part"
    chat_file_id: Mapped[int] = mapped_column(ForeignKey("chat_file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content_sealed: Mapped[bytes]
