"""answers without an account, contact addresses"""

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, forget_events

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
NEW_KINDS = (
    'contact_added', 'contact_works', 'contact_ended', 'case_not_told', 'answer_waiting', 'answer_decided', 'letter_flagged', 'mail_refused',
)
OLD_SOURCE = 'alamat yang dicatat redaksi'


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    allow('event', 'kind', *NEW_KINDS)

    op.create_table(
        'contact',
        sa.Column('id', BIG, nullable=False),
        sa.Column('merchant_id', BIG, nullable=False),
        sa.Column('email', sa.String(length=254), nullable=False),
        sa.Column('purpose', _choice('contactpurpose', 'all', 'reminders'), nullable=False),
        sa.Column('state', _choice('contactstate', 'waiting', 'working', 'failed', 'refused', 'removed'), nullable=False),
        sa.Column('source', sa.String(length=300), nullable=False),
        sa.Column('added_by_id', BIG, nullable=True),
        sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('failure', sa.String(length=200), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=True),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_contact_merchant_id_merchant')),
        sa.ForeignKeyConstraint(['added_by_id'], ['user.id'], name=op.f('fk_contact_added_by_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_contact')),
        sa.UniqueConstraint('merchant_id', 'email', name=op.f('uq_contact_merchant_id_email')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_contact_token_hash')),
    )
    op.create_index(op.f('ix_contact_email'), 'contact', ['email'], unique=False)
    op.execute(
        sa.text(
            'INSERT INTO contact (merchant_id, email, purpose, state, source, added_at, changed_at, failure) '
            "SELECT id, contact_email, 'all', 'working', :source, created_at, created_at, '' FROM merchant "
            'WHERE contact_email IS NOT NULL'
        ).bindparams(source=OLD_SOURCE)
    )
    with op.batch_alter_table('merchant', schema=None) as batch_op:
        batch_op.drop_column('contact_email')

    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('untold', _choice('untold', 'no_address', 'failed', 'refused'), nullable=True))
        batch_op.create_index('ix_case_untold', ['untold', 'merchant_id'], unique=False)

    op.execute(
        'UPDATE "case" SET untold = \'no_address\' WHERE notified_at IS NULL AND started_at IS NOT NULL AND answered_at IS NULL'
    )

    op.create_table(
        'answer_link',
        sa.Column('id', BIG, nullable=False),
        sa.Column('case_id', BIG, nullable=False),
        sa.Column('contact_id', BIG, nullable=True),
        sa.Column('user_id', BIG, nullable=True),
        sa.Column('mail_id', BIG, nullable=True),
        sa.Column('address', sa.Text(), nullable=False),
        sa.Column('language', sa.String(length=5), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('state', _choice('linkstate', 'open', 'waiting', 'published', 'refused'), nullable=False),
        sa.Column('fields', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('bounced_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('sent_from', sa.String(length=45), nullable=False),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('decided_by_id', BIG, nullable=True),
        sa.Column('message', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_answer_link_case_id_case')),
        sa.ForeignKeyConstraint(['contact_id'], ['contact.id'], name=op.f('fk_answer_link_contact_id_contact')),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_answer_link_user_id_user')),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_answer_link_decided_by_id_user')),
        sa.ForeignKeyConstraint(['mail_id'], ['mail.id'], name=op.f('fk_answer_link_mail_id_mail'), ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_link')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_answer_link_token_hash')),
    )
    op.create_index(op.f('ix_answer_link_case_id'), 'answer_link', ['case_id'], unique=False)
    op.create_index(op.f('ix_answer_link_contact_id'), 'answer_link', ['contact_id'], unique=False)
    op.create_index(op.f('ix_answer_link_mail_id'), 'answer_link', ['mail_id'], unique=False)
    op.create_index('ix_answer_link_state', 'answer_link', ['state', 'sent_at', 'id'], unique=False)

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('link_id', BIG, nullable=True))
        batch_op.alter_column('author_id', existing_type=BIG, nullable=True)
        batch_op.create_unique_constraint(batch_op.f('uq_response_link_id'), ['link_id'])
        batch_op.create_foreign_key(batch_op.f('fk_response_link_id_answer_link'), 'answer_link', ['link_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_response_written_by_somebody'), sa.text('author_id IS NOT NULL OR link_id IS NOT NULL'))


def downgrade() -> None:
    # What came by a mailed link has no person: without the link it is kept under the moderator who let it through, else goes.
    op.execute(
        'UPDATE response SET author_id = (SELECT decided_by_id FROM answer_link WHERE answer_link.id = response.link_id) '
        'WHERE author_id IS NULL'
    )
    op.execute('UPDATE response SET corrects_id = NULL WHERE corrects_id IN (SELECT id FROM response WHERE author_id IS NULL)')
    op.execute('DELETE FROM response WHERE author_id IS NULL')
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_response_written_by_somebody'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_response_link_id_answer_link'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_response_link_id'), type_='unique')
        batch_op.alter_column('author_id', existing_type=BIG, nullable=False)
        batch_op.drop_column('link_id')
    op.drop_table('answer_link')

    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_index('ix_case_untold')
        batch_op.drop_constraint(batch_op.f('ck_case_untold'), type_='check')
        batch_op.drop_column('untold')

    with op.batch_alter_table('merchant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('contact_email', sa.String(length=254), nullable=True))
    op.execute(
        "UPDATE merchant SET contact_email = (SELECT email FROM contact WHERE contact.merchant_id = merchant.id AND contact.state = 'working' "
        'ORDER BY contact.id LIMIT 1)'
    )
    op.drop_table('contact')

    forget_events(*NEW_KINDS)
