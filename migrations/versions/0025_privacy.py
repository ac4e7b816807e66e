"""requests about own data, the processing log, and the demand of two persons that erases a person"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from forum.core.migrating import allow, disallow
from forum.privacy.guards import GUARDS

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS = ("access", "correction", "deletion")
CLOSED_NAME = "Penulis menghapus akun"
WAITS = sa.text("state = 'waiting'")


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    allow("joint_request", "kind", "erase", named="requestkind")
    op.create_table(
        "data_request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", _choice("datakind", *KINDS), nullable=False),
        sa.Column("state", _choice("datastate", "unproven", "waiting", "done", "refused", "withdrawn"), nullable=False),
        sa.Column("user_id", BIG, nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.String(length=64), nullable=True),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("everything", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("proved_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", BIG, nullable=True),
        sa.Column(
            "refusal",
            _choice("refusal", "not_proved", "not_wrong", "others_rights", "public_record", "abuse"),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("kept", JSON, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("ready_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_data_request_user_id_user")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_data_request_decided_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index(op.f("ix_data_request_user_id"), "data_request", ["user_id"], unique=False)
    op.create_index(op.f("ix_data_request_key"), "data_request", ["key"], unique=False)
    op.create_index("ix_data_request_state", "data_request", ["state", "proved_at", "id"], unique=False)
    for name, column in (("uq_data_request_user", "user_id"), ("uq_data_request_email", "email_key")):
        op.create_index(name, "data_request", [column, "kind"], unique=True, sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_table(
        "processing",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(
            "act",
            _choice(
                "act",
                "asked",
                "proved",
                "withdrawn",
                "copy_made",
                "copy_fetched",
                "copy_gone",
                "refused",
                "corrected",
                "second_asked",
                "erased",
                "log_exported",
            ),
            nullable=False,
        ),
        sa.Column("kind", _choice("datakind", *KINDS), nullable=True),
        sa.Column("request_id", BIG, nullable=True),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        sa.Column("role", _choice("role", "author", "business", "moderator", "reader", "system"), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing")),
    )
    GUARDS.guard(op.get_bind())
    _sign_by_pseudonym()


def _sign_by_pseudonym() -> None:
    """What closed accounts wrote was still signed by their names: the pseudonym came after it was looked up."""
    user = sa.table("user", sa.column("id"), sa.column("closed_at"))
    closed = sa.select(user.c.id).where(user.c.closed_at.is_not(None))
    for name, version in (("letter", "page_version"), ("comment", "version")):
        table = sa.table(name, sa.column("author_id"), sa.column("byline"), sa.column(version))
        changed = {"byline": CLOSED_NAME, version: table.c[version] + 1}
        op.execute(sa.update(table).where(table.c.author_id.in_(closed), table.c.byline != CLOSED_NAME).values(changed))


def downgrade() -> None:
    GUARDS.unguard(op.get_bind())
    op.drop_table("processing")
    op.drop_index("uq_data_request_email", table_name="data_request")
    op.drop_index("uq_data_request_user", table_name="data_request")
    op.drop_index("ix_data_request_state", table_name="data_request")
    op.drop_index(op.f("ix_data_request_key"), table_name="data_request")
    op.drop_index(op.f("ix_data_request_user_id"), table_name="data_request")
    op.drop_table("data_request")
    op.execute(sa.delete(sa.table("joint_request")).where(sa.column("kind", sa.String()) == "erase"))
    disallow("joint_request", "kind", "erase", named="requestkind")
