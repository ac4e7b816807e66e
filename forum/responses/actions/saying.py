"""What a response says, and whether it can be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.errors import Invalid
from forum.core.text import clean
from forum.letters.models import LARGEST_LOSS_RUPIAH, Case
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS
from forum.responses import how, placeholders, substance
from forum.responses.actions.holding import guard_words
from forum.responses.models import LONGEST_PROMISE_CHARACTERS, RESPONSE_CHARACTERS, AnswerLink, Remedy, ResponseDraft
from forum.responses.queries.one import response_of

LONGEST_PROMISE_DAYS = 366


@dataclass(frozen=True)
class Words:
    """What a response says, as the form gives it."""

    text: str
    signatory: str
    job_title: str
    remedy: Remedy
    promise: str = ""
    promise_due: date | None = None
    corrects: int | None = None  # id of the response that this one corrects
    promise_amount: int | None = None  # whole rupiah
    how: Mapping[str, Any] = field(default_factory=dict)  # see `responses.how`


def check(case: Case, words: Words, *, files: Sequence[str] = (), proven: bool = True) -> None:
    """Raise Invalid or GuardStopped, at its field, when these words cannot be published in this case.

    `files` are the names of the files that go with them; `proven` says whether the writer is known to be of the business. If not,
    the words are checked once more, against all that is private, when they are published.
    """
    _check_length("text", words.text, RESPONSE_CHARACTERS)
    _check_length("signatory", words.signatory, (1, LONGEST_NAME_CHARACTERS))
    _check_length("job_title", words.job_title, (2, LONGEST_JOB_TITLE_CHARACTERS))
    _check_length("promise", words.promise, (0, LONGEST_PROMISE_CHARACTERS))
    check_text(words.text, (words.signatory, words.job_title))
    how.check(words.remedy, words.how)
    check_promise(words.promise, words.promise_due, words.promise_amount)
    if words.corrects is not None and response_of(case.id, words.corrects) is None:
        raise Invalid("no_such_response")
    guard_words(
        case,
        case.letter,
        proven=proven,
        text=words.text,
        **dict(how.texts(words.remedy, words.how)),
        promise=words.promise,
        signatory=words.signatory,
        job_title=words.job_title,
        files="\n".join(files),
    )


def check_text(text: str, signed: Sequence[str]) -> None:
    """Raise Invalid when a place of a template is left open, or nothing but courtesies is said; `signed` are name and title."""
    unfilled = placeholders.left_in(text)
    if unfilled:
        first = unfilled[0]
        raise Invalid("placeholder_left", field="text", found=first.found, line=first.line, around=first.around)
    weighed = substance.weigh(text, signed)
    if weighed.words < substance.LEAST_WORDS:
        raise Invalid(
            "no_substance",
            field="text",
            least=substance.LEAST_WORDS,
            words=weighed.words,
            stock=weighed.stock,
            missing=weighed.missing,
        )


def check_promise(promise: str, due: date | None, amount: int | None) -> None:
    """Raise Invalid at its field when this is half a promise, or one that cannot be waited for; `amount` is whole rupiah."""
    if bool(promise) != (due is not None):
        raise Invalid("promise_half", field="promise_due" if promise else "promise")
    if amount is not None and not promise:
        raise Invalid("promise_half", field="promise")
    if amount is not None and not 0 < amount <= LARGEST_LOSS_RUPIAH:
        raise Invalid("rupiah", field="promise_amount")
    if due is not None:
        today = local_date(utcnow(), settings().time_zone)
        if not today < due <= today + timedelta(days=LONGEST_PROMISE_DAYS):
            raise Invalid("promise_due", field="promise_due")


def _check_length(field: str, text: str, limits: tuple[int, int]) -> None:
    if not limits[0] <= len(text) <= limits[1]:
        raise Invalid("length", field=field, least=limits[0], most=limits[1])


def words_of(draft: ResponseDraft | AnswerLink) -> Words:
    """Return the words of a draft; raises Invalid when a field holds no such value."""

    def value(name: str) -> str:
        return clean((draft.fields.get(name) or [""])[0]).strip()

    def line(name: str) -> str:
        return " ".join(value(name).split())

    try:
        due = date.fromisoformat(value("promise_due")) if value("promise_due") else None
        remedy = Remedy(value("remedy"))
        corrects = int(value("corrects")) if value("corrects") else None
    except ValueError as problem:
        raise Invalid from problem
    return Words(
        text=value("text"),
        signatory=line("signatory"),
        job_title=line("job_title"),
        remedy=remedy,
        promise=line("promise"),
        promise_due=due,
        corrects=corrects,
        promise_amount=how.rupiah(value("promise_amount"), "promise_amount") if value("promise_amount") else None,
        how=how.of_fields(remedy, {name: value(name) for name in how.FORM_FIELDS}),
    )
