"""first"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from forum.search import schema

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('counter',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_counter'))
    )
    with op.batch_alter_table('counter', schema=None) as batch_op:
        batch_op.create_index('ix_counter_ends_at', ['ends_at'], unique=False)

    op.create_table('figures',
    sa.Column('subject', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('data', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('subject', name=op.f('pk_figures'))
    )
    op.create_table('freshness',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('epoch', sa.Integer(), server_default='1', nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_freshness'))
    )
    op.create_table('heartbeat',
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_heartbeat'))
    )
    op.create_table('job',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('dedupe', sa.String(length=120), nullable=True),
    sa.Column('run_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('dead_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_ready', ['run_at'], unique=False, sqlite_where=sa.text('done_at IS NULL AND dead_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND dead_at IS NULL'))
        batch_op.create_index('uq_job_dedupe', ['dedupe'], unique=True, sqlite_where=sa.text('done_at IS NULL AND dead_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND dead_at IS NULL'))

    op.create_table('parked_form',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('browser_hash', sa.String(length=64), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('endpoint', sa.String(length=80), nullable=False),
    sa.Column('fields', sa.Text(), nullable=False),
    sa.Column('parked_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parked_form')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_parked_form_token_hash'))
    )
    op.create_table('tick',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_tick'))
    )
    op.create_table('user',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('standing', sa.Enum('member', 'moderator', name='standing', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('time_zone', sa.String(length=40), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('adult_declared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rules_version', sa.String(length=20), nullable=False),
    sa.Column('rules_accepted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unread', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email', name=op.f('uq_user_email'))
    )
    op.create_table('letter',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('byline', sa.String(length=100), nullable=False),
    sa.Column('name_shown', sa.Enum('full', 'initials', name='nameshown', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('kind', sa.Enum('complaint', 'question', 'request', 'praise', name='letterkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('renderer', sa.Integer(), nullable=False),
    sa.Column('excerpt', sa.String(length=300), nullable=False),
    sa.Column('category', sa.String(length=40), nullable=False),
    sa.Column('writes_as', sa.Enum('consumer', 'seller', 'customer', 'other', name='writesas', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('place', sa.String(length=100), nullable=False),
    sa.Column('province', sa.String(length=2), nullable=True),
    sa.Column('event_on', sa.Date(), nullable=True),
    sa.Column('loss', sa.BigInteger(), nullable=True),
    sa.Column('ask', sa.Text(), nullable=False),
    sa.Column('publication', sa.Enum('draft', 'submitted', 'published', 'returned', 'rejected', 'withdrawn', 'taken_down', name='publication', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('visibility', sa.Enum('public', 'unlisted', 'author_only', 'tombstone', name='visibility', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('page_version', sa.Integer(), nullable=False),
    sa.Column('comment_number', sa.Integer(), nullable=False),
    sa.Column('comment_count', sa.Integer(), nullable=False),
    sa.Column('me_too_count', sa.Integer(), nullable=False),
    sa.Column('comments_locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('comments_locked_reason', sa.String(length=40), nullable=True),
    sa.CheckConstraint('loss IS NULL OR (loss >= 0 AND loss <= 1000000000000000)', name=op.f('ck_letter_loss_range')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_letter_author_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('author_id', 'once', name=op.f('uq_letter_author_id_once'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index('ix_letter_author_id', ['author_id', 'id'], unique=False)
        batch_op.create_index('ix_letter_category', ['category', 'visibility', 'published_at', 'id'], unique=False)
        batch_op.create_index('ix_letter_listed', ['visibility', 'published_at', 'id'], unique=False)
        batch_op.create_index('ix_letter_publication', ['publication', 'submitted_at'], unique=False)

    op.create_table('login_session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('authenticated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('device', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_login_session_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_login_session_token_hash'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_session_user_id'), ['user_id'], unique=False)

    op.create_table('mail',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('dedupe', sa.String(length=120), nullable=True),
    sa.Column('to', sa.Text(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('new', 'claimed', 'data', 'sent', 'parked', name='mailstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('uncertain', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_mail_user_id_user'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('dedupe', name=op.f('uq_mail_dedupe'))
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.create_index('ix_mail_due', ['state', 'next_at'], unique=False)

    op.create_table('mail_choice',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_mail_choice_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'kind', name=op.f('pk_mail_choice'))
    )
    op.create_table('mailed_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.Enum('confirm', 'reset', 'change_email', name='purpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_mailed_link_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailed_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_mailed_link_token_hash'))
    )
    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.create_index('ix_mailed_link_user_id', ['user_id', 'purpose'], unique=False)

    op.create_table('merchant',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('key', sa.String(length=100), nullable=False),
    sa.Column('slug', sa.String(length=100), nullable=False),
    sa.Column('domain', sa.String(length=253), nullable=True),
    sa.Column('contact_email', sa.String(length=254), nullable=True),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_merchant_created_by_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merchant')),
    sa.UniqueConstraint('key', name=op.f('uq_merchant_key')),
    sa.UniqueConstraint('slug', name=op.f('uq_merchant_slug'))
    )
    op.create_table('case',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('response', sa.Enum('awaiting', 'acknowledged', 'asked', 'answered', name='responsestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('outcome', sa.Enum('none', 'solved', 'partly', 'not_solved', 'unconfirmed', name='outcome', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('details', sa.Text(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('notified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('acknowledged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_case_letter_id_letter')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_case_merchant_id_merchant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case')),
    sa.UniqueConstraint('letter_id', 'merchant_id', name=op.f('uq_case_letter_id_merchant_id'))
    )
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.create_index('ix_case_answered', ['answered_at', 'id'], unique=False)
        batch_op.create_index('ix_case_merchant_id', ['merchant_id', 'response', 'id'], unique=False)
        batch_op.create_index('ix_case_merchant_newest', ['merchant_id', 'started_at', 'id'], unique=False)
        batch_op.create_index('ix_case_outcome', ['outcome', 'outcome_at', 'id'], unique=False)
        batch_op.create_index('ix_case_waiting', ['response', 'started_at', 'id'], unique=False)

    op.create_table('claim',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('work_email', sa.String(length=254), nullable=False),
    sa.Column('job_title', sa.String(length=100), nullable=False),
    sa.Column('statement', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('waiting_email', 'waiting_moderator', 'approved', 'refused', name='claimstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_claim_decided_by_id_user')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_claim_merchant_id_merchant')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_claim_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_claim_token_hash'))
    )
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_claim_merchant_id'), ['merchant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_claim_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_claim_open', ['merchant_id', 'user_id'], unique=True, sqlite_where=sa.text("state IN ('waiting_email', 'waiting_moderator')"), postgresql_where=sa.text("state IN ('waiting_email', 'waiting_moderator')"))

    op.create_table('comment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('root_number', sa.Integer(), nullable=False),
    sa.Column('newest_thread_first', sa.Integer(), sa.Computed('-root_number', persisted=True), nullable=False),
    sa.Column('path', sa.String(length=24), nullable=False),
    sa.Column('depth', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('byline', sa.String(length=100), nullable=False),
    sa.Column('merchant_name', sa.String(length=100), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('renderer', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('visible', 'deleted', 'hidden', 'gone', name='commentstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('hidden_reason', sa.String(length=40), nullable=True),
    sa.Column('votes', sa.Integer(), nullable=False),
    sa.Column('reply_count', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_comment_author_id_user')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_comment_letter_id_letter')),
    sa.ForeignKeyConstraint(['parent_id'], ['comment.id'], name=op.f('fk_comment_parent_id_comment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment')),
    sa.UniqueConstraint('author_id', 'once', name=op.f('uq_comment_author_id_once')),
    sa.UniqueConstraint('letter_id', 'number', name=op.f('uq_comment_letter_id_number'))
    )
    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_comment_helpful', ['letter_id', 'votes', 'number'], unique=False)
        batch_op.create_index('ix_comment_newest', ['letter_id', 'newest_thread_first', 'path'], unique=False)
        batch_op.create_index('ix_comment_oldest', ['letter_id', 'path'], unique=False)
        batch_op.create_index(batch_op.f('ix_comment_parent_id'), ['parent_id'], unique=False)

    op.create_table('comment_mail',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_comment_mail_letter_id_letter')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_comment_mail_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'letter_id', name=op.f('pk_comment_mail'))
    )
    op.create_table('letter_draft',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('once', sa.String(length=64), nullable=False),
    sa.Column('fields', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_letter_draft_letter_id_letter')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_letter_draft_owner_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_draft')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_letter_draft_letter_id')),
    sa.UniqueConstraint('owner_id', 'once', name=op.f('uq_letter_draft_owner_id_once'))
    )
    with op.batch_alter_table('letter_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_draft_owner_id'), ['owner_id'], unique=False)

    op.create_table('me_too',
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_me_too_letter_id_letter')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_me_too_user_id_user')),
    sa.PrimaryKeyConstraint('letter_id', 'user_id', name=op.f('pk_me_too'))
    )
    op.create_table('report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('about', sa.String(length=40), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.Enum('personal_data', 'about_me', 'insult', 'hate', 'false', 'advertising', 'unlawful', 'other', name='reportreason', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('snapshot', sa.Text(), nullable=False),
    sa.Column('reporter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('email', sa.Text(), nullable=True),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.Column('state', sa.Enum('open', 'upheld', 'dismissed', name='reportstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_report_decided_by_id_user')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_report_letter_id_letter')),
    sa.ForeignKeyConstraint(['reporter_id'], ['user.id'], name=op.f('fk_report_reporter_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('number', name=op.f('uq_report_number')),
    sa.UniqueConstraint('once', name=op.f('uq_report_once'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_letter_id'), ['letter_id'], unique=False)
        batch_op.create_index('ix_report_open', ['state', 'about', 'id'], unique=False)

    op.create_table('representative',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('job_title', sa.String(length=100), nullable=False),
    sa.Column('proof', sa.Enum('email', 'moderator', name='proof', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('proved_domain', sa.String(length=253), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_representative_merchant_id_merchant')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_representative_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_representative'))
    )
    with op.batch_alter_table('representative', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_representative_merchant_id'), ['merchant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_representative_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_representative_open', ['merchant_id', 'user_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('revision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'accepted', 'refused', name='revisionstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('why', sa.String(length=300), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('message', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_revision_decided_by_id_user')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_revision_letter_id_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision'))
    )
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_revision_letter_id'), ['letter_id'], unique=False)
        batch_op.create_index('uq_revision_waiting', ['letter_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('update',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('renderer', sa.Integer(), nullable=False),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_update_letter_id_letter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_update')),
    sa.UniqueConstraint('letter_id', 'once', name=op.f('uq_update_letter_id_once'))
    )
    with op.batch_alter_table('update', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_update_letter_id'), ['letter_id'], unique=False)

    op.create_table('attachment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', sa.String(length=43), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('draft_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('audience', sa.Enum('public', 'business', 'moderators', name='fileaudience', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('kind', sa.Enum('image', 'pdf', name='filekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('mime', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('original_size', sa.BigInteger(), nullable=False),
    sa.Column('original_sha256', sa.String(length=64), nullable=False),
    sa.Column('full_key', sa.String(length=64), nullable=False),
    sa.Column('full_size', sa.BigInteger(), nullable=False),
    sa.Column('thumb_key', sa.String(length=64), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_reason', sa.String(length=40), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['letter_draft.id'], name=op.f('fk_attachment_draft_id_letter_draft'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_attachment_letter_id_letter')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_attachment_owner_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attachment')),
    sa.UniqueConstraint('token', name=op.f('uq_attachment_token'))
    )
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attachment_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attachment_letter_id'), ['letter_id'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('account_opened', 'email_confirmed', 'email_changed', 'password_changed', 'account_closed', 'moderator_appointed', 'merchant_added', 'merchant_described', 'claim_started', 'claim_approved', 'claim_refused', 'representative_ended', 'letter_submitted', 'letter_published', 'letter_returned', 'letter_rejected', 'letter_withdrawn', 'letter_taken_down', 'letter_reinstated', 'revision_submitted', 'revision_accepted', 'revision_refused', 'update_added', 'attachment_hidden', 'attachment_restored', 'case_notified', 'case_opened', 'case_acknowledged', 'case_asked', 'question_answered', 'question_lapsed', 'case_answered', 'business_reminded', 'response_hidden', 'response_restored', 'outcome_asked', 'outcome_set', 'outcome_reopened', 'outcome_unconfirmed', 'comment_posted', 'comment_edited', 'comment_deleted', 'comment_hidden', 'comment_restored', 'comments_locked', 'comments_unlocked', 'report_made', 'report_decided', 'queue_alarm', name='kind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('role', sa.Enum('author', 'business', 'moderator', 'reader', 'system', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('about', sa.String(length=40), nullable=True),
    sa.Column('data', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_event_by_id_user')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_event_case_id_case')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_event_letter_id_letter')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchant.id'], name=op.f('fk_event_merchant_id_merchant')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_about', ['about'], unique=False)
        batch_op.create_index('ix_event_letter_id', ['letter_id', 'kind', 'id'], unique=False)

    op.create_table('question',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answer_html', sa.Text(), nullable=False),
    sa.Column('renderer', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('resumed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_question_asked_by_id_user')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_question_case_id_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_case_id'), ['case_id'], unique=False)

    op.create_table('response',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('signatory', sa.String(length=100), nullable=False),
    sa.Column('job_title', sa.String(length=100), nullable=False),
    sa.Column('proof', sa.Enum('email', 'moderator', name='proof', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('proved_domain', sa.String(length=253), nullable=True),
    sa.Column('remedy', sa.Enum('refund', 'replacement', 'repair', 'explanation', 'apology', 'offer', 'refusal', 'not_our_customer', name='remedy', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('promise', sa.String(length=300), nullable=False),
    sa.Column('promise_due', sa.Date(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('renderer', sa.Integer(), nullable=False),
    sa.Column('corrects_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('once', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hidden_reason', sa.String(length=40), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_response_author_id_user')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_response_case_id_case')),
    sa.ForeignKeyConstraint(['corrects_id'], ['response.id'], name=op.f('fk_response_corrects_id_response')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response')),
    sa.UniqueConstraint('case_id', 'once', name=op.f('uq_response_case_id_once'))
    )
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_response_case_id'), ['case_id'], unique=False)

    op.create_table('response_draft',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('claim_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('fields', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_response_draft_author_id_user')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_response_draft_case_id_case')),
    sa.ForeignKeyConstraint(['claim_id'], ['claim.id'], name=op.f('fk_response_draft_claim_id_claim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response_draft')),
    sa.UniqueConstraint('case_id', 'author_id', name=op.f('uq_response_draft_case_id_author_id'))
    )
    with op.batch_alter_table('response_draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_response_draft_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_response_draft_claim_id'), ['claim_id'], unique=False)

    op.create_table('vote',
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comment.id'], name=op.f('fk_vote_comment_id_comment')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_vote_user_id_user')),
    sa.PrimaryKeyConstraint('comment_id', 'user_id', name=op.f('pk_vote'))
    )
    op.create_table('notification',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('letter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_notification_event_id_event')),
    sa.ForeignKeyConstraint(['letter_id'], ['letter.id'], name=op.f('fk_notification_letter_id_letter')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notification_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification')),
    sa.UniqueConstraint('user_id', 'event_id', 'kind', name=op.f('uq_notification_user_id_event_id_kind'))
    )
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.create_index('ix_notification_letter_id', ['user_id', 'letter_id', 'kind'], unique=False)
        batch_op.create_index('ix_notification_user_id', ['user_id', 'id'], unique=False)

    for statement in schema.CREATE[op.get_bind().dialect.name]:
        op.execute(statement)
    op.execute("INSERT INTO freshness (id, version) VALUES (1, 1)")


def downgrade() -> None:
    for statement in schema.DROP[op.get_bind().dialect.name]:
        op.execute(statement)
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.drop_index('ix_notification_user_id')
        batch_op.drop_index('ix_notification_letter_id')

    op.drop_table('notification')
    op.drop_table('vote')
    with op.batch_alter_table('response_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_response_draft_claim_id'))
        batch_op.drop_index(batch_op.f('ix_response_draft_author_id'))

    op.drop_table('response_draft')
    with op.batch_alter_table('response', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_response_case_id'))

    op.drop_table('response')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_case_id'))

    op.drop_table('question')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_letter_id')
        batch_op.drop_index('ix_event_about')

    op.drop_table('event')
    with op.batch_alter_table('attachment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attachment_letter_id'))
        batch_op.drop_index(batch_op.f('ix_attachment_draft_id'))

    op.drop_table('attachment')
    with op.batch_alter_table('update', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_update_letter_id'))

    op.drop_table('update')
    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.drop_index('uq_revision_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index(batch_op.f('ix_revision_letter_id'))

    op.drop_table('revision')
    with op.batch_alter_table('representative', schema=None) as batch_op:
        batch_op.drop_index('uq_representative_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_representative_user_id'))
        batch_op.drop_index(batch_op.f('ix_representative_merchant_id'))

    op.drop_table('representative')
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index('ix_report_open')
        batch_op.drop_index(batch_op.f('ix_report_letter_id'))

    op.drop_table('report')
    op.drop_table('me_too')
    with op.batch_alter_table('letter_draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_draft_owner_id'))

    op.drop_table('letter_draft')
    op.drop_table('comment_mail')
    with op.batch_alter_table('comment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comment_parent_id'))
        batch_op.drop_index('ix_comment_oldest')
        batch_op.drop_index('ix_comment_newest')
        batch_op.drop_index('ix_comment_helpful')
        batch_op.drop_index(batch_op.f('ix_comment_author_id'))

    op.drop_table('comment')
    with op.batch_alter_table('claim', schema=None) as batch_op:
        batch_op.drop_index('uq_claim_open', sqlite_where=sa.text("state IN ('waiting_email', 'waiting_moderator')"), postgresql_where=sa.text("state IN ('waiting_email', 'waiting_moderator')"))
        batch_op.drop_index(batch_op.f('ix_claim_user_id'))
        batch_op.drop_index(batch_op.f('ix_claim_merchant_id'))

    op.drop_table('claim')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_index('ix_case_waiting')
        batch_op.drop_index('ix_case_outcome')
        batch_op.drop_index('ix_case_merchant_newest')
        batch_op.drop_index('ix_case_merchant_id')
        batch_op.drop_index('ix_case_answered')

    op.drop_table('case')
    op.drop_table('merchant')
    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.drop_index('ix_mailed_link_user_id')

    op.drop_table('mailed_link')
    op.drop_table('mail_choice')
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_index('ix_mail_due')

    op.drop_table('mail')
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_session_user_id'))

    op.drop_table('login_session')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index('ix_letter_publication')
        batch_op.drop_index('ix_letter_listed')
        batch_op.drop_index('ix_letter_category')
        batch_op.drop_index('ix_letter_author_id')

    op.drop_table('letter')
    op.drop_table('user')
    op.drop_table('tick')
    op.drop_table('parked_form')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('uq_job_dedupe', sqlite_where=sa.text('done_at IS NULL AND dead_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND dead_at IS NULL'))
        batch_op.drop_index('ix_job_ready', sqlite_where=sa.text('done_at IS NULL AND dead_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND dead_at IS NULL'))

    op.drop_table('job')
    op.drop_table('heartbeat')
    op.drop_table('freshness')
    op.drop_table('figures')
    with op.batch_alter_table('counter', schema=None) as batch_op:
        batch_op.drop_index('ix_counter_ends_at')

    op.drop_table('counter')
