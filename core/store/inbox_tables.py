"""The tables of being spoken to: raw updates, conversations, what was asked, tries at proof, questions to delete."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.store.base import Base
from core.store.columns import Word
from core.store.words import UpdateState

_WAITING = text("state IN ('received', 'decided')")


class InboxUpdate(Base):
    """A raw update, sealed, unique by Telegram's id; once decided it carries its replies, sealed too.

    why: the kind of error that its handling ended with last, never what the error said.
    """

    __tablename__ = "inbox_update"
    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    person_index: Mapped[bytes] = mapped_column()
    body_sealed: Mapped[bytes]
    state: Mapped[UpdateState] = mapped_column(Word(UpdateState), index=True)
    received_at: Mapped[datetime]
    failures: Mapped[int]
    replies_sealed: Mapped[bytes | None]
    replies_sent: Mapped[int]
    done_at: Mapped[datetime | None]
    why: Mapped[str | None] = mapped_column(String(60))

    __table_args__ = (
        Index("ix_inbox_update_waiting", "person_index", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )


class Conversation(Base):
    """Where a chat stands in a conversation; the key is an HMAC, the data sealed."""

    __tablename__ = "conversation"
    key_index: Mapped[bytes] = mapped_column(primary_key=True)
    state: Mapped[str | None] = mapped_column(String(60))
    data_sealed: Mapped[bytes | None]
    changed_at: Mapped[datetime]


class Asked(Base):
    """A question by NIK: who asked for which, as HMACs, so that the throttles survive a restart."""

    __tablename__ = "asked"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    chat_index: Mapped[bytes]
    nik_index: Mapped[bytes]
    prefix_index: Mapped[bytes]

    __table_args__ = (
        Index("ix_asked_chat_index_at", "chat_index", "at"),
        Index("ix_asked_prefix_index_at", "prefix_index", "at"),
    )


class ProofTry(Base):
    """A wrong try at proof; too many lock a NIK's proof, a chat's receipts, or a chat's links, for a day.

    nik_index: what the try was at. chat_index: who made it. For a link both are the links of that chat; for a proof
    that succeeded, noted so that it becomes a fact but once a day, both are that card in that chat.
    """

    __tablename__ = "proof_try"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    nik_index: Mapped[bytes]
    chat_index: Mapped[bytes]

    __table_args__ = (
        Index("ix_proof_try_nik_index_at", "nik_index", "at"),
        Index("ix_proof_try_chat_index_at", "chat_index", "at"),
    )


class QuestionToDelete(Base):
    """A chat message that held a NIK, to be deleted from the chat an hour later."""

    __tablename__ = "question_to_delete"
    id: Mapped[int] = mapped_column(primary_key=True)
    update_id: Mapped[int] = mapped_column(ForeignKey("inbox_update.id"), index=True)
    chat_sealed: Mapped[bytes]
    chat_message_id: Mapped[int] = mapped_column(BigInteger)
    due_at: Mapped[datetime] = mapped_column(index=True)
