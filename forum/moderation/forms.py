"""What moderators and reporters fill in, and the sentences of what can go wrong."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Optional

from forum.accounts.models import LONGEST_EMAIL_CHARACTERS
from forum.core.errors import Invalid
from forum.core.formats import moment
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.core.proposing import put
from forum.core.sentences import sentence, sentences
from forum.core.traps import Trapped
from forum.merchants.lifecycle import ClaimReason
from forum.merchants.models import LONGEST_DOMAIN_CHARACTERS, SOURCE_CHARACTERS
from forum.merchants.words import REFUSALS
from forum.moderation.lifecycle import Reason, ReportReason
from forum.moderation.models import MESSAGE_CHARACTERS, REPORT_CHARACTERS
from forum.moderation.words import OWN_CHECKS, REASONS, REPORT_REASONS, proposal
from forum.responses.lifecycle import OwnCheck
from forum.responses.models import CHECK_CHARACTERS

SHORT = (0, MESSAGE_CHARACTERS[1])


def _needed(facts: dict[str, Any]) -> str:
    return str(_("Please write %(least)s to %(most)s characters.", least=facts["least"], most=facts["most"]))


sentences(
    {
        "reason_needed": lambda _facts: _("Please choose a reason."),
        "check_needed": lambda _facts: _("Please say how you checked that it comes from the business."),
        "say_what_checked": lambda facts: _(
            "Please say in %(least)s to %(most)s characters what you checked.", least=facts["least"], most=facts["most"]
        ),
        "words_needed": _needed,
        "say_what": lambda _facts: _("Please say in a few words what is wrong."),
        "already_decided": lambda _facts: _("Another moderator has decided meanwhile. The page shows the new state."),
        "already_hidden": lambda _facts: _("This is not shown any more. The page shows the new state."),
        "in_other_hands": lambda facts: _(
            "%(name)s has this in hand until %(until)s. Please leave it to them, or wait until it is free.",
            name=facts["name"],
            until=moment(facts["until"]),
        ),
        "hands_full": lambda facts: _("You have %(most)s items in hand. Please decide or put back some of them first.", most=facts["most"]),
        "not_reported_as_spam": lambda _facts: _("Nobody reported this as advertising. Please decide it on its own page."),
        "no_such_moderator": lambda _facts: _("Please choose another moderator."),
        "letter_gone": lambda _facts: _("The letter is not in print any more: nothing can be published under it."),
        "source_needed": lambda facts: _(
            "Please say in %(least)s to %(most)s characters where the address is published.", least=facts["least"], most=facts["most"]
        ),
        "contact_refused": lambda _facts: _(
            "Somebody at this address refused mail about letters. Only the business itself can register it again."
        ),
        "many_contacts": lambda facts: _("A business has %(most)s addresses at most. Please remove one first.", most=facts["most"]),
        "not_hidden": lambda _facts: _("This is shown already, or its author took it away."),
    }
)


class ReasonField(SelectField):
    """A reason of the closed list, or none yet; each choice carries the proposed words for the browser."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, choices=self.offer, coerce=_reason, default=None, **kwargs)

    @staticmethod
    def offer(language: str | None = None) -> list[SelectChoice]:
        """Return the choices, with the words proposed in the language of the person who gets them."""
        known = [
            SelectChoice(reason.value, words, render_kw={"data-proposal": proposal(reason, language)})
            for reason, words in REASONS.items()
            if reason is not Reason.NOT_CUSTOMER
        ]
        return [SelectChoice("", _("Choose a reason")), *known]

    def pre_validate(self, form: Any) -> None:
        """Anything else was read as no reason."""


def _reason(value: Any) -> Reason | str:
    return Reason(value) if value in set(Reason) else ""


class DecisionForm(Form):
    """Reason and words of one decision; `decision` is the button that was pressed."""

    decision = StringField()
    reason = ReasonField(_l("Reason"), description=_l("Needed for every decision against somebody."))
    message = TextField(
        _l("Message to the person concerned"),
        [Characters(SHORT)],
        description=_l("Choosing a reason proposes a text that you may change."),
    )
    seen = SeenField()

    def __init__(self, *, to: str | None = None, **kwargs: Any) -> None:
        """`to`: language of the person who gets the words."""
        super().__init__(**kwargs)
        self.to = to
        self.reason.choices = self.reason.offer(to)

    @property
    def chosen(self) -> Reason | None:
        """The reason, None while there is none."""
        return self.reason.data or None

    @property
    def said(self) -> str:
        """The words to the person; empty when the form was sent without the field."""
        return self.message.data or ""

    def propose(self) -> bool:
        """Put the proposed words into an empty message of a chosen reason and ask to read them; whether it did."""
        return self.chosen is not None and put(self.message, proposal(self.chosen, self.to))


class HeldForm(DecisionForm):
    """Publishing or refusing a comment that waits."""

    all = BooleanField(_l("Decide all near-equal ones alike"))


class ThreadForm(DecisionForm):
    """Closing the comments of a letter or opening them again; it stands beside a DecisionForm on the same page."""

    reason = ReasonField(_l("Why are the comments locked?"), id="lock-reason", description=_l("It is shown under the comments."))
    message = TextField(
        _l("Message to the author of the letter"),
        [Characters(SHORT)],
        id="lock-message",
        description=_l("Choosing a reason proposes a text that you may change."),
    )


class ClaimForm(Form):
    """A decision on a claim; `decision` is the button that was pressed."""

    decision = StringField()
    reason = SelectField(
        _l("Reason"),
        choices=[SelectChoice("", _l("Choose a reason")), *(SelectChoice(reason.value, words) for reason, words in REFUSALS.items())],
        default="",
        validate_choice=False,
        description=_l("Needed for a refusal. The mail says it in the words below."),
    )
    message = TextField(
        _l("Message to the person concerned"),
        [Characters(SHORT)],
        description=_l("You may leave this empty. The words of a first approval go to the second moderator."),
    )
    seen = SeenField()

    def validate_reason(self, _field: SelectField) -> None:
        """Whoever refuses says why; told together with what else is wrong."""
        if self.decision.data == "refuse" and self.chosen is None:
            raise ValidationError(sentence(Invalid("reason_needed")))

    @property
    def chosen(self) -> ClaimReason | None:
        """The reason of the closed list, None while there is none."""
        return ClaimReason(self.reason.data) if self.reason.data in set(ClaimReason) else None

    @property
    def said(self) -> str:
        """The words to the claimant; empty when the form was sent without the field."""
        return self.message.data or ""


class ObjectionForm(Form):
    """A decision on an objection; `decision` is the button that was pressed."""

    decision = StringField()
    message = TextField(
        _l("Message to both sides"), [Characters(SHORT)], description=_l("Who objected and whose proof it is get these words.")
    )
    seen = SeenField()

    @property
    def said(self) -> str:
        """The words to both; empty when the form was sent without the field."""
        return self.message.data or ""


class BusinessForm(Form):
    """What a moderator looked up about a business."""

    domain = LineField(
        _l("Domain of the business"),
        [Characters((0, LONGEST_DOMAIN_CHARACTERS))],
        description=_l(
            "For example tokomelati.example, as on its own site. Whoever confirms a work address there speaks for the business at once. Empty: a moderator looks at every claim."
        ),
    )


class ContactForm(Form):
    """An address of a business that a moderator found, and where."""

    email = LineField(
        _l("Address for complaints"),
        [InputRequired(), Characters((3, LONGEST_EMAIL_CHARACTERS))],
        description=_l("It is told of new letters and reminded, until somebody there says no. It is never shown."),
    )
    source = LineField(
        _l("Where is it published?"),
        [InputRequired(), Characters(SOURCE_CHARACTERS)],
        description=_l(
            "For example: the official site, page “Contact us”, or its address on the web. Readers see this source, never the address."
        ),
    )


class AnswerForm(Form):
    """A decision on a response that came by mail; `decision` is the button that was pressed."""

    decision = StringField()
    check_made = RadioField(
        _l("How did you check that it comes from the business?"),
        choices=[SelectChoice(check.value, words) for check, words in OWN_CHECKS.items()],
        validate_choice=False,
        description=_l("Needed to publish."),
    )
    checked = LineField(
        _l("What exactly did you check?"),
        [Characters((0, CHECK_CHARACTERS[1]))],
        description=_l("For example which number, where it stands, and who answered. Needed for another check. Only moderators read this."),
    )
    message = TextField(
        _l("Message to the person concerned"), [Characters(SHORT)], description=_l("Needed for a refusal.")
    )

    def validate_check_made(self, _field: RadioField) -> None:
        """Whoever publishes says how it was checked; told together with what else is wrong."""
        if self.decision.data == "approve" and self.made is None:
            raise ValidationError(sentence(Invalid("check_needed")))

    @property
    def made(self) -> OwnCheck | None:
        """The check of the closed list, None while there is none."""
        return OwnCheck(self.check_made.data) if self.check_made.data in set(OwnCheck) else None

    @property
    def said(self) -> str:
        """The words to the writer; empty when the form was sent without the field."""
        return self.message.data or ""


class VerdictForm(DecisionForm):
    """A decision on reports: words to the person whose it is, and an answer to the reporters."""

    answer = TextField(
        _l("Answer to the reporters"),
        [Characters(SHORT)],
        description=_l("Needed for every decision on reports: each reporter gets it."),
    )

    @property
    def answered(self) -> str:
        """The answer to the reporters; empty when the form was sent without the field."""
        return self.answer.data or ""


class ReportForm(Trapped):
    """Somebody says that something should not stand as it does."""

    reason = RadioField(
        _l("What is wrong?"),
        [InputRequired(_l("Please choose a reason."))],
        choices=[SelectChoice(reason.value, words) for reason, words in REPORT_REASONS.items()],
    )
    text = TextField(
        _l("What should the editors know?"),
        [Characters(REPORT_CHARACTERS)],
        description=_l("Say which words you mean and why. Only the editors read this."),
    )
    email = LineField(
        _l("E-mail address for the answer"),
        [Optional(), Characters((0, LONGEST_EMAIL_CHARACTERS))],
        description=_l("You may leave this empty: the page you get next will show the answer as well."),
    )
    once = OnceField()

    @property
    def chosen(self) -> ReportReason:
        """The reason of the closed list."""
        return ReportReason(self.reason.data)
