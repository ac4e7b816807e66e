"""What can be appealed: letters and versions, comments and threads, responses, files, covered words, reports, claims, sanctions."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from forum.accounts.models import User
from forum.appeals.decisions import Appealable, Parties, appealable, is_newest, number_in
from forum.appeals.lifecycle import Side
from forum.attachments.models import Attachment
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.db import Base, db
from forum.core.errors import Missing
from forum.core.events import Event, Kind
from forum.letters import actions as letters
from forum.letters.lifecycle import Publication, RevisionState
from forum.letters.models import Letter, Revision
from forum.merchants import actions as merchants
from forum.merchants.models import Claim
from forum.merchants.queries.claims import is_last_word
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import ReportState, ThingKind
from forum.moderation.models import Report
from forum.moderation.queries.things import thing_for
from forum.orders import queries as orders
from forum.people import actions as people
from forum.people.models import Sanction
from forum.redactions import actions as redactions
from forum.redactions.models import Redaction
from forum.responses.models import Response


def _row(model: type[Base], row_id: Any) -> Any:
    return None if not row_id else db.session.get(model, int(row_id))


def _concerned(*user_ids: int | None) -> Parties:
    return Parties(people={Side.CONCERNED: frozenset(one for one in user_ids if one is not None)})


def _letter(event: Event) -> Letter:
    found = db.session.scalar(
        select(Letter).where(Letter.id == event.letter_id).options(selectinload(Letter.cases))
    )
    if found is None:
        raise Missing
    return found


def _author(event: Event) -> Parties:
    """Who wrote the letter; what a contest did to it is appealed with the decision on the contest."""
    if "contest_id" in event.data:
        return Parties()
    return _concerned(db.session.scalar(select(Letter.author_id).where(Letter.id == event.letter_id)))


def _owner(event: Event) -> Parties:
    """Whose words or file it is: of a response the business."""
    kind, _colon, number = (event.about or "").partition(":")
    if kind == ThingKind.COMMENT:
        return _concerned(getattr(_row(Comment, number), "author_id", None))
    if kind == ThingKind.ATTACHMENT:
        return _concerned(getattr(_row(Attachment, number), "owner_id", None))
    if kind == ThingKind.RESPONSE and event.merchant_id is not None:
        return Parties(businesses={Side.CONCERNED: frozenset({event.merchant_id})})
    return _author(event)


def _stands_in(publication: Publication) -> Any:
    return lambda event: _letter(event).publication is publication and is_newest(event) and not _is_ordered(event)


def _is_ordered(event: Event) -> bool:
    """Whether an order of an authority keeps the thing from view: against that there is the counter-notice."""
    return orders.holds(event.about or f"letter:{event.letter_id}")


def _restore(event: Event, by: User, words: str) -> None:
    kind, _colon, number = (event.about or f"letter:{event.letter_id}").partition(":")
    moderation.restore(thing_for(by, ThingKind(kind), int(number)), by=by, message=words)


def _hidden_stands(event: Event) -> bool:
    if _is_ordered(event):
        return False
    if event.kind is Kind.COMMENT_HIDDEN:
        comment = _row(Comment, number_in(event, "comment"))
        return comment is not None and comment.state is CommentState.HIDDEN and is_newest(event)
    model = Response if event.kind is Kind.RESPONSE_HIDDEN else Attachment
    row = _row(model, (event.about or "").partition(":")[2])
    return row is not None and row.hidden_at is not None and is_newest(event)


def _revision_stands(event: Event) -> bool:
    revision = _row(Revision, number_in(event, "revision"))
    if revision is None or revision.state is not RevisionState.REFUSED:
        return False
    later = select(Revision.id).where(Revision.letter_id == revision.letter_id, Revision.id > revision.id).limit(1)
    return _letter(event).publication is Publication.PUBLISHED and db.session.scalar(later) is None


def _redaction(event: Event) -> Any:
    return _row(Redaction, event.data.get("redaction_id"))


def _redaction_stands(event: Event) -> bool:
    found = _redaction(event)
    return found is not None and found.undone_at is None


def _uncover(event: Event, by: User, _words: str) -> None:
    found = _redaction(event)
    redactions.undo(found, by=by, thing=thing_for(by, found.kind, found.thing_id))


def _covered(event: Event) -> list[tuple[float, ...]]:
    """The areas that the decision covered; none of one that took some off again."""
    return [] if event.data.get("off") else [tuple(area) for area in event.data.get("areas") or ()]


def _cover_stands(event: Event) -> bool:
    file = _row(Attachment, number_in(event, "attachment"))
    if file is None or file.original_key is None or file.original_gone_at is not None:
        return False
    return bool({tuple(area) for area in file.areas} & set(_covered(event)))


def _lay_open(event: Event, by: User, words: str) -> None:
    moderation.lay_file_open(
        thing_for(by, ThingKind.ATTACHMENT, number_in(event, "attachment")), _covered(event), by=by, message=words
    )


def _report(event: Event) -> Any:
    return _row(Report, event.data.get("report_id"))


def _reporter(event: Event) -> Parties:
    """Who reported what was let stand."""
    found = _report(event)
    if found is None or event.data.get("decision") != ReportState.DISMISSED:
        return Parties()
    if found.reporter_id is None:
        return Parties(by_mail=Side.ASKER)
    return Parties(people={Side.ASKER: frozenset({found.reporter_id})})


def _claim(event: Event) -> Any:
    return db.session.scalar(
        select(Claim).where(Claim.id == number_in(event, "claim")).options(joinedload(Claim.merchant), joinedload(Claim.user))
    )


def _claimant(event: Event) -> Parties:
    found = _claim(event)
    return Parties() if found is None else Parties(people={Side.ASKER: frozenset({found.user_id})})


def _sanction(event: Event) -> Any:
    return db.session.scalar(
        select(Sanction).where(Sanction.id == event.data.get("sanction_id")).options(joinedload(Sanction.user))
    )


def _sanction_stands(event: Event) -> bool:
    found = _sanction(event)
    return found is not None and found.lifted_at is None and (found.holds or found.kind == "warning")


appealable(
    Kind.LETTER_RETURNED,
    Appealable(
        _author,
        _stands_in(Publication.RETURNED),
        lambda event, by, words: letters.reopen(_letter(event), by=by, message=words),
    ),
)
appealable(
    Kind.LETTER_REJECTED,
    Appealable(
        _author,
        _stands_in(Publication.REJECTED),
        lambda event, by, words: letters.reopen(_letter(event), by=by, message=words),
    ),
)
appealable(Kind.LETTER_TAKEN_DOWN, Appealable(_author, _stands_in(Publication.TAKEN_DOWN), _restore))
appealable(
    Kind.REVISION_REFUSED,
    Appealable(
        _author,
        _revision_stands,
        lambda event, by, words: letters.reopen_revision(_row(Revision, number_in(event, "revision")), by=by, message=words),
    ),
)
appealable(
    Kind.COMMENTS_LOCKED,
    Appealable(
        _author,
        lambda event: _letter(event).comments_locked_at is not None and is_newest(event),
        lambda event, by, words: moderation.unlock_comments(_letter(event), by=by, message=words),
    ),
)
for _kind in (Kind.COMMENT_HIDDEN, Kind.RESPONSE_HIDDEN, Kind.ATTACHMENT_HIDDEN):
    appealable(_kind, Appealable(_owner, _hidden_stands, _restore))
appealable(Kind.FILE_COVERED, Appealable(lambda event: _owner(event) if _covered(event) else Parties(), _cover_stands, _lay_open))
appealable(Kind.WORDS_REDACTED, Appealable(_owner, _redaction_stands, _uncover))
appealable(
    Kind.REPORT_DECIDED,
    Appealable(
        _reporter,
        lambda event: _report(event).state is ReportState.DISMISSED,
        lambda event, by, words: moderation.reopen_report(_report(event), by=by, message=words),
    ),
)
appealable(
    Kind.CLAIM_REFUSED,
    Appealable(
        _claimant,
        lambda event: is_last_word(_claim(event)),
        lambda event, by, words: merchants.reopen_claim(_claim(event), by=by, message=words),
    ),
)
appealable(
    Kind.SANCTION_GIVEN,
    Appealable(
        lambda event: _concerned(number_in(event, "user")),
        _sanction_stands,
        lambda event, by, words: people.lift(_sanction(event), by=by, message=words),
    ),
)
