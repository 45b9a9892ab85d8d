"""The tables of the desk: its slips, what a person there has to settle, and who is spoken to in which language."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.store.base import Base
from core.store.words import DeskKind


class Slip(Base):
    """A receipt that the counter printed for a card: its code, and the secret in its link to the bot.

    The newest slip that is not void takes the place of the code in the office's export: whoever holds an older paper,
    or guessed that code, proves nothing any more.
    """

    __tablename__ = "slip"
    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("card.id"), index=True)
    code_index: Mapped[bytes]
    code_sealed: Mapped[bytes]
    link_index: Mapped[bytes] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(40))
    void_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_slip_one_valid",
            "card_id",
            unique=True,
            sqlite_where=text("void_at IS NULL"),
            postgresql_where=text("void_at IS NULL"),
        ),
    )


class AddressLanguage(Base):
    """In which language an address is spoken to; without a row, in Indonesian. address_index: as in Contact."""

    __tablename__ = "address_language"
    address_index: Mapped[bytes] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8))
    chosen_at: Mapped[datetime]


class DeskItem(Base):
    """Something that only a person at the office can settle; details never holds personal data."""

    __tablename__ = "desk_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DeskKind]
    at: Mapped[datetime]
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    details: Mapped[dict[str, Any]]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        Index(
            "ix_desk_item_open",
            "id",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )
