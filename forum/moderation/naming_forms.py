"""What moderators fill in about the names of businesses, and the sentences of what can go wrong."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField
from wtforms.validators import InputRequired

from forum.core.forms import Characters, Form, LineField
from forum.core.sentences import sentences
from forum.merchants.lifecycle import NameKind
from forum.merchants.models import LONGEST_MERCHANT_NAME_CHARACTERS
from forum.moderation.lifecycle import MERGE_REASONS, SPLIT_REASONS, JoinReason
from forum.moderation.words import JOIN_REASONS, NAME_KINDS

NAME = (1, LONGEST_MERCHANT_NAME_CHARACTERS)


def _letters(facts: dict[str, Any]) -> str:
    return ", ".join(str(number) for number in facts.get("letters", ()))


sentences(
    {
        "same_business": lambda _facts: _("This is the same business."),
        "no_such_business": lambda _facts: _("No business has this name."),
        "both_answered": lambda facts: _(
            "Letters to both businesses have official responses of each, and a response is permanent: %(letters)s. They cannot become one.",
            letters=_letters(facts),
        ),
        "too_many_double": lambda facts: _(
            "More than %(most)s letters name both businesses. Move some of them first.", most=facts["most"]
        ),
        "merged_further": lambda _facts: _(
            "The business was merged into a third one since. Undo that merge first."
        ),
        "nothing_chosen": lambda _facts: _("Please choose letters or names, at most those of one page."),
        "answered_here": lambda facts: _(
            "This business answered these letters already, and a response is permanent: %(letters)s.", letters=_letters(facts)
        ),
        "names_both": lambda facts: _(
            "These letters name the other business already: %(letters)s.", letters=_letters(facts)
        ),
    }
)


def _reasons(reasons: Iterable[JoinReason]) -> list[SelectChoice]:
    return [SelectChoice("", _l("Choose a reason")), *(SelectChoice(one.value, JOIN_REASONS[one]) for one in reasons)]


class NameForm(Form):
    """Another name of a business."""

    name = LineField(_l("Another name"), [Characters(NAME)])
    kind = SelectField(
        _l("What is it?"), choices=[SelectChoice(kind.value, words) for kind, words in NAME_KINDS.items()]
    )

    @property
    def chosen(self) -> NameKind:
        """The kind of the closed list."""
        return NameKind(self.kind.data)


class NameDecisionForm(Form):
    """Words to the owner who proposed a name; the button says the rest."""

    message = LineField(_l("Message to the person concerned"), [Characters((0, 300))])


class MergeForm(Form):
    """One business goes up into another."""

    source = HiddenField(validators=[InputRequired()])
    kind = SelectField(
        _l("What is its name to the other business?"),
        choices=[SelectChoice(kind.value, words) for kind, words in NAME_KINDS.items()],
        default=NameKind.ALIAS.value,
    )
    reason = SelectField(
        _l("Reason"), [InputRequired()], choices=lambda: _reasons(MERGE_REASONS), description=_l("It stands in the public record.")
    )
    voices = BooleanField(
        _l("Its representatives speak for the other business from now on"),
        description=_l("Only when you checked that they belong to it. Otherwise their authority ends here."),
    )

    @property
    def chosen(self) -> tuple[JoinReason, NameKind]:
        """Reason and kind of the closed lists."""
        return JoinReason(self.reason.data), NameKind(self.kind.data)


class SplitForm(Form):
    """Chosen letters and names go to another business."""

    to = LineField(
        _l("To which business?"),
        [Characters(NAME)],
        description=_l("A name that nobody has yet makes a new business."),
    )
    reason = SelectField(
        _l("Reason"), [InputRequired()], choices=lambda: _reasons(SPLIT_REASONS), description=_l("It stands in the public record.")
    )

    @property
    def chosen(self) -> JoinReason:
        """The reason of the closed list."""
        return JoinReason(self.reason.data)
