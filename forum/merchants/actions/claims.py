"""Claims on a business: by a link to a work address, a record in the DNS, a document, or a moderator's own check."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from forum.accounts.addresses import normal_email
from forum.accounts.models import User
from forum.core import mail, mailing
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotAllowed
from forum.core.events import Kind, Role, record
from forum.core.secrecy import digest, new_token
from forum.merchants import policy
from forum.merchants.domains import domain_of, is_shared, normal_domain, proves
from forum.merchants.lifecycle import FIRST_STATES, ClaimMove, ClaimState, DocumentKind, Proof
from forum.merchants.models import Claim, Merchant
from forum.merchants.queries import open_claim

LINK_LIFE = timedelta(hours=24)
RECORD_LIFE = timedelta(days=14)  # to publish a record, or to choose the documents
STATEMENT_CHARACTERS = (20, 2_000)


@dataclass(frozen=True)
class _Asked:
    """What a claim asks for, once it was looked at; `domain` is the one of the business, or proposed with the claim."""

    way: Proof
    email: str = ""
    domain: str | None = None
    document: DocumentKind | None = None


@unit_of_work
def claim(
    merchant: Merchant,
    *,
    by: User,
    job_title: str,
    work_email: str = "",
    statement: str = "",
    way: Proof = Proof.EMAIL,
    domain: str = "",
    document: DocumentKind | None = None,
    once: str | None = None,
    permit: Callable[[], None] | None = None,
) -> Claim:
    """Say that one speaks for a business, and how one wants to prove it.

    A work e-mail that cannot prove it goes to a moderator; without a registered domain the claimant proposes one, and a
    moderator decides on the pair. An undecided claim of the same person is replaced, its old link, record and first
    approval die; `once` counts once, and `permit` counts a claim that is taken, as `limits.permit` does. Raises
    NotAllowed (code "unconfirmed" when the account's own address is), Invalid("bad_email"), Invalid("bad_domain"),
    Invalid("document_needed"), Invalid("statement_needed") or Invalid("address_elsewhere") when a moderator must
    decide, or TooMany.
    """
    lock(merchant)
    if by.is_guest or not by.is_confirmed:
        raise NotAllowed("unconfirmed")
    ensure(policy.may_claim, by, merchant)
    asked = _asked(merchant, way, work_email, domain, document)
    _ensure_statement(merchant, asked, statement)
    found = open_claim(by, merchant.id)
    if found is not None and once and found.once == once:
        return found
    if permit is not None:
        permit()
    fresh = found is None
    if found is None:
        found = Claim(merchant_id=merchant.id, user_id=by.id, state=FIRST_STATES[asked.way], version=0)
        db.session.add(found)
    found.state = FIRST_STATES[asked.way]
    found.way, found.work_email, found.domain, found.document = asked.way, asked.email, asked.domain, asked.document
    found.job_title, found.statement, found.once = job_title, statement, once
    _begin_anew(found)
    if asked.way is Proof.EMAIL:
        token, found.expires_at = new_token(), utcnow() + LINK_LIFE
        found.token_hash = digest(token)
        _mail_link(found, merchant, by, token, found.expires_at)
    elif asked.way is Proof.DNS:
        found.record_token, found.expires_at = new_token(), utcnow() + RECORD_LIFE
    elif asked.way is Proof.DOCUMENT:
        found.expires_at = utcnow() + RECORD_LIFE
    db.session.flush()
    started(found, by=by, fresh=fresh)
    return found


def _asked(merchant: Merchant, way: Proof, work_email: str, domain: str, document: DocumentKind | None) -> _Asked:
    try:
        email = normal_email(work_email) if work_email.strip() or way is Proof.EMAIL else ""
    except Invalid as problem:
        raise Invalid(problem.code, field="work_email") from problem
    if way is Proof.DNS:
        return _Asked(way, email, merchant.domain or normal_domain(domain))
    if way is Proof.DOCUMENT:
        if document is None:
            raise Invalid("document_needed", field="document")
        return _Asked(way, email, document=document)
    if way is Proof.EMAIL and merchant.domain and proves(email, merchant.domain):
        return _Asked(way, email, merchant.domain)
    if way is Proof.EMAIL and not merchant.domain and not is_shared(domain_of(email)):
        return _Asked(way, email, domain_of(email))
    return _Asked(Proof.MODERATOR, email)


def _ensure_statement(merchant: Merchant, asked: _Asked, statement: str) -> None:
    """Words are needed where a moderator has nothing else, or has to pair a domain with the name."""
    proposes = asked.domain is not None and asked.domain != merchant.domain
    if not (asked.way is Proof.MODERATOR or proposes) or len(statement) >= STATEMENT_CHARACTERS[0]:
        return
    code = "address_elsewhere" if asked.email and merchant.domain else "statement_needed"
    raise Invalid(code, field="statement", least=STATEMENT_CHARACTERS[0], domain=merchant.domain)


def _begin_anew(claim: Claim) -> None:
    claim.token_hash = claim.expires_at = claim.record_token = claim.proved_at = None
    claim.first_by_id = claim.first_at = None
    claim.first_note = ""
    claim.version += 1


def started(claim: Claim, *, by: User, fresh: bool) -> None:
    """Record that a claim waits for something; `fresh` when it was not there before."""
    record(
        Kind.CLAIM_STARTED,
        by=by,
        role=Role.BUSINESS,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        way=claim.way.value,
        fresh=fresh,
        to_moderator=claim.state is ClaimState.WAITING_MODERATOR,
    )


def _mail_link(claim: Claim, merchant: Merchant, by: User, token: str, until: datetime) -> None:
    subject, text, html = mailing.compose(
        "claim_link",
        by.language,
        claimant=by.name,
        merchant=merchant.name,
        job_title=claim.job_title,
        url=mailing.absolute(f"/claims/{token}"),
        until=until,
    )
    mail.send(claim.work_email, kind="claim_link", subject=subject, text=text, html=html, user_id=by.id)


@unit_of_work
def hand_to_moderator(claim: Claim, *, by: User, statement: str) -> None:
    """Let a moderator decide instead of the mailed link or the record, which die. Raises NotAllowed, NotNow or Invalid."""
    lock(claim)
    ensure(policy.may_confirm, by, claim)
    if len(statement) < STATEMENT_CHARACTERS[0]:
        raise Invalid("statement_needed", field="statement", least=STATEMENT_CHARACTERS[0])
    claim.move(ClaimMove.HAND_TO_MODERATOR)
    claim.way, claim.domain, claim.document, claim.statement = Proof.MODERATOR, None, None, statement
    _begin_anew(claim)
    started(claim, by=by, fresh=False)


@unit_of_work
def send_documents(claim: Claim, *, by: User, number: int) -> None:
    """Hand a claim with its documents to the moderators; `number` of them are kept. Raises NotAllowed, NotNow or Invalid."""
    lock(claim)
    ensure(policy.may_confirm, by, claim)
    if not number:
        raise Invalid("document_needed", field="files")
    claim.move(ClaimMove.HAND_TO_MODERATOR)
    claim.expires_at = None
    started(claim, by=by, fresh=False)
