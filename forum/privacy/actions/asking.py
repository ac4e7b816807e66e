"""Asking for a copy, a correction or a deletion: by an account, or by a mailed link that proves an address."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from forum.accounts.addresses import normal_email
from forum.accounts.models import User, Visitor
from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, turn, unit_of_work
from forum.core.errors import Gone, Invalid
from forum.core.events import Role
from forum.core.jobs import enqueue
from forum.core.rates import AN_HOUR
from forum.core.secrecy import sign
from forum.privacy import policy
from forum.privacy.actions.erasing import erase
from forum.privacy.actions.logging import note
from forum.privacy.lifecycle import Act, DataKind, DataMove, DataState
from forum.privacy.links import tell
from forum.privacy.models import TEXT_CHARACTERS, DataRequest

COPY: Final = "data_copy"
LINK_LIFE: Final = timedelta(days=7)
SENT_TWICE: Final = timedelta(minutes=10)
REQUEST_KEPT: Final = timedelta(days=730)
"""How long a request is known: what was asked of the site, and when it was answered."""


@unit_of_work
def ask(
    user: User, *, by: Visitor, kind: DataKind, text: str = "", everything: bool = False, language: str = "id"
) -> DataRequest:
    """Ask about the own account's data; the same that waits already is the same request. The caller asked for the password again.

    A copy is made by the worker; a deletion of what only its person sees is carried out at once, unless `everything` is asked for.
    Raises NotAllowed, Invalid, TooMany, or what closing an account raises.
    """
    ensure(policy.may_ask, by, user)
    text = _checked(kind, text)
    turn(f"data:{user.id}")
    known = db.session.scalar(
        select(DataRequest).where(
            DataRequest.user_id == user.id, DataRequest.kind == kind, DataRequest.state == DataState.WAITING
        )
    )
    if known is not None and (known.text, known.everything) == (text, everything):
        return known
    if known is not None:
        raise Invalid("data_waits", field="kind", number=known.id)
    limits.permit("data-request", str(user.id))
    now = utcnow()
    made = DataRequest(
        kind=kind,
        state=DataState.WAITING,
        user_id=user.id,
        language=language,
        text=text,
        everything=everything,
        made_at=now,
        proved_at=now,
    )
    db.session.add(made)
    db.session.flush()
    note(Act.ASKED, made, by=by, role=Role.READER)
    _begin(made)
    return made


@unit_of_work
def ask_by_mail(
    *, email: str, kind: DataKind, text: str = "", everything: bool = False, language: str = "id", address: str
) -> DataRequest:
    """Keep what somebody without an account asks and mail the link that proves the address; nothing is done before that.

    The same within SENT_TWICE is the same request. `address` is the network address. Whether anything is held on the mail address is told to nobody but its owner. Raises Invalid, TooMany.
    """
    text, email = _checked(kind, text), normal_email(email)
    key = sign("data-address", email)
    turn(f"data:{key}")
    sent = db.session.scalars(
        select(DataRequest)
        .where(DataRequest.email_key == key, DataRequest.kind == kind, DataRequest.state == DataState.UNPROVEN)
        .where(DataRequest.made_at > utcnow() - SENT_TWICE)
    )
    known = next((one for one in sent if (one.text, one.everything) == (text, everything)), None)
    if known is not None:
        return known
    limits.permit_each(("data-address", address), ("data-mail", email))
    made = DataRequest(
        kind=kind,
        state=DataState.UNPROVEN,
        email=email,
        email_key=key,
        language=language,
        text=text,
        everything=everything,
        made_at=utcnow(),
    )
    db.session.add(made)
    db.session.flush()
    tell(made, "data_link", days=LINK_LIFE.days)
    return made


@unit_of_work
def prove(request: DataRequest) -> None:
    """Let the clock run: whoever opened the mailed link pressed its button. Twice is once.

    Raises Gone when the link is over, Invalid("data_waits") while the same is asked from this address already.
    """
    turn(f"data:{request.email_key}")
    lock(request)
    if request.state is not DataState.UNPROVEN:
        return
    if request.made_at <= utcnow() - LINK_LIFE:
        raise Gone("link_over")
    known = db.session.scalar(
        select(DataRequest.id).where(
            DataRequest.email_key == request.email_key,
            DataRequest.kind == request.kind,
            DataRequest.state == DataState.WAITING,
        )
    )
    if known is not None:
        raise Invalid("data_waits", number=known)
    request.move(DataMove.PROVE)
    request.proved_at = utcnow()
    db.session.flush()
    note(Act.PROVED, request, by=None, role=Role.READER)
    _begin(request)


@unit_of_work
def withdraw(request: DataRequest, *, by: Visitor | None) -> None:
    """Take it back; twice is once. `by` None: by the mailed link. Raises NotAllowed, or NotNow when it is decided."""
    lock(request)
    if by is not None:
        ensure(policy.may_follow, by, request)
    if request.state is DataState.WITHDRAWN:
        return
    request.move(DataMove.WITHDRAW)
    request.decided_at = utcnow()
    note(Act.WITHDRAWN, request, by=by, role=Role.READER)


@unit_of_work
def prune_requests() -> None:
    """Forget requests whose link nobody used in LINK_LIFE, and those decided REQUEST_KEPT ago."""
    now = utcnow()
    db.session.execute(
        delete(DataRequest).where(
            DataRequest.state == DataState.UNPROVEN, DataRequest.made_at < now - LINK_LIFE - AN_HOUR
        )
    )
    db.session.execute(
        delete(DataRequest).where(DataRequest.decided_at < now - REQUEST_KEPT, DataRequest.key.is_(None))
    )


def _checked(kind: DataKind, text: str) -> str:
    text = text.strip()
    least, most = TEXT_CHARACTERS if kind is DataKind.CORRECTION else (0, TEXT_CHARACTERS[1])
    if not least <= len(text) <= most:
        raise Invalid("length", field="text", length=len(text), least=least, most=most)
    return text


def _begin(request: DataRequest) -> None:
    if request.kind is DataKind.ACCESS:
        enqueue(COPY, dedupe=f"{COPY}:{request.id}", request_id=request.id)
    elif request.kind is DataKind.DELETION and not request.everything:
        erase(request, by=None)
