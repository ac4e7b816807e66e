"""Decisions that can be appealed, with those who have a part in them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import selectinload

from forum.accounts.models import Visitor
from forum.appeals import links, policy
from forum.appeals.decisions import entry_of, kinds
from forum.appeals.models import Verdict
from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.contests.models import Contest
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind, Role
from forum.letters.models import Letter
from forum.merchants.models import Claim, Objection, Representative
from forum.moderation.models import Report

SHOWN = 50
OF_LETTERS = (
    Kind.LETTER_RETURNED,
    Kind.LETTER_REJECTED,
    Kind.LETTER_TAKEN_DOWN,
    Kind.REVISION_REFUSED,
    Kind.COMMENTS_LOCKED,
    Kind.WORDS_REDACTED,
    Kind.CONTEST_DECIDED,
)
"""Decisions that concern the author of the letter."""


def verdict_of(event: Event) -> Verdict | None:
    """Return a decision with its parties; None for one that cannot be appealed."""
    entry = entry_of(event)
    if entry is None:
        return None
    parties = entry.parties(event)
    if not parties.anybody:
        return None
    letter = None
    if event.letter_id is not None:
        letter = db.session.scalar(select(Letter).where(Letter.id == event.letter_id).options(selectinload(Letter.cases)))
    return Verdict(
        event=event,
        letter=letter,
        people=parties.people,
        businesses=parties.businesses,
        deciders=frozenset(one for one in (event.by_id, event.data.get("second")) if one is not None),
        stands=entry.stands(event),
        by_mail=parties.by_mail,
        partial_ids=parties.partial | _reporters(event),
    )


def _reporters(event: Event) -> frozenset[int]:
    """Who reported the thing that was decided on: such a moderator judges no appeal about it."""
    about = event.about or f"letter:{event.letter_id}"
    found = db.session.scalars(select(Report.reporter_id).where(Report.about == about, Report.reporter_id.is_not(None)))
    return frozenset(one for one in found if one is not None)


def verdict_for(who: Visitor, event_id: int) -> Verdict:
    """Return a decision for its parties and for moderators; raises Missing for everybody else."""
    event = db.session.get(Event, event_id)
    verdict = None if event is None else verdict_of(event)
    if verdict is None or not policy.may_see(who, verdict):
        raise Missing
    return verdict


def verdict_by_mail(event_id: int) -> Verdict:
    """Return a decision about somebody without an account: for whoever has its link. Raises Missing."""
    event = db.session.get(Event, event_id)
    verdict = None if event is None else verdict_of(event)
    if verdict is None or verdict.by_mail is None:
        raise Missing
    return verdict


def key_to_appeal(about: str) -> tuple[int, str] | None:
    """Return number and key of the newest decision on something of who has no account; None where nothing can be appealed."""
    found = db.session.scalars(
        select(Event)
        .where(Event.about == about, Event.kind.in_(kinds()), Event.role == Role.MODERATOR)
        .order_by(Event.id.desc())
        .limit(1)
    ).first()
    verdict = None if found is None else verdict_of(found)
    if verdict is None or verdict.by_mail is None:
        return None
    return verdict.event.id, links.key_of(verdict.event.id)


def verdict_of_report(report: Report) -> Verdict | None:
    """Return the decision by which a report was dismissed, None without one: for whoever knows the report's number."""
    events = db.session.scalars(
        select(Event)
        .where(Event.letter_id == report.letter_id, Event.kind == Kind.REPORT_DECIDED, Event.about == report.about)
        .order_by(Event.id.desc())
    )
    event = next((one for one in events if one.data.get("report_id") == report.id), None)
    if event is None or event.data.get("decision") != "dismissed":
        return None
    return verdict_of(event)


def newest_decision(who: Visitor, kind: str, thing_id: int) -> Event:
    """Return the newest decision on a thing that this person may see; raises Missing."""
    about: ColumnElement[bool] = Event.about == f"{kind}:{thing_id}"
    if kind == "letter":
        contested = Event.kind == Kind.CONTEST_DECIDED
        about = (Event.letter_id == thing_id) & (or_(Event.about.is_(None), about, contested))
    found = db.session.scalars(
        select(Event).where(about, Event.kind.in_(kinds()), Event.role == Role.MODERATOR).order_by(Event.id.desc()).limit(10)
    )
    for event in found:
        verdict = verdict_of(event)
        if verdict is not None and policy.may_see(who, verdict):
            return event
    raise Missing


def own_decisions(who: Visitor) -> Sequence[Event]:
    """Return the newest decisions that this person is concerned by or had asked for."""
    letters = select(Letter.id).where(Letter.author_id == who.id)
    abouts = [f"user:{who.id}"]
    for kind, column, model in (
        ("comment", Comment.author_id, Comment.id),
        ("claim", Claim.user_id, Claim.id),
        ("attachment", Attachment.owner_id, Attachment.id),
        ("contest", Contest.by_id, Contest.id),
        ("objection", Objection.user_id, Objection.id),
    ):
        ids = db.session.scalars(select(model).where(column == who.id).order_by(model.desc()).limit(500))
        abouts += [f"{kind}:{one}" for one in ids]
    voices = select(Representative.id).where(Representative.user_id == who.id)
    objected = db.session.scalars(select(Objection.id).where(Objection.representative_id.in_(voices)).order_by(Objection.id.desc()).limit(500))
    abouts += [f"objection:{one}" for one in objected]
    mine = or_(Event.letter_id.in_(letters) & Event.kind.in_(OF_LETTERS), Event.about.in_(abouts))
    if who.answering_ids:
        mine = or_(mine, Event.kind.in_((Kind.RESPONSE_HIDDEN, Kind.CONTEST_DECIDED)) & Event.merchant_id.in_(who.answering_ids))
    reported = select(Report.letter_id).where(Report.reporter_id == who.id)
    mine = or_(mine, (Event.kind == Kind.REPORT_DECIDED) & Event.letter_id.in_(reported))
    events = db.session.scalars(
        select(Event).where(mine, Event.kind.in_(kinds()), Event.role == Role.MODERATOR).order_by(Event.id.desc()).limit(SHOWN * 2)
    ).all()
    found = []
    for event in events:
        entry = entry_of(event)
        parties = entry.parties(event) if entry is not None else None
        if parties is None:
            continue
        if any(who.id in ids for ids in parties.people.values()) or any(
            who.answering_ids & ids for ids in parties.businesses.values()
        ):
            found.append(event)
    return found[:SHOWN]
