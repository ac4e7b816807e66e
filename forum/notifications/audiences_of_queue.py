"""Who hears of what waits in the moderators' queue: those who may decide on it, while it waits."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.db import db
from forum.core.errors import Missing, NotAllowed
from forum.letters import policy as letters
from forum.letters.lifecycle import Publication
from forum.moderation import policy as desk
from forum.moderation.lifecycle import ReportState, ThingKind
from forum.moderation.models import Report
from forum.moderation.queries.things import thing_for
from forum.notifications.audiences import Recipient, Why, moderators, person
from forum.notifications.subjects import Subject, about
from forum.privacy import policy as privacy
from forum.privacy.lifecycle import DataState
from forum.privacy.models import DataRequest


def reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on the letter, while it waits for review; not of what hangs on a letter."""
    letter = subject.letter
    if letter is None or subject.event.about is not None or letter.publication is not Publication.SUBMITTED:
        return []
    return [one for user in moderators() if letters.may_moderate(user, letter) for one in person(user, Why.MODERATOR)]


def report_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on the reported thing, while a report on it is open."""
    thing = "" if subject.event.data.get("held") else subject.event.about or ""
    waits = db.session.scalar(select(Report.id).where(Report.state == ReportState.OPEN, Report.about == thing).limit(1))
    return [
        one
        for user in (moderators() if waits else [])
        if _may_decide(user, thing)
        for one in person(user, Why.MODERATOR)
    ]


def held_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on the comment, while it is held."""
    letter, comment = subject.letter, db.session.get(Comment, about(subject.event, "comment") or 0)
    if letter is None or comment is None or comment.state is not CommentState.HELD or not subject.event.data.get("held"):
        return []
    able = [user for user in moderators() if letters.may_moderate(user, letter) and user.id != comment.author_id]
    return [one for user in able for one in person(user, Why.MODERATOR)]


def _may_decide(user: User, thing: str) -> bool:
    kind, _colon, number = thing.partition(":")
    try:
        thing_for(user, ThingKind(kind), int(number), desk.may_decide_thing)
    except (Missing, NotAllowed):
        return False
    return True


def data_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on a request about data, while it waits."""
    found = db.session.get(DataRequest, about(subject.event, "data_request") or 0)
    if found is None or found.state is not DataState.WAITING:
        return []
    return [one for user in moderators() if privacy.may_decide(user, found) for one in person(user, Why.MODERATOR)]
