"""What the lists hold, and which texts are near-equal."""

from forum.crowds.queries.alike import alike, group_of, is_like_spam
from forum.crowds.queries.terms import Listed, active_keys, changes, found_in, listed

__all__ = ["Listed", "active_keys", "alike", "changes", "found_in", "group_of", "is_like_spam", "listed"]
