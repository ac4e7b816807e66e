"""How new the public pages are."""

from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base


class Freshness(Base):
    """One row (id 1) that counts every public change; ready pages older than it are made anew."""

    __tablename__ = "freshness"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=1)
