"""Who may reply in their own name, and who decides: pure functions of (who, thing)."""

from forum.accounts import conflict
from forum.accounts.models import Visitor
from forum.letters import policy as letters
from forum.letters.headline import Headline
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply


def may_write(who: Visitor, letter: Letter | Headline) -> bool:
    """Whether somebody may use the right of reply here, with or without an account: not the author, and of a letter in print."""
    return (
        letter.publication is Publication.PUBLISHED
        and letter.visibility in letters.OPEN
        and not letters.is_author(who, letter)
    )


def may_decide(who: Visitor, reply: Reply) -> bool:
    """Whether this moderator may publish or refuse it; needs `reply.letter` with its cases."""
    return who.is_moderator and conflict.may_judge(
        who, letters.matter_of(reply.letter).also(addresses=frozenset({reply.email or ""}), texts=(reply.text,))
    )


def is_shown(reply: Reply) -> bool:
    """Whether everybody who reads the letter reads it."""
    return reply.state is ReplyState.PUBLISHED and reply.hidden_at is None
