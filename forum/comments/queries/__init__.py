"""Loading comments: one by its number for a person, a page of a thread, the page that holds a comment."""

from forum.comments.queries.one import comment_for, cursor_of
from forum.comments.queries.thread import KEY_COLUMNS, PAGE_ROWS, SORTS, helped, thread

__all__ = ["KEY_COLUMNS", "PAGE_ROWS", "SORTS", "comment_for", "cursor_of", "helped", "thread"]
