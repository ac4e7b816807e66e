"""Decisions on what somebody asked for: contests, objections to proofs, rights of reply, comments and responses that waited."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forum.accounts.models import User
from forum.appeals.decisions import Appealable, Parties, appealable, is_newest, number_in
from forum.appeals.lifecycle import Side
from forum.comments import actions as comments
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.contests import actions as contests
from forum.contests.lifecycle import ContestState, Effect
from forum.contests.lifecycle import Side as Contesting
from forum.contests.models import Contest
from forum.contests.queries import contest_by_id, dispute
from forum.core.db import db
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import ObjectionState
from forum.merchants.models import Objection
from forum.merchants.queries.claims import is_last_of_proof
from forum.moderation.queries.claims import critics_of
from forum.reply import actions as replies
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply
from forum.reply.queries import is_last_of_address, reply_with_letter
from forum.responses import actions as responses
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink


def _contest(event: Event) -> Contest | None:
    try:
        return contest_by_id(number_in(event, "contest"))
    except Missing:
        return None


def _contest_sides(event: Event) -> Parties:
    """The side that lost: of an upheld contest the author, of a rejected one who contests."""
    found = _contest(event)
    if found is None:
        return Parties()
    partial = dispute(found).critic_ids
    if event.data.get("decision") == ContestState.UPHELD:
        return Parties(people={Side.CONCERNED: frozenset({found.letter.author_id})}, partial=partial)
    if found.side is Contesting.BUSINESS and event.merchant_id is not None:
        return Parties(businesses={Side.ASKER: frozenset({event.merchant_id})}, partial=partial)
    if found.by_id is not None:
        return Parties(people={Side.ASKER: frozenset({found.by_id})})
    return Parties(by_mail=Side.ASKER)


def _contest_stands(event: Event) -> bool:
    found = _contest(event)
    if found is None or found.state != event.data.get("decision") or not is_newest(event):
        return False
    if found.effect is not Effect.TAKE_DOWN:
        return found.letter.publication is Publication.PUBLISHED
    removal = db.session.scalars(
        select(Event)
        .where(Event.letter_id == found.letter_id, Event.kind == Kind.LETTER_TAKEN_DOWN)
        .order_by(Event.id.desc())
        .limit(1)
    ).first()
    by_this = removal is not None and removal.data.get("contest_id") == found.id
    return by_this and found.letter.publication is Publication.TAKEN_DOWN


def _reopen_contest(event: Event, by: User, words: str) -> None:
    contests.reopen(contest_by_id(number_in(event, "contest")), by=by, message=words)


def _objection(event: Event) -> Objection | None:
    return db.session.scalar(
        select(Objection).where(Objection.id == number_in(event, "objection")).options(joinedload(Objection.representative))
    )


def _objection_sides(event: Event) -> Parties:
    """Of a proof that was withdrawn whose it was, else who objected; an objection to a claim is decided with the claim."""
    found = _objection(event)
    if found is None or found.representative is None:
        return Parties()
    whose, partial = found.representative.user_id, critics_of(found.merchant_id)
    if event.data.get("decision") == ObjectionState.UPHELD:
        return Parties(people={Side.CONCERNED: frozenset({whose})}, partial=partial | {found.user_id})
    return Parties(people={Side.ASKER: frozenset({found.user_id})}, partial=partial | {whose})


def _objection_stands(event: Event) -> bool:
    found = _objection(event)
    if found is None or found.representative is None or found.state != event.data.get("decision"):
        return False
    return is_last_of_proof(found, found.representative) and is_newest(event)


def _reopen_objection(event: Event, by: User, words: str) -> None:
    found = _objection(event)
    if found is None:
        raise Missing
    merchants.reopen_objection(found, by=by, message=words)


def _comment(event: Event) -> Comment | None:
    whole = joinedload(Comment.letter).selectinload(Letter.cases)
    return db.session.scalar(select(Comment).where(Comment.id == number_in(event, "comment")).options(whole))


def _comment_side(event: Event) -> Parties:
    found = _comment(event)
    if found is None or found.author_id is None:
        return Parties()
    return Parties(people={Side.CONCERNED: frozenset({found.author_id})})


def _comment_stands(event: Event) -> bool:
    found = _comment(event)
    if found is None or found.state is not CommentState.REFUSED:
        return False
    return found.letter.publication is Publication.PUBLISHED and is_newest(event)


def _publish_comment(event: Event, by: User, words: str) -> None:
    found = _comment(event)
    if found is None:
        raise Missing
    comments.publish(found, by=by, message=words)


def _reply(event: Event) -> Reply | None:
    try:
        return reply_with_letter(number_in(event, "reply"))
    except Missing:
        return None


def _reply_side(event: Event) -> Parties:
    return Parties() if _reply(event) is None else Parties(by_mail=Side.ASKER)


def _reply_stands(event: Event) -> bool:
    """Whether it is refused, its letter in print, and nothing else of this person stands or waits there."""
    found = _reply(event)
    if found is None or found.state is not ReplyState.REFUSED:
        return False
    return found.letter.publication is Publication.PUBLISHED and is_last_of_address(found)


def _publish_reply(event: Event, by: User, _words: str) -> None:
    replies.publish_refused(reply_with_letter(number_in(event, "reply")), by=by)


def _answer(event: Event) -> AnswerLink | None:
    return db.session.get(AnswerLink, number_in(event, "answer"))


def _answer_side(event: Event) -> Parties:
    refused = event.data.get("decision") == LinkState.REFUSED and _answer(event) is not None
    return Parties(by_mail=Side.ASKER) if refused else Parties()


def _answer_stands(event: Event) -> bool:
    found = _answer(event)
    publication = db.session.scalar(select(Letter.publication).where(Letter.id == event.letter_id))
    is_refused = found is not None and found.state is LinkState.REFUSED
    return is_refused and publication is Publication.PUBLISHED and is_newest(event)


def _reopen_answer(event: Event, by: User, words: str) -> None:
    found = _answer(event)
    if found is None:
        raise Missing
    responses.reopen_answer(found, by=by, message=words)


appealable(Kind.CONTEST_DECIDED, Appealable(_contest_sides, _contest_stands, _reopen_contest))
appealable(Kind.OBJECTION_DECIDED, Appealable(_objection_sides, _objection_stands, _reopen_objection))
appealable(Kind.COMMENT_REFUSED, Appealable(_comment_side, _comment_stands, _publish_comment))
appealable(Kind.REPLY_REFUSED, Appealable(_reply_side, _reply_stands, _publish_reply))
appealable(Kind.ANSWER_DECIDED, Appealable(_answer_side, _answer_stands, _reopen_answer))
