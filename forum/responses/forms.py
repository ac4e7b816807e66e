"""Forms of the business's side and of the outcome."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, HiddenField, RadioField
from wtforms.validators import InputRequired, Optional

from forum.accounts.models import LONGEST_NAME_CHARACTERS
from forum.core.errors import Stale
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.core.sentences import sentences
from forum.letters.lifecycle import OutcomeMove
from forum.letters.models import DETAILS, LONGEST_DETAIL_CHARACTERS, QUESTION_CHARACTERS
from forum.merchants.models import LONGEST_JOB_TITLE_CHARACTERS
from forum.responses.actions.respond import Words
from forum.responses.models import LONGEST_PROMISE_CHARACTERS, RESPONSE_CHARACTERS, AnswerLink, Remedy, ResponseDraft
from forum.responses.words import detail_words, move_words, remedy_words

ANSWER_CHARACTERS = (2, QUESTION_CHARACTERS[1])


def _guarded(facts: dict[str, Any]) -> str:
    kind = facts.get("kind")
    if kind == "email":
        what = _("the e-mail address of the author")
    elif kind == "name":
        what = _("the name of the author, whose letter shows initials only")
    elif kind == "nik":
        what = _("an identity number (NIK)")
    elif kind == "card":
        what = _("a card number")
    elif kind == "phone":
        what = _("a mobile phone number")
    else:
        what = detail_words(kind or "order").lower()
    return str(
        _(
            "Not published: this holds a private detail (%(what)s). Please take it out and send again; the author knows "
            "it, and readers must not. All your words are still here.",
            what=what,
        )
    )


sentences(
    {
        "guard_stopped": _guarded,
        "no_substance": lambda _facts: _(
            "This holds courtesies and stock phrases only. Please say what you found, what you did or will do, and when: "
            "readers and the author want to know."
        ),
        "length": lambda facts: _(
            "Between %(least)s and %(most)s characters, please.", least=facts["least"], most=facts["most"]
        ),
        "promise_half": lambda _facts: _("A promise needs both: what is promised, and by which day."),
        "promise_due": lambda _facts: _("The day of a promise lies in the future, at most one year from now."),
        "questions_used": lambda facts: _(
            "%(most)s questions were asked in this case already; more would let the clock stand without end. Please answer now.",
            most=facts["most"],
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

    text = TextField(
        _l("Official response"),
        [InputRequired(), Characters(RESPONSE_CHARACTERS)],
        description=_l(
            "What you found, what you did or will do, and when. It is public and permanent; a correction is a new response."
        ),
    )
    remedy = RadioField(_l("What was done"), [InputRequired()], choices=[])
    promise = LineField(
        _l("Promise"),
        [Characters((0, LONGEST_PROMISE_CHARACTERS))],
        description=_l("If something is still to be done: what exactly. Readers will see whether it was kept."),
    )
    promise_due = DateField(_l("Promised by"), [Optional()])
    signatory = LineField(
        _l("Name of the person who signs"), [InputRequired(), Characters((1, LONGEST_NAME_CHARACTERS))]
    )
    job_title = LineField(_l("Job title"), [InputRequired(), Characters((2, LONGEST_JOB_TITLE_CHARACTERS))])
    corrects = HiddenField()
    once = OnceField()

    def __init__(self, *, kept: ResponseDraft | AnswerLink | None = None, **defaults: Any) -> None:
        super().__init__(formdata=_of_draft(kept), **defaults)
        self.remedy.choices = [(remedy.value, remedy_words(remedy)) for remedy in Remedy]

    @property
    def words(self) -> Words:
        """What the valid form says."""
        corrects = (self.corrects.data or "").strip()
        return Words(
            text=self.text.data,
            signatory=self.signatory.data,
            job_title=self.job_title.data,
            remedy=Remedy(self.remedy.data),
            promise=self.promise.data or "",
            promise_due=self.promise_due.data,
            corrects=int(corrects) if corrects.isascii() and corrects.isdigit() and len(corrects) < 19 else None,
        )


def _of_draft(kept: ResponseDraft | AnswerLink | None) -> MultiDict[str, str] | None:
    if kept is None or not any(any(values) for name, values in kept.fields.items() if name not in {"seen", "ready", "once"}):
        return None
    return MultiDict(
        [(name, value) for name, values in kept.fields.items() if name not in {"seen", "ready", "once"} for value in values]
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
        self.outcome.choices = [(move.value, move_words(move)) for move in moves]
