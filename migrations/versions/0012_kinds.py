"""every kind of event that came with the business's side"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

BEFORE = [
    'account_opened', 'email_confirmed', 'email_changed', 'password_changed', 'account_closed',
    'moderator_appointed', 'merchant_added', 'merchant_described', 'claim_started', 'claim_approved',
    'claim_refused', 'representative_ended', 'letter_submitted', 'letter_published', 'letter_returned',
    'letter_rejected', 'letter_withdrawn', 'letter_taken_down', 'letter_reinstated', 'revision_submitted',
    'revision_accepted', 'revision_refused', 'update_added', 'attachment_hidden', 'attachment_restored',
    'case_notified', 'case_opened', 'case_acknowledged', 'case_asked', 'question_answered', 'question_lapsed',
    'case_answered', 'business_reminded', 'response_hidden', 'response_restored', 'outcome_asked', 'outcome_set',
    'outcome_reopened', 'outcome_unconfirmed', 'comment_posted', 'comment_edited', 'comment_deleted',
    'comment_hidden', 'comment_restored', 'comments_locked', 'comments_unlocked', 'report_made', 'report_decided',
    'queue_alarm',
]
ADDED = [
    'webhook_added', 'webhook_ended', 'token_made', 'token_ended',
]


def upgrade() -> None:
    _allow(BEFORE + ADDED)


def downgrade() -> None:
    kind = sa.column('kind', sa.String)
    op.execute(sa.delete(sa.table('event', kind)).where(kind.in_(ADDED)))
    _allow(BEFORE)


def _allow(kinds: list[str]) -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_event_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_event_kind'), sa.column('kind').in_(kinds))
