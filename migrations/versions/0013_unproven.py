"""webhooks that end because who added them speaks for the business no more"""

from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None

BEFORE = "ended_reason IN ('removed', 'failing', 'gone')"
NOW = "ended_reason IN ('removed', 'failing', 'gone', 'unproven')"


def upgrade() -> None:
    _allow(NOW)


def downgrade() -> None:
    op.execute("UPDATE webhook SET ended_reason = 'removed' WHERE ended_reason = 'unproven'")
    _allow(BEFORE)


def _allow(values: str) -> None:
    with op.batch_alter_table('webhook', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_webhook_endreason'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_webhook_endreason'), values)
