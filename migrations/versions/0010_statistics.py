"""snapshots of figures by subject, and the facts of cases they are counted from"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
JSON = sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')


def upgrade() -> None:
    # What figures held was counted: the worker counts it anew at its first tick.
    op.drop_table('figures')
    op.create_table(
        'figures',
        sa.Column('subject', sa.String(length=60), nullable=False),
        sa.Column('data', JSON, nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('waits', sa.Boolean(), nullable=False),
        sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('took', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('subject', name=op.f('pk_figures')),
    )
    op.create_index('ix_figures_day', 'figures', ['day', 'waits'])
    op.create_table(
        'case_fact',
        sa.Column('case_id', BIG, autoincrement=False, nullable=False),
        sa.Column('letter_id', BIG, nullable=False),
        sa.Column('merchant_id', BIG, nullable=False),
        sa.Column('category', sa.String(length=40), nullable=False),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('month', sa.Integer(), nullable=False),
        sa.Column('listed', sa.Boolean(), nullable=False),
        sa.Column('lead', sa.Boolean(), nullable=False),
        sa.Column('answered', sa.Boolean(), nullable=False),
        sa.Column('notified', sa.Boolean(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=True),
        sa.Column('base', sa.Integer(), nullable=True),
        sa.Column('answer_days', sa.Integer(), nullable=False),
        sa.Column('outcome', _choice('outcome', 'none', 'solved', 'partly', 'not_solved', 'unconfirmed'), nullable=False),
        sa.Column('contest', _choice('contest', 'none', 'open', 'upheld', 'rejected'), nullable=False),
        sa.Column('removal', _choice('removal', 'none', 'taken_down', 'reinstated', 'withdrawn'), nullable=False),
        sa.Column(
            'removed_by',
            _choice('removedby', 'nobody', 'authority', 'business', 'reader', 'moderator'),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_fact_case_id_case'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('case_id', name=op.f('pk_case_fact')),
    )
    op.create_index(op.f('ix_case_fact_letter_id'), 'case_fact', ['letter_id'])
    op.create_index('ix_case_fact_merchant_id', 'case_fact', ['merchant_id', 'started_at', 'case_id'])
    op.create_index('ix_case_fact_category', 'case_fact', ['category', 'started_at', 'case_id'])
    op.create_index('ix_case_fact_started_at', 'case_fact', ['started_at', 'case_id'])


def downgrade() -> None:
    op.drop_table('case_fact')
    op.drop_table('figures')
    op.create_table(
        'figures',
        sa.Column('subject', BIG, autoincrement=False, nullable=False),
        sa.Column('data', JSON, nullable=False),
        sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('subject', name=op.f('pk_figures')),
    )


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
