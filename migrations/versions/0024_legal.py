"""legal notices, holds of the data of letters, orders about identities"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from forum.core.migrating import allow, disallow, forget_events
from forum.ledger.guards import open_to_change

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS = (
    "notice_received",
    "notice_answered",
    "notice_closed",
    "letter_held",
    "hold_released",
    "identity_ordered",
    "identity_given",
    "identity_told",
)
FILES = (("legal_notice_id", "legal_notice"), ("identity_order_id", "identity_order"), ("kept_letter_id", "letter"))


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _ref(table, column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    allow("joint_request", "kind", "release_hold", named="requestkind")
    with open_to_change(op.get_bind()):
        allow("ledger_row", "act", "identity_given")
    op.add_column("letter", sa.Column("held_since", MOMENT, nullable=True))
    op.add_column("letter", sa.Column("held_quietly", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "legal_notice",
        sa.Column("id", BIG, nullable=False),
        sa.Column("state", _choice("noticestate", "received", "answered", "closed"), nullable=False),
        sa.Column("sender", _choice("sender", "business", "person"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("counsel", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("merchant_id", BIG, nullable=True),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("demands", JSON, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by_id", BIG, nullable=False),
        sa.Column(
            "outcome",
            _choice(
                "noticeoutcome", "stands", "referred", "corrected", "covered", "removed", "order_needed", "withdrawn"
            ),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("answered_by_id", BIG, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", BIG, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _ref("legal_notice", "merchant_id", "merchant"),
        _ref("legal_notice", "recorded_by_id", "user"),
        _ref("legal_notice", "answered_by_id", "user"),
        _ref("legal_notice", "closed_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_notice")),
        sa.UniqueConstraint("once", name=op.f("uq_legal_notice_once")),
    )
    op.create_index("ix_legal_notice_state", "legal_notice", ["state", "received_on", "id"], unique=False)
    op.create_index(op.f("ix_legal_notice_merchant_id"), "legal_notice", ["merchant_id"], unique=False)
    op.create_table(
        "legal_notice_thing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("notice_id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        _ref("legal_notice_thing", "notice_id", "legal_notice"),
        _ref("legal_notice_thing", "letter_id", "letter"),
        _ref("legal_notice_thing", "person_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_notice_thing")),
        sa.UniqueConstraint("notice_id", "about", name=op.f("uq_legal_notice_thing_notice_id_about")),
    )
    op.create_index(op.f("ix_legal_notice_thing_letter_id"), "legal_notice_thing", ["letter_id"], unique=False)
    op.create_index(op.f("ix_legal_notice_thing_person_id"), "legal_notice_thing", ["person_id"], unique=False)
    op.create_table(
        "legal_hold",
        sa.Column("id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("notice_id", BIG, nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("once", sa.String(length=64), nullable=True),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("released_by_id", BIG, nullable=True),
        sa.Column("second_by_id", BIG, nullable=True),
        _ref("legal_hold", "letter_id", "letter"),
        _ref("legal_hold", "notice_id", "legal_notice"),
        _ref("legal_hold", "by_id", "user"),
        _ref("legal_hold", "released_by_id", "user"),
        _ref("legal_hold", "second_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sa.UniqueConstraint("once", name=op.f("uq_legal_hold_once")),
    )
    op.create_index("ix_legal_hold_letter_id", "legal_hold", ["letter_id", "released_at", "id"], unique=False)
    op.create_index(op.f("ix_legal_hold_notice_id"), "legal_hold", ["notice_id"], unique=False)
    op.create_table(
        "kept_words",
        sa.Column("id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _ref("kept_words", "letter_id", "letter"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_words")),
    )
    op.create_index("ix_kept_words_letter_id", "kept_words", ["letter_id", "about", "id"], unique=False)
    op.create_table(
        "identity_order",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("legal_notice_id", BIG, nullable=True),
        sa.Column("authority", _choice("authority", "court", "police", "prosecutor", "other"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("silent_until", sa.Date(), nullable=True),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by_id", BIG, nullable=False),
        sa.Column("given_at", MOMENT, nullable=True),
        sa.Column("given_by_id", BIG, nullable=True),
        sa.Column("second_by_id", BIG, nullable=True),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "(given_at IS NULL) = (second_by_id IS NULL)", name=op.f("ck_identity_order_given_by_two")
        ),
        _ref("identity_order", "user_id", "user"),
        _ref("identity_order", "legal_notice_id", "legal_notice"),
        _ref("identity_order", "recorded_by_id", "user"),
        _ref("identity_order", "given_by_id", "user"),
        _ref("identity_order", "second_by_id", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_order")),
        sa.UniqueConstraint("once", name=op.f("uq_identity_order_once")),
    )
    op.create_index(op.f("ix_identity_order_user_id"), "identity_order", ["user_id"], unique=False)
    op.create_index(op.f("ix_identity_order_legal_notice_id"), "identity_order", ["legal_notice_id"], unique=False)
    op.create_index(
        "ix_identity_order_untold", "identity_order", ["told_at", "silent_until", "id"], unique=False
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        for column, other in FILES:
            batch_op.add_column(sa.Column(column, BIG, nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_attachment_{column}_{other}"), other, [column], ["id"])
            batch_op.create_index(batch_op.f(f"ix_attachment_{column}"), [column], unique=False)


def downgrade() -> None:
    """What only a hold kept was given up by its owners: it goes, with the documents of legal matters.

    Rows of the ledger stay as they are, for they are links of its chain; while there is one, its act stays allowed.
    """
    attachment = sa.table("attachment", sa.column("id"), *(sa.column(column) for column, _other in FILES))
    ours = sa.or_(*(attachment.c[column].is_not(None) for column, _other in FILES))
    for table in ("attachment_copy", "attachment_opening"):
        hung = sa.table(table, sa.column("attachment_id"))
        op.execute(sa.delete(hung).where(hung.c.attachment_id.in_(sa.select(attachment.c.id).where(ours))))
    op.execute(sa.delete(attachment).where(ours))
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        for column, other in FILES:
            batch_op.drop_index(batch_op.f(f"ix_attachment_{column}"))
            batch_op.drop_constraint(op.f(f"fk_attachment_{column}_{other}"), type_="foreignkey")
            batch_op.drop_column(column)
    for table in ("identity_order", "kept_words", "legal_hold", "legal_notice_thing", "legal_notice"):
        op.drop_table(table)
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("held_quietly")
        batch_op.drop_column("held_since")
    request = sa.table("joint_request", sa.column("kind", sa.String()))
    op.execute(sa.delete(request).where(request.c.kind == "release_hold"))
    disallow("joint_request", "kind", "release_hold", named="requestkind")
    forget_events(*KINDS)
    row = sa.table("ledger_row", sa.column("act", sa.String()))
    if not op.get_bind().scalar(sa.select(sa.func.count()).where(row.c.act == "identity_given")):
        with open_to_change(op.get_bind()):
            disallow("ledger_row", "act", "identity_given")
