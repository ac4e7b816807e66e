"""What is published each day of all chains."""

from datetime import date, datetime

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import ONE_DAY, utcnow
from forum.core.db import Base, UTCDateTime


class DayHead(Base):
    """The head of one day: it covers the newest link of every letter in which something happened since the day before ended.

    `head` covers the head of the day before as well, so the newest one covers everything.
    """

    __tablename__ = "day_head"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    until: Mapped[datetime] = mapped_column(UTCDateTime)  # the midnight that ended it, by the site's time zone of then
    letters: Mapped[int]  # in which something happened that day
    events: Mapped[int]  # of letters, that day
    root: Mapped[str] = mapped_column(String(64))  # of the tree over the newest links of these letters
    head: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utcnow)

    @property
    def is_late(self) -> bool:
        """Whether it was made long after its day, so that it proves nothing about the time between."""
        return self.made_at - self.until > ONE_DAY
