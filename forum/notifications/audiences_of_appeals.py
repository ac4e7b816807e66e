"""Who hears of appeals, of requests that need two persons, and of changed rights."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import User
from forum.accounts.rights import Standing
from forum.appeals import policy
from forum.appeals.models import Appeal
from forum.appeals.queries.appeals import hearing_of
from forum.core.db import db
from forum.moderation.models import Report
from forum.notifications import audiences as to
from forum.notifications import audiences_of_contests as of_contests
from forum.notifications.audiences import Recipient, Why, moderators, person
from forum.notifications.subjects import Subject, about
from forum.people import policy as people
from forum.people.models import JointRequest


def appeal_of(subject: Subject) -> Appeal | None:
    """The appeal that the event is about, with its decision."""
    number = about(subject.event, "appeal") or 0
    return db.session.scalar(select(Appeal).where(Appeal.id == number).options(joinedload(Appeal.event)))


def appellant(subject: Subject) -> list[Recipient]:
    """Who appealed: the account, or the address given with what was decided on."""
    appeal = appeal_of(subject)
    if appeal is None:
        return []
    if appeal.by_id is not None:
        return person(db.session.get(User, appeal.by_id), Why.APPELLANT)
    report = report_of(subject)
    if report is not None:
        return [Recipient(Why.REPORTER, None, report.email, report.language)] if report.email else []
    decision = Subject(appeal.event, subject.reader, merchant=subject.merchant)
    without_account = (*to.mailed_writer(decision), *of_contests.replier(decision), *of_contests.challenger(decision))
    return [one for one in without_account if one.user is None]


def report_of(subject: Subject) -> Report | None:
    """The report whose decision is appealed against by who made it without an account."""
    appeal = appeal_of(subject)
    return None if appeal is None else db.session.get(Report, appeal.report_id or 0)


def judges(subject: Subject) -> list[Recipient]:
    """Who may decide on an appeal, while it waits."""
    appeal = appeal_of(subject)
    hearing = None if appeal is None or appeal.decided_at is not None else hearing_of(appeal)
    if hearing is None:
        return []
    return [one for user in moderators() if policy.may_judge(user, hearing) for one in person(user, Why.MODERATOR)]


def _request(subject: Subject) -> JointRequest | None:
    return db.session.get(JointRequest, about(subject.event, "request") or 0)


def second_persons(subject: Subject) -> list[Recipient]:
    """Who may confirm a request, while it waits."""
    request = _request(subject)
    if request is None or not request.waits:
        return []
    return [one for user in moderators() if people.may_confirm(user, request) for one in person(user, Why.MODERATOR)]


def asker(subject: Subject) -> list[Recipient]:
    """Who asked for what needs two persons."""
    request = _request(subject)
    return [] if request is None else person(db.session.get(User, request.asked_by_id), Why.MODERATOR)


def administrators_beside(subject: Subject) -> list[Recipient]:
    """The administrators without the one whose rights changed."""
    whom = about(subject.event, "user")
    return [
        one
        for user in moderators()
        if user.standing is Standing.ADMINISTRATOR and user.id != whom
        for one in person(user, Why.MODERATOR)
    ]
