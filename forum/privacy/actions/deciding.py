"""What moderators do with data requests: carry out a correction, refuse with a ground, ask for the second person of a grave deletion."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Event, Kind, Role, record
from forum.moderation.actions.holds import let_go
from forum.people.actions import requests as two_persons
from forum.people.lifecycle import RequestKind
from forum.people.models import JointRequest
from forum.privacy import policy
from forum.privacy.actions.erasing import erase
from forum.privacy.actions.logging import note
from forum.privacy.lifecycle import Act, DataKind, DataMove, DataState, Refusal
from forum.privacy.links import tell
from forum.privacy.models import MESSAGE_CHARACTERS, DataRequest
from forum.privacy.queries import request_by_id


@unit_of_work
def settle(request: DataRequest, *, by: User, message: str) -> None:
    """Say that a correction is done, and what was done. Raises NotAllowed, NotNow or Invalid."""
    lock(request)
    ensure(policy.may_decide, by, request)
    if request.kind is not DataKind.CORRECTION:
        raise NotNow("request_over")
    request.answer = _message(message)
    let_go(f"data:{request.id}", by_id=by.id)
    request.move(DataMove.CARRY_OUT)
    request.decided_by_id, request.decided_at = by.id, utcnow()
    note(Act.CORRECTED, request, by=by, role=Role.MODERATOR)
    tell(request, "data_decided")


@unit_of_work
def refuse(request: DataRequest, *, by: User, refusal: Refusal | None, message: str) -> None:
    """Refuse with a ground of the closed list and words to the person. Raises NotAllowed, NotNow or Invalid."""
    lock(request)
    ensure(policy.may_decide, by, request)
    if refusal is None:
        raise Invalid("reason_needed", field="reason")
    request.answer = _message(message)
    let_go(f"data:{request.id}", by_id=by.id)
    request.move(DataMove.REFUSE)
    request.refusal = refusal
    request.decided_by_id, request.decided_at = by.id, utcnow()
    note(Act.REFUSED, request, by=by, role=Role.MODERATOR, refusal=refusal.value)
    tell(request, "data_decided")


@unit_of_work
def ask_second(request: DataRequest, *, by: User, why: str) -> JointRequest:
    """Ask that all of a person be erased, also what others see; another person confirms. Raises NotAllowed, NotNow or Invalid."""
    lock(request)
    ensure(policy.may_decide, by, request)
    if not (request.kind is DataKind.DELETION and request.everything):
        raise NotNow("request_over")
    made = two_persons.ask(RequestKind.ERASE, by=by, why=why, user_id=request.user_id, data_request=request.id)
    note(Act.SECOND_ASKED, request, by=by, role=Role.MODERATOR, joint_request=made.id)
    return made


@two_persons.carries_out(RequestKind.ERASE)
def _erase(asked: JointRequest, _asker: User, second: User) -> None:
    request = lock(request_by_id(asked.data["data_request"]))
    if request.state is not DataState.WAITING:
        raise NotNow("request_over")
    if request.user_id == second.id:
        raise NotNow("request_over")
    erase(request, by=second)


@unit_of_work
def alarm(request_id: int) -> None:
    """Tell the moderators that half of the time is over, once."""
    request = lock(request_by_id(request_id))
    about = f"data_request:{request_id}"
    told = select(Event.id).where(Event.about == about, Event.kind == Kind.QUEUE_ALARM).limit(1)
    if request.state is DataState.WAITING and db.session.scalar(told) is None:
        record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, about=about)


def _message(message: str) -> str:
    message = message.strip()
    least, most = MESSAGE_CHARACTERS
    if not least <= len(message) <= most:
        raise Invalid("words_needed", field="message", least=least, most=most)
    return message
