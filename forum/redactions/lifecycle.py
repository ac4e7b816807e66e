"""Closed lists of redaction: what the covered words are, why they go, and whose words they are looked for in."""

from enum import StrEnum


class Label(StrEnum):
    """What the covered words are; each has its mark in `marks.MARKS`."""

    PHONE = "phone"
    NIK = "nik"
    CARD = "card"
    ACCOUNT = "account"
    EMAIL = "email"
    ADDRESS = "address"
    PLATE = "plate"
    NAME = "name"
    ORDER = "order"
    TRACKING = "tracking"
    DOCUMENT = "document"
    PASSAGE = "passage"  # words that a contest is about
    OTHER = "other"


class Reason(StrEnum):
    """Why words are covered."""

    OWN_DATA = "own_data"  # somebody's own private details, written by themselves
    OTHERS_DATA = "others_data"  # private details of somebody else
    NAMED_PERSON = "named_person"  # a private person accused by name
    ASKED = "asked"  # the person concerned asked for it
    ORDER = "order"  # of a court or authority
    CONTESTED = "contested"  # until a contest is decided
    UNPROVED = "unproved"  # a statement of fact about a person
    NOT_CUSTOMER = "not_customer"  # the author was not shown to be one
    DUPLICATE = "duplicate"
    UNLAWFUL = "unlawful"


BY_HAND = (Reason.OWN_DATA, Reason.OTHERS_DATA, Reason.NAMED_PERSON, Reason.ASKED, Reason.ORDER, Reason.UNLAWFUL)
"""What a moderator may choose; the others are those of contests."""


class Place(StrEnum):
    """What can hold words under a letter, the letter itself included."""

    LETTER = "letter"
    REVISION = "revision"
    UPDATE = "update"
    QUESTION = "question"
    RESPONSE = "response"
    COMMENT = "comment"
    ATTACHMENT = "attachment"
    REPORT = "report"
    REPLY = "reply"
    CONTEST = "contest"
    RETURNED = "returned"  # a letter as it came back to its author
    MARK = "mark"  # a passage that was marked in it


class Reach(StrEnum):
    """Whose words under the letter a redaction covers, now and when more are written."""

    ALL = "all"  # a moderator's
    OWN = "own"  # an author's: what they wrote themselves
