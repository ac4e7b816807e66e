"""What owners do with their team: invite, take back, change a role; and joining by the mailed link."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from forum.accounts import queries as accounts
from forum.accounts.actions import end_sessions
from forum.accounts.addresses import normal_email
from forum.accounts.models import User
from forum.config import settings
from forum.core import mail, mailing
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Gone, Invalid, NotAllowed, NotNow
from forum.core.events import Kind, Role, record
from forum.core.secrecy import digest, new_token
from forum.merchants.domains import domain_of, proves
from forum.merchants.lifecycle import Proof, ProofCheck, TeamRole
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS, Merchant, Representative
from forum.merchants.team import ensure_an_owner_stays, forget_representations
from forum.team import policy, queries
from forum.team.models import Invitation

LINK_LIFE = timedelta(days=7)
KEPT = timedelta(days=30)
MOST_OPEN = queries.MOST_INVITATIONS


@unit_of_work
def invite(merchant: Merchant, *, by: User, email: str, role: TeamRole, job_title: str) -> Invitation:
    """Mail a link with which the holder of the address joins the team, once, within LINK_LIFE.

    An open invitation of the same address is replaced: its link dies. Raises NotAllowed or SecondFactorNeeded,
    Invalid("bad_email"), Invalid("in_team") for a member's own address, or NotNow beyond MOST_OPEN.
    """
    merchant = lock(merchant)
    ensure(policy.may_invite, by, merchant)
    email = normal_email(email)
    if not 2 <= len(job_title) <= LONGEST_JOB_TITLE_CHARACTERS:
        raise Invalid("length", field="job_title", least=2, most=LONGEST_JOB_TITLE_CHARACTERS)
    holder = accounts.user_by_email(email)
    if holder is not None and merchant.id in holder.merchant_ids:
        raise Invalid("in_team", field="email")
    found = queries.invitation_to(merchant.id, email)
    if found is not None and not lock(found).is_open:  # it was accepted this moment
        found = None
    if found is None:
        if len(queries.open_invitations(merchant)) >= MOST_OPEN:
            raise NotNow("too_many_invitations", most=MOST_OPEN)
        found = Invitation(merchant_id=merchant.id, email=email)
        db.session.add(found)
    token, now = new_token(), utcnow()
    found.role, found.job_title, found.invited_by_id = role, job_title, by.id
    found.token_hash, found.created_at, found.expires_at = digest(token), now, now + LINK_LIFE
    db.session.flush()
    _mail_link(found, merchant, by, token, holder.language if holder else settings().languages[0])
    record(
        Kind.TEAM_INVITED,
        by=by,
        role=Role.BUSINESS,
        merchant_id=merchant.id,
        about=f"invitation:{found.id}",
        team_role=role.value,
    )
    return found


def _mail_link(invitation: Invitation, merchant: Merchant, by: User, token: str, language: str) -> None:
    subject, text, html = mailing.compose(
        "team_invitation",
        language,
        inviter=by.name,
        merchant=merchant.name,
        role=invitation.role.value,
        job_title=invitation.job_title,
        url=mailing.absolute(f"/invitations/{token}"),
        until=invitation.expires_at,
    )
    mail.send(invitation.email, kind="team_invitation", subject=subject, text=text, html=html)


@unit_of_work
def cancel_invitation(invitation: Invitation, *, by: User) -> None:
    """Take an invitation back: its link dies. Twice is once. Raises NotAllowed, or NotNow when it was accepted."""
    lock(invitation)
    ensure(policy.may_cancel, by, invitation)
    if invitation.accepted_at is not None:
        raise NotNow("invitation_accepted")
    if invitation.cancelled_at is not None:
        return
    invitation.cancelled_at, invitation.token_hash = utcnow(), None
    record(
        Kind.INVITATION_CANCELLED,
        by=by,
        role=Role.BUSINESS,
        merchant_id=invitation.merchant_id,
        about=f"invitation:{invitation.id}",
    )


@unit_of_work
def accept_invitation(token: str, *, by: User) -> Representative:
    """Join the team by a mailed link, which is used up; the person's sign-ins end, for a new role begins with a new one.

    An address at the proven domain proves as a claim by mail does; any other is shown as invited by the owner. Raises
    Gone("invitation_over"), or NotAllowed ("unconfirmed", or when the person is of the team already).
    """
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == digest(token)).with_for_update(key_share=True))
    if found is None or not lock(found).is_open or found.expires_at <= utcnow():
        raise Gone("invitation_over")
    if not by.is_guest and not by.is_confirmed:
        raise NotAllowed("unconfirmed")
    ensure(policy.may_accept, by, found)
    merchant = lock(db.session.get_one(Merchant, found.merchant_id))
    proved = proves(found.email, merchant.domain)
    voice = Representative(
        merchant_id=merchant.id,
        user_id=by.id,
        role=found.role,
        job_title=found.job_title,
        proof=Proof.EMAIL if proved else Proof.INVITED,
        proved_domain=domain_of(found.email) if proved else None,
        looked_at=ProofCheck.AUTOMATIC if proved else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(voice)
            db.session.flush()
    except IntegrityError as problem:  # joined at the same moment in another way
        raise NotAllowed from problem
    found.accepted_at, found.accepted_by_id, found.token_hash = utcnow(), by.id, None
    end_sessions(by)
    forget_representations(by.id)
    record(
        Kind.TEAM_JOINED,
        by=by,
        role=Role.BUSINESS,
        merchant_id=merchant.id,
        about=f"representative:{voice.id}",
        team_role=voice.role.value,
        proof=voice.proof.value,
    )
    return voice


@unit_of_work
def change_role(voice: Representative, *, by: User, role: TeamRole) -> None:
    """Let a member do more or less from now on; their sign-ins end, so that what is open obeys the new role.

    The same role again changes nothing. Raises NotAllowed, NotNow when the member was ended, or
    NotNow("last_owner") when no owner would be left (a moderator may do that).
    """
    lock(db.session.get_one(Merchant, voice.merchant_id))
    lock(voice)
    ensure(policy.may_change_role, by, voice)
    if voice.ended_at is not None:
        raise NotNow("member_gone")
    if voice.role is role:
        return
    if by.owned_ids & {voice.merchant_id}:
        ensure_an_owner_stays(voice)
    before, voice.role = voice.role, role
    end_sessions(db.session.get_one(User, voice.user_id))
    forget_representations(voice.user_id)
    record(
        Kind.TEAM_ROLE_CHANGED,
        by=by,
        role=Role.BUSINESS if voice.merchant_id in by.merchant_ids else Role.MODERATOR,
        merchant_id=voice.merchant_id,
        about=f"representative:{voice.id}",
        before=before.value,
        team_role=role.value,
    )


@unit_of_work
def prune_invitations() -> None:
    """Forget invitations that led nowhere, a month after they ran out: they hold an address."""
    db.session.execute(
        delete(Invitation).where(Invitation.accepted_at.is_(None), Invitation.expires_at < utcnow() - KEPT)
    )
