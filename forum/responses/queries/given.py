"""The responses of cases as a page shows them to one person: two queries for all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from forum.attachments.models import Attachment
from forum.attachments.queries import of_responses
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.letters.lifecycle import Outcome, ResponseState
from forum.letters.models import Case
from forum.merchants.lifecycle import Proof
from forum.responses.lifecycle import PromiseState, ProposalState, promise_state, proposal_state
from forum.responses.models import Remedy, Response

COLUMNS = (
    Response.id,
    Response.case_id,
    Response.signatory,
    Response.job_title,
    Response.proof,
    Response.proved_domain,
    Response.remedy,
    Response.how,
    Response.promise,
    Response.promise_due,
    Response.promise_amount,
    Response.promise_done,
    Response.promise_done_at,
    Response.promise_verdict,
    Response.promise_verdict_at,
    Response.proposal,
    Response.proposed_at,
    Response.proposal_answer,
    Response.proposal_answered_at,
    Response.copies,
    Response.counts,
    Response.overruled_at,
    Response.file_count,
    Response.html,
    Response.corrects_id,
    Response.created_at,
    Response.hidden_at,
    Response.hidden_reason,
)


@dataclass(frozen=True)
class ResponseView:
    """An official response. Its words are empty for those who may not read a hidden one."""

    id: int
    number: int  # 1 is the first of its case
    signatory: str
    job_title: str
    proof: Proof
    proved_domain: str | None
    remedy: Remedy
    how: dict[str, Any]
    promise: str
    promise_due: date | None
    promise_amount: int | None
    promise_state: PromiseState | None
    promise_done: str
    promise_done_at: datetime | None
    promise_verdict_at: datetime | None
    proposal: str
    proposed_at: datetime | None
    proposal_state: ProposalState
    proposal_answered_at: datetime | None
    copies: int  # letters of the business that got near-identical words, with this one
    counts: bool
    overruled_at: datetime | None
    html: str
    at: datetime
    corrects: int | None  # number of the response that this one corrects
    hidden_at: datetime | None
    hidden_reason: str | None
    readable: bool
    files: tuple[Attachment, ...]
    may_say_done: bool
    may_judge: bool
    may_say_broken: bool  # its day has come
    may_propose: bool
    may_answer: bool
    may_overrule: bool

    @property
    def promise_over(self) -> bool:
        """Whether the day of the promise has come."""
        return self.promise_state not in {None, PromiseState.PENDING}


@dataclass(frozen=True)
class Part:
    """What this person is to a case: its business, its author, a moderator without a part in it."""

    voice: bool
    author: bool
    moderator: bool
    overrules: bool


def rows_of(case_ids: Sequence[int]) -> tuple[dict[int, list[Any]], dict[int, list[Attachment]]]:
    """Return the responses of these cases by case, and their files by response, each oldest first."""
    given: dict[int, list[Any]] = defaultdict(list)
    files: dict[int, list[Attachment]] = defaultdict(list)
    if case_ids:
        rows = db.session.execute(select(*COLUMNS).where(Response.case_id.in_(case_ids)).order_by(Response.id)).all()
        for row in rows:
            given[row.case_id].append(row)
        with_files = [row.id for row in rows if row.file_count]
        for file in of_responses(with_files) if with_files else ():
            files[file.response_id or 0].append(file)
    return given, files


def response_views(
    case: Case, rows: Iterable[Any], files: dict[int, list[Attachment]], part: Part
) -> Iterable[ResponseView]:
    """Yield the responses of one case for one person."""
    today = local_date(utcnow(), settings().time_zone)
    sees_all = part.voice or part.moderator
    open_to_propose = case.response is ResponseState.ANSWERED and case.outcome not in {
        Outcome.SOLVED,
        Outcome.UNCONFIRMED,
    }
    numbers: dict[int, int] = {}
    for number, row in enumerate(rows, start=1):
        numbers[row.id] = number
        readable, shown = row.hidden_at is None or sees_all, row.hidden_at is None
        promised = row.promise_due is not None
        yield ResponseView(
            id=row.id,
            number=number,
            signatory=row.signatory,
            job_title=row.job_title,
            proof=row.proof,
            proved_domain=row.proved_domain,
            remedy=row.remedy,
            how=dict(row.how or {}) if readable else {},
            promise=row.promise if readable else "",
            promise_due=row.promise_due,
            promise_amount=row.promise_amount if readable else None,
            promise_state=promise_state(row.promise_due, row.promise_verdict, today) if promised else None,
            promise_done=row.promise_done if readable else "",
            promise_done_at=row.promise_done_at,
            promise_verdict_at=row.promise_verdict_at,
            proposal=row.proposal if readable else "",
            proposed_at=row.proposed_at,
            proposal_state=proposal_state(proposed=row.proposed_at is not None, answer=row.proposal_answer),
            proposal_answered_at=row.proposal_answered_at,
            copies=row.copies,
            counts=row.counts,
            overruled_at=row.overruled_at,
            html=row.html if readable else "",
            at=row.created_at,
            corrects=numbers.get(row.corrects_id),
            hidden_at=row.hidden_at,
            hidden_reason=row.hidden_reason,
            readable=readable,
            files=tuple(files.get(row.id, ())) if readable else (),
            may_say_done=part.voice
            and shown
            and promised
            and row.promise_done_at is None
            and row.promise_verdict is None,
            may_judge=part.author and shown and promised,
            may_say_broken=part.author and shown and promised and row.promise_due <= today,
            may_propose=part.voice and shown and row.counts and row.proposed_at is None and open_to_propose,
            may_answer=part.author
            and shown
            and row.proposed_at is not None
            and row.proposal_answer is None
            and case.outcome is not Outcome.UNCONFIRMED,
            may_overrule=part.overrules and shown and not row.counts,
        )
