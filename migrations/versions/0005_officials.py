"""Officials by invitation, calls to a pickup, proposals, messages that are edited, lists sent in the chat."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_CARD_INDEXES = (
    ("ix_card_awaits_call", ("pickup_point", "stage_since"), "awaits_call"),
    (
        "ix_card_given",
        ("pickup_point", "stage_since", "pickup_number", "taken"),
        "stage = 'HANDED_OVER' AND pickup_point IS NOT NULL",
    ),
    ("ix_card_call_id", ("call_id", "pickup_on"), "call_id IS NOT NULL"),
)


def upgrade() -> None:
    _new_tables()
    op.add_column("official", sa.Column("name_sealed", sa.LargeBinary(), nullable=True))
    _add_pointing("official", "invite_id", "invite.id")
    with op.batch_alter_table("official") as official:
        official.alter_column("role", existing_type=sa.String(16), type_=sa.String(32), existing_nullable=False)
    # Nothing made a row so far; who stands there by hand is taken for nobody.
    op.execute("UPDATE official SET role = 'village' WHERE role NOT IN ('village', 'district', 'office', 'head')")
    op.execute("UPDATE official SET removed_at = coalesce(confirmed_at, CURRENT_TIMESTAMP) WHERE removed_at IS NULL")
    op.drop_index("ix_official_telegram_index", table_name="official")
    _part("uq_official_live", "official", ("telegram_index",), "removed_at IS NULL", unique=True)

    op.add_column("card", sa.Column("awaits_call", sa.Boolean(), server_default=sa.false(), nullable=False))
    _add_pointing("card", "call_id", "pickup_call.id")
    for name, columns, where in _CARD_INDEXES:
        _part(name, "card", columns, where)
    _add_pointing("broadcast", "proposal_id", "proposal.id")


def _new_tables() -> None:
    op.create_table(
        "invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_index", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("made_by", sa.String(length=40), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=True),
        sa.Column("void_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite")),
        sa.UniqueConstraint("secret_index", name=op.f("uq_invite_secret_index")),
    )
    op.create_table(
        "pickup_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=13), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_call")),
    )
    _part("uq_pickup_call_open", "pickup_call", ("point",), "state = 'open'", unique=True)
    op.create_index("ix_pickup_call_point", "pickup_call", ["point", "id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("region", sa.String(length=13), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("decided_at", _MOMENT, nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["official_id"], ["official.id"], name=op.f("fk_proposal_official_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index("ix_proposal_made_at", "proposal", ["made_at"], unique=False)
    op.create_table(
        "live_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_index", sa.LargeBinary(), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("chat_message_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.String(length=24), nullable=False),
        sa.Column("shown_index", sa.LargeBinary(), nullable=False),
        sa.Column("edits", sa.Integer(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_message")),
        sa.UniqueConstraint("chat_index", "chat_message_id", name=op.f("uq_live_message_chat_index_chat_message_id")),
    )
    _part("ix_live_message_going_on", "live_message", ("id",), "ended_at IS NULL")
    op.create_table(
        "chat_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("file_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("sent_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_file")),
    )
    op.create_index("ix_chat_file_state", "chat_file", ["state"], unique=False)


def _part(name: str, table: str, columns: tuple[str, ...], where: str, *, unique: bool = False) -> None:
    """An index of those rows only of which this is true."""
    holds = sa.text(where)
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=holds, postgresql_where=holds)


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
    op.execute("UPDATE card SET taken = 'family' WHERE taken IN ('brought-home', 'left-with-rt')")
    new = "('called', 'announcement')"
    op.execute(
        f"UPDATE notice SET state = 'cancelled', ended_at = created_at WHERE state = 'waiting' AND kind IN {new}"  # noqa: S608
    )
    for table in ("notice", "message"):
        op.execute(f"UPDATE {table} SET kind = 'ready' WHERE kind IN {new}")  # noqa: S608
    op.execute("UPDATE broadcast SET state = 'cancelled' WHERE kind = 'announcement' AND state = 'preparing'")
    op.execute("UPDATE broadcast SET kind = 'resumed' WHERE kind = 'announcement'")


def downgrade() -> None:
    _words_of_before()
    _drop_pointing("broadcast", "proposal_id")
    for name, *_ in reversed(_CARD_INDEXES):
        op.drop_index(name, table_name="card")
    _drop_pointing("card", "call_id", "awaits_call")
    op.drop_index("ix_chat_file_state", table_name="chat_file")
    op.drop_table("chat_file")
    op.drop_index("ix_live_message_going_on", table_name="live_message")
    op.drop_table("live_message")
    op.drop_index("ix_proposal_made_at", table_name="proposal")
    op.drop_table("proposal")
    op.drop_index("ix_pickup_call_point", table_name="pickup_call")
    op.drop_index("uq_pickup_call_open", table_name="pickup_call")
    op.drop_table("pickup_call")
    op.drop_index("uq_official_live", table_name="official")
    _drop_pointing("official", "invite_id", "name_sealed")
    with op.batch_alter_table("official") as official:
        official.alter_column("role", existing_type=sa.String(32), type_=sa.String(16), existing_nullable=False)
    op.create_index("ix_official_telegram_index", "official", ["telegram_index"], unique=False)
    op.drop_table("invite")
