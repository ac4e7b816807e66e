"""Cases of one business become another's, many at once."""

from typing import Any

from sqlalchemy import ColumnElement, update

from forum.core.db import db
from forum.letters.lifecycle import ResponseState, Untold
from forum.letters.models import Case
from forum.merchants.models import Merchant

WITHOUT_SESSION = {"synchronize_session": False}


def carry(condition: Any, to: Merchant) -> int:
    """Let the cases be about another business, and forms that were open meanwhile be stale."""
    done: Any = db.session.execute(
        update(Case)
        .where(condition)
        .values(merchant_id=to.id, version=Case.version + 1)
        .execution_options(**WITHOUT_SESSION)
    )
    db.session.expire_all()
    return int(done.rowcount)


def forget_telling(condition: ColumnElement[bool]) -> None:
    """Let these cases wait for their business to be told, where only the one that had them meanwhile was, and nobody has acted."""
    db.session.execute(
        update(Case)
        .where(condition, Case.opened_at.is_(None), Case.response == ResponseState.AWAITING)
        .values(notified_at=None, untold=Untold.NO_ADDRESS)
        .execution_options(**WITHOUT_SESSION)
    )
