"""what the parts of the business's side share: roles, promises, copies, contests"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_report_merchant_id'), ['merchant_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_report_merchant_id_merchant'), 'merchant', ['merchant_id'], ['id'])

    with op.batch_alter_table('representative', schema=None) as batch_op:
        batch_op.add_column(sa.Column('role', sa.Enum('owner', 'agent', 'reader', name='teamrole', native_enum=False, create_constraint=True, length=40), nullable=False, server_default='owner'))

    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.add_column(sa.Column('promise_amount', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('promise_done_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('promise_verdict', sa.Enum('kept', 'broken', name='promiseverdict', native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.add_column(sa.Column('promise_verdict_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('copies', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('counts', sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_column('counts')
        batch_op.drop_column('copies')
        batch_op.drop_column('promise_verdict_at')
        batch_op.drop_constraint(batch_op.f('ck_response_promiseverdict'), type_='check')
        batch_op.drop_column('promise_verdict')
        batch_op.drop_column('promise_done_at')
        batch_op.drop_column('promise_amount')

    with op.batch_alter_table('representative', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_representative_teamrole'), type_='check')
        batch_op.drop_column('role')

    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_report_merchant_id_merchant'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_report_merchant_id'))
        batch_op.drop_column('merchant_id')
