"""the public ledger: append-only rows, linked one to the other, made of what happened before as well"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from forum.core.clock import utcnow
from forum.core.migrating import allow, forget_events
from forum.ledger.guards import guard, unguard
from forum.ledger.writing import backfill

revision = "0018"
down_revision = "0017"  # what a business reported is told by its contest
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
MOMENT = sa.DateTime(timezone=True)
ACTS = (
    "letter_taken_down", "letter_withdrawn", "letter_reinstated", "comment_hidden", "comment_restored", "response_hidden",
    "response_restored", "file_hidden", "file_restored", "file_covered", "file_uncovered", "words_covered", "words_restored",
    "comments_locked", "comments_unlocked", "businesses_merged", "business_split", "objection_decided", "reports_decided",
    "contest_opened", "contest_decided", "appeal_opened", "appeal_decided", "account_warned", "account_limited",
    "account_suspended", "account_freed", "order_received", "order_decided", "reply_published", "reply_hidden",
)  # fmt: skip


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


ASKED_BY = _choice("askedby", "author", "business", "person_named", "authority", "reader", "moderator")
OUTCOME = _choice("outcome", "removed", "restored", "done", "upheld", "partly", "dismissed", "open", "void")
WHY = _choice("why", "wrong_requester", "wrong_reason", "wrong_outcome", "mistake")


def upgrade() -> None:
    allow("event", "kind", "ledger_corrected")
    op.create_table(
        "ledger_row",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("act", _choice("act", *ACTS), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("letter_id", BIG, nullable=True),
        sa.Column("asked_by", ASKED_BY, nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("detail", sa.String(length=40), nullable=True),
        sa.Column("outcome", OUTCOME, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("took_seconds", sa.Integer(), nullable=True),
        sa.Column("merchants", JSON, nullable=False),
        sa.Column("corrects_id", BIG, nullable=True),
        sa.Column("why", WHY, nullable=True),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("(corrects_id IS NULL) = (why IS NULL)", name=op.f("ck_ledger_row_correction")),
        sa.ForeignKeyConstraint(["corrects_id"], ["ledger_row.id"], name=op.f("fk_ledger_row_corrects_id_ledger_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_row")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_ledger_row_corrects_id")),
    )
    op.create_index("uq_ledger_row_event_id", "ledger_row", ["event_id"], unique=True)
    for column in ("month", "act", "reason", "asked_by", "about"):
        op.create_index(op.f(f"ix_ledger_row_{column}"), "ledger_row", [column, "id"])
    op.create_index("ix_ledger_row_written_at", "ledger_row", ["written_at"])
    op.create_table(
        "ledger_business",
        sa.Column("merchant_id", BIG, autoincrement=False, nullable=False),
        sa.Column("row_id", BIG, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["ledger_row.id"], name=op.f("fk_ledger_business_row_id_ledger_row")),
        sa.PrimaryKeyConstraint("merchant_id", "row_id", name=op.f("pk_ledger_business")),
    )
    op.create_index("ix_ledger_business_row_id", "ledger_business", ["row_id"])
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_head")),
    )
    op.create_table(
        "ledger_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_ledger_day")),
    )
    guard(op.get_bind())
    backfill(op.get_bind(), utcnow())


def downgrade() -> None:
    unguard(op.get_bind())
    for table in ("ledger_day", "ledger_head", "ledger_business", "ledger_row"):
        op.drop_table(table)
    forget_events("ledger_corrected")
