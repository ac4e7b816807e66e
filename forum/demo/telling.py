"""People of the demo are told in the site, at once and not by the worker; nobody is written to about invented events."""

from sqlalchemy import delete, select

from forum.core import jobs, limits
from forum.core.db import db, unit_of_work
from forum.core.events import DELIVER
from forum.core.mail import Mail
from forum.responses.actions import recount
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink, Response, Wording


@unit_of_work
def deliver() -> None:
    """Deliver what waits, as the worker would."""
    waiting = select(jobs.Job).where(jobs.Job.kind == DELIVER, jobs.Job.done_at.is_(None)).order_by(jobs.Job.id)
    for job in db.session.scalars(waiting).all():
        jobs.HANDLERS[job.kind](**job.payload)
    db.session.execute(delete(jobs.Job))


def label_copies() -> None:
    """Label the earlier responses with the same words, as the worker would."""
    alike = select(Wording.id).join(Response, Response.wording_id == Wording.id).where(Response.copies > 1).distinct()
    for wording_id in db.session.scalars(alike).all():
        recount(wording_id)


@unit_of_work
def forget() -> None:
    """Drop the mails with the links in them, and the counters of limits, so that nobody has used one up."""
    db.session.execute(delete(AnswerLink).where(AnswerLink.state == LinkState.OPEN))
    db.session.execute(delete(Mail))
    db.session.execute(delete(limits.Counter))
