"""Which files of the storage the rows name, in the order of their keys and never all in memory."""

from collections.abc import Collection, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, select

from forum.attachments.models import ALSO_NAMED, Attachment, AttachmentCopy
from forum.core.db import db

AT_ONCE = 1000
Named = tuple[str, int | None]


def walk(after: str = "") -> Iterator[Named]:
    """Yield each key that some row names, from beyond `after` on, with its bytes where the row tells them.

    Each batch is a transaction of its own: a row that is written meanwhile may be seen or not.
    """
    copies = select(AttachmentCopy.key, AttachmentCopy.size)
    originals = select(Attachment.original_key, Attachment.original_size)
    both = merge(
        _pages(copies, AttachmentCopy.key, after),
        ((key, None) for key, _plain in _pages(originals, Attachment.original_key, after)),  # sealed, it is longer
        *(((key, None) for (key,) in _pages(select(column), column, after)) for column in ALSO_NAMED),
        key=itemgetter(0),
    )
    for key, same in groupby(both, key=itemgetter(0)):
        yield key, max((size for _key, size in same if size is not None), default=None)


def holders(keys: Collection[str]) -> dict[str, list[int]]:
    """Return the attachments that name these keys; a key that none names is left out."""
    copies = select(AttachmentCopy.key, AttachmentCopy.attachment_id).where(AttachmentCopy.key.in_(keys))
    originals = select(Attachment.original_key, Attachment.id).where(Attachment.original_key.in_(keys))
    found: dict[str, list[int]] = {}
    for key, attachment_id in db.session.execute(copies.union(originals)):
        found.setdefault(key, []).append(attachment_id)
    db.session.rollback()
    return found


def _pages(rows: Select[*tuple[Any, ...]], key: Any, after: str) -> Iterator[Any]:
    while True:
        page = db.session.execute(rows.where(key > after).order_by(key).limit(AT_ONCE)).all()
        db.session.rollback()
        yield from page
        if len(page) < AT_ONCE:
            return
        after = page[-1][0]  # equal keys that did not fit say nothing new
