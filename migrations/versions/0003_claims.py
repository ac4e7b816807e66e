"""claims by DNS record and by document, objections"""

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, disallow, forget_events

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
TIME = sa.DateTime(timezone=True)
KINDS = (
    'claim_seen_first', 'claim_document_opened', 'claim_documents_deleted', 'proof_failing', 'proof_lost', 'domain_lost',
    'objection_made', 'objection_decided',
)
STATES = ('waiting_email', 'waiting_dns', 'waiting_document', 'waiting_moderator', 'approved', 'refused')
NEW_STATES = ('waiting_dns', 'waiting_document')
PROOFS, NEW_PROOFS = ('email', 'dns', 'document', 'moderator'), ('dns', 'document')
DOCUMENTS = ('business_number', 'deed', 'power_of_attorney', 'assignment', 'trade_mark', 'other')
CHECKS = ('automatic', 'one_moderator', 'two_moderators')
ENDS = ('left', 'owner', 'moderator', 'proof_lost', 'objection', 'account_closed')
REFUSALS = ('not_proved', 'unreadable', 'other_business', 'out_of_date', 'denied', 'look_alike', 'better_claim')
OBJECTIONS = ('not_theirs', 'left', 'other_business', 'stolen', 'forged')
OPEN = "state IN ('waiting_email', 'waiting_dns', 'waiting_document', 'waiting_moderator')"
OLD_OPEN = "state IN ('waiting_email', 'waiting_moderator')"
OBJECTION_OPEN = "state = 'open'"


def choice(name, values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def add_rechecks(batch_op):
    batch_op.add_column(sa.Column('next_check_at', TIME, nullable=True))
    batch_op.add_column(sa.Column('checked_at', TIME, nullable=True))
    batch_op.add_column(sa.Column('failing_since', TIME, nullable=True))
    batch_op.add_column(sa.Column('failed_checks', sa.Integer(), nullable=False, server_default='0'))


def drop_rechecks(batch_op):
    for name in ('failed_checks', 'failing_since', 'checked_at', 'next_check_at'):
        batch_op.drop_column(name)


def upgrade() -> None:
    allow('event', 'kind', *KINDS)

    with op.batch_alter_table('merchant', schema=None) as batch_op:
        add_rechecks(batch_op)

    allow('representative', 'proof', *PROOFS)
    with op.batch_alter_table('representative', schema=None) as batch_op:
        add_rechecks(batch_op)
        batch_op.add_column(sa.Column('document', choice('documentkind', DOCUMENTS), nullable=True))
        batch_op.add_column(sa.Column('looked_at', choice('proofcheck', CHECKS), nullable=True))
        batch_op.add_column(sa.Column('record_token', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('end_reason', choice('endreason', ENDS), nullable=True))
    op.execute("UPDATE representative SET looked_at = CASE WHEN proof = 'email' THEN 'automatic' ELSE 'one_moderator' END")

    allow('response', 'proof', *PROOFS)

    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_index('uq_claim_open', sqlite_where=sa.text(OLD_OPEN), postgresql_where=sa.text(OLD_OPEN))
    allow('claim', 'state', *STATES, named='claimstate')
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.create_index('uq_claim_open', ['merchant_id', 'user_id'], unique=True, sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))
        batch_op.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('way', choice('proof', PROOFS), nullable=False, server_default='moderator'))
        batch_op.add_column(sa.Column('domain', sa.String(length=253), nullable=True))
        batch_op.add_column(sa.Column('record_token', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('document', choice('documentkind', DOCUMENTS), nullable=True))
        batch_op.add_column(sa.Column('proved_at', TIME, nullable=True))
        batch_op.add_column(sa.Column('first_by_id', BIG, nullable=True))
        batch_op.add_column(sa.Column('first_at', TIME, nullable=True))
        batch_op.add_column(sa.Column('first_note', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('reason', choice('claimreason', REFUSALS), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_claim_first_by_id_user'), 'user', ['first_by_id'], ['id'])
    op.execute("UPDATE claim SET way = 'email', proved_at = decided_at WHERE state = 'approved' AND decided_by_id = user_id")
    op.execute(
        "UPDATE claim SET way = 'email', domain = (SELECT domain FROM merchant WHERE merchant.id = claim.merchant_id) "
        "WHERE state = 'waiting_email'"
    )

    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('claim_id', BIG, nullable=True))
        batch_op.create_index(batch_op.f('ix_attachment_claim_id'), ['claim_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_attachment_claim_id_claim'), 'claim', ['claim_id'], ['id'])

    op.create_table('objection',
    sa.Column('id', BIG, nullable=False),
    sa.Column('merchant_id', BIG, nullable=False),
    sa.Column('representative_id', BIG, nullable=True),
    sa.Column('claim_id', BIG, nullable=True),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('reason', choice('objectionreason', OBJECTIONS), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('state', choice('objectionstate', ('open', 'upheld', 'dismissed')), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', TIME, nullable=False),
    sa.Column('decided_at', TIME, nullable=True),
    sa.Column('decided_by_id', BIG, nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['claim.id'], name=op.f('fk_objection_claim_id_claim')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_objection_decided_by_id_user')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_objection_merchant_id_merchant')),
    sa.ForeignKeyConstraint(['representative_id'], ['representative.id'], name=op.f('fk_objection_representative_id_representative')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_objection_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection'))
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_merchant_id'), ['merchant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_objection_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index('ix_objection_open', ['state', 'created_at', 'id'], unique=False)
        for name, column in (('proof', 'representative_id'), ('claim', 'claim_id')):
            batch_op.create_index(
                f'uq_objection_of_{name}', [column, 'user_id'], unique=True,
                sqlite_where=sa.text(OBJECTION_OPEN), postgresql_where=sa.text(OBJECTION_OPEN),
            )


def downgrade() -> None:
    op.drop_table('objection')

    op.execute('DELETE FROM attachment WHERE claim_id IS NOT NULL')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_attachment_claim_id_claim'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_attachment_claim_id'))
        batch_op.drop_column('claim_id')

    op.execute("UPDATE claim SET state = 'waiting_moderator' WHERE state IN ('waiting_dns', 'waiting_document')")
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_index('uq_claim_open', sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN))
        batch_op.drop_constraint(batch_op.f('fk_claim_first_by_id_user'), type_='foreignkey')
        for name in ('proof', 'documentkind', 'claimreason'):
            batch_op.drop_constraint(batch_op.f(f'ck_claim_{name}'), type_='check')
        for name in ('reason', 'first_note', 'first_at', 'first_by_id', 'proved_at', 'document', 'record_token', 'domain', 'way', 'version'):
            batch_op.drop_column(name)
    disallow('claim', 'state', *NEW_STATES, named='claimstate')
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.create_index('uq_claim_open', ['merchant_id', 'user_id'], unique=True, sqlite_where=sa.text(OLD_OPEN), postgresql_where=sa.text(OLD_OPEN))

    for table in ('representative', 'response'):
        op.execute(f"UPDATE {table} SET proof = 'moderator' WHERE proof IN ('dns', 'document')")
        disallow(table, 'proof', *NEW_PROOFS)
    with op.batch_alter_table('representative', schema=None) as batch_op:
        for name in ('documentkind', 'proofcheck', 'endreason'):
            batch_op.drop_constraint(batch_op.f(f'ck_representative_{name}'), type_='check')
        for name in ('end_reason', 'record_token', 'looked_at', 'document'):
            batch_op.drop_column(name)
        drop_rechecks(batch_op)

    with op.batch_alter_table('merchant', schema=None) as batch_op:
        drop_rechecks(batch_op)

    forget_events(*KINDS)

