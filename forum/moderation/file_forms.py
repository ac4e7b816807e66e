"""What moderators fill in about a file, and the sentences of what can go wrong."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from forum.attachments.forms import CoverForm
from forum.attachments.models import Matches, Shows
from forum.attachments.words import MATCHES, SHOWS
from forum.core.forms import Characters, Form, TextField
from forum.core.proposing import put
from forum.core.sentences import sentences
from forum.moderation.forms import SHORT, ReasonField
from forum.moderation.lifecycle import OriginalReason, Reason
from forum.moderation.words import ORIGINAL_REASONS, proposal

sentences(
    {
        "shows_needed": lambda _facts: _("Please say what the file shows."),
        "why_needed": lambda _facts: _("Please say why you open the original."),
    }
)


class CheckForm(Form):
    """What a moderator saw in a file."""

    shows = SelectField(_l("What it shows"), validate_choice=False, default="")
    agrees = SelectMultipleField(
        _l("What agrees with the letter"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shows.choices = [
            SelectChoice("", _("Choose what it shows")),
            *(SelectChoice(one.value, words) for one, words in SHOWS.items()),
        ]
        self.agrees.choices = [SelectChoice(one.value, words) for one, words in MATCHES.items()]

    @property
    def seen(self) -> Shows | None:
        """What it shows, None for none."""
        return Shows(self.shows.data) if self.shows.data in set(Shows) else None

    @property
    def agreeing(self) -> list[Matches]:
        """What agrees; anything that is not of the list is none."""
        return [one for one in Matches if one.value in (self.agrees.data or ())]


class CoverFileForm(CoverForm):
    """Parts of somebody's file to cover, with the reason and the words to its owner."""

    reason = ReasonField(_l("Reason"))
    message = TextField(
        _l("Message to the person concerned"),
        [Characters(SHORT)],
        description=_l("Choosing a reason proposes a text that you may change."),
    )

    def __init__(self, *, to: str | None = None, **kwargs: Any) -> None:
        """`to`: language of the person who gets the words."""
        super().__init__(**kwargs)
        self.to = to
        self.reason.choices = self.reason.offer(to)

    @property
    def why(self) -> Reason | None:
        """The reason, None while there is none."""
        return self.reason.data or None

    def propose(self) -> bool:
        """Put the proposed words into an empty message of a chosen reason and ask to read them; whether it did."""
        return self.why is not None and put(self.message, proposal(self.why, self.to))


class OriginalForm(Form):
    """Why the sealed original is opened."""

    why = SelectField(_l("Why do you open it?"), validate_choice=False, default="")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.why.choices = [
            SelectChoice("", _("Choose a reason")),
            *(SelectChoice(one.value, words) for one, words in ORIGINAL_REASONS.items()),
        ]

    @property
    def chosen(self) -> OriginalReason | None:
        """The reason, None while there is none."""
        return OriginalReason(self.why.data) if self.why.data in set(OriginalReason) else None
