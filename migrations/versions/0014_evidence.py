"""sealed originals, copies in several sizes, who opened a file"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from forum.core.migrating import allow, forget_events

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
MOMENT = sa.DateTime(timezone=True)
KINDS = (
    "file_added", "file_ready", "file_refused", "file_audience_changed", "file_covered", "file_checked", "original_opened",
    "original_deleted",
)  # fmt: skip


def _choice(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


VARIANT = _choice("variant", "full", "full-jpeg", "medium", "medium-jpeg", "thumb", "thumb-jpeg")
ROLE = _choice("role", "author", "business", "moderator", "reader", "system")
STATE = _choice("filestate", "waiting", "ready", "refused")
PREPARED = _choice("prepared", "as_it_was", "shrunk", "covered")


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    op.create_table(
        "attachment_copy",
        sa.Column("attachment_id", BIG, nullable=False),
        sa.Column("variant", VARIANT, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_attachment_copy_attachment_id_attachment"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attachment_id", "variant", name=op.f("pk_attachment_copy")),
    )
    op.create_index(op.f("ix_attachment_copy_key"), "attachment_copy", ["key"])
    for variant, columns in (("full", "full_key, mime, full_size, width, height"), ("thumb", "thumb_key, 'image/webp', 0, 0, 0")):
        op.execute(f"INSERT INTO attachment_copy SELECT id, '{variant}', {columns} FROM attachment")
    op.create_table(
        "attachment_opening",
        sa.Column("id", BIG, nullable=False),
        sa.Column("attachment_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        sa.Column("role", ROLE, nullable=False),
        sa.Column("merchant_id", BIG, nullable=True),
        sa.Column("case_id", BIG, nullable=True),
        sa.Column("variant", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_attachment_opening_attachment_id_attachment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_attachment_opening_by_id_user")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_attachment_opening_case_id_case")),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name=op.f("fk_attachment_opening_merchant_id_merchant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_opening")),
    )
    op.create_index("ix_attachment_opening_attachment_id", "attachment_opening", ["attachment_id", "id"])
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("caption", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("prepared", PREPARED, nullable=False, server_default="as_it_was"))
        batch_op.add_column(sa.Column("original_key", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("original_gone_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("state", STATE, nullable=False, server_default="ready"))
        batch_op.add_column(sa.Column("refusal", JSON, nullable=True))
        batch_op.add_column(sa.Column("areas", JSON, nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("leased_until", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("look_since", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("checked_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("checked", JSON, nullable=True))
        for gone in ("full_key", "thumb_key", "mime"):
            batch_op.drop_column(gone)
        batch_op.create_index(op.f("ix_attachment_original_key"), ["original_key"])
        batch_op.create_index("ix_attachment_owner_id", ["owner_id", "id"])
        batch_op.create_index("ix_attachment_created_at", ["created_at", "id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "ix_attachment_waiting", "attachment", ["leased_until", "id"], sqlite_where=waiting, postgresql_where=waiting
    )
    look = sa.text("look_since IS NOT NULL")
    op.create_index("ix_attachment_look_since", "attachment", ["look_since", "id"], sqlite_where=look, postgresql_where=look)
    op.execute("UPDATE attachment SET original_gone_at = created_at")


def downgrade() -> None:
    op.execute("DELETE FROM attachment WHERE state <> 'ready'")
    op.drop_index("ix_attachment_waiting", "attachment")
    op.drop_index("ix_attachment_look_since", "attachment")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        for index in ("ix_attachment_created_at", "ix_attachment_owner_id", op.f("ix_attachment_original_key")):
            batch_op.drop_index(index)
        for check in ("ck_attachment_filestate", "ck_attachment_prepared"):
            batch_op.drop_constraint(op.f(check), type_="check")
        for gone in ("checked", "checked_at", "look_since", "leased_until", "tries", "areas", "refusal", "state", "original_gone_at", "original_key", "prepared", "caption"):
            batch_op.drop_column(gone)
        batch_op.add_column(sa.Column("full_key", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("thumb_key", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("mime", sa.String(length=40), nullable=False, server_default=""))
    one = "(SELECT {} FROM attachment_copy WHERE attachment_id = attachment.id AND variant = '{}')"
    op.execute(
        f"UPDATE attachment SET full_key = {one.format('key', 'full')}, mime = {one.format('mime', 'full')}, "
        f"thumb_key = {one.format('key', 'thumb')}"
    )
    op.drop_table("attachment_opening")
    op.drop_table("attachment_copy")
    forget_events(*KINDS)
