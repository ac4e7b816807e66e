"""What new copies of a file are made from when its original is gone: what was shown of it last."""

from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment
from forum.attachments.queries import copy_of
from forum.core.errors import NotNow
from forum.core.secrecy import seal
from forum.core.storage import Storage


def source_of(file: Attachment, storage: Storage) -> tuple[str, str] | None:
    """Seal and store what is shown of a file whose original is gone, to be painted on; returns its key and the copy's.

    None where new copies can be made from what is sealed already. Never call it inside a writing unit.
    """
    full = copy_of(file, Variant.FULL) if file.original_key is None else None
    if full is None:
        return None
    try:
        with storage.open(full.key) as shown:
            return storage.put(seal(shown.read())), full.key
    except FileNotFoundError as problem:
        raise NotNow("not_ready") from problem
