"""Who asks about whose data, and who decides: pure functions of (who, thing)."""

from forum.accounts import conflict
from forum.accounts.conflict import Matter
from forum.accounts.models import User, Visitor
from forum.accounts.rights import Right
from forum.core.access import kept_while_suspended
from forum.people.policy import matter_of as matter_of_person
from forum.privacy.lifecycle import DataState
from forum.privacy.models import DataRequest


@kept_while_suspended
def may_ask(who: Visitor, user: User) -> bool:
    """Whether this person may ask about the data of the account: its owner alone."""
    return not who.is_guest and who.id == user.id and user.is_active


@kept_while_suspended
def may_follow(who: Visitor, request: DataRequest) -> bool:
    """Whether this person sees the request and fetches its copy: who asked, with that account."""
    return not who.is_guest and request.user_id is not None and who.id == request.user_id


def may_decide(who: Visitor, request: DataRequest) -> bool:
    """Whether this moderator decides on it: nobody with a part in it, as an own one or that of a critic of their business."""
    return request.state is DataState.WAITING and conflict.may_judge(who, matter_of(request))


def matter_of(request: DataRequest) -> Matter:
    """Return who has a part in the request: whose data it is, by account or address, and the businesses they wrote against."""
    matter = Matter() if request.user is None else matter_of_person(request.user)
    return matter.also(addresses=frozenset({request.email or ""}))


def may_see_log(who: Visitor, _thing: object = None) -> bool:
    """Whether this person sees the processing log."""
    return who.may(Right.SEE_READINGS)
