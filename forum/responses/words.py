"""Words of the business's side: remedies, proofs, outcomes, private fields."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core import formats
from forum.letters.lifecycle import Outcome, OutcomeMove
from forum.merchants.lifecycle import Proof
from forum.responses.how import FIELDS, How
from forum.responses.lifecycle import Ground, PromiseState, ProposalAnswer, ProposalState, Way
from forum.responses.models import Remedy
from forum.responses.queries.given import ResponseView

LEAST_LABELLED = 2  # letters


def remedy_words(remedy: Remedy) -> str:
    """Return what the business did, in words."""
    return str(
        {
            Remedy.REFUND: lambda: _("Money returned"),
            Remedy.REPLACEMENT: lambda: _("Goods or service replaced"),
            Remedy.REPAIR: lambda: _("Repaired or corrected"),
            Remedy.EXPLANATION: lambda: _("Explanation"),
            Remedy.APOLOGY: lambda: _("Apology"),
            Remedy.OFFER: lambda: _("Another offer to the author"),
            Remedy.REFUSAL: lambda: _("Request refused, with reasons"),
            Remedy.NOT_OUR_CUSTOMER: lambda: _("Not our customer or not our business"),
        }[remedy]()
    )


def way_words(way: Way) -> str:
    """Return how money goes back, in words."""
    return str(
        {
            Way.BANK: lambda: _("Bank transfer"),
            Way.WALLET: lambda: _("E-wallet"),
            Way.CARD: lambda: _("Back to the card"),
            Way.BALANCE: lambda: _("Balance of the account"),
            Way.CASH: lambda: _("Cash"),
            Way.OTHER: lambda: _("Another way"),
        }[way]()
    )


def ground_words(ground: Ground) -> str:
    """Return why a request is refused, in words."""
    return str(
        {
            Ground.TERMS: lambda: _("The contract or the published terms say otherwise"),
            Ground.TOO_LATE: lambda: _("The request came after the time allowed for it"),
            Ground.NOT_AS_DESCRIBED: lambda: _("Our check found other facts than the letter says"),
            Ground.DONE_BEFORE: lambda: _("It was refunded, replaced or repaired before"),
            Ground.NO_PROOF: lambda: _("The proof that is needed was not given"),
            Ground.THIRD_PARTY: lambda: _("Another business is responsible"),
            Ground.LAW: lambda: _("A law or the regulator does not allow it"),
            Ground.OTHER: lambda: _("Another ground"),
        }[ground]()
    )


def how_words(remedy: Remedy, how: How) -> list[tuple[str, str]]:
    """Return how a remedy was given, as pairs of a name and a value for the letterhead."""
    names = {
        "amount": lambda: _("Amount"),
        "way": lambda: _("By which way"),
        "on": lambda: _("On which day"),
        "what": lambda: _("The offer") if remedy is Remedy.OFFER else _("What exactly"),
        "until": lambda: _("Stands until"),
        "ground": lambda: _("Ground"),
        "words": lambda: _("In detail"),
    }
    return [(str(names[key]()), _how_value(key, how[key])) for key in FIELDS[remedy] if how.get(key)]


def _how_value(key: str, value: str | int) -> str:
    if key == "amount":
        return formats.rupiah(int(value))
    if key == "way":
        return way_words(Way(str(value)))
    if key == "ground":
        return ground_words(Ground(str(value)))
    return formats.day(date.fromisoformat(str(value))) if key in {"on", "until"} else str(value)


def uniform_words(response: ResponseView) -> str:
    """Return what the letterhead says of words that went to several letters, empty when only this one got them."""
    if response.copies < LEAST_LABELLED and response.counts:
        return ""
    said = [
        ngettext(
            "The same text was sent to %(count)s letter.",
            "The same text was sent to %(count)s letters.",
            response.copies,
            count=formats.number(response.copies),
        )
    ]
    if response.overruled_at is not None:
        said.append(_("The editors let it count for this letter."))
    elif not response.counts:
        said.append(
            _(
                "Uniform response, the clock runs on: it becomes an answer when the business adds something special to this letter."
            )
        )
    return " ".join(said)


def promise_words(state: PromiseState) -> str:
    """Return where a promise stands, in words."""
    return str(
        {
            PromiseState.PENDING: lambda: _("Not due yet"),
            PromiseState.DUE: lambda: _("Due; the author has not said whether it was kept"),
            PromiseState.KEPT: lambda: _("Kept, says the author"),
            PromiseState.BROKEN: lambda: _("Broken, says the author"),
            PromiseState.UNCONFIRMED: lambda: _("Unconfirmed: the author has not said whether it was kept"),
        }[state]()
    )


def proposal_words(state: ProposalState) -> str:
    """Return where a proposal that the case is solved stands, in words."""
    if state is ProposalState.NONE:
        return ""
    return str(
        {
            ProposalState.UNCONFIRMED: lambda: _("Proposed as solved; the author has not answered"),
            ProposalState.SOLVED: lambda: _("The author agreed: solved"),
            ProposalState.PARTLY: lambda: _("The author answered: partly solved"),
            ProposalState.NO: lambda: _("The author answered: not solved"),
        }[state]()
    )


def answer_words(answer: ProposalAnswer) -> str:
    """Return what the author says with a button, in words."""
    return str(
        {
            ProposalAnswer.SOLVED: lambda: _("Yes, it is solved"),
            ProposalAnswer.PARTLY: lambda: _("Partly"),
            ProposalAnswer.NO: lambda: _("No, it is not"),
        }[answer]()
    )


def private_words(kind: str) -> str:
    """Return what the guard found, in words."""
    found = {
        "email": lambda: _("the e-mail address of the author"),
        "name": lambda: _("the name of the author, whose letter shows initials only"),
        "nik": lambda: _("an identity number (NIK)"),
        "card": lambda: _("a card number"),
        "account": lambda: _("a bank account or virtual account number"),
        "phone": lambda: _("a mobile phone number"),
    }
    return str(found[kind]()) if kind in found else detail_words(kind).lower()


def mask_words(kind: str) -> str:
    """Return what stands in place of something private."""
    masks = {
        "email": lambda: _("[e-mail address masked]"),
        "name": lambda: _("[name masked]"),
        "nik": lambda: _("[identity number masked]"),
        "card": lambda: _("[card number masked]"),
        "account": lambda: _("[account number masked]"),
        "phone": lambda: _("[phone number masked]"),
    }
    return str(masks[kind]()) if kind in masks else str(_("[number masked]"))


def proof_words(proof: Proof, domain: str | None) -> str:
    """Return how an official voice was proved, in words."""
    if proof is Proof.EMAIL and domain:
        return str(_("Proved by work e-mail at %(domain)s", domain=domain))
    if proof is Proof.INVITED:
        return str(_("Invited by the owner of the team"))
    if proof is Proof.DNS and domain:
        return str(_("Proved by a DNS record at %(domain)s", domain=domain))
    if proof is Proof.DOCUMENT:
        return str(_("Proved by documents that a moderator checked"))
    return str(_("Proved by a moderator's own check"))


def outcome_words(outcome: Outcome) -> str:
    """Return how a case ended, in words."""
    return str(
        {
            Outcome.NONE: lambda: _("Answered, not rated"),
            Outcome.SOLVED: lambda: _("Solved"),
            Outcome.PARTLY: lambda: _("Partly solved"),
            Outcome.NOT_SOLVED: lambda: _("Not solved"),
            Outcome.UNCONFIRMED: lambda: _("Answered, not rated"),
        }[outcome]()
    )


def move_words(move: OutcomeMove) -> str:
    """Return what the author says with a button, in words."""
    return str(
        {
            OutcomeMove.SAY_SOLVED: lambda: _("Solved"),
            OutcomeMove.SAY_PARTLY: lambda: _("Partly solved"),
            OutcomeMove.SAY_NOT_SOLVED: lambda: _("Not solved"),
            OutcomeMove.REOPEN: lambda: _("Open again"),
            OutcomeMove.LAPSE: lambda: _("Answered, not rated"),
        }[move]()
    )


def detail_words(key: str) -> str:
    """Return the name of a private field of a case."""
    return str(
        {
            "order": lambda: _("Order number"),
            "tracking": lambda: _("Tracking number"),
            "ticket": lambda: _("Ticket or report number"),
            "customer": lambda: _("Customer number"),
            "phone": lambda: _("Phone number"),
            "date": lambda: _("Day of the purchase or transaction"),
        }[key]()
    )
