"""who has an item of the moderators' queue in hand, and who looked at a report"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "desk_hold",
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("user_id", BIG, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("from_id", BIG, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_desk_hold_user_id_user"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["from_id"], ["user.id"], name=op.f("fk_desk_hold_from_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("item", name=op.f("pk_desk_hold")),
    )
    op.create_index("ix_desk_hold_user_id", "desk_hold", ["user_id", "until"], unique=False)
    op.create_index("ix_desk_hold_until", "desk_hold", ["until"], unique=False)
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("seen_by_id", BIG, nullable=True))
        batch_op.create_foreign_key(op.f("fk_report_seen_by_id_user"), "user", ["seen_by_id"], ["id"])
        batch_op.create_index("ix_report_waiting", ["created_at", "id"], unique=False, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index("ix_report_waiting")
        batch_op.drop_constraint(op.f("fk_report_seen_by_id_user"), type_="foreignkey")
        batch_op.drop_column("seen_by_id")
        batch_op.drop_column("seen_at")
    op.drop_table("desk_hold")
