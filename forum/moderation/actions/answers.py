"""Deciding on official responses that came by a mailed link."""

from forum.accounts.models import User
from forum.core.db import unit_of_work
from forum.moderation.actions.explain import ensure_short, ensure_words
from forum.responses import actions as responses
from forum.responses.models import AnswerLink


@unit_of_work
def decide_answer(link: AnswerLink, *, approve: bool, by: User, message: str = "") -> None:
    """Publish a response that came by mail, or refuse it with words; raises as `responses.actions.decide_answer`, or Invalid."""
    words = ensure_short(message) if approve else ensure_words(message)
    responses.decide_answer(link, approve=approve, by=by, message=words)
