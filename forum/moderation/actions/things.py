"""Taking away and putting back what stands on the site: letter, comment, response, right of reply or file."""

from forum.accounts.models import User
from forum.attachments.models import Attachment
from forum.comments import actions as comments
from forum.comments.models import Comment
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import lock, unit_of_work
from forum.core.errors import NotNow
from forum.core.events import Kind, Role, record
from forum.letters import actions as letters
from forum.letters.models import Letter
from forum.moderation import policy
from forum.moderation.actions.explain import ensure_reason, ensure_short, ensure_words
from forum.moderation.actions.files import void_check
from forum.moderation.lifecycle import Reason
from forum.moderation.models import Thing
from forum.reply import actions as replies
from forum.reply.models import Reply
from forum.responses.models import Response


@unit_of_work
def hide(thing: Thing, *, by: User, reason: Reason | None, message: str) -> None:
    """Take the thing out of sight; `message` goes to the person whose it is.

    A letter leaves its tombstone, a comment and a response leave a placeholder with the reason, a file its name.
    Raises NotAllowed, NotNow when it does not stand (any more), or Invalid without a reason and words.
    """
    lock(thing.letter)
    ensure(policy.may_decide_thing, by, thing)
    reason, message = ensure_reason(reason), ensure_words(message)
    lock(thing.row)
    if not thing.stands:
        raise NotNow("already_hidden")
    row = thing.row
    if isinstance(row, Letter):
        letters.take_down(row, by=by, reason=reason.value, message=message)
    elif isinstance(row, Comment):
        comments.hide(row, by=by, reason=reason.value, message=message)
    elif isinstance(row, Reply):
        replies.hide(row, by=by, reason=reason.value, message=message)
    elif isinstance(row, Response):
        row.hidden_at, row.hidden_reason = utcnow(), reason.value
        _record_response(Kind.RESPONSE_HIDDEN, row, thing, by=by, reason=reason.value, message=message)
    else:
        row.hidden_at, row.hidden_reason = utcnow(), reason.value
        _record_file(Kind.ATTACHMENT_HIDDEN, row, thing, by=by, reason=reason.value, message=message)
        void_check(row, thing, by=by)


@unit_of_work
def restore(thing: Thing, *, by: User, message: str = "") -> None:
    """Put back what a moderator took away; raises NotAllowed, or NotNow when it stands or its author took it."""
    lock(thing.letter)
    ensure(policy.may_decide_thing, by, thing)
    message = ensure_short(message)
    lock(thing.row)
    if not thing.was_taken:
        raise NotNow("not_hidden")
    row = thing.row
    if isinstance(row, Letter):
        letters.reinstate(row, by=by, message=message)
    elif isinstance(row, Comment):
        comments.restore(row, by=by, message=message)
    elif isinstance(row, Reply):
        replies.restore(row, by=by, message=message)
    elif isinstance(row, Response):
        reason, row.hidden_at, row.hidden_reason = row.hidden_reason, None, None
        _record_response(Kind.RESPONSE_RESTORED, row, thing, by=by, reason=reason, message=message)
    else:
        reason, row.hidden_at, row.hidden_reason = row.hidden_reason, None, None
        _record_file(Kind.ATTACHMENT_RESTORED, row, thing, by=by, reason=reason, message=message)


def _record_response(
    kind: Kind, response: Response, thing: Thing, *, by: User, reason: str | None, message: str
) -> None:
    record(
        kind,
        by=by,
        role=Role.MODERATOR,
        letter_id=thing.letter.id,
        case_id=response.case_id,
        merchant_id=response.case.merchant_id,
        about=thing.about,
        response_id=response.id,
        reason=reason,
        message=message,
    )


def _record_file(kind: Kind, file: Attachment, thing: Thing, *, by: User, reason: str | None, message: str) -> None:
    record(
        kind,
        by=by,
        role=Role.MODERATOR,
        letter_id=thing.letter.id,
        about=thing.about,
        attachment_id=file.id,
        reason=reason,
        message=message,
    )
