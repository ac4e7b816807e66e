"""Forms of the business's side and of the outcome."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, HiddenField, MultipleFileField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.core.errors import Invalid, Stale
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.core.sentences import sentence, sentences
from forum.letters.lifecycle import OutcomeMove
from forum.letters.models import DETAILS, LONGEST_DETAIL_CHARACTERS, QUESTION_CHARACTERS
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS
from forum.responses import how
from forum.responses.actions.saying import Words, check_promise, check_text
from forum.responses.guard import Found, GuardStopped
from forum.responses.lifecycle import Ground, Way
from forum.responses.models import (
    LONGEST_HOW_CHARACTERS,
    LONGEST_PROMISE_CHARACTERS,
    RESPONSE_CHARACTERS,
    AnswerLink,
    Remedy,
    ResponseDraft,
)
from forum.responses.refusals import REFUSALS
from forum.responses.words import (
    detail_words,
    ground_words,
    mask_words,
    move_words,
    remedy_words,
    way_words,
)

ANSWER_CHARACTERS = (2, QUESTION_CHARACTERS[1])

sentences(REFUSALS)


class Guarded(Form):
    """A form whose words the guard reads: what it found is told at its field, the summary only leads there."""

    def explain(self, problem: Any) -> None:
        super().explain(problem)
        if isinstance(problem, GuardStopped):
            self.briefly[sentence(problem)] = _("a private detail must be taken out")


class _Fresh(Guarded):
    """A form that knows the version its reader saw."""

    seen = SeenField()

    def now_at(self, version: int) -> None:
        """Take the version shown now, after the person was told that something changed."""
        self.seen.raw_data, self.seen.data = None, version

    def explain(self, problem: Any) -> None:
        super().explain(problem)
        if isinstance(problem, Stale) and "now" in problem.facts:
            self.now_at(problem.facts["now"])


class ResponseForm(_Fresh):
    """The official response."""

    file_fields: ClassVar[tuple[str, ...]] = ("files",)

    text = TextField(
        _l("Official response"),
        [InputRequired(), Characters(RESPONSE_CHARACTERS)],
        description=_l(
            "What you found, what you did or will do, and when. It is public and permanent; a correction is a new response."
        ),
    )
    remedy = RadioField(_l("What was done"), [InputRequired()], choices=[])
    refund_amount = LineField(
        _l("How much was returned, in rupiah"),
        [Characters((0, 40))],
        description=_l("Only money that is returned already. What is still to be returned is a promise, below."),
    )
    refund_way = SelectField(_l("By which way"), choices=[], validate_choice=False)
    refund_on = DateField(_l("On which day it was returned"), [Optional()])
    goods = LineField(_l("What was replaced or repaired"), [Characters((0, LONGEST_HOW_CHARACTERS))])
    goods_on = DateField(_l("On which day"), [Optional()])
    offer = LineField(_l("What you offer"), [Characters((0, LONGEST_HOW_CHARACTERS))])
    offer_until = DateField(_l("Until which day it stands"), [Optional()])
    ground = SelectField(_l("Ground of the refusal"), choices=[], validate_choice=False)
    ground_words = LineField(_l("The ground in your words"), [Characters((0, LONGEST_HOW_CHARACTERS))])
    promise = LineField(
        _l("Promise"),
        [Characters((0, LONGEST_PROMISE_CHARACTERS))],
        description=_l("If something is still to be done: what exactly. Readers will see whether it was kept."),
    )
    promise_due = DateField(_l("Promised by"), [Optional()])
    promise_amount = LineField(
        _l("How much, in rupiah, when it is about money"),
        [Characters((0, 40))],
        description=_l("Only money that is still to be paid."),
    )
    files = MultipleFileField(_l("Files, public with the response"))
    same = HiddenField()  # "1": the writer was told that the same words went to many letters
    signatory = LineField(
        _l("Name of the person who signs"), [InputRequired(), Characters((1, LONGEST_NAME_CHARACTERS))]
    )
    job_title = LineField(_l("Job title"), [InputRequired(), Characters((2, LONGEST_JOB_TITLE_CHARACTERS))])
    corrects = HiddenField()
    once = OnceField()

    def __init__(self, *, kept: ResponseDraft | AnswerLink | None = None, **defaults: Any) -> None:
        super().__init__(formdata=_of_draft(kept), **defaults)
        self.remedy.choices = [SelectChoice(remedy.value, remedy_words(remedy)) for remedy in Remedy]
        self.refund_way.choices = [
            SelectChoice("", _("Please choose")),
            *(SelectChoice(way.value, way_words(way)) for way in Way),
        ]
        self.ground.choices = [
            SelectChoice("", _("Please choose")),
            *(SelectChoice(ground.value, ground_words(ground)) for ground in Ground),
        ]
        for name in how.NEEDED_FIELDS:
            self[name].flags.needed = True  # with its remedy; the browser cannot ask for it, the field may be hidden

    def validate(self, extra_validators: Any = None) -> bool:
        """Tell all that is wrong at once: in each field, in how the remedy was given, and in the promise."""
        holds = super().validate(extra_validators)
        found = list(self._problems())
        for problem in found:
            if not self[problem.field].errors:
                self.explain(problem)
        return bool(holds) and not found

    def _problems(self) -> Iterator[Invalid]:
        if self.remedy.data in set(Remedy):
            yield from how.problems(Remedy(self.remedy.data), self._how)
        signed = (self.signatory.data or "", self.job_title.data or "")
        checks: list[Callable[[], None]] = [lambda: check_promise(self.promise.data or "", self.promise_due.data, self._amount)]
        if not self.text.errors:  # what is too long is not weighed
            checks.append(lambda: check_text(self.text.data, signed))
        for check in checks:
            try:
                check()
            except Invalid as problem:
                yield problem

    @property
    def _how(self) -> dict[str, Any]:
        return {name: self[name].data for name in how.FORM_FIELDS}

    @property
    def _amount(self) -> int | None:
        typed = self.promise_amount.data
        return how.rupiah(typed, "promise_amount") if typed else None

    @property
    def words(self) -> Words:
        """What the valid form says; raises Invalid at a field of the how."""
        corrects = (self.corrects.data or "").strip()
        remedy = Remedy(self.remedy.data)
        return Words(
            text=self.text.data,
            signatory=self.signatory.data,
            job_title=self.job_title.data,
            remedy=remedy,
            promise=self.promise.data or "",
            promise_due=self.promise_due.data,
            corrects=int(corrects) if corrects.isascii() and corrects.isdigit() and len(corrects) < 19 else None,
            promise_amount=self._amount,
            how=how.of_fields(remedy, self._how),
        )

    def mask(self, found: Iterable[Found]) -> None:
        """Put words in place of what the guard found, in the fields that were typed."""
        for one in sorted(found, key=lambda each: (each.field, -each.start)):
            field = self._fields.get(one.field)
            if field is not None and isinstance(field.data, str):
                field.data = field.data[: one.start] + mask_words(one.kind) + field.data[one.end :]
                field.raw_data = [field.data]


NOT_TYPED = frozenset({"seen", "ready", "once"})


def _of_draft(kept: ResponseDraft | AnswerLink | None) -> MultiDict[str, str] | None:
    if kept is None or not any(any(values) for name, values in kept.fields.items() if name not in NOT_TYPED):
        return None
    return MultiDict(
        [(name, value) for name, values in kept.fields.items() if name not in NOT_TYPED for value in values]
    )


class QuestionForm(_Fresh):
    """A question to the author."""

    text = TextField(
        _l("Your question"),
        [InputRequired(), Characters(QUESTION_CHARACTERS)],
        description=_l(
            "Public. Ask for order, ticket or phone numbers here; the author gives them in private fields that only you and the moderators see."
        ),
    )


class AnswerForm(Form):
    """The author's answer to a question: public words, and private details for the business alone."""

    text = TextField(_l("Your answer, public"), [InputRequired(), Characters(ANSWER_CHARACTERS)])
    order = LineField("", [Characters((0, LONGEST_DETAIL_CHARACTERS))])
    tracking = LineField("", [Characters((0, LONGEST_DETAIL_CHARACTERS))])
    ticket = LineField("", [Characters((0, LONGEST_DETAIL_CHARACTERS))])
    customer = LineField("", [Characters((0, LONGEST_DETAIL_CHARACTERS))])
    phone = LineField("", [Characters((0, LONGEST_DETAIL_CHARACTERS))])
    bought_on = DateField(_l("Day of the purchase or transaction"), [Optional()])
    receipt = MultipleFileField(_l("Receipt or screenshot"))
    file_fields: ClassVar[tuple[str, ...]] = ("receipt",)

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**defaults)
        for field in self.private:
            field.label.text = detail_words(field.name)

    @property
    def private(self) -> list[Any]:
        """The fields of private details, in their order."""
        return [self[name] for name in DETAILS]

    @property
    def details(self) -> dict[str, str]:
        """What was typed into the private fields."""
        return {field.name: field.data for field in self.private if field.data}


class SeenForm(_Fresh):
    """Only a button, and the version its reader saw."""


class OutcomeForm(_Fresh):
    """How it ended, said by the author."""

    outcome = RadioField(_l("How did it end?"), [InputRequired()], choices=[])

    def __init__(self, *, moves: list[OutcomeMove], **defaults: Any) -> None:
        super().__init__(**defaults)
        self.outcome.choices = [SelectChoice(move.value, move_words(move)) for move in moves]
