"""What lists hold that were sent in the chat lies in the database, where any process can look through them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A list that is under way is fetched once more: what the program before kept of it, it kept in its home.
    op.add_column("chat_file", sa.Column("parts", sa.Integer(), nullable=True))
    run = sa.ForeignKey("import_run.id", name=op.f("fk_chat_file_run_id"))
    op.add_column("chat_file", sa.Column("run_id", sa.Integer(), run, nullable=True), inline_references=True)
    op.add_column("chat_file", sa.Column("found", sa.JSON(), nullable=True))
    op.create_table(
        "list_part",
        sa.Column("chat_file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["chat_file_id"], ["chat_file.id"], name=op.f("fk_list_part_chat_file_id")),
        sa.PrimaryKeyConstraint("chat_file_id", "number", name=op.f("pk_list_part")),
    )


def downgrade() -> None:
    op.drop_table("list_part")
    with op.batch_alter_table("chat_file") as chat_file:
        for column in ("found", "run_id", "parts"):
            chat_file.drop_column(column)
