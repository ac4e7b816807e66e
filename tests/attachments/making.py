"""A file through the confined child without a database: what is refused at once is refused, and the copies lie in a storage."""

from dataclasses import dataclass, field

from forum.attachments import confined
from forum.attachments.kinds import MIME, Variant
from forum.attachments.names import safe_name
from forum.attachments.receive import Refused, look
from forum.core.storage import StorageFull


@dataclass(frozen=True)
class Result:
    kind: str
    name: str
    width: int
    height: int
    pages: int
    keys: dict[Variant, str] = field(default_factory=dict)

    @property
    def mime(self) -> str:
        return MIME[self.kind]

    @property
    def full_key(self) -> str:
        return self.keys[Variant.FULL]

    @property
    def thumb_key(self) -> str:
        return self.keys[Variant.THUMB]


def made(data: bytes, name: str, storage, *, areas=(), limits=confined.DEFAULT_LIMITS) -> Result:
    """Look at a file, make its copies and store them; raises Refused."""
    look(data)
    try:
        found = confined.make(data, storage.scratch(), areas=areas, limits=limits)
        keys = {one.variant: storage.put(one.data) for one in found.copies}
    except StorageFull as problem:
        raise Refused("storage_full") from problem
    return Result(found.kind, safe_name(name, MIME[found.kind]), found.width, found.height, found.pages, keys)

