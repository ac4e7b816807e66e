"""Where the forms of a file are; opening one is decided there."""

from flask import url_for

from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment, FileState


def address(file: Attachment, variant: Variant = Variant.FULL) -> str:
    """Return the address of one form of a file."""
    name = file.name if variant is Variant.FULL else "picture.jpg" if variant.endswith("-jpeg") else "picture.webp"
    return url_for("attachments.file", token=file.token, variant=variant.value, name=name)


def picture(file: Attachment) -> dict[str, str] | None:
    """Return the addresses of a file's picture, on which parts are covered; None while there is nothing to show."""
    if file.state is not FileState.READY:
        return None
    return {
        "webp": address(file, Variant.MEDIUM),
        "jpeg": address(file, Variant.MEDIUM_JPEG),
        "full": address(file),
    }
