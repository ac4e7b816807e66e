"""How new what everybody reads is: counted in the transaction that changes it, asked before a ready page or part is shown."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base, db
from forum.core.glance import Glance

Version = tuple[int, int]
LISTS = "SELECT epoch, version FROM freshness WHERE id = 1"


class Freshness(Base):
    """One row (id 1): `version` counts what changes lists, `epoch` what may change any page; older ready pages are made anew."""

    __tablename__ = "freshness"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=1)
    epoch: Mapped[int] = mapped_column(default=1, server_default="1")


_table: Any = Freshness.__table__
_AGE_EVERYTHING: Any = (
    update(_table).where(_table.c.id == 1).values(version=_table.c.version + 1, epoch=_table.c.epoch + 1)
)


def age_everything() -> None:
    """Make every ready page old, in the present transaction."""
    db.session.execute(_AGE_EVERYTHING)


def lists_now(glance: Glance) -> Version | None:
    """Return epoch and version as of the last commit, None when they cannot be known."""
    found = glance.at(LISTS)
    return None if found is None else (found[0], found[1])
