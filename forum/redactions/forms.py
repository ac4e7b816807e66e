"""The form on which words are covered, and the sentences of what can go wrong."""

from typing import Any, Final

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from forum.core.errors import Invalid
from forum.core.forms import Characters, Form, OnceField, TextField
from forum.core.secrecy import digest
from forum.core.sentences import sentences
from forum.core.text import clean
from forum.redactions.actions.redact import AUTHORS_REASONS
from forum.redactions.lifecycle import BY_HAND, Label, Reach, Reason
from forum.redactions.marks import MOST_WORDS
from forum.redactions.words import LABELS, REASONS

LONGEST_FORM_CHARACTERS: Final = 4_000

sentences(
    {
        "no_words": lambda _facts: _("Please write the words that are to be covered, or tick some of the proposals."),
        "many_words": lambda facts: _(
            "At most %(most)s at once. Please cover the others afterwards.", most=facts["most"]
        ),
        "many_redactions": lambda facts: _(
            "You have covered words under this letter %(most)s times, which is the most. Please report what else is to be covered.",
            most=facts["most"],
        ),
        "words_unfit": lambda facts: _(
            "“%(words)s” cannot be covered: it takes %(least)s to %(most)s characters with letters or figures, and no mark that covers something already.",
            words=facts["words"],
            least=facts["least"],
            most=facts["most"],
        ),
        "words_not_found": lambda facts: _(
            "“%(words)s” stands nowhere here. Please copy the words exactly as they stand.", words=facts["words"]
        ),
        "label_needed": lambda _facts: _("Please choose what the words are."),
        "contest_open": lambda _facts: _("These words are contested. The decision on the contest shows them again, or not."),
        "already_undone": lambda _facts: _("These words are shown again already."),
    }
)


class RedactForm(Form):
    """Words to be covered: typed, one on a line, or ticked among the proposals as `label|words`."""

    words = TextField(
        _l("Words to be covered"),
        [Characters((0, LONGEST_FORM_CHARACTERS))],
        description=_l("Exactly as they stand, each on a line of its own. Numbers are found however they are spaced."),
    )
    label = SelectField(_l("What are the words you typed?"), default="", validate_choice=False)
    reason = RadioField(_l("Why are they covered?"), [InputRequired(_l("Please choose a reason."))])
    do = StringField()
    looked_at = HiddenField()  # fingerprint of what the preview showed
    once = OnceField()

    def __init__(self, reach: Reach, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        reasons = AUTHORS_REASONS if reach is Reach.OWN else BY_HAND
        self.reason.choices = [SelectChoice(one.value, REASONS[one]) for one in reasons]
        self.label.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(one.value, words) for one, words in LABELS.items()),
        ]

    @property
    def ticked(self) -> list[str]:
        """The proposals that were ticked, as they were sent."""
        return request.form.getlist("found")[: MOST_WORDS * 2] if request.method == "POST" else []

    @property
    def why(self) -> Reason:
        """The reason of the closed list."""
        return Reason(self.reason.data)

    @property
    def is_confirmed(self) -> bool:
        """Whether the button confirms just what the preview showed."""
        return self.do.data == "confirm" and self.looked_at.data == self.fingerprint()

    def fingerprint(self) -> str:
        """Return what stands for the words and the reason as they are in the form now."""
        return digest(repr((self.words.data, self.label.data, sorted(self.ticked), self.reason.data)))

    def wanted(self) -> dict[Label, list[str]]:
        """Return the words by label; raises Invalid("label_needed") for typed words without one, Invalid for a strange proposal."""
        wanted: dict[Label, list[str]] = {}
        typed = [line.strip() for line in (self.words.data or "").splitlines() if line.strip()]
        if typed:
            if self.label.data not in set(Label):
                raise Invalid("label_needed", field="label")
            wanted[Label(self.label.data)] = typed
        for value in self.ticked:
            label, bar, words = clean(value).partition("|")
            if label not in set(Label) or not bar:
                raise Invalid(field="words")
            wanted.setdefault(Label(label), []).append(words)
        return wanted
