"""The queue of who speaks for a business: claims, and objections to proofs, each a page by key."""

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from forum.accounts.models import User, Visitor
from forum.core import paging
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import OPEN_CLAIM_STATES, ClaimState, Proof
from forum.merchants.models import Claim, Merchant, Objection, Representative
from forum.moderation.queries.queue import OPEN_OBJECTIONS, ROWS, Waiting, in_working_days


def waiting_claims(who: Visitor, after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of claims of businesses that need a moderator."""
    rival = aliased(Claim)
    found = paging.page(
        select(
            Claim.id,
            Claim.created_at,
            Claim.job_title,
            Claim.way,
            Claim.first_by_id,
            exists(
                select(rival.id).where(
                    rival.merchant_id == Claim.merchant_id, rival.user_id != Claim.user_id, rival.state.in_(OPEN_CLAIM_STATES)
                )
            ).label("rivals"),
            exists(
                select(Representative.id).where(
                    Representative.merchant_id == Claim.merchant_id, Representative.ended_at.is_(None)
                )
            ).label("team"),
            Merchant.name,
            User.name.label("person"),
            exists(
                select(Case.id).join(Case.letter).where(Case.merchant_id == Claim.merchant_id, Letter.author_id == who.id)
            ).label("for_others"),
        )
        .join(Claim.merchant)
        .join(Claim.user)
        .where(Claim.state == ClaimState.WAITING_MODERATOR),
        keys=(Claim.created_at, Claim.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.created_at, row.id),
    )
    items = [
        in_working_days(
            "claim",
            row.id,
            row.name,
            row.created_at,
            by=row.person,
            to=row.job_title,
            for_others=row.for_others or row.first_by_id == who.id,
            marks=tuple(
                mark
                for mark, holds in (
                    ("document", row.way is Proof.DOCUMENT),
                    ("second", row.first_by_id is not None),
                    ("rivals", row.rivals),
                    ("team", row.team),
                )
                if holds
            ),
        )
        for row in found.items
    ]
    return paging.Page(items, found.next)


def waiting_objections(who: Visitor, after: str | None = None) -> paging.Page[Waiting]:
    """Return a page of objections to proofs."""
    since = func.coalesce(Objection.reopened_at, Objection.created_at)
    found = paging.page(
        select(
            Objection.id,
            since.label("since"),
            Objection.user_id,
            Merchant.name,
            User.name.label("person"),
            Representative.job_title,
            Representative.user_id.label("voice_user_id"),
        )
        .join(Objection.merchant)
        .join(Objection.user)
        .join(Objection.representative)
        .where(*OPEN_OBJECTIONS),
        keys=(since, Objection.id),
        kinds="ti",
        after=after,
        size=ROWS,
        descending=False,
        key_of=lambda row: (row.since, row.id),
    )
    items = [
        in_working_days(
            "objection",
            row.id,
            row.name,
            row.since,
            by=row.person,
            to=row.job_title,
            for_others=who.id in {row.user_id, row.voice_user_id},
        )
        for row in found.items
    ]
    return paging.Page(items, found.next)
