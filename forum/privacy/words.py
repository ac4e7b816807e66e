"""Closed lists of data requests, of what is held, and of how long, in words."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.core.sentences import sentences
from forum.privacy.grounds import GROUNDS, TABLES
from forum.privacy.lifecycle import Act, DataKind, DataState, Refusal
from forum.privacy.retention import RULES, Basis

__all__ = ["ACTS", "BASES", "GROUNDS", "KEPT", "KINDS", "REFUSALS", "STATES", "TABLES", "kept_table", "long_words"]

KINDS = {
    DataKind.ACCESS: _l("A copy of all that is held on me"),
    DataKind.CORRECTION: _l("Correction of something that is wrong"),
    DataKind.DELETION: _l("Deletion"),
}
STATES = {
    DataState.UNPROVEN: _l("Waits for the link in your mail"),
    DataState.WAITING: _l("Being worked on"),
    DataState.DONE: _l("Done"),
    DataState.REFUSED: _l("Refused"),
    DataState.WITHDRAWN: _l("Taken back"),
}
REFUSALS = {
    Refusal.NOT_PROVED: _l("It is not proved that the data is about this person"),
    Refusal.NOT_WRONG: _l("The data is not wrong"),
    Refusal.OTHERS_RIGHTS: _l("It would touch the rights of somebody else"),
    Refusal.PUBLIC_RECORD: _l("A public letter to which others answered stays, under a pseudonym"),
    Refusal.ABUSE: _l("Asked again and again without a cause"),
}
ACTS = {
    Act.ASKED: _l("asked by the account"),
    Act.PROVED: _l("asked, address proved by a mailed link"),
    Act.WITHDRAWN: _l("taken back"),
    Act.COPY_MADE: _l("copy made"),
    Act.COPY_FETCHED: _l("copy fetched by its person"),
    Act.COPY_GONE: _l("copy deleted after its days"),
    Act.REFUSED: _l("refused"),
    Act.CORRECTED: _l("corrected"),
    Act.SECOND_ASKED: _l("deletion of everything: second person asked"),
    Act.ERASED: _l("deleted"),
    Act.LOG_EXPORTED: _l("this log taken away"),
}
KEPT = {
    "sessions": _l("Devices signed in, with network address; mailed links"),
    "unconfirmed": _l("Accounts whose address was never confirmed"),
    "counters": _l("How often something was done, by a hash of account or network address"),
    "mails": _l("Sent and undeliverable mails"),
    "jobs": _l("Finished work of the worker"),
    "parked": _l("Words typed before signing in"),
    "drafts": _l("Drafts and their files"),
    "originals": _l("Sealed originals of files"),
    "documents": _l("Documents of claims on businesses, after the decision"),
    "contests": _l("Contests: unproved ones; names, addresses and files after the end"),
    "replies": _l("Rights of reply: unproved ones; addresses of those not published"),
    "answers": _l("Official responses by a mailed link: links and network addresses"),
    "invitations": _l("Invitations to a team"),
    "hands": _l("Which moderator has something in hand"),
    "presence": _l("Who of a team looks at a case"),
    "copies": _l("Copies of a person's data"),
    "requests": _l("Requests about data: unproved ones; answered ones"),
    "heartbeats": _l("Names of workers that are gone"),
    "deliveries": _l("Messages to the systems of businesses"),
}
BASES = {
    Basis.SERVICE: _l("needed for the service"),
    Basis.SAFETY: _l("safety of accounts and site"),
    Basis.PROOF: _l("proof in a dispute"),
    Basis.DUTY: _l("duty under the law"),
}


def long_words(kept: timedelta) -> str:
    """Return a length of time in words: hours below two days, else days."""
    hours = int(kept.total_seconds()) // 3600
    if hours < 48:
        return str(_("%(hours)s hours", hours=hours))
    return str(ngettext("%(num)s day", "%(num)s days", kept.days))


def kept_table() -> list[tuple[str, str, str]]:
    """Return what is kept, how long and why, in words."""
    return [
        (str(KEPT[one.name]), " / ".join(long_words(keep()) for keep in one.kinds.values()), str(BASES[one.basis]))
        for one in RULES.values()
    ]


sentences(
    {
        "data_waits": lambda facts: _("You asked for this already: request %(number)s is being worked on.", number=facts["number"]),
        "copy_over": lambda _facts: _("This copy is not there any more. Please ask for a new one."),
    }
)
