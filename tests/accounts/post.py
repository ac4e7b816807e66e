"""The mailbox of the tests, and the worker that fills it."""

import re
from datetime import timedelta

from sqlalchemy import select

from forum.core import jobs
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.jobs import HANDLERS, Job
from forum.core.mail import Mail


def mails_to(address: str) -> list[Mail]:
    """Mails to this address, oldest first."""
    return [mail for mail in db.session.scalars(select(Mail).order_by(Mail.id)) if mail.to == address]


def links_in(mail: Mail) -> list[str]:
    return re.findall(r"http://localhost/[^\s]+", mail.content["text"].split("\n-- ")[0])


def work() -> None:
    """Run the jobs of accounts that are due, as the worker does."""
    for job in db.session.scalars(select(Job).where(Job.done_at.is_(None), Job.kind == "send_reset").order_by(Job.id)):
        claimed = jobs.claim()
        assert claimed is not None and job.run_at < utcnow() + timedelta(seconds=1)
        number, attempt, kind, payload = claimed
        HANDLERS[kind](**payload)
        jobs.finish(number, attempt)
