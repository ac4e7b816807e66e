"""Words of the proofs of a business: documents, checks, ends, reasons."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.merchants.lifecycle import (
    ClaimReason,
    DocumentKind,
    EndReason,
    ObjectionReason,
    ObjectionState,
    Proof,
    ProofCheck,
)

WAYS = {
    Proof.EMAIL: _l("By a link to my work e-mail"),
    Proof.DNS: _l("By a record in the DNS of our domain"),
    Proof.DOCUMENT: _l("By a document that a moderator looks at"),
    Proof.MODERATOR: _l("By another check of a moderator"),
}
SHORT_WAYS = {
    Proof.EMAIL: _l("Link to a work address"),
    Proof.DNS: _l("Record in the DNS"),
    Proof.DOCUMENT: _l("Document"),
    Proof.MODERATOR: _l("Another check of a moderator"),
}
DOCUMENTS = {
    DocumentKind.BUSINESS_NUMBER: _l("Business identification number (NIB)"),
    DocumentKind.DEED: _l("Deed of the company"),
    DocumentKind.POWER_OF_ATTORNEY: _l("Power of attorney"),
    DocumentKind.ASSIGNMENT: _l("Letter of assignment"),
    DocumentKind.TRADE_MARK: _l("Certificate of a trade mark"),
    DocumentKind.OTHER: _l("Another document"),
}
CHECKS = {
    ProofCheck.AUTOMATIC: _l("Checked automatically"),
    ProofCheck.ONE_MODERATOR: _l("Checked by one moderator"),
    ProofCheck.TWO_MODERATORS: _l("Checked by two moderators"),
}
ENDS = {
    EndReason.LEFT: _l("given up by the person"),
    EndReason.OWNER: _l("ended by an owner of the team"),
    EndReason.MODERATOR: _l("ended by a moderator"),
    EndReason.PROOF_LOST: _l("the proof was not found any more"),
    EndReason.OBJECTION: _l("withdrawn after an objection"),
    EndReason.ACCOUNT_CLOSED: _l("the account was closed"),
}
REFUSALS = {
    ClaimReason.NOT_PROVED: _l("It does not show that the person speaks for the business"),
    ClaimReason.UNREADABLE: _l("The document cannot be read"),
    ClaimReason.OTHER_BUSINESS: _l("It is about another business"),
    ClaimReason.OUT_OF_DATE: _l("The document is out of date"),
    ClaimReason.DENIED: _l("The business says that it is not true"),
    ClaimReason.LOOK_ALIKE: _l("The name or the domain only looks like that of the business"),
    ClaimReason.BETTER_CLAIM: _l("Another claim is proved better"),
}
REFUSAL_ADVICE = {
    ClaimReason.NOT_PROVED: _l(
        "What you sent does not show that you speak for this business. A link to a work address at its own domain, a record in its DNS or a letter of assignment would."
    ),
    ClaimReason.UNREADABLE: _l("We could not read the document. Please send a sharp photo or a PDF of the whole page."),
    ClaimReason.OTHER_BUSINESS: _l("The proof is of another business than the one you claimed. If you meant that one, please claim it on its own page."),
    ClaimReason.OUT_OF_DATE: _l("The document is not valid any more. Please send one that is valid today."),
    ClaimReason.DENIED: _l("We asked the business, and it says that you do not speak for it. Please settle this with it first."),
    ClaimReason.LOOK_ALIKE: _l("The name or the domain only looks like that of the business. Please prove it at its real domain or with a document."),
    ClaimReason.BETTER_CLAIM: _l("Somebody else showed better that they speak for this business. If you work together, they can invite you to the team."),
}
OBJECTIONS = {
    ObjectionReason.NOT_THEIRS: _l("This person never spoke for the business"),
    ObjectionReason.LEFT: _l("This person does not work there any more"),
    ObjectionReason.OTHER_BUSINESS: _l("The proof is of another business"),
    ObjectionReason.STOLEN: _l("The account, the address or the domain is in the wrong hands"),
    ObjectionReason.FORGED: _l("The document is not genuine"),
}
OBJECTION_STATES = {
    ObjectionState.OPEN: _l("Waiting for the editors"),
    ObjectionState.UPHELD: _l("Upheld: the proof is withdrawn"),
    ObjectionState.DISMISSED: _l("Dismissed: the proof is kept"),
}


def proof_of_words(proof: Proof, domain: str | None, document: DocumentKind | None) -> str:
    """Return what was proved and how, in words."""
    if proof is Proof.EMAIL and domain:
        return str(_("Proved by work e-mail at %(domain)s", domain=domain))
    if proof is Proof.DNS and domain:
        return str(_("Proved by a DNS record at %(domain)s", domain=domain))
    if proof is Proof.DOCUMENT:
        kind = DOCUMENTS[document or DocumentKind.OTHER]
        return str(_("Proved by a document that moderators looked at: %(document)s", document=kind))
    if proof is Proof.INVITED:
        return str(_("Invited by the owner of the team"))
    return str(_("Proved by a moderator's own check"))


def way_words(way: Proof, domain: str | None, document: DocumentKind | None) -> str:
    """Return how somebody wants to prove it, with the domain or the kind of document, in words."""
    more = domain if way in {Proof.EMAIL, Proof.DNS} else DOCUMENTS[document] if document else None
    return f"{SHORT_WAYS[way]}: {more}" if more else str(SHORT_WAYS[way])


def check_words(looked_at: ProofCheck | None) -> str:
    """Return by whom a proof was checked, in words; empty where it is not known."""
    return str(CHECKS[looked_at]) if looked_at is not None else ""


def end_words(reason: EndReason | None) -> str:
    """Return why a representation ended, in words; empty where it is not known."""
    return str(ENDS[reason]) if reason is not None else ""


def refusal_words(reason: str | None) -> str:
    """Return why a claim was refused, in words; empty where it is not known."""
    return str(REFUSALS[ClaimReason(reason)]) if reason in set(ClaimReason) else ""


def advice_words(reason: str | None) -> str:
    """Return what a refused claimant is told for this reason and can do, in words; empty where it is not known."""
    return str(REFUSAL_ADVICE[ClaimReason(reason)]) if reason in set(ClaimReason) else ""


def objection_words(reason: str | None) -> str:
    """Return why somebody objects, in words; empty where it is not known."""
    return str(OBJECTIONS[ObjectionReason(reason)]) if reason in set(ObjectionReason) else ""
