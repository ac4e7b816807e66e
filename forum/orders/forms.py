"""The forms of orders, and the sentences of what can go wrong."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, MultipleFileField, RadioField, SelectChoice, SelectField
from wtforms.validators import Optional

from forum.config import settings
from forum.core.forms import Characters, Form, LineField, SeenField, TextField
from forum.core.sentences import sentences
from forum.orders.actions import Entry
from forum.orders.lifecycle import GROUNDS, LIFTS, REFUSALS, AuthorityKind, Hours, OrderReason
from forum.orders.models import (
    AUTHORITY_CHARACTERS,
    GROUND_CHARACTERS,
    MESSAGE_CHARACTERS,
    OBJECTION_CHARACTERS,
    REFERENCE_CHARACTERS,
)
from forum.orders.words import HOURS, KINDS, REASONS

LONGEST_LIST_CHARACTERS = 20_000

sentences(
    {
        "order_known": lambda facts: _(
            "This order was entered already (order no. %(number)s).", number=facts["order_id"]
        ),
        "not_found_here": lambda facts: _(
            "Nothing of this site: %(addresses)s. Please look for mistakes in typing, or tick that these are to be kept all the same.",
            addresses=", ".join(one[:200] for one in facts["addresses"][:5]),
        ),
        "authority_needed": lambda _facts: _("Please choose what kind of authority it is."),
        "hours_needed": lambda _facts: _("Please choose how urgent it is."),
        "received_needed": lambda _facts: _("Please give the day and hour when it came; it cannot lie ahead."),
        "targets_needed": lambda facts: _("Please give 1 to %(most)s addresses.", most=facts["most"]),
        "nothing_named": lambda _facts: _("The order names nothing of this site. Please refuse it."),
        "objection_late": lambda _facts: _("The days to object are over."),
        "under_order": lambda _facts: _(
            "An order of an authority keeps this from view. It comes back by the page of the order."
        ),
    }
)


def _chosen(list_of: Any, value: str | None) -> Any:
    return list_of(value) if value in set(list_of) else None


class EntryForm(Form):
    """The letter of an authority."""

    file_fields: ClassVar[tuple[str, ...]] = ("files",)
    kind = SelectField(_l("Kind of authority"), default="", validate_choice=False)
    authority = LineField(
        _l("Name of the authority"),
        [Characters(AUTHORITY_CHARACTERS)],
        description=_l("As it stands on the letterhead. Everybody reads it in place of what is taken down."),
    )
    reference = LineField(_l("Number of the letter"), [Characters(REFERENCE_CHARACTERS)])
    received = DateTimeLocalField(
        _l("When did it come?"),
        [Optional()],
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        description=_l("The clock runs from then."),
    )
    hours = RadioField(_l("How urgent?"), [Optional()], validate_choice=False)
    ground = SelectField(_l("Legal ground"), default="", validate_choice=False, description=_l("Everybody reads it."))
    words = TextField(
        _l("What the letter says"),
        [Characters(GROUND_CHARACTERS)],
        description=_l("Articles and reasons, for the editors alone."),
    )
    addresses = TextField(
        _l("Addresses that it names"),
        [Characters((0, LONGEST_LIST_CHARACTERS))],
        description=_l("One a line: letters, comments, responses, rights of reply and files."),
    )
    elsewhere = BooleanField(_l("Keep addresses that are nothing of this site"))
    files = MultipleFileField(_l("The document"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        config = settings()
        spans = {Hours.URGENT: config.urgent_order_hours, Hours.NORMAL: config.order_hours}
        self.kind.choices = [SelectChoice("", _("Choose")), *(SelectChoice(one.value, KINDS[one]) for one in KINDS)]
        self.ground.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(one.value, REASONS[one]) for one in GROUNDS),
        ]
        self.hours.choices = [
            SelectChoice(one.value, _("%(urgency)s: %(hours)s hours", urgency=HOURS[one], hours=spans[one]))
            for one in Hours
        ]

    def entry(self, files: Any) -> Entry:
        """What the action takes; the hour is of the site's time zone."""
        at: datetime | None = self.received.data
        return Entry(
            kind=_chosen(AuthorityKind, self.kind.data),
            authority=self.authority.data or "",
            reference=self.reference.data or "",
            hours=_chosen(Hours, self.hours.data),
            received_at=None if at is None else at.replace(tzinfo=settings().time_zone).astimezone(UTC),
            ground=_chosen(OrderReason, self.ground.data),
            words=self.words.data or "",
            addresses=[line.strip() for line in (self.addresses.data or "").splitlines() if line.strip()],
            elsewhere=bool(self.elsewhere.data),
            files=files,
        )


class DecisionForm(Form):
    """Checking, carrying out or refusing, by the button that was pressed (`decision`)."""

    decision = LineField()
    reason = SelectField(_l("Reason of a refusal"), default="", validate_choice=False)
    message = TextField(
        _l("Message to those concerned"),
        [Characters((0, MESSAGE_CHARACTERS[1]))],
        description=_l(
            "The mail adds the authority, the ground and the way to object. Of a refusal it stays in the file."
        ),
    )
    seen = SeenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = [
            SelectChoice("", _("Choose")),
            *(SelectChoice(one.value, REASONS[one]) for one in REFUSALS),
        ]

    @property
    def refusal(self) -> OrderReason | None:
        """The reason of the closed list."""
        return _chosen(OrderReason, self.reason.data)


class SettleForm(Form):
    """How it ends."""

    end = SelectField(_l("How does it end?"), default="", validate_choice=False)
    message = TextField(_l("Reasons for those concerned"), [Characters((0, MESSAGE_CHARACTERS[1]))])
    seen = SeenField()

    def __init__(self, *, objected: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        ends = (*LIFTS, OrderReason.ORDER_HOLDS) if objected else LIFTS
        self.end.choices = [SelectChoice("", _("Choose")), *(SelectChoice(one.value, REASONS[one]) for one in ends)]

    @property
    def chosen(self) -> OrderReason | None:
        """The end of the closed list."""
        return _chosen(OrderReason, self.end.data)


class ObjectionForm(Form):
    """A counter-notice."""

    text = TextField(
        _l("Why should it be shown again?"),
        [Characters(OBJECTION_CHARACTERS)],
        description=_l("Another editor than the one who carried the order out reads it."),
    )
