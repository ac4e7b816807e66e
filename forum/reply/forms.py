"""The forms of the right of reply, and the sentences of what can go wrong."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, LONGEST_NAME_CHARACTERS
from forum.core.forms import Characters, Form, LineField, OnceField, TextField
from forum.core.proposing import put
from forum.core.sentences import sentences
from forum.letters.lifecycle import NameShown
from forum.reply.lifecycle import Refusal
from forum.reply.models import MESSAGE_CHARACTERS, PLACE_CHARACTERS, REPLY_CHARACTERS
from forum.reply.words import REFUSALS, proposal

sentences(
    {
        "reply_waits": lambda _facts: _(
            "An earlier reply from this address waits for the editors. Please wait for their decision, then send a correction."
        ),
    }
)


class ReplyForm(Form):
    """What a person named in the letter says to it."""

    name = LineField(_l("Your name"), [Characters((1, LONGEST_NAME_CHARACTERS))])
    name_shown = RadioField(
        _l("How is your name shown?"),
        choices=[SelectChoice(NameShown.FULL.value, _l("In full")), SelectChoice(NameShown.INITIALS.value, _l("As initials"))],
        default=NameShown.FULL.value,
    )
    place = LineField(
        _l("Where does the letter speak of you?"),
        [Characters(PLACE_CHARACTERS)],
        description=_l("For example: “I am the courier in the second paragraph.” Only the editors read this."),
    )
    text = TextField(
        _l("Your reply"),
        [Characters(REPLY_CHARACTERS)],
        description=_l("Plain text. It is published as you write it, or not at all: nobody changes a word."),
    )
    email = LineField(
        _l("E-mail address"),
        [InputRequired(), Characters((3, LONGEST_EMAIL_CHARACTERS))],
        description=_l("You get a link that confirms your reply and shows how it stands. Nobody but the editors sees the address."),
    )
    once = OnceField()

    @property
    def shown(self) -> NameShown:
        """How the name is shown."""
        return NameShown(self.name_shown.data)


class ReviewForm(Form):
    """A decision on a right of reply; `decision` is the button that was pressed."""

    decision = StringField()
    reason = SelectField(_l("Reason"), default="", validate_choice=False, description=_l("Needed for a refusal."))
    message = TextField(
        _l("Message to the person concerned"),
        [Characters((0, MESSAGE_CHARACTERS[1]))],
        description=_l("Choosing a reason proposes a text that you may change."),
    )

    def __init__(self, *, to: str | None = None, **kwargs: Any) -> None:
        """`to`: language of the person who gets the words."""
        super().__init__(**kwargs)
        self.to = to
        self.reason.choices = [
            SelectChoice("", _("Choose a reason")),
            *(SelectChoice(one.value, words, render_kw={"data-proposal": proposal(one, to)}) for one, words in REFUSALS.items()),
        ]

    @property
    def chosen(self) -> Refusal | None:
        """The reason of the closed list, None while there is none."""
        return Refusal(self.reason.data) if self.reason.data in set(Refusal) else None

    def propose(self) -> bool:
        """Put the proposed words into an empty message of a chosen reason and ask to read them; whether it did."""
        return self.chosen is not None and put(self.message, proposal(self.chosen, self.to))
