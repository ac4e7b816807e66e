"""The addresses that are told of letters about a business: registered, confirmed, vouched for, refused, removed."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from forum.accounts.addresses import normal_email
from forum.accounts.models import User
from forum.core import mail, mailing
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Gone, Invalid
from forum.core.events import Kind, Role, record
from forum.core.secrecy import digest, new_token
from forum.merchants import policy
from forum.merchants.lifecycle import ContactMove, ContactPurpose, ContactState
from forum.merchants.models import SOURCE_CHARACTERS, Contact, Merchant
from forum.merchants.queries import count_contacts

LINK_LIFE = timedelta(days=7)
MOST_CONTACTS = 10  # of a business, without those that were removed
LONGEST_FAILURE_CHARACTERS = 200


@unit_of_work
def register_contact(
    merchant: Merchant,
    *,
    by: User,
    email: str,
    purpose: ContactPurpose,
    permit: Callable[[], None] | None = None,
) -> Contact:
    """Register an address for one's own business; it is told of nothing until the link mailed to it is confirmed.

    Registering a working one again changes its purpose only; `permit` counts a mail that goes. Raises NotAllowed,
    Invalid("bad_email") or Invalid("many_contacts") at `email`.
    """
    lock(merchant)
    ensure(policy.may_keep_contacts, by, merchant)
    found = _at(merchant, email)
    if found is not None and found.state is ContactState.WORKING:
        found.purpose = purpose
        return found
    if found is None:
        found = _new(merchant, email, ContactState.WAITING)
    else:
        _ensure_room(merchant, found)
        found.move(ContactMove.RENEW)
    if permit is not None:
        permit()
    token = new_token()
    found.purpose, found.source, found.failure = purpose, "", ""
    found.added_by_id, found.added_at = by.id, utcnow()
    found.token_hash, found.expires_at = digest(token), utcnow() + LINK_LIFE
    db.session.flush()
    _mail_link(found, merchant, by, token)
    record(Kind.CONTACT_ADDED, by=by, role=Role.BUSINESS, merchant_id=merchant.id, about=f"contact:{found.id}")
    return found


@unit_of_work
def vouch_for_contact(merchant: Merchant, *, by: User, email: str, source: str) -> Contact:
    """Add an address that a moderator found, with where it is published; it is told of letters at once.

    An address at which somebody refused mail is not taken. Raises NotAllowed, Invalid("bad_email"),
    Invalid("source_needed"), Invalid("contact_refused") or Invalid("many_contacts") at its field.
    """
    lock(merchant)
    ensure(policy.may_describe, by, merchant)
    source = " ".join(source.split())
    if not SOURCE_CHARACTERS[0] <= len(source) <= SOURCE_CHARACTERS[1]:
        raise Invalid("source_needed", field="source", least=SOURCE_CHARACTERS[0], most=SOURCE_CHARACTERS[1])
    found = _at(merchant, email)
    if found is not None and found.state is ContactState.WORKING:
        return found
    if found is not None and found.state is ContactState.REFUSED:
        raise Invalid("contact_refused", field="email")
    if found is None:
        found = _new(merchant, email, ContactState.WORKING)
    else:
        _ensure_room(merchant, found)
        found.move(ContactMove.VOUCH)
    found.source, found.failure = source, ""
    found.added_by_id, found.added_at = by.id, utcnow()
    found.token_hash = found.expires_at = None
    db.session.flush()
    record(Kind.CONTACT_ADDED, by=by, role=Role.MODERATOR, merchant_id=merchant.id, about=f"contact:{found.id}", source=source)
    _works(found, by=by, role=Role.MODERATOR)
    return found


@unit_of_work
def confirm_contact(token: str) -> Contact:
    """Let mail go to a registered address, by the link that was mailed to it; raises Gone("contact_link_over")."""
    found = db.session.scalar(select(Contact).where(Contact.token_hash == digest(token)).with_for_update(key_share=True))
    if found is None or found.state is not ContactState.WAITING or (found.expires_at or utcnow()) <= utcnow():
        raise Gone("contact_link_over")
    found.move(ContactMove.CONFIRM)
    found.token_hash = found.expires_at = None
    _works(found, by=None, role=Role.BUSINESS)
    return found


@unit_of_work
def remove_contact(contact: Contact, *, by: User) -> None:
    """Write to an address no more; twice is once. Raises NotAllowed."""
    lock(contact)
    merchant = db.session.get_one(Merchant, contact.merchant_id)
    ensure(policy.may_remove_contact, by, merchant)
    if contact.state is ContactState.REMOVED:
        return
    contact.move(ContactMove.REMOVE)
    role = Role.BUSINESS if merchant.id in by.merchant_ids else Role.MODERATOR
    _ended(contact, by=by, role=role)


def withdraw_contacts(merchant_id: int, *, registered_by_id: int) -> None:
    """Write no more to what somebody registered for a business, in the present unit of work."""
    theirs = select(Contact).where(
        Contact.merchant_id == merchant_id,
        Contact.added_by_id == registered_by_id,
        Contact.source == "",
        Contact.state.in_((ContactState.WAITING, ContactState.WORKING)),
    )
    for contact in db.session.scalars(theirs.with_for_update(key_share=True)):
        contact.move(ContactMove.REMOVE)
        _ended(contact, by=None, role=Role.SYSTEM)


@unit_of_work
def refuse_contact(contact: Contact) -> None:
    """Somebody at the address wants no mail about letters; twice is once."""
    lock(contact)
    if contact.state in {ContactState.WAITING, ContactState.WORKING}:
        contact.move(ContactMove.REFUSE)
        _ended(contact, by=None, role=Role.BUSINESS)


@unit_of_work
def fail_contact(contact: Contact, *, said: str) -> bool:
    """The mail server of the address refused it for good, with these words; returns whether that is new."""
    lock(contact)
    if contact.state not in {ContactState.WAITING, ContactState.WORKING}:
        return False
    contact.move(ContactMove.FAIL)
    contact.failure = said[:LONGEST_FAILURE_CHARACTERS]
    _ended(contact, by=None, role=Role.SYSTEM)
    return True


def _at(merchant: Merchant, email: str) -> Contact | None:
    address = _normal(email)
    return db.session.scalar(
        select(Contact).where(Contact.merchant_id == merchant.id, Contact.email == address).with_for_update(key_share=True)
    )


def _normal(email: str) -> str:
    try:
        return normal_email(email)
    except Invalid as problem:
        raise Invalid(problem.code, field="email") from problem


def _new(merchant: Merchant, email: str, state: ContactState) -> Contact:
    _ensure_room(merchant)
    found = Contact(merchant_id=merchant.id, email=_normal(email), state=state)
    db.session.add(found)
    return found


def _ensure_room(merchant: Merchant, known: Contact | None = None) -> None:
    counted = known is not None and known.state is not ContactState.REMOVED
    if not counted and count_contacts(merchant.id) >= MOST_CONTACTS:
        raise Invalid("many_contacts", field="email", most=MOST_CONTACTS)


def _works(contact: Contact, *, by: User | None, role: Role) -> None:
    record(Kind.CONTACT_WORKS, by=by, role=role, merchant_id=contact.merchant_id, about=f"contact:{contact.id}")


def _ended(contact: Contact, *, by: User | None, role: Role) -> None:
    contact.token_hash = contact.expires_at = None
    record(
        Kind.CONTACT_ENDED,
        by=by,
        role=role,
        merchant_id=contact.merchant_id,
        about=f"contact:{contact.id}",
        state=contact.state.value,
    )


def _mail_link(contact: Contact, merchant: Merchant, by: User, token: str) -> None:
    subject, text, html = mailing.compose(
        "contact_link",
        by.language,
        merchant=merchant.name,
        url=mailing.absolute(f"/contact-addresses/{token}"),
        until=contact.expires_at,
    )
    mail.send(contact.email, kind="contact_link", subject=subject, text=text, html=html)
