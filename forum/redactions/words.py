"""What was covered, why and where, in words."""

from flask_babel import lazy_gettext as _l

from forum.redactions.lifecycle import Label, Place, Reason

LABELS = {
    Label.PHONE: _l("Phone number"),
    Label.NIK: _l("Identity number (NIK)"),
    Label.CARD: _l("Card number"),
    Label.ACCOUNT: _l("Account number"),
    Label.EMAIL: _l("E-mail address"),
    Label.ADDRESS: _l("Home address"),
    Label.PLATE: _l("Number plate"),
    Label.NAME: _l("Name of a person"),
    Label.ORDER: _l("Order number"),
    Label.TRACKING: _l("Tracking number"),
    Label.DOCUMENT: _l("Number of an identity paper"),
    Label.PASSAGE: _l("Contested passage"),
    Label.OTHER: _l("Other private data"),
}
REASONS = {
    Reason.OWN_DATA: _l("Own private data"),
    Reason.OTHERS_DATA: _l("Private data of somebody else"),
    Reason.NAMED_PERSON: _l("It names a private person"),
    Reason.ASKED: _l("The person concerned asked for it"),
    Reason.ORDER: _l("Order of a court or an authority"),
    Reason.CONTESTED: _l("Contested, until the editors decide"),
    Reason.UNPROVED: _l("A statement of fact about a person that was not proved"),
    Reason.NOT_CUSTOMER: _l("The author was not shown to be a customer"),
    Reason.DUPLICATE: _l("It repeats another letter"),
    Reason.UNLAWFUL: _l("Against the law"),
}
PLACES = {
    Place.LETTER: _l("Letter"),
    Place.REVISION: _l("Earlier or proposed version"),
    Place.UPDATE: _l("Update by the author"),
    Place.QUESTION: _l("Question and answer"),
    Place.RESPONSE: _l("Official response"),
    Place.COMMENT: _l("Comment"),
    Place.ATTACHMENT: _l("Name of a file"),
    Place.REPORT: _l("Report by a reader"),
    Place.REPLY: _l("Right of reply"),
    Place.CONTEST: _l("Contest"),
    Place.RETURNED: _l("Letter as it was returned"),
    Place.MARK: _l("Marked passage"),
}


def label_words(value: str | None) -> str:
    """Return what was covered in the reader's language; empty for none or an unknown one."""
    return str(LABELS[Label(value)]) if value in set(Label) else ""


def reason_words(value: str | None) -> str:
    """Return why in the reader's language; empty for none or an unknown one."""
    return str(REASONS[Reason(value)]) if value in set(Reason) else ""


def place_words(value: str | None) -> str:
    """Return where in the reader's language; empty for none or an unknown one."""
    return str(PLACES[Place(value)]) if value in set(Place) else ""
