"""hand-over bodies and what clocks tell"""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from forum.core.migrating import allow, forget_events

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql')
ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
KINDS = ('case_overdue', 'case_very_late', 'question_reminded', 'pack_made', 'body_changed')


def upgrade() -> None:
    allow('event', 'kind', *KINDS)
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('absences', JSON, nullable=False, server_default='[]'))
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('words_hash', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('copies', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('stops', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.create_index('ix_question_words_hash', ['words_hash', 'asked_at'], unique=False)
    op.create_table('body',
        sa.Column('id', ID, nullable=False),
        sa.Column('slug', sa.String(length=60), nullable=False),
        sa.Column('name', sa.String(length=160), nullable=False),
        sa.Column('takes', sa.Text(), nullable=False),
        sa.Column('first', sa.Text(), nullable=False),
        sa.Column('reach', sa.String(length=300), nullable=False),
        sa.Column('url', sa.String(length=300), nullable=False),
        sa.Column('address', sa.String(length=300), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_body')),
        sa.UniqueConstraint('slug', name=op.f('uq_body_slug'))
    )
    op.create_table('body_category',
        sa.Column('category', sa.String(length=40), nullable=False),
        sa.Column('body_id', ID, nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_body_category_body_id_body'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('category', 'body_id', name=op.f('pk_body_category'))
    )
    with op.batch_alter_table('body_category', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_body_category_body_id'), ['body_id'], unique=False)
    op.create_table('pack',
        sa.Column('id', ID, nullable=False),
        sa.Column('case_id', ID, nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('body_id', ID, nullable=True),
        sa.Column('language', sa.String(length=5), nullable=False),
        sa.Column('private', sa.Boolean(), nullable=False),
        sa.Column('once', sa.String(length=64), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['body_id'], ['body.id'], name=op.f('fk_pack_body_id_body'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_pack_case_id_case')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_pack')),
        sa.UniqueConstraint('case_id', 'number', name=op.f('uq_pack_case_id_number')),
        sa.UniqueConstraint('case_id', 'once', name=op.f('uq_pack_once'))
    )
    with op.batch_alter_table('pack', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pack_body_id'), ['body_id'], unique=False)
    _stock()


def _stock() -> None:
    """Fill the bodies of a new installation; `flask bodies` adds those that come later."""
    path = Path(__file__).parents[2] / 'forum' / 'handover' / 'bodies.toml'
    if not path.exists():
        return
    body = sa.table('body', *(sa.column(name) for name in ('id', 'slug', 'name', 'takes', 'first', 'reach', 'url', 'address', 'version')), sa.column('changed_at', sa.DateTime(timezone=True)))
    listed = sa.table('body_category', sa.column('category'), sa.column('body_id'), sa.column('position'))
    told = tomllib.loads(path.read_text('utf-8'))
    for one in told['body']:
        op.execute(body.insert().values(**one, version=1, changed_at=datetime.now(UTC)))
    ids = {row.slug: row.id for row in op.get_bind().execute(sa.select(body.c.slug, body.c.id))}
    for category, slugs in told['order'].items():
        for position, name in enumerate(slugs, start=1):
            op.execute(listed.insert().values(category=category, body_id=ids[name], position=position))


def downgrade() -> None:
    forget_events(*KINDS)
    op.drop_table('pack')
    op.drop_table('body_category')
    op.drop_table('body')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index('ix_question_words_hash')
        batch_op.drop_column('stops')
        batch_op.drop_column('copies')
        batch_op.drop_column('words_hash')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_column('absences')
