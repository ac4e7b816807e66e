"""Who may sanction, ask for what needs two persons and confirm it: pure functions of (who, thing)."""

from forum.accounts import conflict
from forum.accounts.conflict import Matter
from forum.accounts.models import User, Visitor
from forum.accounts.rights import Right
from forum.people.lifecycle import RequestKind
from forum.people.models import IdentityOrder, JointRequest, Sanction

ASKS: dict[RequestKind, Right] = {
    RequestKind.RIGHTS: Right.CHANGE_RIGHTS,
    RequestKind.SANCTION: Right.ASK_SECOND,
    RequestKind.UNMASK: Right.ASK_SECOND,
    RequestKind.DELETE_ORIGINAL: Right.ASK_SECOND,
    RequestKind.ERASE: Right.ASK_SECOND,
    RequestKind.RELEASE_HOLD: Right.ASK_SECOND,
}


def matter_of(user: User) -> Matter:
    """Return who has a part in what is decided about a person: they, and the businesses against which they wrote."""
    return Matter(people=frozenset({user.id}), merchants=user.criticised_ids)


def may_judge(who: Visitor, user: User) -> bool:
    """Whether this moderator may decide about the person, or read what is private of them."""
    return conflict.may_judge(who, matter_of(user))


def may_open_people(who: Visitor, _thing: object = None) -> bool:
    """Whether this person sees the pages about people."""
    return who.may(Right.SANCTION)


def may_see_readings(who: Visitor, _thing: object = None) -> bool:
    """Whether this person sees who read private data."""
    return who.may(Right.SEE_READINGS)


def may_sanction(who: Visitor, user: User) -> bool:
    """Whether this moderator may sanction the account alone: not the own one, nor one with an office."""
    return who.may(Right.SANCTION) and user.is_active and not user.holds_office and may_judge(who, user)


def may_ask_sanction(who: Visitor, user: User) -> bool:
    """Whether this moderator may ask for a sanction that a second person confirms: of somebody with an office."""
    return who.may(Right.ASK_SECOND) and user.holds_office and may_judge(who, user)


def may_lift(who: Visitor, sanction: Sanction) -> bool:
    """Whether this moderator may end the sanction early: not an own one; needs `sanction.user`.

    Of one that two persons gave, either of them or whoever decides the appeal: it takes a burden away and shows who did.
    """
    return who.may(Right.SANCTION) and may_judge(who, sanction.user)


def may_see_sanction(who: Visitor, sanction: Sanction) -> bool:
    """Whether this person may read the sanction: its person and moderators."""
    return not who.is_guest and (who.id == sanction.user_id or who.may(Right.SANCTION))


def may_ask(who: Visitor, kind: RequestKind) -> bool:
    """Whether this person may ask for this."""
    return who.may(ASKS[kind])


def may_confirm(who: Visitor, request: JointRequest) -> bool:
    """Whether this person may confirm: another than who asked, and nobody with a part in it.

    An office is no matter of any business. What a request does to a letter or a file asks for the part in that as well.
    """
    if not who.may(Right.CONFIRM) or who.id in {request.asked_by_id, request.user_id}:
        return False
    return request.kind is RequestKind.RIGHTS or request.user is None or may_judge(who, request.user)


def may_cancel(who: Visitor, request: JointRequest) -> bool:
    """Whether this person may call the request off: who asked, or whoever could confirm it."""
    return may_confirm(who, request) or (who.id == request.asked_by_id and who.may(ASKS[request.kind]))


def may_record_order(who: Visitor, user: User) -> bool:
    """Whether this moderator may put an order about somebody's identity on record."""
    return who.may(Right.ASK_SECOND) and may_judge(who, user)


def may_handle_order(who: Visitor, order: IdentityOrder) -> bool:
    """Whether this moderator may see an order and its documents, and ask for what it orders; needs `order.user`."""
    return who.may(Right.ASK_SECOND) and may_judge(who, order.user)
