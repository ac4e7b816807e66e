"""What two persons do: one asks, another confirms within the days of the settings, then it is carried out."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.accounts import queries as people
from forum.accounts.addresses import normal_email
from forum.accounts.models import Scope, User
from forum.accounts.rights import Standing
from forum.attachments import actions as attachments
from forum.attachments.models import Attachment
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, turn, unit_of_work
from forum.core.errors import Invalid, Missing, NotAllowed, NotNow
from forum.core.events import Kind, Role, record
from forum.moderation.lifecycle import ThingKind
from forum.moderation.policy import may_decide_thing
from forum.moderation.queries.things import thing_for
from forum.people import policy
from forum.people.actions import orders
from forum.people.actions.sanctions import checked, give
from forum.people.lifecycle import RequestKind, RequestMove, RequestState, SanctionKind, SanctionReason
from forum.people.models import WHY_CHARACTERS, JointRequest

CarryOut = Callable[[JointRequest, User, User], None]
_ways: dict[RequestKind, CarryOut] = {}


def carries_out(kind: RequestKind) -> Callable[[CarryOut], CarryOut]:
    """Name what is done when a request of this kind is confirmed: (request, who asked, who confirmed), in one unit of work."""

    def register(way: CarryOut) -> CarryOut:
        _ways[kind] = way
        return way

    return register


@unit_of_work
def ask(kind: RequestKind, *, by: User, why: str, user_id: int | None = None, **data: Any) -> JointRequest:
    """Ask for something that another person has to confirm; the same that waits already is the same request.

    Raises NotAllowed, Invalid, or NotNow("order_needed") for an identity without an order of record.
    """
    ensure(policy.may_ask, by, kind)
    if user_id == by.id:
        raise NotAllowed("not_oneself")
    whom = None if user_id is None else people.person(user_id)
    if whom is not None and kind is not RequestKind.RIGHTS:
        ensure(policy.may_judge, by, whom)
    least, most = WHY_CHARACTERS
    if not least <= len(why.strip()) <= most:
        raise Invalid("words_needed", field="why", least=least, most=most)
    if kind is RequestKind.UNMASK:
        orders.order_of(JointRequest(kind=kind, user_id=user_id, data=data))
    turn(f"request:{kind}:{user_id}")
    for known in db.session.scalars(
        select(JointRequest).where(
            JointRequest.state == RequestState.OPEN, JointRequest.kind == kind, JointRequest.user_id == user_id
        )
    ):
        if known.waits and known.data == data:
            return known
    made = JointRequest(kind=kind, user_id=user_id, data=data, why=why.strip(), asked_by_id=by.id)
    db.session.add(made)
    db.session.flush()
    _note(Kind.SECOND_ASKED, made, by, why=made.why)
    return made


@unit_of_work
def ask_rights(*, by: User, email: str, standing: Standing | None, why: str) -> JointRequest:
    """Ask that the holder of the account with this address be appointed or dismissed; raises Invalid at the field."""
    if standing is None:
        raise Invalid("standing_needed", field="standing")
    user = people.user_by_email(normal_email(email))
    if user is None or not user.is_active or not user.is_confirmed:
        raise Invalid("no_such_account", field="email")
    if user.id == by.id:
        raise Invalid("not_oneself", field="email")
    if user.standing is standing:
        raise Invalid("same_standing", field="standing")
    return ask(RequestKind.RIGHTS, by=by, why=why, user_id=user.id, standing=standing.value, before=user.standing.value)


@unit_of_work
def ask_sanction(
    user: User,
    *,
    by: User,
    kind: SanctionKind | None,
    reason: SanctionReason | None,
    message: str,
    scope: Scope | None = None,
    days: int | None = None,
    why: str,
) -> JointRequest:
    """Ask for a sanction of somebody who holds an office; raises NotAllowed or Invalid."""
    ensure(policy.may_ask_sanction, by, user)
    values = checked(kind, reason, message, scope, days)
    data = {name: getattr(value, "value", value) for name, value in values.items()}
    return ask(RequestKind.SANCTION, by=by, why=why, user_id=user.id, **{"sanction" if n == "kind" else n: v for n, v in data.items()})


@unit_of_work
def confirm(request: JointRequest, *, by: User) -> None:
    """Confirm as the second person, and carry it out. Raises NotAllowed, NotNow("request_over"), or what it raises."""
    lock(request)
    ensure(policy.may_confirm, by, request)
    asker = people.person(request.asked_by_id)
    if asker is None or not asker.may(policy.ASKS[request.kind]):
        raise NotNow("asker_gone")
    request.move(RequestMove.CONFIRM)
    request.decided_by_id, request.decided_at = by.id, utcnow()
    _note(Kind.SECOND_CONFIRMED, request, by)
    _ways[request.kind](request, asker, by)


@unit_of_work
def cancel(request: JointRequest, *, by: User) -> None:
    """Call the request off, by who asked or by who could confirm it. Raises NotAllowed or NotNow("request_over")."""
    lock(request)
    ensure(policy.may_cancel, by, request)
    request.move(RequestMove.CANCEL)
    request.decided_by_id, request.decided_at = by.id, utcnow()
    _note(Kind.SECOND_CANCELLED, request, by)


@carries_out(RequestKind.RIGHTS)
def _change_rights(request: JointRequest, asker: User, second: User) -> None:
    user = _whom(request)
    if user.standing.value != request.data["before"]:
        raise NotNow("request_over")  # somebody else changed it meanwhile
    accounts.change_standing(user, by=asker, second=second, standing=Standing(request.data["standing"]))


@carries_out(RequestKind.SANCTION)
def _sanction(request: JointRequest, asker: User, second: User) -> None:
    data, user = request.data, lock(_whom(request))
    if not user.is_active:
        raise NotNow("account_closed")
    give(
        user,
        by=asker,
        second=second,
        kind=SanctionKind(data["sanction"]),
        reason=SanctionReason(data["reason"]),
        message=data["message"],
        scope=None if data["scope"] is None else Scope(data["scope"]),
        days=data["days"],
    )


@carries_out(RequestKind.DELETE_ORIGINAL)
def _delete_original(request: JointRequest, asker: User, second: User) -> None:
    file = db.session.get(Attachment, request.data["attachment_id"])
    if file is None:
        raise Missing
    ensure(may_decide_thing, second, thing_for(second, ThingKind.ATTACHMENT, file.id))
    attachments.forget_original(file, by=asker, second=second)


@carries_out(RequestKind.UNMASK)
def _unmask(request: JointRequest, asker: User, second: User) -> None:
    """From now on the two may read it, each reading with a row (`unmasking`)."""
    orders.give(orders.order_of(request), by=asker, second=second)


def _whom(request: JointRequest) -> User:
    user = people.person(request.user_id or 0)
    if user is None:
        raise Missing
    return user


def _note(kind: Kind, request: JointRequest, by: User, **data: Any) -> None:
    record(
        kind,
        by=by,
        role=Role.MODERATOR,
        about=f"request:{request.id}",
        asks=request.kind.value,
        user_id=request.user_id,
        **data,
    )
