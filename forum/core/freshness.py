"""How new what everybody reads is: counted in the transaction that changes it, asked before a ready page or part is shown."""

from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.core.glance import Glance

Version = tuple[int, int]
LISTS = "SELECT epoch, version FROM freshness WHERE id = 1"


class Freshness(Base):
    """One row (id 1): `version` counts what changes lists, `epoch` what may change any page; older ready pages are made anew."""

    __tablename__ = "freshness"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=1)
    epoch: Mapped[int] = mapped_column(default=1, server_default="1")


def lists_now(glance: Glance) -> Version | None:
    """Return epoch and version as of the last commit, None when they cannot be known."""
    found = glance.at(LISTS)
    return None if found is None else (found[0], found[1])
