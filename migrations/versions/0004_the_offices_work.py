"""Print plans, boxes, blanks by day, places in the queue, letters by number, suspensions in parts."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_QUEUE = ("spoiled", "urgent", "reason", "elderly", "queued_on", "id", "print_not_before", "recorded_on")
_WITH_RECEIPT = "stage IN ('PRINTED', 'SHIPPED', 'READY_FOR_PICKUP', 'HANDED_OVER')"
_CARD_INDEXES = (
    ("ix_card_queue", _QUEUE, "stage = 'PRINT_READY' AND plan_id IS NULL", False),
    ("ix_card_plan_id", ("plan_id",), "plan_id IS NOT NULL", False),
    ("ix_card_box_id", ("box_id",), "box_id IS NOT NULL", False),
    ("uq_card_pickup_number", ("pickup_point", "pickup_number"), "stage IN ('SHIPPED', 'READY_FOR_PICKUP')", True),
    ("ix_card_receipt_index", ("receipt_index",), _WITH_RECEIPT, False),
    ("ix_card_unclaimed", ("reminders", "stage_since"), "stage = 'READY_FOR_PICKUP'", False),
    ("ix_card_pickup_on", ("pickup_on",), "pickup_on IS NOT NULL", False),
)
_CARD_COLUMNS = ("queued_on", "elderly", "spoiled", "urgent", "plan_id", "box_id", "pickup_on", "taken", "reminders")


def upgrade() -> None:
    _new_tables()
    op.add_column("card", sa.Column("queued_on", sa.Date(), nullable=True))
    op.add_column("card", sa.Column("elderly", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("card", sa.Column("spoiled", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("card", sa.Column("urgent", sa.String(32), nullable=True))
    _add_pointing("card", "plan_id", "print_plan.id")
    _add_pointing("card", "box_id", "box.id")
    op.add_column("card", sa.Column("pickup_on", sa.Date(), nullable=True))
    op.add_column("card", sa.Column("taken", sa.String(32), nullable=True))
    op.add_column("card", sa.Column("reminders", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.execute("UPDATE card SET queued_on = coalesce(applied_on, recorded_on)")
    # Of who was old enough on that day it only told the birthday.
    op.execute("UPDATE card SET print_not_before = NULL WHERE print_not_before <= queued_on")
    for name, columns, where, unique in _CARD_INDEXES:
        op.create_index(
            name, "card", list(columns), unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )

    _add_pointing("blank_movement", "plan_id", "print_plan.id")
    op.add_column("blank_movement", sa.Column("day", sa.Date(), nullable=True))
    op.execute("UPDATE blank_movement SET day = date(at)")
    with op.batch_alter_table("blank_movement") as movement:
        movement.alter_column("day", existing_type=sa.Date(), nullable=False)
        movement.alter_column("kind", existing_type=sa.String(16), type_=sa.String(32), existing_nullable=False)
    op.create_index("ix_blank_movement_day", "blank_movement", ["day"], unique=False)

    op.add_column("letter", sa.Column("number_index", sa.LargeBinary(), nullable=True))
    op.add_column("letter", sa.Column("expiry_told", sa.Date(), nullable=True))
    op.create_index("ix_letter_number_index", "letter", ["number_index"], unique=False)
    op.create_index("ix_letter_valid_until", "letter", ["valid_until"], unique=False)

    op.add_column("suspension", sa.Column("noted_at", sa.DateTime(timezone=True), nullable=True))
    _add_pointing("suspension", "part_of", "suspension.id")
    op.add_column("broadcast", sa.Column("expected_until", sa.Date(), nullable=True))
    op.add_column("broadcast", sa.Column("was_expected", sa.Date(), nullable=True))


def _new_tables() -> None:
    op.create_table(
        "print_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_plan")),
    )
    op.create_index("ix_print_plan_state", "print_plan", ["state"], unique=False)
    op.create_table(
        "plan_card",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["print_plan.id"], name=op.f("fk_plan_card_plan_id")),
        sa.ForeignKeyConstraint(["card_id"], ["card.id"], name=op.f("fk_plan_card_card_id")),
        sa.PrimaryKeyConstraint("plan_id", "place", name=op.f("pk_plan_card")),
    )
    op.create_index("ix_plan_card_card_id", "plan_card", ["card_id"], unique=False)
    op.create_table(
        "box",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=13), nullable=False),
        sa.Column("packed", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box")),
    )
    under_way = sa.text("arrived_at IS NULL")
    op.create_index(
        "ix_box_under_way", "box", ["sent_at"], unique=False, sqlite_where=under_way, postgresql_where=under_way
    )


def _add_pointing(table: str, column: str, to: str) -> None:
    """Add a column that points to another table; said within it, because SQLite would have the whole table copied."""
    name = op.f(f"fk_{table}_{column}")
    op.add_column(
        table, sa.Column(column, sa.Integer(), sa.ForeignKey(to, name=name), nullable=True), inline_references=True
    )


def _drop_pointing(table: str, *columns: str) -> None:
    with op.batch_alter_table(table) as change:
        for column in columns:
            change.drop_column(column)


def _words_of_before() -> None:
    """Take back the words that the program before does not know: it fails at the first row that holds one."""
    op.execute("DELETE FROM desk_item WHERE kind IN ('missing-card', 'unclaimed')")
    op.execute("UPDATE letter SET state = 'asked' WHERE state = 'issued'")
    op.execute("UPDATE notice SET answer = NULL WHERE answer IN ('moved', 'died', 'taken')")
    new = "('reminder', 'pickup-moved', 'letter-expiring')"
    op.execute(
        f"UPDATE notice SET state = 'cancelled', ended_at = created_at WHERE state = 'waiting' AND kind IN {new}"  # noqa: S608
    )
    for table in ("notice", "message"):
        op.execute(f"UPDATE {table} SET kind = 'letter-ready' WHERE kind = 'letter-expiring'")  # noqa: S608
        op.execute(f"UPDATE {table} SET kind = 'ready' WHERE kind IN {new}")  # noqa: S608


def downgrade() -> None:
    _words_of_before()
    op.drop_column("broadcast", "was_expected")
    op.drop_column("broadcast", "expected_until")
    _drop_pointing("suspension", "part_of", "noted_at")
    op.drop_index("ix_letter_valid_until", table_name="letter")
    op.drop_index("ix_letter_number_index", table_name="letter")
    op.drop_column("letter", "expiry_told")
    op.drop_column("letter", "number_index")
    op.drop_index("ix_blank_movement_day", table_name="blank_movement")
    _drop_pointing("blank_movement", "plan_id", "day")
    with op.batch_alter_table("blank_movement") as movement:
        movement.alter_column("kind", existing_type=sa.String(32), type_=sa.String(16), existing_nullable=False)
    for name, *_ in reversed(_CARD_INDEXES):
        op.drop_index(name, table_name="card")
    _drop_pointing("card", *reversed(_CARD_COLUMNS))
    op.drop_index("ix_box_under_way", table_name="box")
    op.drop_table("box")
    op.drop_index("ix_plan_card_card_id", table_name="plan_card")
    op.drop_table("plan_card")
    op.drop_index("ix_print_plan_state", table_name="print_plan")
    op.drop_table("print_plan")
