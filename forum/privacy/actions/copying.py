"""The copy of all that is held on a person: made by the worker, sealed, fetched by its person alone, gone after some days."""

from datetime import timedelta

from sqlalchemy import select

from forum.accounts.models import Visitor
from forum.attachments.actions.copies import discard
from forum.config import settings
from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Gone
from forum.core.events import Role
from forum.core.secrecy import seal, unseal
from forum.core.storage import Storage
from forum.privacy import bundle, policy
from forum.privacy.actions.logging import note
from forum.privacy.lifecycle import Act, DataMove, DataState
from forum.privacy.links import copy_path_of, tell
from forum.privacy.models import DataRequest
from forum.privacy.queries import request_by_id

AT_ONCE = 100


def make_copy(request_id: int, storage: Storage) -> None:
    """Make the copy that a request asks for, from the present rows; safe to run twice."""
    request = request_by_id(request_id)
    if request.state is not DataState.WAITING:
        db.session.rollback()
        return
    data = bundle.make(request, storage)
    db.session.rollback()  # nothing is written while files are read and sealed
    key = storage.put(seal(data))
    _ready(request_id, key, len(data))


@unit_of_work
def _ready(request_id: int, key: str, size: int) -> None:
    request = lock(request_by_id(request_id))
    if request.state is not DataState.WAITING:
        return  # taken back, or another worker was quicker: the sweep takes the file
    request.move(DataMove.CARRY_OUT)
    request.key, request.size = key, size
    request.ready_at = request.decided_at = utcnow()
    note(Act.COPY_MADE, request, by=None, role=Role.SYSTEM, bytes=size)
    tell(request, "data_copy", path=copy_path_of(request), days=settings().data_copy_days)


@unit_of_work
def fetch(request: DataRequest, *, by: Visitor | None, storage: Storage) -> bytes:
    """Return the ZIP to its person and write that down; `by` None: by the key of the mail about it.

    Raises NotAllowed, Gone("copy_over"), or TooMany.
    """
    lock(request)
    if by is not None:
        ensure(policy.may_follow, by, request)
    if not request.has_copy or request.key is None:
        raise Gone("copy_over")
    limits.permit("data-copy", str(request.id))
    with storage.open(request.key) as file:
        data = unseal(file.read())
    note(Act.COPY_FETCHED, request, by=by, role=Role.READER)
    return data


def forget_copies(storage: Storage) -> None:
    """Delete the copies whose days are over, and write that down."""
    while keys := _forget():
        discard(keys, storage)


@unit_of_work
def _forget() -> list[str]:
    before = utcnow() - timedelta(days=settings().data_copy_days)
    old = db.session.scalars(
        select(DataRequest)
        .where(DataRequest.key.is_not(None), DataRequest.ready_at < before)
        .order_by(DataRequest.id)
        .limit(AT_ONCE)
        .with_for_update(key_share=True)
    ).all()
    keys = [one.key or "" for one in old]
    for one in old:
        one.key = None
        note(Act.COPY_GONE, one, by=None, role=Role.SYSTEM)
    return keys
