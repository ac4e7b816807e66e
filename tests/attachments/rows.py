"""Rows of files as the worker leaves them, for tests that need no real file, and real ones through the whole line."""

from flask import current_app

from forum.attachments.jobs import make_all
from forum.attachments.kinds import Variant, mime_of
from forum.attachments.models import Attachment, AttachmentCopy, FileAudience, FileKind, FileState
from forum.attachments.receive import receive
from forum.core.db import db, unit_of_work
from forum.core.secrecy import digest, new_token
from tests.attachments import hostile


def file_row(owner_id: int, *, full: str = "", thumb: str = "", size: int = 900, **fields) -> Attachment:
    """A file that is ready; `full` and `thumb` are the keys of its copies, made from its name when they are left out."""
    name = fields.setdefault("name", "faktur.webp")
    kind = fields.setdefault("kind", FileKind.IMAGE)
    values = {
        "token": new_token(),
        "audience": FileAudience.PUBLIC,
        "original_size": 1000,
        "original_sha256": digest(name),
        "state": FileState.READY,
        "full_size": size,
        **fields,
    }
    keys = {Variant.FULL: full or digest(f"{name} full"), Variant.THUMB: thumb or digest(f"{name} thumb")}
    copies = [
        AttachmentCopy(variant=one, key=key, mime=mime_of(kind, one), size=size, width=8, height=8) for one, key in keys.items()
    ]
    return Attachment(owner_id=owner_id, copies=copies, **values)


def key_of(file: Attachment, variant: Variant = Variant.FULL) -> str:
    """The key of one of its copies."""
    return next(one.key for one in copies_of(file) if one.variant is variant)


def copies_of(file: Attachment) -> list[AttachmentCopy]:
    """Its copies as the database has them."""
    return list(db.session.scalars(db.select(AttachmentCopy).where(AttachmentCopy.attachment_id == file.id)))


def keys_of(file: Attachment) -> set[str]:
    """Every key that its rows name."""
    return {one.key for one in copies_of(file)} | ({file.original_key} if file.original_key else set())


def stored(owner, letter=None, *, draft=None, data=None, name="nota saya.jpg", **fields) -> Attachment:
    """A real file that was received and whose copies were made."""
    received = receive(data or hostile.jpeg(), name, current_app.extensions["storage"])
    file = _add(
        token=new_token(),
        owner_id=owner.id,
        letter_id=letter.id if letter else None,
        draft_id=draft.id if draft else None,
        audience=fields.pop("audience", FileAudience.PUBLIC),
        kind=received.kind,
        name=received.name,
        original_size=received.size,
        original_sha256=received.sha256,
        original_key=received.key,
        **fields,
    )
    make_all()
    return db.session.get_one(Attachment, file.id, populate_existing=True)


@unit_of_work
def _add(**values) -> Attachment:
    file = Attachment(**values)
    db.session.add(file)
    return file
