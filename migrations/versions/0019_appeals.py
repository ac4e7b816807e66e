"""appeals, sanctions, requests of two persons, administrators, readings of private data"""

import sqlalchemy as sa
from alembic import op

from sqlalchemy.dialects import postgresql

from forum.core.migrating import allow, disallow, forget_events

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS = (
    "rights_changed",
    "private_read",
    "second_asked",
    "second_confirmed",
    "second_cancelled",
    "sanction_given",
    "sanction_lifted",
    "appeal_made",
    "appeal_decided",
    "letter_reopened",
    "revision_reopened",
    "claim_reopened",
    "report_reopened",
)
UNTIL = ("suspended_until", "letters_until", "comments_until", "reports_until")
READING = sa.text("kind IN ('private_read', 'original_opened', 'claim_document_opened')")


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    op.create_index("ix_event_reading", "event", ["id"], sqlite_where=READING, postgresql_where=READING)
    allow("user", "standing", "administrator")
    for name in UNTIL:
        op.add_column("user", sa.Column(name, MOMENT, nullable=True))
    op.create_table(
        "sanction",
        sa.Column("id", BIG, nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("kind", _choice("sanctionkind", "warning", "limit", "suspension"), nullable=False),
        sa.Column("scope", _choice("scope", "letters", "comments", "reports"), nullable=True),
        sa.Column(
            "reason",
            _choice(
                "sanctionreason",
                "insults",
                "threats",
                "personal_data",
                "spam",
                "fake",
                "report_abuse",
                "impersonation",
                "evasion",
                "unlawful",
            ),
            nullable=False,
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("given_by_id", BIG, nullable=False),
        sa.Column("second_by_id", BIG, nullable=True),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("event_id", BIG, nullable=True),
        sa.Column("lifted_at", MOMENT, nullable=True),
        sa.Column("lifted_by_id", BIG, nullable=True),
        sa.Column("lift_message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_sanction_user_id_user")),
        sa.ForeignKeyConstraint(["given_by_id"], ["user.id"], name=op.f("fk_sanction_given_by_id_user")),
        sa.ForeignKeyConstraint(["second_by_id"], ["user.id"], name=op.f("fk_sanction_second_by_id_user")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_sanction_event_id_event")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["user.id"], name=op.f("fk_sanction_lifted_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
    )
    op.create_index(op.f("ix_sanction_user_id"), "sanction", ["user_id"], unique=False)
    op.create_table(
        "joint_request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", _choice("requestkind", "rights", "sanction", "unmask", "delete_original"), nullable=False),
        sa.Column("state", _choice("requeststate", "open", "confirmed", "cancelled"), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("data", JSON, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("asked_by_id", BIG, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_joint_request_user_id_user")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], name=op.f("fk_joint_request_asked_by_id_user")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_joint_request_decided_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_request")),
    )
    op.create_index(op.f("ix_joint_request_user_id"), "joint_request", ["user_id"], unique=False)
    op.create_index("ix_joint_request_state", "joint_request", ["state", "id"], unique=False)
    op.create_table(
        "appeal",
        sa.Column("id", BIG, nullable=False),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("side", _choice("side", "concerned", "asker"), nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        sa.Column("report_id", BIG, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", _choice("appealstate", "open", "granted", "refused"), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_appeal_event_id_event")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_appeal_by_id_user")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_appeal_report_id_report")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_appeal_decided_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeal")),
        sa.UniqueConstraint("event_id", "side", name=op.f("uq_appeal_event_id_side")),
    )
    op.create_index(op.f("ix_appeal_by_id"), "appeal", ["by_id"], unique=False)
    op.create_index("ix_appeal_state", "appeal", ["state", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_appeal_state", table_name="appeal")
    op.drop_index(op.f("ix_appeal_by_id"), table_name="appeal")
    op.drop_table("appeal")
    op.drop_index("ix_joint_request_state", table_name="joint_request")
    op.drop_index(op.f("ix_joint_request_user_id"), table_name="joint_request")
    op.drop_table("joint_request")
    op.drop_index(op.f("ix_sanction_user_id"), table_name="sanction")
    op.drop_table("sanction")
    with op.batch_alter_table("user", schema=None) as batch_op:
        for name in UNTIL:
            batch_op.drop_column(name)
    user = sa.table("user", sa.column("standing", sa.String()))
    op.execute(sa.update(user).where(user.c.standing == "administrator").values(standing="moderator"))
    disallow("user", "standing", "administrator")
    op.drop_index("ix_event_reading", table_name="event")
    forget_events(*KINDS)
