"""a hash chain over the events of each letter, and a head for each day"""

import sqlalchemy as sa
from alembic import op

from forum.core.relinking import relink

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "chain_head",
        sa.Column("letter_id", BIG, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_chain_head_letter_id_letter")),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_chain_head")),
    )
    op.create_table(
        "day_head",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_head")),
    )
    op.add_column("event", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("event", sa.Column("salt", sa.String(length=32), nullable=True))
    op.add_column("event", sa.Column("hash", sa.String(length=64), nullable=True))
    op.create_index("ix_event_at", "event", ["at", "id"])
    op.create_index("uq_event_number", "event", ["letter_id", "number"], unique=True)
    relink(op.get_bind())


def downgrade() -> None:
    op.drop_index("uq_event_number", "event")
    op.drop_index("ix_event_at", "event")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_column("hash")
        batch_op.drop_column("salt")
        batch_op.drop_column("number")
    op.drop_table("day_head")
    op.drop_table("chain_head")
