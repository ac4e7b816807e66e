"""invitations to a team, second factor"""

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, disallow, forget_events

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
TIME = sa.DateTime(timezone=True)
KINDS = (
    'second_factor_added', 'second_factor_removed', 'recovery_code_used', 'recovery_codes_renewed', 'second_factor_reset',
    'team_invited', 'invitation_cancelled', 'team_joined', 'team_role_changed',
)
OPEN = 'accepted_at IS NULL AND cancelled_at IS NULL'


def choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    allow('event', 'kind', *KINDS)
    for table in ('representative', 'response'):
        allow(table, 'proof', 'invited')
    allow('claim', 'way', 'invited', named='proof')

    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.add_column(sa.Column('second_factor_since', TIME, nullable=True))
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('second_factor_at', TIME, nullable=True))
    with op.batch_alter_table('merchant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('answers_since', TIME, nullable=True))
    op.execute(
        'UPDATE merchant SET answers_since = (SELECT min(response.created_at) FROM response '
        'JOIN "case" ON "case".id = response.case_id WHERE "case".merchant_id = merchant.id)'
    )

    op.create_table('authenticator',
    sa.Column('id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('secret', sa.Text(), nullable=False),
    sa.Column('last_counter', sa.BigInteger(), nullable=False),
    sa.Column('created_at', TIME, nullable=False),
    sa.Column('used_at', TIME, nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_authenticator_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authenticator')),
    sa.UniqueConstraint('user_id', name=op.f('uq_authenticator_user_id'))
    )
    op.create_table('passkey',
    sa.Column('id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('credential_id', sa.String(length=1364), nullable=False),
    sa.Column('public_key', sa.Text(), nullable=False),
    sa.Column('sign_count', sa.BigInteger(), nullable=False),
    sa.Column('created_at', TIME, nullable=False),
    sa.Column('used_at', TIME, nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_passkey_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkey_credential_id'))
    )
    with op.batch_alter_table('passkey', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkey_user_id'), ['user_id'], unique=False)
    op.create_table('recovery_code',
    sa.Column('id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('used_at', TIME, nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_recovery_code_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_recovery_code_code_hash'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_user_id'), ['user_id'], unique=False)
    op.create_table('sign_in_step',
    sa.Column('id', BIG, nullable=False),
    sa.Column('user_id', BIG, nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', TIME, nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sign_in_step_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_step')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_step_token_hash'))
    )
    with op.batch_alter_table('sign_in_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_step_user_id'), ['user_id'], unique=False)
    op.create_table('passkey_challenge',
    sa.Column('id', BIG, nullable=False),
    sa.Column('holder_hash', sa.String(length=64), nullable=False),
    sa.Column('ceremony', choice('ceremony', 'register', 'sign_in'), nullable=False),
    sa.Column('challenge', sa.String(length=100), nullable=False),
    sa.Column('expires_at', TIME, nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey_challenge')),
    sa.UniqueConstraint('holder_hash', 'ceremony', name=op.f('uq_passkey_challenge_holder_hash_ceremony'))
    )

    op.create_table('invitation',
    sa.Column('id', BIG, nullable=False),
    sa.Column('merchant_id', BIG, nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', choice('teamrole', 'owner', 'agent', 'reader'), nullable=False),
    sa.Column('job_title', sa.String(length=100), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('invited_by_id', BIG, nullable=False),
    sa.Column('created_at', TIME, nullable=False),
    sa.Column('expires_at', TIME, nullable=False),
    sa.Column('accepted_at', TIME, nullable=True),
    sa.Column('accepted_by_id', BIG, nullable=True),
    sa.Column('cancelled_at', TIME, nullable=True),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['user.id'], name=op.f('fk_invitation_accepted_by_id_user')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['user.id'], name=op.f('fk_invitation_invited_by_id_user')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_invitation_merchant_id_merchant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_invitation_token_hash'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(
            'uq_invitation_open', ['merchant_id', 'email'], unique=True,
            sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN),
        )


def downgrade() -> None:
    for table in ('invitation', 'passkey_challenge', 'sign_in_step', 'recovery_code', 'passkey', 'authenticator'):
        op.drop_table(table)

    with op.batch_alter_table('merchant', schema=None) as batch_op:
        batch_op.drop_column('answers_since')
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_column('second_factor_at')
    with op.batch_alter_table('user', schema=None) as batch_op:
        batch_op.drop_column('second_factor_since')

    for table in ('representative', 'response'):
        op.execute(f"UPDATE {table} SET proof = 'moderator' WHERE proof = 'invited'")
        disallow(table, 'proof', 'invited')
    disallow('claim', 'way', 'invited', named='proof')
    forget_events(*KINDS)
