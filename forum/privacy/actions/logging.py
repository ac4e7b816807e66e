"""Rows of the processing log, written in the transaction of what they tell."""

from typing import Any

from forum.accounts.models import User, Visitor
from forum.core.access import ensure
from forum.core.db import db, unit_of_work
from forum.core.events import Role
from forum.privacy import policy
from forum.privacy.lifecycle import Act
from forum.privacy.models import DataRequest, Processing


def note(act: Act, request: DataRequest, *, by: Visitor | None, role: Role, **facts: Any) -> None:
    """Write down what was done with somebody's data; `facts` are numbers and closed values."""
    db.session.add(
        Processing(
            act=act,
            kind=request.kind,
            request_id=request.id,
            subject=request.subject,
            by_id=None if by is None or by.is_guest else by.id,
            role=role,
            facts=facts,
        )
    )


@unit_of_work
def note_export(*, by: User) -> None:
    """Write down that an administrator took the whole log away; raises NotAllowed."""
    ensure(policy.may_see_log, by, None)
    db.session.add(Processing(act=Act.LOG_EXPORTED, subject="log", by_id=by.id, role=Role.MODERATOR))
