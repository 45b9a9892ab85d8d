"""The tables of speaking first: broadcasts, notices, messages, attempts, and the state of each channel."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

import core.store.official_tables  # noqa: F401  (registers what a broadcast points to)
from core.rules.delivery import Channel
from core.rules.notices import Answer, Kind
from core.store.base import Base
from core.store.columns import Word
from core.store.words import BatchOrderWord, BroadcastState, MessageState, NoticeState

_WAITING = text("state = 'waiting'")
_BEGUN = text("state = 'waiting' AND message_id IS NOT NULL")
#: A message whose text was not forgotten yet; said in the very words of the index, which no other words would use.
WITH_TEXT = text("length(text_sealed) > 0")


class Broadcast(Base):
    """One announcement to an audience; residents up to `cursor` have their notice.

    expected_until, was_expected: the end that it tells of, and the one told before, where it tells of another end.
    proposal_id: the announcement that it is.
    """

    __tablename__ = "broadcast"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    state: Mapped[BroadcastState] = mapped_column(Word(BroadcastState), index=True)
    suspension_id: Mapped[int | None] = mapped_column(ForeignKey("suspension.id"))
    sms: Mapped[bool]
    cursor: Mapped[int]
    created_at: Mapped[datetime]
    expected_until: Mapped[date | None]
    was_expected: Mapped[date | None]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"))


class Notice(Base):
    """What one person is owed. channel: the next to try. batch: null for an act on a single card.

    answer: the button pressed below it. unanswered_at: when silence on Telegram makes it go by SMS too; null when
    there is nothing to wait for any more.
    """

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    fact_id: Mapped[int | None] = mapped_column(ForeignKey("fact.id"))
    broadcast_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast.id"))
    batch: Mapped[str | None] = mapped_column(String(24))
    channel: Mapped[Channel | None] = mapped_column(Word(Channel))
    state: Mapped[NoticeState] = mapped_column(Word(NoticeState))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    worthless_after: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    why: Mapped[str | None] = mapped_column(String(60))
    answer: Mapped[Answer | None] = mapped_column(Word(Answer))
    unanswered_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("fact_id", "resident_id"),
        UniqueConstraint("broadcast_id", "resident_id"),
        Index(
            "ix_notice_unanswered",
            "unanswered_at",
            sqlite_where=text("unanswered_at IS NOT NULL"),
            postgresql_where=text("unanswered_at IS NOT NULL"),
        ),
        Index(
            "ix_notice_unreachable",
            "resident_id",
            sqlite_where=text("state = 'unreachable'"),
            postgresql_where=text("state = 'unreachable'"),
        ),
        Index(
            "ix_notice_batch_state",
            "batch",
            "state",
            sqlite_where=text("batch IS NOT NULL"),
            postgresql_where=text("batch IS NOT NULL"),
        ),
        Index(
            "ix_notice_in_doubt",
            "id",
            sqlite_where=text("state = 'in-doubt'"),
            postgresql_where=text("state = 'in-doubt'"),
        ),
        Index("ix_notice_begun", "channel", "batch", "due_at", sqlite_where=_BEGUN, postgresql_where=_BEGUN),
        Index("ix_notice_next", "channel", "batch", "due_at", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )


class Message(Base):
    """What leaves for one address. rank: how far the provider's receipts have moved it; it only rises.

    text_sealed: empty once it was forgotten; a message that is tried again is written anew.
    """

    __tablename__ = "message"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    kind: Mapped[Kind] = mapped_column(Word(Kind))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    address_index: Mapped[bytes]
    text_sealed: Mapped[bytes]
    state: Mapped[MessageState] = mapped_column(Word(MessageState))
    created_at: Mapped[datetime]
    check_at: Mapped[datetime | None]
    provider_id: Mapped[str | None] = mapped_column(String(64))
    rank: Mapped[int]
    failures: Mapped[int]
    doubts: Mapped[int]

    __table_args__ = (
        Index("ix_message_channel_created_at", "channel", "created_at"),
        Index("ix_message_address_index_created_at", "address_index", "created_at"),
        Index("ix_message_with_text", "created_at", sqlite_where=WITH_TEXT, postgresql_where=WITH_TEXT),
        Index(
            "ix_message_unsure",
            "check_at",
            sqlite_where=text("state = 'unsure'"),
            postgresql_where=text("state = 'unsure'"),
        ),
    )


class MessageNotice(Base):
    """Which notices a message covers; a notice that failed over is covered by one message per channel."""

    __tablename__ = "message_notice"
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True, index=True)


class Attempt(Base):
    """One try to send a message; without ended_at it is in flight, or in doubt if its sender is gone.

    provider_id: what this try became at the provider, whether its answer or a receipt said so first.
    """

    __tablename__ = "attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    channel: Mapped[Channel] = mapped_column(Word(Channel))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    code: Mapped[str | None] = mapped_column(String(60))
    provider_id: Mapped[str | None] = mapped_column(String(64))

    __table_args__ = (
        Index(
            "ix_attempt_open",
            "channel",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_attempt_channel_started_at", "channel", "started_at"),
    )


class ChannelHalt(Base):
    """A channel that stopped because our own configuration is wrong; the row goes when it is known to work again.

    by_account: the provider can be asked whether it is mended. well_since: since when it says that our account is in
    order, where only a message can show the rest; messages are then tried one at a time. alarmed_at: when operators
    were told of it by another channel.
    """

    __tablename__ = "channel_halt"
    channel: Mapped[Channel] = mapped_column(Word(Channel), primary_key=True)
    since: Mapped[datetime]
    probe_at: Mapped[datetime]
    code: Mapped[str] = mapped_column(String(60))
    hint: Mapped[str] = mapped_column(String(200))
    by_account: Mapped[bool] = mapped_column(server_default=true())
    well_since: Mapped[datetime | None]
    alarmed_at: Mapped[datetime | None]


class BatchOrder(Base):
    """What an operator ordered about a batch: nothing of it leaves while there is such a row."""

    __tablename__ = "batch_order"
    batch: Mapped[str] = mapped_column(String(24), primary_key=True)
    order: Mapped[BatchOrderWord] = mapped_column(Word(BatchOrderWord))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(40))


class Lease(Base):
    """Who alone answers and sends for this office, until when by the database's own clock; renewed while it lives."""

    __tablename__ = "lease"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    since: Mapped[datetime]
    until: Mapped[datetime]
