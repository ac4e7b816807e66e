"""A letter without its words: what decides who reads it, and which of its ready parts still hold."""

from dataclasses import dataclass
from datetime import datetime

from forum.letters.lifecycle import Publication, Visibility


@dataclass(frozen=True)
class Headline:
    """A letter without its words. `page_version` changes with all that its page shows, `epoch` with what any page may show."""

    id: int
    author_id: int
    title: str
    excerpt: str
    category: str
    visibility: Visibility
    publication: Publication
    published_at: datetime | None
    removed_at: datetime | None
    revised_at: datetime | None
    comments_locked_at: datetime | None
    comments_locked_reason: str | None
    contested_at: datetime | None
    reason: str | None
    comment_count: int
    comment_number: int
    me_too_count: int
    page_version: int
    lists_version: int
    epoch: int
