"""Returning a letter with marked passages: what a moderator fills in, and the sentences of what can go wrong."""

from typing import Final

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, ValidationError

from forum.core.forms import Characters, LineField, TextField, without_nul
from forum.core.secrecy import digest
from forum.core.sentences import sentences
from forum.core.text import clean
from forum.letters.actions import Marked
from forum.letters.lifecycle import MarkReason
from forum.letters.models import MARK_CHARACTERS, MOST_MARKS
from forum.letters.words import MARK_REASONS
from forum.moderation.forms import DecisionForm

LONGEST_LIST_CHARACTERS: Final = 8_000
KEY_CHARACTERS: Final = 12

sentences(
    {
        "mark_unfit": lambda facts: _(
            "A marked passage takes %(least)s to %(most)s characters with letters or figures.", least=facts["least"], most=facts["most"]
        ),
        "mark_words": lambda facts: _("A word about a passage takes %(most)s characters at most.", most=facts["most"]),
        "many_marks": lambda facts: _("At most %(most)s passages. Please mark those that matter.", most=facts["most"]),
    }
)


def key_of(passage: str) -> str:
    """Return what the fields of a passage are called by: the same for the same words."""
    return digest(passage)[:KEY_CHARACTERS]


class ReturnForm(DecisionForm):
    """Sentences that were ticked, each with its reason and a word, words that were copied, and the decision as a whole."""

    passages = TextField(
        _l("Or copy the exact words"),
        [Characters((0, LONGEST_LIST_CHARACTERS))],
        description=_l("Only part of a sentence, such as a name or a number: exactly as it stands, each on a line of its own."),
    )
    why = SelectField(_l("Why are the copied words marked?"), default="", validate_choice=False)
    word = LineField(_l("A word about them"), [Characters(MARK_CHARACTERS)], description=_l("You may leave this empty."))

    def __init__(self, *, to: str | None = None, **kwargs: object) -> None:
        super().__init__(to=to, **kwargs)
        self.why.choices = [SelectChoice("", _("Choose a reason")), *(SelectChoice(one.value, words) for one, words in MARK_REASONS.items())]

    def validate_passages(self, field: TextField) -> None:
        """Each passage that is marked needs a reason; told together with what else is wrong."""
        if any(one["reason"] is None for one in self.ticked.values()):
            raise ValidationError(_("Please choose a reason for each passage that you ticked."))
        if field.data and field.data.strip() and _reason(self.why.data) is None:
            raise ValidationError(_("Please choose why the copied words are marked."))

    @property
    def ticked(self) -> dict[str, dict[str, str | MarkReason | None]]:
        """The sentences that were ticked: by passage the reason (None while there is none) and the word."""
        if request.method != "POST":
            return {}
        found: dict[str, dict[str, str | MarkReason | None]] = {}
        for sent in request.form.getlist("sentence")[: MOST_MARKS * 3]:
            passage = clean(without_nul(sent))
            key = key_of(passage)
            found[passage] = {
                "reason": _reason(request.form.get(f"why-{key}", "")),
                "words": clean(without_nul(request.form.get(f"word-{key}", "")[: MARK_CHARACTERS[1] * 2])),
            }
        return found

    @property
    def marks(self) -> list[Marked]:
        """Every passage that is marked; those of a form that holds have a reason each."""
        marks = [
            Marked(passage, one["reason"], str(one["words"])) for passage, one in self.ticked.items() if isinstance(one["reason"], MarkReason)
        ]
        why = _reason(self.why.data)
        lines = (self.passages.data or "").splitlines()
        return marks + [Marked(line.strip(), why, self.word.data or "") for line in lines if line.strip() and why is not None]


def _reason(value: str | None) -> MarkReason | None:
    return MarkReason(value) if value in set(MarkReason) else None
