"""How long each kind of data is kept: the one table that the hourly job, the command, the operators' paper and the privacy page go by.

A rule forgets what is older; what a law holds is left by the rule itself (`letter.held_since`). What a rule would forget is not counted by
a second set of conditions: it is carried out and undone.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import event

from forum.accounts.actions import closing, sessions
from forum.attachments.actions import forget_documents, forget_originals
from forum.config import settings
from forum.contests.actions import filing, prune_contests
from forum.core import jobs, limits, mail, parking
from forum.core.db import db, unit_of_work
from forum.core.rates import LIMITS
from forum.core.storage import Storage
from forum.desk.actions import presence, prune_presence
from forum.letters.actions import drafts, prune_drafts
from forum.moderation.actions import prune_holds
from forum.privacy.actions import asking, forget_copies, prune_requests
from forum.reply.actions import prune_replies
from forum.reply.actions.write import ADDRESS_KEPT as REPLY_ADDRESS_KEPT
from forum.reply.actions.write import LINK_LIFE as REPLY_LINK_LIFE
from forum.responses.actions import mailed, prune_links
from forum.responses.queries.mailed import SENT_FROM_KEPT
from forum.team.actions import KEPT as INVITATION_KEPT
from forum.team.actions import prune_invitations

CHANGES = re.compile(r'\s*(?:DELETE FROM|UPDATE) "?(\w+)')


class Basis(StrEnum):
    """Why a kind of data is kept for so long (UU PDP 27/2022, article 20)."""

    SERVICE = "service"  # the person asked for the service that needs it
    SAFETY = "safety"  # keeps accounts and the site safe
    PROOF = "proof"  # what a dispute about a letter or a decision needs
    DUTY = "duty"  # what the law makes us show


Keep = Callable[[], timedelta]


@dataclass(frozen=True)
class Rule:
    """One way of forgetting. `kinds` says what is kept how long, in English; `tables` are those whose changed rows count."""

    name: str
    basis: Basis
    kinds: dict[str, Keep]
    tables: frozenset[str]
    run: Callable[[Storage], Any]


RULES: dict[str, Rule] = {}


def rule(
    name: str, basis: Basis, run: Callable[[Storage], Any], tables: str, kinds: dict[str, timedelta | Keep]
) -> None:
    """Add a way of forgetting; rooms above this one add theirs."""
    kept = {what: (lambda fixed=keep: fixed) if isinstance(keep, timedelta) else keep for what, keep in kinds.items()}
    RULES[name] = Rule(name, basis, kept, frozenset(tables.split()), run)


def _alone(forget: Callable[[], Any]) -> Callable[[Storage], Any]:
    """A way of forgetting that needs no storage."""
    return lambda _storage: forget()


def _days(name: str) -> Keep:
    return lambda: timedelta(days=getattr(settings(), name))


rule("sessions", Basis.SAFETY, _alone(sessions.prune_sessions), "login_session mailed_link sign_in_step passkey_challenge", {
    "sessions with their network address and device, after the last visit": sessions.LONGEST_IDLE,
    "mailed links, after they ended": sessions.LINKS_KEPT,
})  # fmt: skip
rule("unconfirmed", Basis.SERVICE, _alone(closing.close_unconfirmed), "user", {"accounts whose address was never confirmed": closing.UNCONFIRMED_KEPT})
rule("counters", Basis.SAFETY, _alone(limits.prune), "counter", {
    "counts of how often something was done, by a hash of account or network address": lambda: max(one.window for one in LIMITS.values()),
})  # fmt: skip
rule("mails", Basis.SERVICE, _alone(mail.prune), "mail", {
    "sent mails": _days("mail_log_days"), "mails that could not be delivered": mail.KEPT_WHEN_PARKED,
})  # fmt: skip
rule("jobs", Basis.SERVICE, _alone(jobs.prune), "job", {"finished work of the worker": jobs.KEPT_WHEN_DONE})
rule("parked", Basis.SERVICE, _alone(parking.prune), "parked_form", {"words typed before signing in": parking.KEPT})
rule("drafts", Basis.SERVICE, _alone(prune_drafts), "letter_draft attachment", {"drafts and their files, after they were last saved": drafts.DRAFT_KEPT})
rule("originals", Basis.PROOF, forget_originals, "attachment", {"sealed originals of files": _days("original_days")})
rule("documents", Basis.PROOF, _alone(forget_documents), "attachment", {"documents of claims on businesses, after the decision": _days("document_days")})
rule("contests", Basis.PROOF, _alone(prune_contests), "contest attachment", {
    "contests whose mailed link nobody used": filing.LINK_LIFE,
    "names and addresses of who contested, after the end": filing.ADDRESS_KEPT,
    "files of proof of contests, after the end": _days("document_days"),
})  # fmt: skip
rule("replies", Basis.PROOF, _alone(prune_replies), "reply", {
    "rights of reply whose mailed link nobody used": REPLY_LINK_LIFE,
    "addresses of rights of reply that were not published": REPLY_ADDRESS_KEPT,
})  # fmt: skip
rule("answers", Basis.PROOF, _alone(prune_links), "answer_link", {
    "links of official responses that led to nothing, after their end": mailed.WORDS_KEPT,
    "network addresses of official responses by a mailed link": SENT_FROM_KEPT,
})  # fmt: skip
rule("invitations", Basis.SERVICE, _alone(prune_invitations), "invitation", {"invitations to a team, after their end": INVITATION_KEPT})
rule("hands", Basis.SERVICE, _alone(prune_holds), "desk_hold", {"which moderator looks at an item, after the minutes for it": timedelta(0)})
rule("presence", Basis.SERVICE, _alone(prune_presence), "presence", {"who of a team looks at a case at present": presence.KEPT})
rule("copies", Basis.DUTY, forget_copies, "data_request", {"copies of a person's data": _days("data_copy_days")})
rule("requests", Basis.DUTY, _alone(prune_requests), "data_request", {
    "requests about data whose mailed link nobody used": asking.LINK_LIFE,
    "requests about data, after they were answered": asking.REQUEST_KEPT,
})  # fmt: skip


def long(kept: timedelta) -> str:
    """Return a length of time in English, for operators."""
    hours = int(kept.total_seconds()) // 3600
    return f"{hours} h" if hours < 48 else f"{kept.days} days"


def run_all(storage: Storage) -> dict[str, Any]:
    """Forget all that is too old; returns what each rule says it did. One that fails leaves the later ones to the next hour."""
    return {name: one.run(storage) for name, one in RULES.items()}


class _Undone(Exception):
    """Ends a try, so that its unit of work is rolled back."""


class _Untouched:
    """Stands for the storage while a rule is only tried: whatever it would delete stays."""

    def delete(self, key: str) -> None:
        """Delete nothing."""


def count(name: str) -> int:
    """Return how many rows a rule would forget or blank now: it is carried out in one unit of work, which is undone."""
    one, found = RULES[name], 0

    @unit_of_work
    def tried() -> None:
        nonlocal found
        with _counting(one.tables) as changed:
            one.run(_Untouched())  # type: ignore[arg-type]
            db.session.flush()
            found = changed()
        raise _Undone

    try:
        tried()
    except _Undone:
        return found
    raise AssertionError("unreachable")


@contextmanager
def _counting(tables: frozenset[str]) -> Iterator[Callable[[], int]]:
    """Count the rows of these tables that this thread changes or deletes."""
    here, total = threading.get_ident(), 0

    def add(_connection: Any, cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal total
        asked = CHANGES.match(statement)
        if asked and asked[1] in tables and threading.get_ident() == here:
            total += max(0, cursor.rowcount)

    engine = db.engines[None]
    event.listen(engine, "after_cursor_execute", add)
    try:
        yield lambda: total
    finally:
        event.remove(engine, "after_cursor_execute", add)
