"""What legal matters do when something happens below, what they hold, and their number in the queue of the desk."""

from typing import Any

from sqlalchemy import Select, select, union_all

from forum.accounts.models import User
from forum.attachments.holding import holds
from forum.attachments.models import Attachment
from forum.config import settings
from forum.contests.models import Contest
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.legal import actions
from forum.legal.queries import rows_for_the_desk, waiting_ids
from forum.letters.models import Case, Letter, LetterDraft
from forum.moderation.queries import queue
from forum.moderation.queries.deadlines import WorkingDays
from forum.moderation.queries.sources import Source, about, also_waits, page_of
from forum.responses.models import Response, ResponseDraft

queue.also_counts("legal", waiting_ids)
also_waits(
    Source(
        "legal",
        "legal",
        rows_for_the_desk,
        WorkingDays(lambda: settings().legal_answer_days),
        page_of("legal.desk", "notice_id"),
        (Kind.NOTICE_ANSWERED,),
        about("legal_notice"),
    )
)


@holds
def files_of_held_letters() -> Select[Any]:
    """Files that stand with a held letter, its responses, contests and drafts, and those that only the hold keeps."""
    ways = (
        select(Attachment.id, Attachment.letter_id).where(Attachment.letter_id.is_not(None)),
        select(Attachment.id, Attachment.kept_letter_id).where(Attachment.kept_letter_id.is_not(None)),
        select(Attachment.id, LetterDraft.letter_id).join(LetterDraft, LetterDraft.id == Attachment.draft_id),
        select(Attachment.id, Contest.letter_id).join(Contest, Contest.id == Attachment.contest_id),
        select(Attachment.id, Case.letter_id).join(Response, Response.id == Attachment.response_id).join(Case, Case.id == Response.case_id),
        select(Attachment.id, Case.letter_id).join(ResponseDraft, ResponseDraft.id == Attachment.response_draft_id).join(Case, Case.id == ResponseDraft.case_id),
    )  # fmt: skip
    found = union_all(*ways).subquery()
    file_id, letter_id = found.c
    return (
        select(file_id.label("file_id"), letter_id.label("letter_id"))
        .join(Letter, Letter.id == letter_id)
        .where(Letter.held_since.is_not(None))
    )


@on(Kind.ACCOUNT_CLOSED)
def keep_who_it_was(happened: Event) -> None:
    """An author whose letter is held leaves name and address, sealed: a court may order them."""
    actions.keep_identity(db.session.get_one(User, happened.by_id))
