"""assignment, notes, templates, presence"""

import sqlalchemy as sa
from alembic import op
from forum.core.migrating import allow, forget_events

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)
KINDS = ('case_assigned', 'cases_exported')


def upgrade() -> None:
    op.create_table('response_template',
    sa.Column('id', BIG, nullable=False),
    sa.Column('merchant_id', BIG, nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.Column('changed_by_id', BIG, nullable=False),
    sa.Column('changed_at', MOMENT, nullable=False),
    sa.Column('ended_at', MOMENT, nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['user.id'], name=op.f('fk_response_template_changed_by_id_user')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_response_template_merchant_id_merchant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response_template')),
    sa.UniqueConstraint('merchant_id', 'once', name=op.f('uq_response_template_merchant_id_once'))
    )
    with op.batch_alter_table('response_template', schema=None) as batch_op:
        batch_op.create_index('ix_response_template_merchant_id', ['merchant_id', 'ended_at', 'name'], unique=False)

    op.create_table('template_version',
    sa.Column('id', BIG, nullable=False),
    sa.Column('template_id', BIG, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_id', BIG, nullable=False),
    sa.Column('at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_template_version_by_id_user')),
    sa.ForeignKeyConstraint(['template_id'], ['response_template.id'], name=op.f('fk_template_version_template_id_response_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_version')),
    sa.UniqueConstraint('template_id', 'version', name=op.f('uq_template_version_template_id_version'))
    )
    op.create_table('case_note',
    sa.Column('id', BIG, nullable=False),
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('author_id', BIG, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.Column('created_at', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_case_note_author_id_user')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_note_case_id_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_note')),
    sa.UniqueConstraint('case_id', 'once', name=op.f('uq_case_note_case_id_once'))
    )
    with op.batch_alter_table('case_note', schema=None) as batch_op:
        batch_op.create_index('ix_case_note_case_id', ['case_id', 'id'], unique=False)

    op.create_table('presence',
    sa.Column('case_id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('since', MOMENT, nullable=False),
    sa.Column('until', MOMENT, nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_presence_case_id_case')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_presence_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', 'user_id', name=op.f('pk_presence'))
    )
    with op.batch_alter_table('presence', schema=None) as batch_op:
        batch_op.create_index('ix_presence_until', ['until'], unique=False)

    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('due_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('agent_id', BIG, nullable=True))
        batch_op.add_column(sa.Column('assigned_at', MOMENT, nullable=True))
        batch_op.add_column(sa.Column('category', sa.String(length=40), nullable=False, server_default=''))
        batch_op.create_index('ix_case_agent', ['agent_id', 'response', 'due_on', 'id'], unique=False)
        batch_op.create_index('ix_case_due', ['merchant_id', 'response', 'due_on', 'id', 'category'], unique=False)
        batch_op.create_index('ix_case_ended', ['merchant_id', 'outcome', 'answered_at', 'id', 'category'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_case_agent_id_user'), 'user', ['agent_id'], ['id'])

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.create_index('ix_response_promise_due', ['promise_due'], unique=False)

    op.execute("""UPDATE "case" SET category = (SELECT letter.category FROM letter WHERE letter.id = "case".letter_id)""")
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.alter_column('category', existing_type=sa.String(length=40), existing_nullable=False, server_default=None)

    # Near enough to order a list by, ten working days being two weeks; the worker writes the exact day within the hour.
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("""UPDATE "case" SET due_on = date(started_at, '+14 days') WHERE started_at IS NOT NULL""")
    else:
        op.execute("""UPDATE "case" SET due_on = CAST(started_at + interval '14 days' AS date) WHERE started_at IS NOT NULL""")
    allow('event', 'kind', *KINDS)


def downgrade() -> None:
    forget_events(*KINDS)
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_index('ix_response_promise_due')

    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_case_agent_id_user'), type_='foreignkey')
        batch_op.drop_index('ix_case_ended')
        batch_op.drop_index('ix_case_due')
        batch_op.drop_index('ix_case_agent')
        batch_op.drop_column('category')
        batch_op.drop_column('assigned_at')
        batch_op.drop_column('agent_id')
        batch_op.drop_column('due_on')

    op.drop_table('presence')
    op.drop_table('case_note')
    op.drop_table('template_version')
    op.drop_table('response_template')
