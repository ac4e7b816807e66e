"""Orders of authorities in words."""

from typing import Final

from flask_babel import lazy_gettext as _l

from forum.orders.lifecycle import AuthorityKind, Hours, OrderReason, OrderState

KINDS: Final = {
    AuthorityKind.MINISTRY: _l("Ministry"),
    AuthorityKind.POLICE: _l("Police"),
    AuthorityKind.PROSECUTOR: _l("Public prosecutor"),
    AuthorityKind.COURT: _l("Court"),
    AuthorityKind.REGULATOR: _l("Regulator"),
    AuthorityKind.OTHER: _l("Another authority"),
}
HOURS: Final = {Hours.URGENT: _l("Urgent"), Hours.NORMAL: _l("Not urgent")}
REASONS: Final = {
    OrderReason.TERRORISM: _l("Terrorism"),
    OrderReason.CHILD_ABUSE: _l("Sexual abuse of children"),
    OrderReason.UNREST: _l("Disturbs the public and public order"),
    OrderReason.GAMBLING: _l("Gambling"),
    OrderReason.FRAUD: _l("Fraud or an unlicensed offer"),
    OrderReason.PERSONAL_DATA: _l("Personal data"),
    OrderReason.DEFAMATION: _l("Defamation of a person"),
    OrderReason.COURT_DECISION: _l("Decision of a court"),
    OrderReason.OTHER_LAW: _l("Another law"),
    OrderReason.NOT_AUTHORITY: _l("It does not come from an authority"),
    OrderReason.NO_GROUND: _l("It names no legal ground"),
    OrderReason.NOT_OURS: _l("What it names does not stand on this site"),
    OrderReason.UNCLEAR: _l("It does not say what is meant"),
    OrderReason.AUTHORITY_WITHDREW: _l("The authority withdrew it"),
    OrderReason.COURT_LIFTED: _l("A court lifted it"),
    OrderReason.OUR_MISTAKE: _l("We carried it out by mistake"),
    OrderReason.ORDER_HOLDS: _l("The order holds"),
}
STATES: Final = {
    OrderState.RECEIVED: _l("Received, not checked yet"),
    OrderState.CHECKED: _l("Genuine, to be carried out"),
    OrderState.CARRIED_OUT: _l("Carried out"),
    OrderState.REFUSED: _l("Refused"),
    OrderState.OBJECTED: _l("Somebody concerned objects"),
    OrderState.RESTORED: _l("Shown again"),
    OrderState.STANDS: _l("Carried out; the objection was refused"),
}


def reason_words(value: str | None) -> str:
    """Return a ground, a refusal or an end in words; empty for what is none."""
    return str(REASONS[OrderReason(value)]) if value in set(OrderReason) else ""
