"""What a notification says: one sentence in the site and as a mail's subject, more in the mail, and where it leads."""

from flask_babel import gettext as _

from forum.notifications.subjects import Subject
from forum.notifications.words import (
    account,
    appeals,
    author,
    business,
    clocks,
    comments,
    connections,
    contests,
    legal,
    moderators,
    orders,
    redactions,
    responses,
    safety,
    team,
)
from forum.notifications.words.form import Words

WORDS = {
    **author.WORDS,
    **business.WORDS,
    **clocks.WORDS,
    **comments.WORDS,
    **responses.WORDS,
    **moderators.WORDS,
    **redactions.WORDS,
    **account.WORDS,
    **connections.WORDS,
    **contests.WORDS,
    **legal.WORDS,
    **orders.WORDS,
    **safety.WORDS,
    **team.WORDS,
    **appeals.WORDS,
}
CLOSED = account.CLOSED | contests.CLOSED | legal.CLOSED | orders.CLOSED | {"appeal_decided"}
"""They name no letter, so they stay true when it is gone."""


def words_of(kind: str, subject: Subject) -> Words:
    """Return the words of a notice in the present language, for the subject's reader; no title they may not read."""
    if not subject.readable and kind not in CLOSED:
        return Words(_("This was about a letter that is not public any more."))
    return appeals.with_appeal(WORDS[kind](subject), kind, subject)


__all__ = ["WORDS", "Words", "words_of"]
