"""boilerplate signatures, promises, proposals"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from forum.core.migrating import allow, forget_events

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
MOMENT = sa.DateTime(timezone=True)


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


KINDS = (
    "response_uniform", "response_counted", "proof_asked", "response_stands", "promise_done", "promise_judged", "promise_reminded",
    "promise_asked", "solved_proposed", "proposal_answered",
)  # fmt: skip


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    op.create_table(
        "wording",
        sa.Column("id", BIG, nullable=False),
        sa.Column("merchant_id", BIG, nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("algorithm", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name=op.f("fk_wording_merchant_id_merchant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("merchant_id", "mark", "algorithm", name=op.f("uq_wording_merchant_id_mark_algorithm")),
    )
    op.create_table(
        "wording_band",
        sa.Column("merchant_id", BIG, nullable=False),
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wording_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name=op.f("fk_wording_band_merchant_id_merchant")),
        sa.ForeignKeyConstraint(["wording_id"], ["wording.id"], name=op.f("fk_wording_band_wording_id_wording")),
        sa.PrimaryKeyConstraint("merchant_id", "key", "wording_id", name=op.f("pk_wording_band")),
    )
    op.create_table(
        "public_number",
        sa.Column("id", BIG, nullable=False),
        sa.Column("merchant_id", BIG, nullable=False),
        sa.Column("digits", sa.String(length=20), nullable=False),
        sa.Column("shown", sa.String(length=40), nullable=False),
        sa.Column("added_by_id", BIG, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["user.id"], name=op.f("fk_public_number_added_by_id_user")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name=op.f("fk_public_number_merchant_id_merchant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_number")),
        sa.UniqueConstraint("merchant_id", "digits", name=op.f("uq_public_number_merchant_id_digits")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("how", JSON, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("promise_done", sa.String(length=300), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("proposal", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("proposed_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("proposal_answer", _choice("proposalanswer", "solved", "partly", "no"), nullable=True))
        batch_op.add_column(sa.Column("proposal_answered_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("file_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("overruled_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("wording_id", BIG, nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_response_wording_id_wording"), "wording", ["wording_id"], ["id"])
        batch_op.create_index("ix_response_wording", ["wording_id", "case_id"], unique=False)

    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("uniform_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("promise_due", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("promise_verdict", _choice("promiseverdict", "kept", "broken"), nullable=True))
        batch_op.create_index("ix_case_promise", ["merchant_id", "promise_due", "id"], unique=False)

    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proof_for_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("proof_given", sa.Boolean(), nullable=True))
        batch_op.alter_column("asked_by_id", existing_type=BIG, nullable=True)
        batch_op.create_foreign_key(batch_op.f("fk_question_proof_for_id_response"), "response", ["proof_for_id"], ["id"])

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("response_draft_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("response_id", BIG, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_response_draft_id_response_draft"), "response_draft", ["response_draft_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(batch_op.f("fk_attachment_response_id_response"), "response", ["response_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_attachment_response_draft_id"), ["response_draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_response_id"), ["response_id"], unique=False)

    op.execute(
        'UPDATE "case" SET promise_due = (SELECT r.promise_due FROM response r WHERE r.case_id = "case".id '
        'AND r.promise_due IS NOT NULL AND r.hidden_at IS NULL ORDER BY r.id DESC LIMIT 1), '
        'promise_verdict = (SELECT r.promise_verdict FROM response r WHERE r.case_id = "case".id '
        'AND r.promise_due IS NOT NULL AND r.hidden_at IS NULL ORDER BY r.id DESC LIMIT 1)'
    )


def downgrade() -> None:
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_response_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_response_draft_id"))
        batch_op.drop_constraint(batch_op.f("fk_attachment_response_id_response"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_attachment_response_draft_id_response_draft"), type_="foreignkey")
        batch_op.drop_column("response_id")
        batch_op.drop_column("response_draft_id")

    op.execute("DELETE FROM question WHERE asked_by_id IS NULL")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_question_proof_for_id_response"), type_="foreignkey")
        batch_op.alter_column("asked_by_id", existing_type=BIG, nullable=False)
        batch_op.drop_column("proof_given")
        batch_op.drop_column("proof_for_id")

    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.drop_index("ix_case_promise")
        batch_op.drop_constraint(batch_op.f("ck_case_promiseverdict"), type_="check")
        batch_op.drop_column("promise_verdict")
        batch_op.drop_column("promise_due")
        batch_op.drop_column("uniform_at")

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.drop_index("ix_response_wording")
        batch_op.drop_constraint(batch_op.f("fk_response_wording_id_wording"), type_="foreignkey")
        batch_op.drop_column("wording_id")
        batch_op.drop_column("overruled_at")
        batch_op.drop_column("file_count")
        batch_op.drop_column("proposal_answered_at")
        batch_op.drop_constraint(batch_op.f("ck_response_proposalanswer"), type_="check")
        batch_op.drop_column("proposal_answer")
        batch_op.drop_column("proposed_at")
        batch_op.drop_column("proposal")
        batch_op.drop_column("promise_done")
        batch_op.drop_column("how")

    forget_events(*KINDS)
    op.drop_table("public_number")
    op.drop_table("wording_band")
    op.drop_table("wording")
