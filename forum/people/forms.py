"""What moderators fill in about people."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, MultipleFileField, SelectChoice, SelectField
from wtforms.validators import Optional

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS, Scope
from forum.accounts.rights import Standing
from forum.core.forms import Characters, Form, LineField, OnceField, TextField
from forum.core.proposing import put
from forum.letters.forms.fields import DayField
from forum.people.lifecycle import Authority, SanctionKind, SanctionReason
from forum.people.models import (
    LONGEST_AUTHORITY_CHARACTERS,
    LONGEST_DAYS,
    LONGEST_REFERENCE_CHARACTERS,
    MESSAGE_CHARACTERS,
    WHY_CHARACTERS,
)
from forum.people.words import AUTHORITIES, SANCTION_REASONS, SANCTIONS, SCOPES, STANDINGS, proposal

SHORT = (0, MESSAGE_CHARACTERS[1])
WHY = (0, WHY_CHARACTERS[1])


def _choices(first: str, words: dict[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice("", first), *(SelectChoice(one.value, words[one]) for one in words)]


class SanctionForm(Form):
    """What is done about an account."""

    kind = SelectField(_l("What is done?"), default="", validate_choice=False)
    scope = SelectField(
        _l("What does a limit take away?"), default="", validate_choice=False, description=_l("For a limit only.")
    )
    days = IntegerField(
        _l("For how many days?"),
        [Optional()],
        description=_l("Needed for a limit. A suspension without days holds until it is lifted; a warning takes nothing away."),
    )
    reason = SelectField(_l("Reason"), default="", validate_choice=False)
    message = TextField(
        _l("Message to the person concerned"),
        [Characters(SHORT)],
        description=_l("It says what happened, with the places. The mail adds reason, length and the way to appeal."),
    )
    why = TextField(
        _l("Why does it need to be?"),
        [Characters(WHY)],
        id="sanction-why",
        description=_l("For the second person, who has to confirm it, since this person holds an office."),
    )

    def __init__(self, *, to: str | None = None, **kwargs: Any) -> None:
        """`to`: language of the person who gets the words."""
        super().__init__(**kwargs)
        self.to = to
        self.kind.choices = _choices(_("Choose what is done"), SANCTIONS)
        self.scope.choices = _choices(_("Nothing"), SCOPES)
        self.reason.choices = [
            SelectChoice("", _("Choose a reason")),
            *(SelectChoice(one.value, words, render_kw={"data-proposal": proposal(one, to)}) for one, words in SANCTION_REASONS.items()),
        ]

    def propose(self) -> bool:
        """Put the proposed words into an empty message of a chosen reason and ask to read them; whether it did."""
        reason = self.values["reason"]
        return reason is not None and put(self.message, proposal(reason, self.to))

    @property
    def values(self) -> dict[str, Any]:
        """What the actions take; None for what is not of a closed list."""
        return {
            "kind": SanctionKind(self.kind.data) if self.kind.data in set(SanctionKind) else None,
            "scope": Scope(self.scope.data) if self.scope.data in set(Scope) else None,
            "reason": SanctionReason(self.reason.data) if self.reason.data in set(SanctionReason) else None,
            "days": self.days.data if self.days.data is None or abs(self.days.data) <= LONGEST_DAYS else 0,
            "message": self.message.data or "",
        }


class LiftForm(Form):
    """Words with which a sanction ends early."""

    message = TextField(_l("Message to the person concerned"), [Characters(SHORT)], id="lift-message")


class RightsForm(Form):
    """Who is to be appointed or dismissed."""

    email = LineField(_l("E-mail address of the account"), [Characters((0, LONGEST_EMAIL_CHARACTERS))])
    standing = SelectField(_l("Office from then on"), default="", validate_choice=False)
    why = TextField(_l("Why?"), [Characters(WHY)], description=_l("For the second person, who has to confirm it."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.standing.choices = _choices(_("Choose an office"), STANDINGS)

    @property
    def chosen(self) -> Standing | None:
        """The office, None while there is none."""
        return Standing(self.standing.data) if self.standing.data in set(Standing) else None


class AskForm(Form):
    """Why something is needed that takes two persons."""

    why = TextField(
        _l("Why is it needed?"),
        [Characters(WHY)],
        id="ask-why",
        description=_l("For the second person, who has to confirm it. It stays in the record."),
    )


class OrderForm(Form):
    """An order of an authority to say who somebody is."""

    file_fields: ClassVar[tuple[str, ...]] = ("files",)
    authority = SelectField(_l("Who ordered it?"), default="", validate_choice=False)
    name = LineField(_l("Name of the authority"), [Characters((0, LONGEST_AUTHORITY_CHARACTERS))], description=_l("With its place, as in the order."))
    reference = LineField(_l("Number of the order"), [Characters((0, LONGEST_REFERENCE_CHARACTERS))])
    dated_on = DayField(_l("Dated"), [Optional()])
    files = MultipleFileField(_l("The document"))
    forbids = BooleanField(_l("The order forbids to tell the person"))
    silent_until = DayField(_l("From which day may the person be told?"), [Optional()], description=_l("Needed if the order forbids it. The site tells them on that day by itself."))
    once = OnceField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.authority.choices = _choices(_("Choose an authority"), AUTHORITIES)

    @property
    def chosen(self) -> Authority | None:
        """The authority, None while there is none."""
        return Authority(self.authority.data) if self.authority.data in set(Authority) else None
