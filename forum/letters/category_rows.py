"""The categories as rows: administrators add, name, order and retire them; none is ever deleted, for letters stand under its key."""

from typing import Any

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import steering
from forum.core.db import Base, db, identity
from forum.letters.categories import PART, STARTING, Category

KEY_CHARACTERS = (2, 40)
NAME_CHARACTERS = (2, 60)


class CategoryRow(Base):
    """A subject under which letters are filed."""

    __tablename__ = "category"

    id: Mapped[int] = identity()
    key: Mapped[str] = mapped_column(String(KEY_CHARACTERS[1]), unique=True)
    indonesian: Mapped[str] = mapped_column(String(NAME_CHARACTERS[1]))
    english: Mapped[str] = mapped_column(String(NAME_CHARACTERS[1]))
    position: Mapped[int]  # 1 stands first in the form
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)


_table: Any = CategoryRow.__table__


def load() -> tuple[Category, ...]:
    """Return the categories of the database, those that came with the site where it holds none."""
    rows = db.session.execute(
        select(_table.c.key, _table.c.indonesian, _table.c.english, _table.c.retired).order_by(
            _table.c.retired, _table.c.position, _table.c.id
        )
    )
    return tuple(Category(*row) for row in rows) or STARTING


steering.part(PART, load, STARTING)
