"""Deciding on official responses that came by a mailed link."""

from forum.accounts.models import User
from forum.core.db import unit_of_work
from forum.moderation.actions.explain import ensure_short, ensure_words
from forum.responses import actions as responses
from forum.responses.lifecycle import OwnCheck
from forum.responses.models import AnswerLink


@unit_of_work
def decide_answer(
    link: AnswerLink, *, approve: bool, by: User, message: str = "", check_made: OwnCheck | None = None, checked: str = ""
) -> None:
    """Publish a response that came by mail, after a check, or refuse it with words; raises as `responses.actions.decide_answer`."""
    words = ensure_short(message) if approve else ensure_words(message)
    responses.decide_answer(link, approve=approve, by=by, message=words, check_made=check_made, checked=checked.strip())
