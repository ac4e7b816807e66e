"""The mailbox of the tests, and the worker that fills it."""

import re

from sqlalchemy import select

from forum.accounts.actions.resetting import SEND_RESET
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.jobs import HANDLERS, Job
from forum.core.mail import Mail
from tests.browser import Browser, Page


def mails_to(address: str) -> list[Mail]:
    """Mails to this address, oldest first."""
    return [mail for mail in db.session.scalars(select(Mail).order_by(Mail.id)) if mail.to == address]


def links_in(mail: Mail) -> list[str]:
    return re.findall(r"http://localhost/[^\s]+", mail.content["text"].split("\n-- ")[0])


def work() -> None:
    """Run the jobs of accounts that are due, as the worker does."""
    due = select(Job).where(Job.done_at.is_(None), Job.kind == SEND_RESET).order_by(Job.id)
    for job in db.session.scalars(due).all():
        HANDLERS[job.kind](**job.payload)
        _done(job)


@unit_of_work
def _done(job: Job) -> None:
    job.done_at = utcnow()


def press(browser: Browser, link: str) -> Page:
    """Open a mailed link and press the button on its page."""
    return browser.submit(link, form="/confirm")
