"""The life of a claim: how somebody becomes the voice of a business."""

from enum import StrEnum


class ClaimState(StrEnum):
    """Where a claim stands."""

    WAITING_EMAIL = "waiting_email"  # a link went to the work address
    WAITING_DNS = "waiting_dns"  # the claimant publishes a record
    WAITING_DOCUMENT = "waiting_document"  # the claimant chooses the files
    WAITING_MODERATOR = "waiting_moderator"
    APPROVED = "approved"
    REFUSED = "refused"


class ClaimMove(StrEnum):
    """What can happen to a claim."""

    CONFIRM_EMAIL = "confirm_email"
    CONFIRM_DNS = "confirm_dns"
    HAND_TO_MODERATOR = "hand_to_moderator"
    APPROVE = "approve"
    REFUSE = "refuse"
    REOPEN = "reopen"  # an appeal was granted: another look


class TeamRole(StrEnum):
    """What a person of a business's team may do: an owner also changes the team, a reader only reads."""

    OWNER = "owner"
    AGENT = "agent"
    READER = "reader"


class ContactPurpose(StrEnum):
    """What a contact address is told of."""

    ALL = "all"  # every letter, and those that wait
    REMINDERS = "reminders"  # only letters that wait for an answer


class ContactState(StrEnum):
    """Whether mail goes to a contact address."""

    WAITING = "waiting"  # registered by the business, its link is not confirmed yet
    WORKING = "working"
    FAILED = "failed"  # its mail server refuses it for good
    REFUSED = "refused"  # somebody there wants no mail
    REMOVED = "removed"


class ContactMove(StrEnum):
    """What can happen to a contact address."""

    CONFIRM = "confirm"  # the mailed link was followed
    VOUCH = "vouch"  # a moderator names where it is published
    FAIL = "fail"
    REFUSE = "refuse"
    REMOVE = "remove"
    RENEW = "renew"  # the business registers it again: a new link


CONTACT_MOVES: dict[tuple[ContactState, ContactMove], ContactState] = {
    (ContactState.WAITING, ContactMove.CONFIRM): ContactState.WORKING,
    (ContactState.WAITING, ContactMove.VOUCH): ContactState.WORKING,
    (ContactState.WAITING, ContactMove.FAIL): ContactState.FAILED,
    (ContactState.WAITING, ContactMove.REFUSE): ContactState.REFUSED,
    (ContactState.WAITING, ContactMove.REMOVE): ContactState.REMOVED,
    (ContactState.WAITING, ContactMove.RENEW): ContactState.WAITING,
    (ContactState.WORKING, ContactMove.FAIL): ContactState.FAILED,
    (ContactState.WORKING, ContactMove.REFUSE): ContactState.REFUSED,
    (ContactState.WORKING, ContactMove.REMOVE): ContactState.REMOVED,
    (ContactState.FAILED, ContactMove.VOUCH): ContactState.WORKING,
    (ContactState.FAILED, ContactMove.REMOVE): ContactState.REMOVED,
    (ContactState.FAILED, ContactMove.RENEW): ContactState.WAITING,
    (ContactState.REFUSED, ContactMove.REMOVE): ContactState.REMOVED,
    (ContactState.REFUSED, ContactMove.RENEW): ContactState.WAITING,
    (ContactState.REMOVED, ContactMove.VOUCH): ContactState.WORKING,
    (ContactState.REMOVED, ContactMove.RENEW): ContactState.WAITING,
}


class Proof(StrEnum):
    """How a representative was proved, or a claimant wants to be."""

    EMAIL = "email"  # a link to an address at the domain of the business
    DNS = "dns"  # a TXT record at the domain of the business
    DOCUMENT = "document"  # a document that moderators looked at
    MODERATOR = "moderator"  # a moderator's own check without a document, as a call to the business
    INVITED = "invited"  # by an owner, with an address that proves nothing by itself


class ProofCheck(StrEnum):
    """Who looked at a proof."""

    AUTOMATIC = "automatic"
    ONE_MODERATOR = "one_moderator"
    TWO_MODERATORS = "two_moderators"


class DocumentKind(StrEnum):
    """What a document is; shown on the page of proofs, the document never."""

    BUSINESS_NUMBER = "business_number"  # NIB, from OSS
    DEED = "deed"  # akta
    POWER_OF_ATTORNEY = "power_of_attorney"  # surat kuasa
    ASSIGNMENT = "assignment"  # surat tugas
    TRADE_MARK = "trade_mark"
    OTHER = "other"


class EndReason(StrEnum):
    """Why a representation ended."""

    LEFT = "left"
    OWNER = "owner"  # an owner of the team ended it
    MODERATOR = "moderator"
    PROOF_LOST = "proof_lost"
    OBJECTION = "objection"
    ACCOUNT_CLOSED = "account_closed"


PROOF_FELL = frozenset({EndReason.MODERATOR, EndReason.PROOF_LOST, EndReason.OBJECTION})  # what rests on the proof falls too


class NameKind(StrEnum):
    """What another name of a business is."""

    BRAND = "brand"
    ALIAS = "alias"  # what people call it
    FORMER = "former"
    LEGAL = "legal"  # PT …, CV …
    MISSPELLING = "misspelling"  # found and led on, never shown


class NameState(StrEnum):
    """Where another name stands."""

    PROPOSED = "proposed"  # by an owner of the business
    ACCEPTED = "accepted"
    REFUSED = "refused"


class NameMove(StrEnum):
    """What can happen to a proposed name."""

    ACCEPT = "accept"
    REFUSE = "refuse"


NAME_MOVES: dict[tuple[NameState, NameMove], NameState] = {
    (NameState.PROPOSED, NameMove.ACCEPT): NameState.ACCEPTED,
    (NameState.PROPOSED, NameMove.REFUSE): NameState.REFUSED,
}


class ClaimReason(StrEnum):
    """Why a claim was refused: a closed list."""

    NOT_PROVED = "not_proved"
    UNREADABLE = "unreadable"
    OTHER_BUSINESS = "other_business"
    OUT_OF_DATE = "out_of_date"
    DENIED = "denied"
    LOOK_ALIKE = "look_alike"
    BETTER_CLAIM = "better_claim"


class ObjectionReason(StrEnum):
    """Why somebody objects to a proof or a claim: a closed list."""

    NOT_THEIRS = "not_theirs"
    LEFT = "left"
    OTHER_BUSINESS = "other_business"
    STOLEN = "stolen"
    FORGED = "forged"


class ObjectionState(StrEnum):
    """Where an objection stands."""

    OPEN = "open"
    UPHELD = "upheld"  # the proof is withdrawn, the claim refused
    DISMISSED = "dismissed"  # the proof is kept, the claim approved


class ObjectionMove(StrEnum):
    """What moderators do with an objection."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    REOPEN = "reopen"  # an appeal was granted


OPEN_CLAIM_STATES = (
    ClaimState.WAITING_EMAIL,
    ClaimState.WAITING_DNS,
    ClaimState.WAITING_DOCUMENT,
    ClaimState.WAITING_MODERATOR,
)
FIRST_STATES: dict[Proof, ClaimState] = {
    Proof.EMAIL: ClaimState.WAITING_EMAIL,
    Proof.DNS: ClaimState.WAITING_DNS,
    Proof.DOCUMENT: ClaimState.WAITING_DOCUMENT,
    Proof.MODERATOR: ClaimState.WAITING_MODERATOR,
}
CLAIM_MOVES: dict[tuple[ClaimState, ClaimMove], ClaimState] = {
    (ClaimState.WAITING_EMAIL, ClaimMove.CONFIRM_EMAIL): ClaimState.APPROVED,
    (ClaimState.WAITING_DNS, ClaimMove.CONFIRM_DNS): ClaimState.APPROVED,
    **{
        (state, ClaimMove.HAND_TO_MODERATOR): ClaimState.WAITING_MODERATOR
        for state in OPEN_CLAIM_STATES
        if state is not ClaimState.WAITING_MODERATOR
    },
    **{(state, ClaimMove.APPROVE): ClaimState.APPROVED for state in (ClaimState.WAITING_EMAIL, ClaimState.WAITING_MODERATOR)},
    **{(state, ClaimMove.REFUSE): ClaimState.REFUSED for state in OPEN_CLAIM_STATES},
    (ClaimState.REFUSED, ClaimMove.REOPEN): ClaimState.WAITING_MODERATOR,
}
OBJECTION_MOVES: dict[tuple[ObjectionState, ObjectionMove], ObjectionState] = {
    (ObjectionState.OPEN, ObjectionMove.UPHOLD): ObjectionState.UPHELD,
    (ObjectionState.OPEN, ObjectionMove.DISMISS): ObjectionState.DISMISSED,
    (ObjectionState.UPHELD, ObjectionMove.REOPEN): ObjectionState.OPEN,
    (ObjectionState.DISMISSED, ObjectionMove.REOPEN): ObjectionState.OPEN,
}
