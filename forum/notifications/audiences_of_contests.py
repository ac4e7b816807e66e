"""Who hears of contests and rights of reply: the sides, with and without an account, and the moderators who may decide."""

from forum.accounts.models import User
from forum.contests import policy
from forum.contests.lifecycle import Side
from forum.contests.models import Contest
from forum.contests.queries import contest_by_id, dispute
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters import policy as letters
from forum.notifications.audiences import Recipient, Why, moderators, person, representatives, writer
from forum.notifications.subjects import Subject, about
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply


def covered(subject: Subject) -> list[Recipient]:
    """Whose words were covered or shown again; of a contest they hear otherwise."""
    return [] if "contest_id" in subject.event.data else writer(subject)


def contest_of(subject: Subject) -> Contest | None:
    """Return the contest that an event is about, with its letter."""
    try:
        return contest_by_id(about(subject.event, "contest") or 0)
    except Missing:
        return None


def challenger(subject: Subject) -> list[Recipient]:
    """Who contests: the team of the business, the person, or the address that a mailed link proved."""
    contest = contest_of(subject)
    if contest is None:
        return []
    if contest.side is Side.BUSINESS:
        return representatives(subject)
    if contest.email is not None:
        return [Recipient(Why.CHALLENGER, None, contest.email, contest.language, contest.name)]
    return person(db.session.get(User, contest.by_id), Why.CHALLENGER) if contest.by_id else []


def deciders(subject: Subject) -> list[Recipient]:
    """The moderators who may decide the contest, while it is open."""
    contest = contest_of(subject)
    if contest is None or not contest.is_open:
        return []
    asked = dispute(contest)
    return [one for user in moderators() if policy.may_decide(user, asked) for one in person(user, Why.MODERATOR)]


def deciders_now(subject: Subject) -> list[Recipient]:
    """The same, where words are covered meanwhile or nobody could be asked: these do not wait for the author."""
    contest = contest_of(subject)
    waits = contest is not None and (contest.hides or contest.heard_at is not None)
    return deciders(subject) if waits else []


def reply_of(subject: Subject) -> Reply | None:
    """Return the right of reply that an event is about."""
    return db.session.get(Reply, about(subject.event, "reply") or 0)


def replier(subject: Subject) -> list[Recipient]:
    """Who used the right of reply: an address, proved by a mailed link."""
    reply = reply_of(subject)
    if reply is None or reply.email is None:
        return []
    return [Recipient(Why.NAMED, None, reply.email, reply.language, reply.name)]


def overdue_reviewers(subject: Subject) -> list[Recipient]:
    """The same, of one whose review is overdue; a published one that is reported late is told as a report."""
    return reply_reviewers(subject) if subject.event.data.get("waits") else []


def reply_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on a right of reply, while it waits."""
    letter, reply = subject.letter, reply_of(subject)
    if letter is None or reply is None or reply.state is not ReplyState.WAITING:
        return []
    return [one for user in moderators() if letters.may_moderate(user, letter) for one in person(user, Why.MODERATOR)]
