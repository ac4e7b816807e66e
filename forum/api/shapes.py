"""What goes in and out, as the OpenAPI document describes it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.api.lifecycle import Scope
from forum.api.models import ApiToken
from forum.api.policy import may
from forum.api.queries import CaseFacts
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.text import clean, one_line, slug
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS
from forum.responses.actions.respond import Words
from forum.responses.how import FIELDS
from forum.responses.lifecycle import Ground, Way
from forum.responses.models import LONGEST_PROMISE_CHARACTERS, RESPONSE_CHARACTERS, Remedy
from forum.responses.queries.cases import clock_of


def _line(sent: Any) -> Any:
    return one_line(sent) if isinstance(sent, str) else sent


def _text(sent: Any) -> Any:
    return clean(sent).strip() if isinstance(sent, str) else sent


Line = Annotated[str, BeforeValidator(_line)]
"""One line of words, cleaned as the forms do: no control, nothing that turns the direction of what follows."""
Paragraphs = Annotated[str, BeforeValidator(_text)]
"""The same, of several lines."""


class ClockOut(BaseModel):
    """How far the clock has run, in working days."""

    used: int
    answer_within: int
    due: Annotated[date | None, Field(description="Last day to answer in time; null while the clock stands.")]
    state: Literal["on_time", "acknowledge_late", "late", "very_late"]
    stopped: bool


class QuestionOut(BaseModel):
    """A question to the author."""

    text: str
    asked_at: datetime
    answer: str
    resumed_at: datetime | None


class ResponseOut(BaseModel):
    """An official response."""

    id: int
    text: str
    remedy: Remedy
    signatory: str
    job_title: str
    promise: str
    promise_due: date | None
    promise_amount: int | None
    how: dict[str, str | int]
    created_at: datetime
    counts: Annotated[bool, Field(description="False: near-identical to many others, the clock runs on.")]
    hidden: bool


class CaseOut(BaseModel):
    """A letter about the business, with where it stands."""

    id: int
    version: Annotated[int, Field(description="Send it back as `seen`, so that nothing is overwritten unseen.")]
    letter_id: int
    url: str
    title: str
    text: str
    byline: str
    place: str
    category: str
    published_at: datetime | None
    contested: Annotated[bool, Field(description="Somebody contests passages of the letter, and it is not decided yet.")]
    response: Literal["awaiting", "acknowledged", "asked", "answered"]
    outcome: Literal["none", "solved", "partly", "not_solved", "unconfirmed"]
    clock: ClockOut | None
    questions: list[QuestionOut]
    responses: list[ResponseOut]
    details: Annotated[dict[str, str] | None, Field(description="Private; only with the scope `details:read`.")]


class CasesOut(BaseModel):
    """A page of cases; `next` is the `after` of the next page."""

    cases: list[CaseOut]
    next: str | None


class ProblemOut(BaseModel):
    """A refusal, by RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    field: str | None = None
    detail: str


class CasesIn(BaseModel):
    """Which cases."""

    model_config = ConfigDict(extra="forbid")
    response: Literal["awaiting", "acknowledged", "asked", "answered"] | None = None
    after: str | None = None


class SeenIn(BaseModel):
    """The version that was read."""

    model_config = ConfigDict(extra="forbid")
    seen: Annotated[int, Field(ge=1, le=10**9)]


class HowIn(BaseModel):
    """How the remedy was given; what belongs to another remedy is left out."""

    model_config = ConfigDict(extra="forbid")
    amount: Annotated[int | None, Field(description="Whole rupiah; a refund needs it.", ge=1)] = None
    way: Way | None = None
    on: date | None = None
    what: Annotated[Line | None, Field(description="What was replaced, repaired or offered.")] = None
    until: date | None = None
    ground: Annotated[Ground | None, Field(description="A refusal needs it, with `words`.")] = None
    words: Line | None = None


class ResponseIn(SeenIn):
    """An official response; the rules and the guard are those of the form."""

    text: Annotated[Paragraphs, Field(min_length=RESPONSE_CHARACTERS[0], max_length=RESPONSE_CHARACTERS[1])]
    remedy: Remedy
    signatory: Annotated[Line, Field(min_length=1, max_length=LONGEST_NAME_CHARACTERS)]
    job_title: Annotated[Line, Field(min_length=2, max_length=LONGEST_JOB_TITLE_CHARACTERS)]
    promise: Annotated[Line, Field(max_length=LONGEST_PROMISE_CHARACTERS)] = ""
    promise_due: date | None = None
    promise_amount: Annotated[int | None, Field(description="Whole rupiah.", ge=1)] = None
    how: HowIn = HowIn()

    def words(self) -> Words:
        """What it says."""
        how = self.how.model_dump(mode="json", exclude_none=True)
        return Words(
            text=self.text,
            signatory=self.signatory,
            job_title=self.job_title,
            remedy=self.remedy,
            promise=self.promise,
            promise_due=self.promise_due,
            promise_amount=self.promise_amount,
            how={key: value for key, value in how.items() if key in FIELDS[self.remedy]},
        )


def told(facts: CaseFacts, token: ApiToken) -> dict[str, Any]:
    """Return a case as the interface tells it to the holder of this token."""
    case, letter = facts.case, facts.case.letter
    ran = clock_of(case, letter, case.answered_at or utcnow()) if case.started_at else None
    return CaseOut(
        id=case.id,
        version=case.version,
        letter_id=letter.id,
        url=f"{settings().site_url}/letters/{letter.id}-{slug(letter.title)}",
        title=letter.title,
        text=letter.text,
        byline=letter.byline,
        place=letter.place,
        category=letter.category,
        published_at=letter.published_at,
        contested=letter.contested_at is not None,
        response=case.response.value,
        outcome=case.outcome.value,
        clock=None
        if ran is None
        else ClockOut(used=ran.used, answer_within=ran.answer, due=ran.due, state=ran.state.value, stopped=ran.stopped),
        questions=[
            QuestionOut(text=one.text, asked_at=one.asked_at, answer=one.answer, resumed_at=one.resumed_at)
            for one in case.questions
        ],
        responses=[
            ResponseOut(
                id=one.id,
                text=one.text,
                remedy=one.remedy,
                signatory=one.signatory,
                job_title=one.job_title,
                promise=one.promise,
                promise_due=one.promise_due,
                promise_amount=one.promise_amount,
                how=one.how,
                created_at=one.created_at,
                counts=one.counts,
                hidden=one.hidden_at is not None,
            )
            for one in facts.responses
        ],
        details=dict(case.details or {}) if may(token, Scope.READ_DETAILS) else None,
    ).model_dump(mode="json")
