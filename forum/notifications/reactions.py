"""What happens to notifications when something happens elsewhere, in the same transaction."""

import re

from sqlalchemy import delete, func, select, update

from forum.accounts.models import User
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.core.mail import Mail
from forum.letters.models import Case
from forum.letters.queries import held_letters, told_condition
from forum.merchants.actions import fail_contact
from forum.merchants.lifecycle import ContactState
from forum.merchants.models import Contact
from forum.notifications import late
from forum.notifications.models import CommentMail, MailChoice, Notification
from forum.notifications.subjects import about
from forum.notifications.told import mail_never_arrived
from forum.responses.actions import bounce_link
from forum.responses.models import AnswerLink

REFUSES_US = re.compile(r"\d{3}[ -]5\.[37]\.")


@on(Kind.ACCOUNT_CLOSED)
def forget_the_inbox(event: Event) -> None:
    """A closed account has no inbox and no choices; lines about held letters stay, where nobody reads them."""
    of_held = Notification.letter_id.in_(held_letters())
    db.session.execute(delete(Notification).where(Notification.user_id == event.by_id, func.coalesce(~of_held, True)))
    for model in (MailChoice, CommentMail):
        db.session.execute(delete(model).where(model.user_id == event.by_id))
    db.session.execute(update(User).where(User.id == event.by_id).values(unread=0))


@on(Kind.CONTACT_WORKS, Kind.CLAIM_APPROVED, Kind.MERCHANT_MERGED)
def a_business_that_can_be_reached_now_is_told(event: Event) -> None:
    """Letters that were published when nobody could be told are told now."""
    if event.merchant_id is not None:
        late.order(event.merchant_id)


@on(Kind.LETTER_REINSTATED)
def businesses_that_were_found_meanwhile_are_told(event: Event) -> None:
    """Nobody was told of a letter while it was out of print."""
    untold = select(Case.merchant_id).where(Case.letter_id == event.letter_id, ~told_condition())
    for merchant_id in db.session.scalars(untold.order_by(Case.merchant_id)).all():
        late.order(merchant_id)


@on(Kind.MERCHANT_SPLIT)
def a_business_that_got_its_letters_back_is_told(event: Event) -> None:
    """What nobody told it of while they were another's."""
    if event.data.get("merge_id") is not None:
        late.order(int(event.data["other_id"]))


@on(Kind.MAIL_REFUSED)
def an_address_that_is_refused_for_good_works_no_more(event: Event) -> None:
    """Mark the contact addresses, and take back that the business was told when nothing else told it.

    A server that refuses us (RFC 3463: 5.3 system, 5.7 policy) says nothing about the address.
    """
    mail = db.session.get(Mail, about(event, "mail") or 0)
    if mail is None:
        return
    if mail.user_id is None and not REFUSES_US.match(mail.error or ""):
        for contact in db.session.scalars(
            select(Contact).where(
                Contact.email == mail.to, Contact.state.in_((ContactState.WAITING, ContactState.WORKING))
            )
        ).all():
            fail_contact(contact, said=mail.error or "")
    for link in db.session.scalars(select(AnswerLink).where(AnswerLink.mail_id == mail.id)).all():
        bounce_link(link)
        mail_never_arrived(link)
