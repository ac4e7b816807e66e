"""contests of passages, rights of reply; what was a report by a business's team becomes its contest"""

import sqlalchemy as sa
from alembic import op

from forum.core.clock import utcnow
from forum.core.migrating import allow, disallow, forget_events
from forum.core.secrecy import Sealed

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KINDS = (
    "contest_filed", "contest_reacted", "contest_answered", "contest_reminded", "contest_lapsed", "contest_withdrawn",
    "contest_closed", "contest_decided", "reply_waiting", "reply_published", "reply_refused", "reply_hidden", "reply_restored",
)  # fmt: skip
REASONS = ("contested", "unproved", "not_customer", "duplicate", "unlawful")
GROUND_OF = {"personal_data": "personal_data", "about_me": "false_fact", "false": "false_fact", "unlawful": "unlawful"}


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    allow("redaction", "kind", "reply", named="thingkind")
    allow("redaction", "label", "passage")
    allow("redaction", "reason", *REASONS)
    allow("veil", "place", "reply", "contest")
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=BIG, nullable=True)
    op.add_column("letter", sa.Column("contested_at", MOMENT, nullable=True))
    op.add_column("letter", sa.Column("reply_count", sa.Integer(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name != "sqlite":  # there the default stays rather than copy every letter
        op.alter_column("letter", "reply_count", existing_type=sa.Integer(), server_default=None)
    _make_reply()
    _make_contest()
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contest_id", BIG, nullable=True))
        batch_op.create_index(batch_op.f("ix_attachment_contest_id"), ["contest_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_attachment_contest_id_contest"), "contest", ["contest_id"], ["id"])
    _carry_reports()
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_report_merchant_id_merchant"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_report_merchant_id"))
        batch_op.drop_column("merchant_id")


def _make_reply() -> None:
    op.create_table(
        "reply",
        sa.Column("id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("corrects_id", BIG, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_shown", _choice("nameshown", "full", "initials"), nullable=False),
        sa.Column("byline", sa.String(length=100), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("state", _choice("replystate", "unproven", "waiting", "published", "refused", "withdrawn"), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("proved_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column(
            "refusal",
            _choice("refusal", "not_named", "no_answer", "others_data", "insult", "advertising", "unlawful", "for_business"),
            nullable=True,
        ),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("hidden_at", MOMENT, nullable=True),
        sa.Column("hidden_reason", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["corrects_id"], ["reply.id"], name=op.f("fk_reply_corrects_id_reply")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_reply_decided_by_id_user")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_reply_letter_id_letter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("once", name=op.f("uq_reply_once")),
    )
    op.create_index("ix_reply_letter_id", "reply", ["letter_id", "state", "id"])
    op.create_index("ix_reply_waiting", "reply", ["state", "proved_at", "id"])
    for name, condition in (
        ("uq_reply_one", "corrects_id IS NULL AND state IN ('waiting', 'published')"),
        ("uq_reply_waits", "state = 'waiting'"),
    ):
        op.create_index(
            name, "reply", ["letter_id", "email_key"], unique=True,
            sqlite_where=sa.text(condition), postgresql_where=sa.text(condition),
        )  # fmt: skip


def _make_contest() -> None:
    op.create_table(
        "contest",
        sa.Column("id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("side", _choice("side", "business", "person_named"), nullable=False),
        sa.Column(
            "ground",
            _choice("ground", "not_our_customer", "false_fact", "personal_data", "duplicate", "unlawful"),
            nullable=True,
        ),
        sa.Column(
            "state",
            _choice(
                "conteststate", "unproven", "contested", "author_asked", "heard", "upheld", "rejected", "withdrawn", "closed"
            ),
            nullable=False,
        ),
        sa.Column("passages", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hides", sa.Boolean(), nullable=False),
        sa.Column("redaction_id", BIG, nullable=True),
        sa.Column("by_id", BIG, nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("filed_at", MOMENT, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("reminded_at", MOMENT, nullable=True),
        sa.Column("reacted_at", MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("heard_at", MOMENT, nullable=True),
        sa.Column(
            "finding",
            _choice(
                "finding", "no_deal_shown", "not_proved", "private", "same_letter", "against_law", "deal_shown", "proved",
                "opinion", "not_a_person", "not_private", "other_matter", "lawful", "not_concerned", "not_explained",
            ),
            nullable=True,
        ),
        sa.Column("effect", _choice("effect", "cover", "take_down"), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("report_id", BIG, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(side = 'business') = (case_id IS NOT NULL)", name=op.f("ck_contest_case_of_business")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_contest_by_id_user")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_contest_case_id_case")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_contest_decided_by_id_user")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_contest_letter_id_letter")),
        sa.ForeignKeyConstraint(["redaction_id"], ["redaction.id"], name=op.f("fk_contest_redaction_id_redaction")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_contest_report_id_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest")),
        sa.UniqueConstraint("once", name=op.f("uq_contest_once")),
    )  # fmt: skip
    op.create_index(op.f("ix_contest_case_id"), "contest", ["case_id"])
    op.create_index(op.f("ix_contest_email_key"), "contest", ["email_key"])
    op.create_index("ix_contest_letter_id", "contest", ["letter_id", "state", "id"])
    op.create_index("ix_contest_state", "contest", ["state", "filed_at", "id"])


def _carry_reports() -> None:
    """What a business's team reported, and was decided, is a contest of that business; what waits stays a report."""
    report, case = (
        sa.table("report", *map(sa.column, ("id", "letter_id", "merchant_id", "reporter_id", "reason", "state", "text", "answer")),
                 sa.column("created_at", MOMENT), sa.column("decided_at", MOMENT), sa.column("decided_by_id")),
        sa.table("case", *map(sa.column, ("id", "letter_id", "merchant_id"))),
    )  # fmt: skip
    contest = sa.table(
        "contest",
        *map(sa.column, (
            "letter_id", "case_id", "side", "ground", "state", "text", "hides", "by_id", "language", "answer", "message",
            "decided_by_id", "report_id", "version",
        )),
        sa.column("passages", Sealed), *(sa.column(name, MOMENT) for name in ("made_at", "filed_at", "heard_at", "ended_at")),
    )  # fmt: skip
    rows = op.get_bind().execute(
        sa.select(report, case.c.id.label("case_id"))
        .join(case, sa.and_(case.c.letter_id == report.c.letter_id, case.c.merchant_id == report.c.merchant_id))
        .where(report.c.state.in_(("upheld", "dismissed")))
        .order_by(report.c.id)
    )
    made = [
        {
            "letter_id": row.letter_id,
            "case_id": row.case_id,
            "side": "business",
            "ground": GROUND_OF.get(row.reason),
            "state": "upheld" if row.state == "upheld" else "rejected",
            "passages": [],
            "text": row.text,
            "hides": False,
            "by_id": row.reporter_id,
            "language": "id",
            "answer": "",
            "message": row.answer,
            "decided_by_id": row.decided_by_id,
            "report_id": row.id,
            "version": 1,
            "made_at": row.created_at,
            "filed_at": row.created_at,
            "heard_at": row.created_at,
            "ended_at": row.decided_at,
        }
        for row in rows.all()
    ]
    if made:
        op.bulk_insert(contest, made)
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM report WHERE merchant_id IS NOT NULL")):
        job = sa.table("job", sa.column("kind"), sa.column("payload", sa.JSON()), sa.column("run_at", MOMENT), sa.column("attempts"))
        op.bulk_insert(job, [{"kind": "rebuild_figures", "payload": {}, "run_at": utcnow(), "attempts": 0}])


def downgrade() -> None:
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merchant_id", BIG, nullable=True))
        batch_op.create_index(batch_op.f("ix_report_merchant_id"), ["merchant_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_report_merchant_id_merchant"), "merchant", ["merchant_id"], ["id"])
    op.execute(
        'UPDATE report SET merchant_id = (SELECT c.merchant_id FROM contest JOIN "case" c ON c.id = contest.case_id '
        "WHERE contest.report_id = report.id)"
    )
    op.execute("DELETE FROM attachment_opening WHERE attachment_id IN (SELECT id FROM attachment WHERE contest_id IS NOT NULL)")
    op.execute("DELETE FROM attachment_copy WHERE attachment_id IN (SELECT id FROM attachment WHERE contest_id IS NOT NULL)")
    op.execute("DELETE FROM attachment WHERE contest_id IS NOT NULL")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_attachment_contest_id_contest"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_attachment_contest_id"))
        batch_op.drop_column("contest_id")
    op.drop_table("contest")
    op.execute("UPDATE reply SET corrects_id = NULL")
    op.drop_table("reply")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("reply_count")
        batch_op.drop_column("contested_at")
    op.execute("DELETE FROM veil WHERE place IN ('reply', 'contest')")
    op.execute("UPDATE redaction SET label = 'other' WHERE label = 'passage'")
    op.execute(f"UPDATE redaction SET reason = 'asked' WHERE reason IN {REASONS!r}")
    op.execute("UPDATE redaction SET by_id = (SELECT author_id FROM letter WHERE letter.id = redaction.letter_id) WHERE by_id IS NULL")
    op.execute("UPDATE redaction SET kind = 'letter', thing_id = letter_id WHERE kind = 'reply'")
    op.execute("DELETE FROM report WHERE about LIKE 'reply:%'")
    with op.batch_alter_table("redaction", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=BIG, nullable=False)
    disallow("veil", "place", "reply", "contest")
    disallow("redaction", "reason", *REASONS)
    disallow("redaction", "label", "passage")
    disallow("redaction", "kind", "reply", named="thingkind")
    forget_events(*KINDS)
