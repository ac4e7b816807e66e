"""orders of authorities to take something down"""

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, forget_events

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = ("order_received", "order_checked", "order_decided", "order_objected", "order_settled")
PEOPLE = ("made_by_id", "checked_by_id", "decided_by_id", "objected_by_id", "settled_by_id")
REASONS = (
    "terrorism", "child_abuse", "unrest", "gambling", "fraud", "personal_data", "defamation", "court_decision", "other_law",
    "not_authority", "no_ground", "not_ours", "unclear",
    "authority_withdrew", "court_lifted", "our_mistake", "order_holds",
)  # fmt: skip


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    states = ("received", "checked", "carried_out", "refused", "objected", "restored", "stands")
    kinds = ("ministry", "police", "prosecutor", "court", "regulator", "other")
    op.create_table(
        "takedown_order",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", _choice("authoritykind", *kinds), nullable=False),
        sa.Column("authority", sa.String(length=120), nullable=False),
        sa.Column("reference", sa.String(length=80), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("hours", _choice("hours", "urgent", "normal"), nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("half_at", MOMENT, nullable=False),
        sa.Column("ground", _choice("orderreason", *REASONS), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("elsewhere", sa.Text(), nullable=False),
        sa.Column("state", _choice("orderstate", *states), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by_id", BIG, nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("checked_by_id", BIG, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("refusal", _choice("refusal", *REASONS), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_at", MOMENT, nullable=True),
        sa.Column("objected_by_id", BIG, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by_id", BIG, nullable=True),
        sa.Column("end", _choice("end", *REASONS), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], ["user.id"], name=op.f(f"fk_takedown_order_{name}_user"))
            for name in PEOPLE
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown_order")),
        sa.UniqueConstraint("once", name=op.f("uq_takedown_order_once")),
    )
    op.create_index("ix_takedown_order_state", "takedown_order", ["state", "due_at", "id"], unique=False)
    op.create_table(
        "takedown_target",
        sa.Column("id", BIG, nullable=False),
        sa.Column("order_id", BIG, nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("person_id", BIG, nullable=True),
        sa.Column("took", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["takedown_order.id"], name=op.f("fk_takedown_target_order_id_takedown_order")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_takedown_target_person_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takedown_target")),
        sa.UniqueConstraint("order_id", "about", name=op.f("uq_takedown_target_order_id_about")),
    )
    op.create_index(op.f("ix_takedown_target_about"), "takedown_target", ["about"], unique=False)
    op.create_index(op.f("ix_takedown_target_person_id"), "takedown_target", ["person_id"], unique=False)
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("order_id", BIG, nullable=True))
        batch_op.create_index(batch_op.f("ix_attachment_order_id"), ["order_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_order_id_takedown_order"), "takedown_order", ["order_id"], ["id"]
        )


def downgrade() -> None:
    """Documents of orders go with them: without the column they would be their owner's to open."""
    of_orders = "(SELECT id FROM attachment WHERE order_id IS NOT NULL)"
    op.execute(sa.text(f"DELETE FROM attachment_opening WHERE attachment_id IN {of_orders}"))
    op.execute(sa.text(f"DELETE FROM attachment_copy WHERE attachment_id IN {of_orders}"))
    op.execute(sa.text("DELETE FROM attachment WHERE order_id IS NOT NULL"))
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_attachment_order_id_takedown_order"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_attachment_order_id"))
        batch_op.drop_column("order_id")
    op.drop_index(op.f("ix_takedown_target_person_id"), table_name="takedown_target")
    op.drop_index(op.f("ix_takedown_target_about"), table_name="takedown_target")
    op.drop_table("takedown_target")
    op.drop_index("ix_takedown_order_state", table_name="takedown_order")
    op.drop_table("takedown_order")
    forget_events(*KINDS)
