"""letters as they were returned, with the passages that were marked in them; who signed in from the same address"""

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, disallow

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
REASONS = (
    "personal_data",
    "named_person",
    "crime",
    "insult",
    "unclear",
    "unproved",
    "advertising",
    "off_topic",
    "unlawful",
)
PLACES = ("returned", "mark")


def upgrade() -> None:
    op.create_table(
        "letter_return",
        sa.Column("id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_return_letter_id_letter")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_letter_return_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_return")),
    )
    op.create_index("ix_letter_return_letter_id", "letter_return", ["letter_id", "id"], unique=False)
    op.create_table(
        "letter_mark",
        sa.Column("id", BIG, nullable=False),
        sa.Column("return_id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(*REASONS, name="markreason", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["letter_return.id"], name=op.f("fk_letter_mark_return_id_letter_return")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_mark_letter_id_letter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_mark")),
    )
    op.create_index(op.f("ix_letter_mark_return_id"), "letter_mark", ["return_id"], unique=False)
    op.create_index(op.f("ix_letter_mark_letter_id"), "letter_mark", ["letter_id"], unique=False)
    op.create_index("ix_login_session_address", "login_session", ["address", "user_id"], unique=False)
    allow("veil", "place", *PLACES)


def downgrade() -> None:
    """What was returned and why stays in the events; the marked passages go."""
    op.execute(sa.delete(sa.table("veil")).where(sa.column("place", sa.String()).in_(PLACES)))
    disallow("veil", "place", *PLACES)
    op.drop_index("ix_login_session_address", table_name="login_session")
    op.drop_table("letter_mark")
    op.drop_table("letter_return")
