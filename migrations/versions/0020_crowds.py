"""comments that wait, lists of words, near-equal texts, and what reports and votes weigh"""

from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, forget_events

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = ("comment_held", "comment_published", "comment_refused", "votes_flagged", "term_added", "term_removed")
STATES = ("visible", "deleted", "hidden", "gone")
UNSEEN = ("held", "refused")
SETTLED = 10


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


@contextmanager
def _comment(states):
    """Change the table of comments, its states first; SQLite copies it, and no copy takes the column that is computed."""
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_newest")
        batch_op.drop_index("ix_comment_helpful")
        batch_op.drop_column("newest_thread_first")
        batch_op.drop_constraint(op.f("ck_comment_commentstate"), type_="check")
        batch_op.create_check_constraint(op.f("ck_comment_commentstate"), sa.column("state", sa.String()).in_(states))
        yield batch_op
        computed = sa.Computed("-root_number", persisted=True)
        batch_op.add_column(sa.Column("newest_thread_first", sa.Integer(), computed, nullable=False))
        batch_op.create_index("ix_comment_newest", ["letter_id", "newest_thread_first", "path"], unique=False)


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    with _comment(STATES + UNSEEN) as batch_op:
        batch_op.add_column(sa.Column("held_for", _choice("heldfor", "first", "link", "words", "spam"), nullable=True))
        batch_op.add_column(sa.Column("held_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("helped", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index("ix_comment_helpful", ["letter_id", "helped", "number"], unique=False)
        batch_op.create_index("ix_comment_held", ["held_at", "id"], unique=False)
    op.execute(sa.text(f"UPDATE comment SET helped = votes * {SETTLED}"))
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default=str(SETTLED)))
        batch_op.create_index(batch_op.f("ix_vote_at"), ["at"], unique=False)
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weight", sa.Integer(), nullable=False, server_default="50"))
    op.create_table(
        "crowd_term",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("shown", sa.String(length=100), nullable=False),
        sa.Column("list", _choice("termlist", "gambling", "loan", "other"), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_crowd_term_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crowd_term")),
        sa.UniqueConstraint("key", name=op.f("uq_crowd_term_key")),
    )
    op.create_table(
        "crowd_text",
        sa.Column("id", BIG, nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("row_id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("algorithm", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("group_id", BIG, nullable=True),
        sa.Column("spam", sa.Boolean(), nullable=False),
        sa.Column("like_spam", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_crowd_text_letter_id_letter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crowd_text")),
        sa.UniqueConstraint("about", name=op.f("uq_crowd_text_about")),
    )
    op.create_index("ix_crowd_text_group_id", "crowd_text", ["group_id"], unique=False)
    op.create_index(op.f("ix_crowd_text_letter_id"), "crowd_text", ["letter_id"], unique=False)
    op.create_table(
        "crowd_band",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["crowd_text.id"], name=op.f("fk_crowd_band_text_id_crowd_text"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "text_id", name=op.f("pk_crowd_band")),
    )


def downgrade() -> None:
    """Nobody but authors and moderators saw what waits; without that state it would be seen, so its words go."""
    op.drop_table("crowd_band")
    op.drop_table("crowd_text")
    op.drop_table("crowd_term")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_column("weight")
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_at"))
        batch_op.drop_column("weight")
    op.execute(
        sa.text("UPDATE comment SET state = 'deleted', text = '', html = '' WHERE state IN ('held', 'refused')")
    )
    with _comment(STATES) as batch_op:
        batch_op.drop_index("ix_comment_held")
        batch_op.create_index("ix_comment_helpful", ["letter_id", "votes", "number"], unique=False)
        batch_op.drop_constraint(op.f("ck_comment_heldfor"), type_="check")
        batch_op.drop_column("helped")
        batch_op.drop_column("held_at")
        batch_op.drop_column("held_for")
    forget_events(*KINDS)
