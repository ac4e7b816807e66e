"""Claims on a business: by a link to a work address at its domain, or by a moderator's look."""

from datetime import datetime, timedelta

from sqlalchemy import select

from forum.accounts.actions import end_sessions
from forum.accounts.addresses import normal_email
from forum.accounts.models import User
from forum.core import mail, mailing
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Kind, Role, record
from forum.core.secrecy import digest, new_token
from forum.merchants import policy
from forum.merchants.domains import domain_of, proves
from forum.merchants.lifecycle import ClaimMove, ClaimState, Proof
from forum.merchants.models import Claim, Merchant, Representative
from forum.merchants.queries import open_claim
from forum.merchants.team import ensure_an_owner_stays, forget_representations

LINK_LIFE = timedelta(hours=24)
STATEMENT_CHARACTERS = (20, 2_000)


@unit_of_work
def claim(
    merchant: Merchant, *, by: User, work_email: str, job_title: str, statement: str = "", once: str | None = None
) -> Claim:
    """Say that one speaks for a business: a link goes to an address at its domain, else a moderator decides.

    An undecided claim of the same person is replaced, its old link dies; `once` counts once. Raises NotAllowed (code "unconfirmed" when the
    account's own address is), Invalid("bad_email"), or Invalid("statement_needed") when a moderator must decide.
    """
    lock(merchant)
    if by.is_guest or not by.is_confirmed:
        raise NotAllowed("unconfirmed")
    ensure(policy.may_claim, by, merchant)
    try:
        email = normal_email(work_email)
    except Invalid as problem:
        raise Invalid(problem.code, field="work_email") from problem
    mailed = proves(email, merchant.domain)
    if not mailed and len(statement) < STATEMENT_CHARACTERS[0]:
        raise Invalid("statement_needed", field="statement", least=STATEMENT_CHARACTERS[0])
    found = open_claim(by, merchant.id)
    if found is not None and once and found.once == once:
        return found
    if found is None:
        found = Claim(merchant_id=merchant.id, user_id=by.id, state=ClaimState.WAITING_MODERATOR)
        db.session.add(found)
    found.state = ClaimState.WAITING_EMAIL if mailed else ClaimState.WAITING_MODERATOR
    found.work_email, found.job_title, found.statement, found.once = email, job_title, statement, once
    found.token_hash = found.expires_at = None
    if mailed:
        token, found.expires_at = new_token(), utcnow() + LINK_LIFE
        found.token_hash = digest(token)
        _mail_link(found, merchant, by, token, found.expires_at)
    db.session.flush()
    record(
        Kind.CLAIM_STARTED,
        by=by,
        role=Role.BUSINESS,
        merchant_id=merchant.id,
        about=f"claim:{found.id}",
        way=Proof.EMAIL.value if mailed else Proof.MODERATOR.value,
    )
    return found


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
def confirm_claim(token: str, *, by: User) -> Representative:
    """Prove the work address by its mailed link; the claimant becomes a voice of the business at once.

    Raises NotAllowed for anybody but the claimant, NotNow("claim_link_over") for a link that was used, replaced or is
    older than 24 hours. A business whose domain was changed meanwhile does not take it.
    """
    found = db.session.scalar(select(Claim).where(Claim.token_hash == digest(token)).with_for_update())
    if found is None or found.state is not ClaimState.WAITING_EMAIL or (found.expires_at or utcnow()) <= utcnow():
        raise NotNow("claim_link_over")
    ensure(policy.may_confirm, by, found)
    merchant = db.session.get_one(Merchant, found.merchant_id)
    lock(merchant)
    if not proves(found.work_email, merchant.domain):
        raise NotNow("claim_link_over")
    found.move(ClaimMove.CONFIRM_EMAIL)
    return _approved(found, by=by, role=Role.BUSINESS, proof=Proof.EMAIL)


@unit_of_work
def hand_to_moderator(claim: Claim, *, by: User, statement: str) -> None:
    """Let a moderator decide instead of the mailed link, which dies. Raises NotAllowed, NotNow or Invalid."""
    lock(claim)
    ensure(policy.may_confirm, by, claim)
    if len(statement) < STATEMENT_CHARACTERS[0]:
        raise Invalid("statement_needed", field="statement", least=STATEMENT_CHARACTERS[0])
    claim.move(ClaimMove.HAND_TO_MODERATOR)
    claim.statement, claim.token_hash, claim.expires_at = statement, None, None
    record(
        Kind.CLAIM_STARTED,
        by=by,
        role=Role.BUSINESS,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        way=Proof.MODERATOR.value,
    )


@unit_of_work
def approve_claim(claim: Claim, *, by: User, message: str = "") -> Representative:
    """Make the claimant a voice of the business after a moderator's look. Raises NotAllowed or NotNow."""
    lock(claim)
    ensure(policy.may_decide, by, claim)
    claim.move(ClaimMove.APPROVE)
    claim.message = message
    return _approved(claim, by=by, role=Role.MODERATOR, proof=Proof.MODERATOR)


@unit_of_work
def refuse_claim(claim: Claim, *, by: User, message: str = "") -> None:
    """Refuse a claim, with words to the claimant; its link dies. Raises NotAllowed or NotNow."""
    lock(claim)
    ensure(policy.may_decide, by, claim)
    claim.move(ClaimMove.REFUSE)
    claim.message = message
    _decided(claim, by)
    record(
        Kind.CLAIM_REFUSED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        message=message,
    )


@unit_of_work
def end_representation(voice: Representative, *, by: User) -> None:
    """End that a person is of a business's team; what was signed stays. Ending it twice changes nothing.

    Whoever was ended by another is signed out everywhere. Raises NotAllowed, or NotNow("last_owner") when a team would be
    left without an owner, unless a moderator ends it.
    """
    lock(db.session.get_one(Merchant, voice.merchant_id))
    lock(voice)
    ensure(policy.may_end, by, voice)
    if voice.ended_at is not None:
        return
    by_team = voice.merchant_id in by.merchant_ids
    if by_team:
        ensure_an_owner_stays(voice)
    voice.ended_at = utcnow()
    if by.id != voice.user_id:
        end_sessions(db.session.get_one(User, voice.user_id))
    record(
        Kind.REPRESENTATIVE_ENDED,
        by=by,
        role=Role.BUSINESS if by_team else Role.MODERATOR,
        merchant_id=voice.merchant_id,
        about=f"representative:{voice.id}",
    )
    forget_representations(voice.user_id)


def _approved(claim: Claim, *, by: User, role: Role, proof: Proof) -> Representative:
    _decided(claim, by)
    voice = db.session.scalar(
        select(Representative).where(
            Representative.merchant_id == claim.merchant_id,
            Representative.user_id == claim.user_id,
            Representative.ended_at.is_(None),
        )
    )
    if voice is None:
        voice = Representative(merchant_id=claim.merchant_id, user_id=claim.user_id)
        db.session.add(voice)
    voice.job_title, voice.proof, voice.since = claim.job_title, proof, utcnow()
    voice.proved_domain = domain_of(claim.work_email) if proof is Proof.EMAIL else None
    db.session.flush()
    forget_representations(claim.user_id)
    record(
        Kind.CLAIM_APPROVED,
        by=by,
        role=role,
        merchant_id=claim.merchant_id,
        about=f"claim:{claim.id}",
        proof=proof.value,
        message=claim.message,
    )
    return voice


def _decided(claim: Claim, by: User) -> None:
    claim.decided_at, claim.decided_by_id = utcnow(), by.id
    claim.token_hash = claim.expires_at = None
