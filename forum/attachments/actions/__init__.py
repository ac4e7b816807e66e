"""What can be done with files."""

from forum.attachments.actions.changing import put_in_order, remove, set_audience, set_caption
from forum.attachments.actions.copies import discard
from forum.attachments.actions.documents import (
    drop_documents,
    forget_documents,
    keep_document,
    open_document,
    remove_document,
)
from forum.attachments.actions.keep import attach, keep, note_added
from forum.attachments.actions.retention import forget_originals

__all__ = [
    "attach",
    "discard",
    "drop_documents",
    "forget_documents",
    "forget_originals",
    "keep",
    "keep_document",
    "note_added",
    "open_document",
    "put_in_order",
    "remove",
    "remove_document",
    "set_audience",
    "set_caption",
]
