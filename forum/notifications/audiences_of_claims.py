"""Who hears of claims, proofs and objections."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import User
from forum.core.db import db
from forum.merchants.lifecycle import ObjectionState, Proof, TeamRole
from forum.merchants.models import Claim, Objection, Representative
from forum.moderation import policy as desk
from forum.moderation.queries.claims import plea, protest
from forum.notifications.audiences import Recipient, Why, moderators, person
from forum.notifications.subjects import Subject, about


def claim_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on the claim, when a moderator has to."""
    claim = subject.claim
    if claim is None or not (subject.event.data.get("to_moderator") or subject.data("way") == Proof.MODERATOR):
        return []
    asked = plea(claim)
    return [
        one for user in moderators() if desk.may_decide_claim(user, asked) for one in person(user, Why.MODERATOR)
    ]


def reopened_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on a claim that is looked at once more."""
    claim = subject.claim
    if claim is None or claim.decided_at is not None:
        return []
    asked = plea(claim)
    return [
        one for user in moderators() if desk.may_decide_claim(user, asked) for one in person(user, Why.MODERATOR)
    ]


def second_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may approve the claim after the first did, while it waits."""
    claim = subject.claim
    if claim is None or claim.decided_at is not None:
        return []
    asked = plea(claim)
    return [one for user in moderators() if desk.may_approve_claim(user, asked) for one in person(user, Why.MODERATOR)]


def business_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may set the domain of the business."""
    merchant = subject.merchant
    return [
        one
        for user in (moderators() if merchant is not None else [])
        if merchant is not None and desk.may_describe(user, merchant)
        for one in person(user, Why.MODERATOR)
    ]


def objection_reviewers(subject: Subject) -> list[Recipient]:
    """The moderators who may decide on an open objection: on the proof, or on the claim that it is about."""
    objection = _objection(subject)
    if objection is None or objection.state is not ObjectionState.OPEN:
        return []
    claim = None if objection.claim_id is None else db.session.get(Claim, objection.claim_id)
    asked, protested = (plea(claim) if claim is not None else None), protest(objection)
    return [
        one
        for user in moderators()
        if (desk.may_decide_claim(user, asked) if asked is not None else desk.may_decide_objection(user, protested))
        for one in person(user, Why.MODERATOR)
    ]


def objector(subject: Subject) -> list[Recipient]:
    """Who objected."""
    objection = _objection(subject)
    return [] if objection is None else person(db.session.get(User, objection.user_id), Why.OBJECTOR)


def objected(subject: Subject) -> list[Recipient]:
    """Whose proof was objected to; a claimant hears of the decision on the claim."""
    objection = _objection(subject)
    voice = objection.representative if objection is not None else None
    return [] if voice is None else person(db.session.get(User, voice.user_id), Why.REPRESENTATIVE, subject.merchant)


def _objection(subject: Subject) -> Objection | None:
    return db.session.scalar(
        select(Objection)
        .where(Objection.id == (about(subject.event, "objection") or 0))
        .options(joinedload(Objection.representative))
    )


def proved(subject: Subject) -> list[Recipient]:
    """Whose proof it is, and the owners of the business."""
    voice = db.session.get(Representative, about(subject.event, "representative") or 0)
    if voice is None:
        return []
    concerned = {voice.user_id, *(one.user_id for one in _owners(voice.merchant_id))}
    return [
        one for user_id in sorted(concerned) for one in person(db.session.get(User, user_id), Why.REPRESENTATIVE, subject.merchant)
    ]


def owners(subject: Subject) -> list[Recipient]:
    """The owners of a business on which somebody else makes a new claim."""
    merchant = subject.merchant
    if merchant is None or not subject.event.data.get("fresh"):
        return []
    return [
        one
        for owner_ in _owners(merchant.id)
        for one in person(db.session.get(User, owner_.user_id), Why.REPRESENTATIVE, merchant)
    ]


def _owners(merchant_id: int) -> list[Representative]:
    query = (
        select(Representative)
        .where(
            Representative.merchant_id == merchant_id,
            Representative.ended_at.is_(None),
            Representative.role == TeamRole.OWNER,
        )
        .order_by(Representative.user_id)
    )
    return list(db.session.scalars(query))
