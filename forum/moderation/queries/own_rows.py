"""The rows of what waits in the rooms below the desk: letters, new versions, claims, objections, names, responses by mail, files, comments, reports, replies."""

from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from forum.accounts.models import User, Visitor
from forum.attachments.models import Attachment
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.crowds.models import Sketched
from forum.letters.lifecycle import Publication, RevisionState
from forum.letters.models import Case, Letter, Revision
from forum.merchants.lifecycle import ClaimState, NameState
from forum.merchants.models import Claim, Merchant, MerchantName, Objection, Representative
from forum.moderation.lifecycle import ReportState
from forum.moderation.models import Report
from forum.moderation.queries.held import EXCERPT_CHARACTERS, about_column, is_first_of_group
from forum.moderation.queries.queue import OPEN_OBJECTIONS
from forum.moderation.queries.sources import columns
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink


def _businesses() -> Any:
    """The businesses of a letter in one line."""
    return (
        select(func.aggregate_strings(Merchant.name, ", "))
        .select_from(Case)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .where(Case.letter_id == Letter.id)
        .correlate(Letter)
        .scalar_subquery()
    )


def _alike(kind: str, row: Any, waits: Any) -> Any:
    """How many near-equal ones wait, itself with them."""
    mine, theirs, other = aliased(Sketched), aliased(Sketched), aliased(row)
    return func.coalesce(
        select(func.nullif(func.count(), 0))
        .select_from(mine)
        .join(theirs, theirs.group_id == mine.group_id)
        .join(other, other.id == theirs.row_id)
        .where(mine.about == about_column(kind, row.id), waits(other))
        .correlate(row)
        .scalar_subquery(),
        1,
    )


def _about_us(who: Visitor) -> Any:
    """Whether a letter is the moderator's own or about a business they speak for."""
    ours = exists().where(Case.letter_id == Letter.id, Case.merchant_id.in_(sorted(who.merchant_ids)))
    return or_(Letter.author_id == who.id, ours) if who.merchant_ids else Letter.author_id == who.id


def letters(who: Visitor) -> Select[Any]:
    def waits(other: Any) -> Any:
        return other.publication == Publication.SUBMITTED

    return select(
        *columns(
            number=Letter.id,
            at=Letter.submitted_at,
            title=Letter.title,
            by=Letter.byline,
            to=_businesses(),
            many=_alike("letter", Letter, waits),
            own=_about_us(who),
        )
    ).where(waits(Letter), is_first_of_group("letter", Letter, waits))


def revisions(who: Visitor) -> Select[Any]:
    return (
        select(
            *columns(
                number=Revision.id, at=Revision.made_at, title=Letter.title, by=Letter.byline, to=Revision.why, own=_about_us(who)
            )
        )
        .join(Revision.letter)
        .where(Revision.state == RevisionState.WAITING)
    )


def claims(who: Visitor) -> Select[Any]:
    wrote = exists(select(Case.id).join(Case.letter).where(Case.merchant_id == Claim.merchant_id, Letter.author_id == who.id))
    return (
        select(
            *columns(
                number=Claim.id,
                at=Claim.created_at,
                title=Merchant.name,
                by=User.name,
                to=Claim.job_title,
                own=or_(wrote, Claim.user_id == who.id, func.coalesce(Claim.first_by_id, 0) == who.id),
            )
        )
        .join(Claim.merchant)
        .join(Claim.user)
        .where(Claim.state == ClaimState.WAITING_MODERATOR)
    )


def objections(who: Visitor) -> Select[Any]:
    return (
        select(
            *columns(
                number=Objection.id,
                at=func.coalesce(Objection.reopened_at, Objection.created_at),
                title=Merchant.name,
                by=User.name,
                to=Representative.job_title,
                own=or_(Objection.user_id == who.id, Representative.user_id == who.id),
            )
        )
        .join(Objection.merchant)
        .join(Objection.user)
        .join(Objection.representative)
        .where(*OPEN_OBJECTIONS)
    )


def doubted(_who: Visitor) -> Select[Any]:
    like = aliased(Merchant)
    return (
        select(*columns(number=Merchant.id, at=Merchant.suspect_since, title=Merchant.name, by=like.name))
        .join(like, like.id == Merchant.suspect_of_id)
        .where(Merchant.suspect_of_id.is_not(None), Merchant.merged_into_id.is_(None))
    )


def proposed(_who: Visitor) -> Select[Any]:
    earlier = aliased(MerchantName)
    return (
        select(
            *columns(
                number=MerchantName.id,
                at=MerchantName.created_at,
                key=MerchantName.merchant_id,
                title=MerchantName.name,
                by=Merchant.name,
            )
        )
        .join(MerchantName.merchant)
        .where(
            MerchantName.state == NameState.PROPOSED,
            Merchant.merged_into_id.is_(None),
            ~exists().where(
                earlier.merchant_id == MerchantName.merchant_id,
                earlier.state == NameState.PROPOSED,
                or_(
                    earlier.created_at < MerchantName.created_at,
                    and_(earlier.created_at == MerchantName.created_at, earlier.id < MerchantName.id),
                ),
            ),
        )
    )


def answers(_who: Visitor) -> Select[Any]:
    return (
        select(*columns(number=AnswerLink.id, at=func.coalesce(AnswerLink.reopened_at, AnswerLink.sent_at), title=Letter.title, by=Merchant.name))
        .join(Case, Case.id == AnswerLink.case_id)
        .join(Letter, Letter.id == Case.letter_id)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .where(AnswerLink.state == LinkState.WAITING)
    )


def files(who: Visitor) -> Select[Any]:
    return (
        select(
            *columns(
                number=Attachment.id,
                at=Attachment.look_since,
                title=Letter.title,
                by=Letter.byline,
                to=Attachment.name,
                own=_about_us(who),
            )
        )
        .join(Letter, Letter.id == Attachment.letter_id)
        .where(
            Attachment.look_since.is_not(None),
            Attachment.look_since > Letter.published_at,
            Letter.publication == Publication.PUBLISHED,
        )
    )


def held(who: Visitor) -> Select[Any]:
    def waits(other: Any) -> Any:
        return other.state == CommentState.HELD

    return select(
        *columns(
            number=Comment.id,
            at=Comment.held_at,
            title=func.substr(Comment.text, 1, EXCERPT_CHARACTERS),
            by=Comment.byline,
            mark=func.coalesce(Comment.held_for, ""),
            many=_alike("comment", Comment, waits),
            own=func.coalesce(Comment.author_id, 0) == who.id,
        )
    ).where(waits(Comment), is_first_of_group("comment", Comment, waits))


def reports(who: Visitor) -> Select[Any]:
    """The first report on each thing, for all of them."""
    earlier, all_of, unseen, mine = (aliased(Report) for _ in range(4))

    def on_it(other: Any) -> Any:
        return and_(other.state == ReportState.OPEN, other.about == Report.about)

    return (
        select(
            *columns(
                number=Report.id,
                at=func.coalesce(Report.reopened_at, Report.created_at),
                key=Report.about,
                title=Letter.title,
                by=Letter.byline,
                unseen=select(func.min(func.coalesce(unseen.reopened_at, unseen.created_at)))
                .where(on_it(unseen), unseen.seen_at.is_(None))
                .correlate(Report)
                .scalar_subquery(),
                many=select(func.count()).select_from(all_of).where(on_it(all_of)).correlate(Report).scalar_subquery(),
                own=or_(_about_us(who), exists().where(on_it(mine), mine.reporter_id == who.id)),
            )
        )
        .join(Report.letter)
        .where(Report.state == ReportState.OPEN, ~exists().where(on_it(earlier), earlier.id < Report.id))
    )


def replies(_who: Visitor) -> Select[Any]:
    return (
        select(*columns(number=Reply.id, at=Reply.proved_at, title=Letter.title, by=Reply.byline))
        .join(Letter, Letter.id == Reply.letter_id)
        .where(Reply.state == ReplyState.WAITING)
    )
