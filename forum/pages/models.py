"""Figures counted beforehand."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import utcnow
from forum.core.db import Base, BigId, Json, UTCDateTime

WHOLE_SITE = 0


class Figures(Base):
    """What the worker counted last for a business, or for the whole site; readers never count over all letters."""

    __tablename__ = "figures"

    subject: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)  # a merchant's id, or WHOLE_SITE
    data: Mapped[dict[str, Any]] = mapped_column(Json)
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)
