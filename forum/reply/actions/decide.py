"""What moderators decide of a right of reply: published or refused as it is, hidden and shown again; never a word changed."""

from typing import Any

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.reply import policy
from forum.reply.lifecycle import Refusal, ReplyMove, ReplyState
from forum.reply.models import MESSAGE_CHARACTERS, Reply


@unit_of_work
def publish(reply: Reply, *, by: User) -> None:
    """Let it stand under the letter. Raises NotAllowed, or NotNow (already_decided, letter_gone)."""
    _let_stand(reply, _begin(reply, by), by)


@unit_of_work
def publish_refused(reply: Reply, *, by: User) -> None:
    """Let one stand that was refused: an appeal was granted. Raises NotAllowed, or NotNow (already_decided, letter_gone)."""
    letter = _begin(reply, by, ReplyState.REFUSED)
    reply.refusal, reply.message = None, ""
    _let_stand(reply, letter, by)


def _let_stand(reply: Reply, letter: Letter, by: User) -> None:
    if letter.publication is not Publication.PUBLISHED:
        raise NotNow("letter_gone")
    reply.move(ReplyMove.PUBLISH)
    reply.decided_at, reply.decided_by_id = utcnow(), by.id
    letter.reply_count += 1
    _tell(Kind.REPLY_PUBLISHED, reply, by, corrects=reply.corrects_id)


@unit_of_work
def refuse(reply: Reply, *, by: User, refusal: Refusal | None, message: str) -> None:
    """Do not publish it, with a closed reason and words to its writer. Raises NotAllowed, NotNow or Invalid."""
    _begin(reply, by)
    if refusal is None:
        raise Invalid("reason_needed", field="reason")
    message, (least, most) = message.strip(), MESSAGE_CHARACTERS
    if not least <= len(message) <= most:
        raise Invalid("words_needed", field="message", length=len(message), least=least, most=most)
    reply.move(ReplyMove.REFUSE)
    reply.decided_at, reply.decided_by_id = utcnow(), by.id
    reply.refusal, reply.message = refusal, message
    _tell(Kind.REPLY_REFUSED, reply, by, reason=refusal.value, message=message)


@unit_of_work
def hide(reply: Reply, *, by: User, reason: str, message: str) -> None:
    """Take a published one out of sight; a placeholder with the date stays. Raises NotAllowed or NotNow."""
    _held(reply, by)
    if not policy.is_shown(reply):
        raise NotNow("already_hidden")
    reply.hidden_at, reply.hidden_reason = utcnow(), reason
    _tell(Kind.REPLY_HIDDEN, reply, by, reason=reason, message=message)


@unit_of_work
def restore(reply: Reply, *, by: User, message: str = "") -> None:
    """Show a hidden one again; raises NotAllowed or NotNow."""
    _held(reply, by)
    if reply.hidden_at is None:
        raise NotNow("not_hidden")
    reason, reply.hidden_at, reply.hidden_reason = reply.hidden_reason, None, None
    _tell(Kind.REPLY_RESTORED, reply, by, reason=reason, message=message)


def _held(reply: Reply, by: User) -> Letter:
    letter = lock(reply.letter)
    lock(reply)
    ensure(policy.may_decide, by, reply)
    return letter


def _begin(reply: Reply, by: User, state: ReplyState = ReplyState.WAITING) -> Letter:
    letter = _held(reply, by)
    if reply.state is not state:
        raise NotNow("already_decided")
    return letter


def _tell(kind: Kind, reply: Reply, by: User, **facts: Any) -> None:
    record(
        kind,
        by=by,
        role=Role.MODERATOR,
        letter_id=reply.letter_id,
        about=f"reply:{reply.id}",
        asked_by="person_named" if kind in {Kind.REPLY_PUBLISHED, Kind.REPLY_REFUSED} else "moderator",
        **facts,
    )
