"""Orders about batches, the lease of the one sender, what a stopped channel was tried with, one person's own inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batch_order",
        sa.Column("batch", sa.String(length=24), nullable=False),
        sa.Column("order", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("batch", name=op.f("pk_batch_order")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.add_column("channel_halt", sa.Column("by_account", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("channel_halt", sa.Column("well_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("channel_halt", sa.Column("alarmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("inbox_update", sa.Column("why", sa.String(length=60), nullable=True))

    waiting = sa.text("state IN ('received', 'decided')")
    op.create_index(
        "ix_inbox_update_waiting",
        "inbox_update",
        ["person_index", "id"],
        unique=False,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    in_batch = sa.text("batch IS NOT NULL")
    op.create_index(
        "ix_notice_batch_state",
        "notice",
        ["batch", "state"],
        unique=False,
        sqlite_where=in_batch,
        postgresql_where=in_batch,
    )
    begun = sa.text("state = 'waiting' AND message_id IS NOT NULL")
    op.create_index(
        "ix_notice_begun",
        "notice",
        ["channel", "batch", "due_at"],
        unique=False,
        sqlite_where=begun,
        postgresql_where=begun,
    )
    in_doubt = sa.text("state = 'in-doubt'")
    op.create_index(
        "ix_notice_in_doubt", "notice", ["id"], unique=False, sqlite_where=in_doubt, postgresql_where=in_doubt
    )


def downgrade() -> None:
    op.drop_index("ix_notice_in_doubt", table_name="notice")
    op.drop_index("ix_notice_begun", table_name="notice")
    op.drop_index("ix_notice_batch_state", table_name="notice")
    op.drop_index("ix_inbox_update_waiting", table_name="inbox_update")
    op.drop_column("inbox_update", "why")
    op.drop_column("channel_halt", "alarmed_at")
    op.drop_column("channel_halt", "well_since")
    op.drop_column("channel_halt", "by_account")
    op.drop_table("lease")
    op.drop_table("batch_order")
