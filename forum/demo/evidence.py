"""What moderators do with the evidence and the words of the demo's letters."""

from typing import Any

from forum.accounts.models import User
from forum.attachments.models import Matches, Shows
from forum.attachments.queries import of_letter
from forum.moderation.actions.files import check_file
from forum.moderation.lifecycle import ThingKind
from forum.moderation.queries.things import thing_for
from forum.redactions.actions import redact
from forum.redactions.lifecycle import Label, Reason


def check(letter_id: int, step: dict[str, Any], by: User) -> None:
    """Say what a moderator saw in one of the letter's files, `file` counted from 1."""
    file = of_letter(letter_id)[step["file"] - 1]
    matches = [Matches(one) for one in step.get("matches", ())]
    check_file(thing_for(by, ThingKind.ATTACHMENT, file.id), by=by, shows=Shows(step["shows"]), matches=matches)


def cover_words(letter_id: int, step: dict[str, Any], by: User) -> None:
    """Cover words of the letter."""
    wanted = {Label(step["label"]): [step["words"]]}
    redact(thing_for(by, ThingKind.LETTER, letter_id), wanted, by=by, reason=Reason(step["reason"]))
