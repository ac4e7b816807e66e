"""A mail is sent again, or the address to which it went is read with a reason."""

from forum.accounts.actions import read_private
from forum.accounts.lifecycle import Private, ReadingReason
from forum.accounts.models import User
from forum.console import policy
from forum.console.actions.noting import note
from forum.console.lifecycle import Mails, What
from forum.console.queries.mails import logged, state_of
from forum.core import limits
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.errors import NotNow
from forum.core.mail import Mail, MailState


@unit_of_work
def send_again(mail: Mail, *, by: User) -> None:
    """Send a mail once more that was sent or refused. Raises NotAllowed, NotNow or TooMany."""
    ensure(policy.may_operate, by, None)
    lock(mail)
    if state_of(mail) is Mails.QUEUED:
        raise NotNow("mail_queued")
    limits.permit("mail-again", str(by.id))
    before = {"state": state_of(mail).value, "code": logged(mail).code}
    mail.state, mail.next_at = MailState.NEW, utcnow()
    mail.attempts = mail.uncertain = 0
    mail.leased_until = mail.sent_at = mail.error = None
    note(What.MAIL, f"{mail.kind} {mail.id}", before, {"state": Mails.QUEUED.value, "code": ""}, by=by)


@unit_of_work
def read_address(mail: Mail, *, by: User, why: ReadingReason | None) -> str:
    """Return to whom a mail goes, with a reason and a row. Raises NotAllowed or Invalid."""
    ensure(policy.may_operate, by, None)
    read_private(Private.MAILED, by=by, reason=why, about=f"mail:{mail.id}")
    return mail.to
