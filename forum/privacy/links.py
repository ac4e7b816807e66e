"""The mailed links of a person without an account: one proves the address and shows the state, another fetches the copy."""

from typing import Any

from forum.accounts.models import User
from forum.core import mail
from forum.core.db import db
from forum.core.mailing import absolute, compose
from forum.core.secrecy import sign, signed_by_us
from forum.privacy.lifecycle import DataKind
from forum.privacy.models import DataRequest

STATE = "data-request"
COPY = "data-copy"


def opens(request_id: int, key: str, purpose: str = STATE) -> bool:
    """Whether this key is that of this request, for this purpose."""
    return signed_by_us(purpose, str(request_id), key)


def path_of(request: DataRequest) -> str:
    """Return the path of the page that shows its person how it stands."""
    if request.user_id is not None:
        return f"/settings/data/{request.id}"
    return f"/data-requests/{request.id}/{sign(STATE, str(request.id))}"


def copy_path_of(request: DataRequest) -> str:
    """Return the path where its person fetches the copy: by a key that only the mail about the finished copy holds."""
    if request.user_id is not None:
        return path_of(request)
    return f"/data-requests/{request.id}/copy/{sign(COPY, str(request.id))}"


def tell(request: DataRequest, kind: str, *, to: str | None = None, path: str | None = None, **facts: Any) -> None:
    """Mail a request's person in the present unit of work, once for each kind; `to`: an address that was erased meanwhile."""
    user = None if request.user_id is None else db.session.get(User, request.user_id)
    receiver = to or (request.email if user is None else user.email)
    if receiver is None:
        return
    url = absolute(path or path_of(request))
    facts = {"number": request.id, "url": url, "access": request.kind is DataKind.ACCESS, "deletion": request.kind is DataKind.DELETION, **facts}
    subject, text, html = compose(kind, request.language, **facts)
    mail.send(receiver, kind=kind, subject=subject, text=text, html=html, dedupe=f"{kind}:{request.id}")
