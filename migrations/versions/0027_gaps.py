"""decisions that were undone by an appeal and wait once more: since when"""

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, forget_events

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

TABLES = ("report", "contest", "objection", "answer_link")


def upgrade() -> None:
    allow("event", "kind", "decision_reopened")
    for table in TABLES:
        op.add_column(table, sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("reopened_at")
    forget_events("decision_reopened")
