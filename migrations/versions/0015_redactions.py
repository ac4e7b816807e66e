"""words that were covered, and what their marks stand for"""

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, forget_events

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = ("words_redacted", "words_restored", "comment_redacted")


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    op.create_table(
        "redaction",
        sa.Column("id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("kind", _choice("thingkind", "letter", "comment", "response", "attachment"), nullable=False),
        sa.Column("thing_id", BIG, nullable=False),
        sa.Column(
            "label",
            _choice(
                "label",
                "phone",
                "nik",
                "card",
                "account",
                "email",
                "address",
                "plate",
                "name",
                "order",
                "tracking",
                "document",
                "other",
            ),
            nullable=False,
        ),
        sa.Column(
            "reason", _choice("reason", "own_data", "others_data", "named_person", "asked", "order"), nullable=False
        ),
        sa.Column("reach", _choice("reach", "all", "own"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("role", _choice("role", "author", "business", "moderator", "reader", "system"), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=100), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_redaction_by_id_user")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_redaction_letter_id_letter")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["user.id"], name=op.f("fk_redaction_undone_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sa.UniqueConstraint("by_id", "once", name=op.f("uq_redaction_by_id_once")),
    )
    op.create_index("ix_redaction_letter_id", "redaction", ["letter_id", "id"], unique=False)
    op.create_table(
        "veil",
        sa.Column(
            "place",
            _choice("place", "letter", "revision", "update", "question", "response", "comment", "attachment", "report"),
            nullable=False,
        ),
        sa.Column("row_id", BIG, autoincrement=False, nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_veil_letter_id_letter")),
        sa.PrimaryKeyConstraint("place", "row_id", "field", name=op.f("pk_veil")),
    )
    op.create_index(op.f("ix_veil_letter_id"), "veil", ["letter_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_veil_letter_id"), table_name="veil")
    op.drop_table("veil")
    op.drop_index("ix_redaction_letter_id", table_name="redaction")
    op.drop_table("redaction")
    forget_events(*KINDS)
