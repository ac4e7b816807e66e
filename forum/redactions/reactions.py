"""What is written under a letter is read through its redactions, in the transaction that writes it."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import select

from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.letters.models import Letter, Question, Revision, Update
from forum.moderation.models import Report
from forum.redactions.actions import cover_again, follow_revision
from forum.redactions.fields import Row
from forum.redactions.models import Redaction
from forum.redactions.queries.places import rows_under
from forum.reply.models import Reply
from forum.responses.models import Response

WRITTEN: Final[dict[Kind, tuple[type[Any], ...]]] = {
    Kind.LETTER_SUBMITTED: (Letter, Attachment),
    Kind.REVISION_SUBMITTED: (Revision,),
    Kind.UPDATE_ADDED: (Update,),
    Kind.COMMENT_POSTED: (Comment,),
    Kind.COMMENT_EDITED: (Comment,),
    Kind.COMMENT_HELD: (Comment,),
    Kind.CASE_ASKED: (Question,),
    Kind.PROOF_ASKED: (Question,),
    Kind.QUESTION_ANSWERED: (Question,),
    Kind.CASE_ANSWERED: (Response, Attachment),
    Kind.RESPONSE_UNIFORM: (Response, Attachment),
    Kind.PROMISE_DONE: (Response,),
    Kind.SOLVED_PROPOSED: (Response,),
    Kind.REPORT_MADE: (Report,),
    Kind.REPLY_WAITING: (Reply,),
    Kind.FILE_ADDED: (Attachment,),
}
ONE_ROW: Final[dict[Kind, type[Any]]] = {
    Kind.COMMENT_POSTED: Comment,
    Kind.COMMENT_EDITED: Comment,
    Kind.FILE_ADDED: Attachment,
}
"""What is about one row among many of its letter."""
FOLLOWS: Final = (Kind.LETTER_PUBLISHED, Kind.REVISION_ACCEPTED)
"""A version is made of the letter, or the letter of a version."""


@on(*WRITTEN, *FOLLOWS)
def stay_covered(happened: Event) -> None:
    """Cover what came back, and let versions and letter know what each other's marks cover."""
    if happened.letter_id is None or not _has_redactions(happened.letter_id):
        return
    letter = db.session.get_one(Letter, happened.letter_id)
    if happened.kind in FOLLOWS or happened.kind is Kind.REVISION_SUBMITTED:
        follow_revision(letter, _revision(happened), printed=happened.kind is Kind.REVISION_ACCEPTED)
    if happened.kind in WRITTEN:
        cover_again(letter, _rows(letter, happened))


def _has_redactions(letter_id: int) -> bool:
    return db.session.scalar(select(Redaction.id).where(Redaction.letter_id == letter_id).limit(1)) is not None


def _number(happened: Event) -> int:
    return int((happened.about or ":0").partition(":")[2])


def _revision(happened: Event) -> Revision | None:
    return None if happened.kind is Kind.LETTER_PUBLISHED else db.session.get(Revision, _number(happened))


def _rows(letter: Letter, happened: Event) -> Iterable[Row]:
    if happened.kind in ONE_ROW:
        return [db.session.get_one(ONE_ROW[happened.kind], _number(happened))]
    return rows_under(letter, WRITTEN[happened.kind])
