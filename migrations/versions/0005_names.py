"""aliases, merges, look-alikes"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from forum.core.lookalike import loose, skeleton
from forum.core.migrating import allow, forget_events

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
KINDS = ('brand', 'alias', 'former', 'legal', 'misspelling')
STATES = ('proposed', 'accepted', 'refused')
REASONS = ('same_business', 'spelling', 'brand', 'takeover', 'impostor', 'wrong_business', 'wrong_merge')
EVENTS = (
    'merchant_merged', 'merchant_split', 'name_added', 'name_removed', 'name_proposed', 'name_refused', 'name_doubted', 'name_cleared',
    'letter_readdressed',
)


def _choice(values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    allow('event', 'kind', *EVENTS)
    with op.batch_alter_table('merchant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('skeleton', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('loose', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('merged_into_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('suspect_of_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('suspect_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('name_cleared_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_merchant_skeleton'), ['skeleton'], unique=False)
        batch_op.create_index(batch_op.f('ix_merchant_loose'), ['loose'], unique=False)
        batch_op.create_index(batch_op.f('ix_merchant_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_merchant_suspect_of_id'), ['suspect_of_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_merchant_merged_into_id_merchant'), 'merchant', ['merged_into_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_merchant_suspect_of_id_merchant'), 'merchant', ['suspect_of_id'], ['id'])

    connection = op.get_bind()
    merchant = sa.table('merchant', sa.column('id', BigId), sa.column('name', sa.String), sa.column('skeleton', sa.String), sa.column('loose', sa.String))
    last = 0
    while True:
        rows = connection.execute(sa.select(merchant.c.id, merchant.c.name).where(merchant.c.id > last).order_by(merchant.c.id).limit(1000)).all()
        if not rows:
            break
        connection.execute(
            merchant.update().where(merchant.c.id == sa.bindparam('number')).values(skeleton=sa.bindparam('alike'), loose=sa.bindparam('free')),
            [{'number': row.id, 'alike': skeleton(row.name), 'free': loose(row.name)} for row in rows],
        )
        last = rows[-1].id

    op.create_table('merchant_name',
        sa.Column('id', BigId, nullable=False),
        sa.Column('merchant_id', BigId, nullable=False),
        sa.Column('kind', _choice(KINDS, 'namekind'), nullable=False),
        sa.Column('state', _choice(STATES, 'namestate'), nullable=False),
        sa.Column('name', sa.String(length=100), nullable=False),
        sa.Column('key', sa.String(length=100), nullable=False),
        sa.Column('skeleton', sa.String(length=200), nullable=False),
        sa.Column('loose', sa.String(length=200), nullable=False),
        sa.Column('merged_from_id', BigId, nullable=True),
        sa.Column('proposed_by_id', BigId, nullable=True),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_by_id', BigId, nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('message', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_merchant_name_decided_by_id_user')),
        sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_merchant_name_merchant_id_merchant')),
        sa.ForeignKeyConstraint(['merged_from_id'], ['merchant.id'], name=op.f('fk_merchant_name_merged_from_id_merchant')),
        sa.ForeignKeyConstraint(['proposed_by_id'], ['user.id'], name=op.f('fk_merchant_name_proposed_by_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_merchant_name')),
    )
    with op.batch_alter_table('merchant_name', schema=None) as batch_op:
        for column in ('key', 'loose', 'merchant_id', 'skeleton'):
            batch_op.create_index(batch_op.f(f'ix_merchant_name_{column}'), [column], unique=False)
        batch_op.create_index('ix_merchant_name_state', ['state', 'created_at', 'id'], unique=False)
        for name, columns, state in (('uq_merchant_name_accepted', ['key'], 'accepted'), ('uq_merchant_name_proposed', ['merchant_id', 'key'], 'proposed')):
            where = sa.text(f"state = '{state}'")
            batch_op.create_index(name, columns, unique=True, sqlite_where=where, postgresql_where=where)

    op.create_table('merchant_merge',
        sa.Column('id', BigId, nullable=False),
        sa.Column('from_id', BigId, nullable=False),
        sa.Column('into_id', BigId, nullable=False),
        sa.Column('reason', _choice(REASONS, 'joinreason'), nullable=False),
        sa.Column('by_id', BigId, nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('letters', sa.Integer(), nullable=False),
        sa.Column('moved', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
        sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('undone_by_id', BigId, nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_merchant_merge_by_id_user')),
        sa.ForeignKeyConstraint(['from_id'], ['merchant.id'], name=op.f('fk_merchant_merge_from_id_merchant')),
        sa.ForeignKeyConstraint(['into_id'], ['merchant.id'], name=op.f('fk_merchant_merge_into_id_merchant')),
        sa.ForeignKeyConstraint(['undone_by_id'], ['user.id'], name=op.f('fk_merchant_merge_undone_by_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_merchant_merge')),
    )
    with op.batch_alter_table('merchant_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_merchant_merge_from_id'), ['from_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_merchant_merge_into_id'), ['into_id'], unique=False)

    op.create_table('merged_case',
        sa.Column('merge_id', BigId, nullable=False),
        sa.Column('case_id', BigId, autoincrement=False, nullable=False),
        sa.Column('kept_id', BigId, nullable=True),
        sa.Column('before', sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(['merge_id'], ['merchant_merge.id'], name=op.f('fk_merged_case_merge_id_merchant_merge')),
        sa.PrimaryKeyConstraint('merge_id', 'case_id', name=op.f('pk_merged_case')),
    )
    with op.batch_alter_table('merged_case', schema=None) as batch_op:
        batch_op.create_index('ix_merged_case_case_id', ['case_id'], unique=False)


def downgrade() -> None:
    forget_events(*EVENTS)
    op.drop_table('merged_case')
    op.drop_table('merchant_merge')
    op.drop_table('merchant_name')
    with op.batch_alter_table('merchant', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_merchant_suspect_of_id_merchant'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_merchant_merged_into_id_merchant'), type_='foreignkey')
        for column in ('suspect_of_id', 'merged_into_id', 'loose', 'skeleton'):
            batch_op.drop_index(batch_op.f(f'ix_merchant_{column}'))
        for column in ('name_cleared_at', 'suspect_since', 'suspect_of_id', 'merged_into_id', 'loose', 'skeleton'):
            batch_op.drop_column(column)
