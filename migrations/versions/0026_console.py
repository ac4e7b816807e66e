"""what operators set while the site runs: categories, announcements, limits, read-only mode; their changes and failed jobs found quickly"""

import sqlalchemy as sa
from alembic import op

from forum.core.migrating import allow, forget_events

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")
KINDS = ("site_changed",)
CHANGED = sa.text("kind = 'site_changed'")
DEAD = sa.text("dead_at IS NOT NULL")
STARTING = (
    ("toko-online", "Toko Online & Marketplace", "Online Shops & Marketplaces"),
    ("perbankan", "Perbankan & Kartu Kredit", "Banking & Credit Cards"),
    ("pinjaman-online", "Pinjaman Online & Paylater", "Online Loans & Pay Later"),
    ("dompet-digital", "Dompet Digital & Pembayaran", "Digital Wallets & Payments"),
    ("asuransi", "Asuransi", "Insurance"),
    ("investasi", "Investasi", "Investment"),
    ("leasing", "Leasing & Pembiayaan", "Leasing & Financing"),
    ("telekomunikasi", "Telekomunikasi & Internet", "Telecommunications & Internet"),
    ("ekspedisi", "Ekspedisi & Kurir", "Shipping & Couriers"),
    ("perjalanan", "Perjalanan, Tiket & Hotel", "Travel, Tickets & Hotels"),
    ("transportasi", "Transportasi & Ojek Online", "Transport & Ride Hailing"),
    ("properti", "Properti & Perumahan", "Property & Housing"),
    ("elektronik", "Elektronik & Gawai", "Electronics & Gadgets"),
    ("otomotif", "Otomotif", "Automotive"),
    ("listrik-air-gas", "Listrik, Air & Gas", "Electricity, Water & Gas"),
    ("makanan", "Makanan & Minuman", "Food & Drink"),
    ("kesehatan", "Kesehatan & Obat", "Health & Medicine"),
    ("pendidikan", "Pendidikan", "Education"),
    ("layanan-publik", "Layanan Publik", "Public Services"),
    ("hiburan", "Hiburan & Langganan", "Entertainment & Subscriptions"),
    ("penipuan", "Penipuan", "Fraud"),
    ("lain-lain", "Lain-lain", "Other"),
)  # fmt: skip


def upgrade() -> None:
    allow("event", "kind", *KINDS)
    op.create_index("ix_event_site", "event", ["id"], unique=False, sqlite_where=CHANGED, postgresql_where=CHANGED)
    op.create_index("ix_job_dead", "job", ["id"], unique=False, sqlite_where=DEAD, postgresql_where=DEAD)
    op.create_index("ix_mail_kind", "mail", ["kind", "id"], unique=False)
    op.create_index("ix_mail_state", "mail", ["state", "id"], unique=False)
    op.create_table(
        "steering",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", JSON, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_steering_by_id_user")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_steering")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", BIG, nullable=False),
        sa.Column("indonesian", sa.Text(), nullable=False),
        sa.Column("english", sa.Text(), nullable=False),
        sa.Column(
            "level",
            sa.Enum("info", "warning", "problem", name="level", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=True),
        sa.Column("edges", sa.Integer(), nullable=False),
        sa.Column("by_id", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_announcement_by_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    category = op.create_table(
        "category",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("indonesian", sa.String(length=60), nullable=False),
        sa.Column("english", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("key", name=op.f("uq_category_key")),
    )
    known = [
        {"key": key, "indonesian": indonesian, "english": english, "position": place, "retired": False, "version": 1}
        for place, (key, indonesian, english) in enumerate(STARTING, start=1)
    ]
    op.bulk_insert(category, known)


def downgrade() -> None:
    """A letter filed under a category that did not come with the site goes to "lain-lain", for nothing else would name it."""
    keys = [row[0] for row in STARTING]
    listed = sa.bindparam("keys", value=keys, expanding=True)
    for table in ("letter", "case", "case_fact"):
        op.execute(sa.text(f"UPDATE \"{table}\" SET category = 'lain-lain' WHERE category NOT IN :keys").bindparams(listed))
    op.execute(sa.text("DELETE FROM body_category WHERE category NOT IN :keys").bindparams(listed))
    op.drop_table("category")
    op.drop_table("announcement")
    op.drop_table("steering")
    op.drop_index("ix_mail_state", table_name="mail")
    op.drop_index("ix_mail_kind", table_name="mail")
    op.drop_index("ix_job_dead", table_name="job", sqlite_where=DEAD, postgresql_where=DEAD)
    op.drop_index("ix_event_site", table_name="event", sqlite_where=CHANGED, postgresql_where=CHANGED)
    forget_events(*KINDS)
