"""Words of the business's side: remedies, proofs, outcomes, private fields."""

from flask_babel import gettext as _

from forum.letters.lifecycle import Outcome, OutcomeMove
from forum.merchants.lifecycle import Proof
from forum.responses.models import Remedy


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


def proof_words(proof: Proof, domain: str | None) -> str:
    """Return how an official voice was proved, in words."""
    if proof is Proof.EMAIL and domain:
        return str(_("Proved by work e-mail at %(domain)s", domain=domain))
    if proof is Proof.INVITED:
        return str(_("Invited by the owner of the team"))
    return str(_("Proved by documents that a moderator checked"))


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
        }[key]()
    )
