"""Slips, languages, the desk's items, what was answered to a notice, and what is counted and forgotten faster."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("code_index", sa.LargeBinary(), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("link_index", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_slip_card_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip")),
        sa.UniqueConstraint("link_index", name=op.f("uq_slip_link_index")),
    )
    valid = sa.text("void_at IS NULL")
    op.create_index("ix_slip_card_id", "slip", ["card_id"], unique=False)
    op.create_index("uq_slip_one_valid", "slip", ["card_id"], unique=True, sqlite_where=valid, postgresql_where=valid)

    op.create_table(
        "address_language",
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("address_index", name=op.f("pk_address_language")),
    )

    op.create_table(
        "desk_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("card_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["resident_id"], ["resident.id"], name=op.f("fk_desk_item_resident_id")),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_desk_item_card_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_desk_item_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_item")),
    )
    open_items = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_desk_item_open", "desk_item", ["id"], unique=False, sqlite_where=open_items, postgresql_where=open_items
    )

    op.create_index("ix_desk_item_card_id", "desk_item", ["card_id"], unique=False)
    op.create_index("ix_question_to_delete_update_id", "question_to_delete", ["update_id"], unique=False)

    op.create_index("ix_proof_try_chat_index_at", "proof_try", ["chat_index", "at"], unique=False)
    with_text = sa.text("length(text_sealed) > 0")
    op.create_index(
        "ix_message_with_text",
        "message",
        ["created_at"],
        unique=False,
        sqlite_where=with_text,
        postgresql_where=with_text,
    )

    op.add_column("office", sa.Column("bot_name", sa.String(length=40), nullable=True))
    op.add_column("notice", sa.Column("answer", sa.String(32), nullable=True))
    op.add_column("notice", sa.Column("unanswered_at", sa.DateTime(timezone=True), nullable=True))
    waited_for = sa.text("unanswered_at IS NOT NULL")
    op.create_index(
        "ix_notice_unanswered",
        "notice",
        ["unanswered_at"],
        unique=False,
        sqlite_where=waited_for,
        postgresql_where=waited_for,
    )
    to_visit = sa.text("state = 'unreachable'")
    op.create_index(
        "ix_notice_unreachable",
        "notice",
        ["resident_id"],
        unique=False,
        sqlite_where=to_visit,
        postgresql_where=to_visit,
    )


def downgrade() -> None:
    op.drop_index("ix_notice_unreachable", table_name="notice")
    op.drop_index("ix_notice_unanswered", table_name="notice")
    op.drop_column("notice", "unanswered_at")
    op.drop_column("notice", "answer")
    op.drop_column("office", "bot_name")
    op.drop_index("ix_question_to_delete_update_id", table_name="question_to_delete")
    op.drop_index("ix_message_with_text", table_name="message")
    op.drop_index("ix_proof_try_chat_index_at", table_name="proof_try")
    op.drop_table("desk_item")
    op.drop_table("address_language")
    op.drop_table("slip")
