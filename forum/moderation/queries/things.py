"""One thing that can be reported, for a person: what they cannot see does not exist for them."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts import queries as people
from forum.accounts.models import User, Visitor
from forum.accounts.rights import OFFICES
from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core.access import ensure
from forum.core.db import db
from forum.core.errors import Gone, Missing
from forum.letters.models import Case, Letter
from forum.letters.queries import letter_for
from forum.moderation import policy
from forum.moderation.lifecycle import ReportState, ThingKind
from forum.moderation.models import Report, Thing
from forum.reply.models import Reply
from forum.responses.models import Response
from forum.responses.queries import place_of

Rule = Callable[[Visitor, Thing], bool]


def thing_for(who: Visitor, kind: ThingKind, thing_id: int, rule: Rule | None = None) -> Thing:
    """Return the thing with its letter and the letter's cases.

    Raises Missing when this person cannot see it where it stands (a moderator always can), NotAllowed when `rule` says no.
    """
    row = _row(kind, thing_id)
    letter_id = None if row is None else _letter_id(row)
    if row is None or letter_id is None or (not who.is_moderator and _is_covered(row)):
        raise Missing
    try:
        letter = letter_for(who, letter_id)
    except Gone as removed:
        raise Missing from removed  # the tombstone of the letter does not tell what hung on it
    if isinstance(row, Comment | Reply):
        set_committed_value(row, "letter", letter)
    elif isinstance(row, Response):
        set_committed_value(row.case, "letter", letter)
    thing = Thing(kind, row, letter, _reporter_ids(f"{kind}:{thing_id}"))
    if not who.is_moderator and not policy.shows(who, thing):
        raise Missing
    if rule is not None:
        ensure(rule, who, thing)
    return thing


def language_of(thing: Thing) -> str | None:
    """Return the language of the person whose it is, None where nobody is known."""
    return thing.row.language if isinstance(thing.row, Reply) else people.language_of(thing.person_id)


def _is_covered(row: Letter | Comment | Response | Attachment | Reply) -> bool:
    """Whether a file hangs on a response that is hidden."""
    if not isinstance(row, Attachment) or row.response_id is None:
        return False
    place = place_of(row.response_id)
    return place is None or place.hidden


def whole(letter: Letter) -> Thing:
    """Return a letter as a thing that is decided on; needs its cases."""
    return Thing(ThingKind.LETTER, letter, letter, _reporter_ids(f"letter:{letter.id}"))


def _reporter_ids(about: str) -> frozenset[int | None]:
    """The moderators among those who reported it: nobody else could decide anyway, and a storm has thousands."""
    return frozenset(
        db.session.scalars(
            select(Report.reporter_id)
            .join(User, User.id == Report.reporter_id)
            .where(Report.state.in_(ReportState), Report.about == about, User.standing.in_(OFFICES))
        )
    )


def _row(kind: ThingKind, thing_id: int) -> Letter | Comment | Response | Attachment | Reply | None:
    if kind is ThingKind.LETTER:
        return db.session.get(Letter, thing_id)
    if kind is ThingKind.COMMENT:
        return db.session.get(Comment, thing_id)
    if kind is ThingKind.ATTACHMENT:
        return db.session.get(Attachment, thing_id)
    if kind is ThingKind.REPLY:
        return db.session.get(Reply, thing_id)
    return db.session.scalar(
        select(Response).where(Response.id == thing_id).options(joinedload(Response.case).joinedload(Case.merchant))
    )


def _letter_id(row: Letter | Comment | Response | Attachment | Reply) -> int | None:
    if isinstance(row, Letter):
        return row.id
    if isinstance(row, Attachment) and row.response_id is not None:
        place = place_of(row.response_id)
        return None if place is None else place.letter_id
    return row.case.letter_id if isinstance(row, Response) else row.letter_id
