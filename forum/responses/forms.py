"""Forms of the business's side and of the outcome."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, HiddenField, MultipleFileField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.core.errors import Stale
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.core.sentences import sentences
from forum.letters.lifecycle import OutcomeMove
from forum.letters.models import DETAILS, LONGEST_DETAIL_CHARACTERS, QUESTION_CHARACTERS
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS
from forum.responses import how
from forum.responses.actions.saying import Words
from forum.responses.guard import Found
from forum.responses.lifecycle import Ground, Way
from forum.responses.models import (
    LONGEST_HOW_CHARACTERS,
    LONGEST_PROMISE_CHARACTERS,
    RESPONSE_CHARACTERS,
    AnswerLink,
    Remedy,
    ResponseDraft,
)
from forum.responses.words import (
    detail_words,
    ground_words,
    mask_words,
    move_words,
    private_words,
    remedy_words,
    way_words,
)

ANSWER_CHARACTERS = (2, QUESTION_CHARACTERS[1])


def _guarded(facts: dict[str, Any]) -> str:
    return str(
        _(
            "Not published: this holds a private detail (%(what)s). Please take it out and send again; the author knows "
            "it, and readers must not. All your words are still here.",
            what=", ".join(private_words(kind) for kind in facts.get("kinds") or (facts.get("kind") or "order",)),
        )
    )


def _empty(facts: dict[str, Any]) -> str:
    missing = {
        "found": _("what you found"),
        "done": _("what you did or will do"),
        "when": _("when"),
    }
    said = [
        _(
            "This holds courtesies and stock phrases only: %(words)s words of its own are left, %(least)s are needed.",
            words=facts.get("words", 0),
            least=facts.get("least", 0),
        )
    ]
    if facts.get("stock"):
        said.append(_("Not counted: %(phrases)s.", phrases=", ".join(f"“{one}”" for one in facts["stock"])))
    lacks = [str(missing[one]) for one in facts.get("missing") or missing]
    said.append(_("Please say %(lacks)s: readers and the author want to know.", lacks=", ".join(lacks)))
    return " ".join(map(str, said))


sentences(
    {
        "guard_stopped": _guarded,
        "no_substance": _empty,
        "how_missing": lambda _facts: _("Please fill this in: it belongs to what was done."),
        "how_day": lambda _facts: _("This is not a day that we can show."),
        "rupiah": lambda _facts: _("Please write whole rupiah, for example 1.250.000."),
        "promise_done_before": lambda _facts: _("It was said before that this promise is done."),
        "no_promise": lambda _facts: _("Nothing was promised here."),
        "proposed_before": lambda _facts: _("With this response it was proposed once already. The author decides."),
        "nothing_to_propose": lambda _facts: _("This case cannot be proposed as solved now."),
        "proposal_answered": lambda _facts: _(
            "You answered this already. You can still change how it ended on the page."
        ),
        "no_phone": lambda _facts: _("Please write one phone number, with 7 to 13 digits."),
        "too_many_numbers": lambda facts: _("At most %(most)s numbers fit.", most=facts["most"]),
        "length": lambda facts: _(
            "Between %(least)s and %(most)s characters, please.", least=facts["least"], most=facts["most"]
        ),
        "promise_half": lambda _facts: _("A promise needs both: what is promised, and by which day."),
        "promise_due": lambda _facts: _("The day of a promise lies in the future, at most one year from now."),
        "questions_used": lambda facts: _(
            "%(most)s questions were asked in this case already; more would let the clock stand without end. Please answer now.",
            most=facts["most"],
        ),
        "no_question": lambda _facts: _(
            "This asks nothing that the author could answer. A question lets the clock stand, so please say what you need to know."
        ),
        "question_over": lambda _facts: _(
            "This question is closed: it was answered, or its days are over. You can still add an update to your letter."
        ),
        "outcome_over": lambda facts: _(
            "The %(days)s days in which the outcome could be said are over.", days=facts["days"]
        ),
        "no_such_response": lambda _facts: _("The response to correct does not belong to this case."),
    }
)


class _Fresh(Form):
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
    refund_amount = LineField(_l("How much, in rupiah"), [Characters((0, 40))])
    refund_way = SelectField(_l("By which way"), choices=[], validate_choice=False)
    refund_on = DateField(_l("On which day"), [Optional()])
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
    promise_amount = LineField(_l("How much, in rupiah, when it is about money"), [Characters((0, 40))])
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

    @property
    def words(self) -> Words:
        """What the valid form says; raises Invalid at a field of the how."""
        corrects, amount = (self.corrects.data or "").strip(), self.promise_amount.data
        remedy = Remedy(self.remedy.data)
        return Words(
            text=self.text.data,
            signatory=self.signatory.data,
            job_title=self.job_title.data,
            remedy=remedy,
            promise=self.promise.data or "",
            promise_due=self.promise_due.data,
            corrects=int(corrects) if corrects.isascii() and corrects.isdigit() and len(corrects) < 19 else None,
            promise_amount=how.rupiah(amount, "promise_amount") if amount else None,
            how=how.of_fields(remedy, {name: self[name].data for name in how.FORM_FIELDS}),
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
