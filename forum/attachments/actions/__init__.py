"""What can be done with files."""

from forum.attachments.actions.changing import (
    change_audience,
    put_in_order,
    remove,
    set_audience,
    set_caption,
    set_name,
)
from forum.attachments.actions.copies import discard
from forum.attachments.actions.covering import cover, lay_open, paint, uncover
from forum.attachments.actions.documents import (
    drop_documents,
    forget_documents,
    keep_document,
    open_document,
    remove_document,
)
from forum.attachments.actions.holding import drop
from forum.attachments.actions.keep import attach, keep, note_added
from forum.attachments.actions.openings import note_opening
from forum.attachments.actions.retention import forget_original, forget_originals

__all__ = [
    "attach",
    "change_audience",
    "cover",
    "discard",
    "drop",
    "drop_documents",
    "forget_documents",
    "forget_original",
    "forget_originals",
    "keep",
    "keep_document",
    "lay_open",
    "note_added",
    "note_opening",
    "open_document",
    "paint",
    "put_in_order",
    "remove",
    "remove_document",
    "set_audience",
    "set_caption",
    "set_name",
    "uncover",
]
