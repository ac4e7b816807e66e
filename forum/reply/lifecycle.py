"""The life of a right of reply: written, proved by mail, reviewed; and the closed list of why one is not published."""

from enum import StrEnum


class ReplyState(StrEnum):
    """Where a right of reply stands; whether it is hidden is another question (`Reply.hidden_at`)."""

    UNPROVEN = "unproven"  # its mailed link was not used yet
    WAITING = "waiting"  # for a moderator
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by its writer, before it was published


class ReplyMove(StrEnum):
    """What can happen to it."""

    PROVE = "prove"
    PUBLISH = "publish"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


REPLY_MOVES: dict[tuple[ReplyState, ReplyMove], ReplyState] = {
    (ReplyState.UNPROVEN, ReplyMove.PROVE): ReplyState.WAITING,
    (ReplyState.UNPROVEN, ReplyMove.WITHDRAW): ReplyState.WITHDRAWN,
    (ReplyState.WAITING, ReplyMove.PUBLISH): ReplyState.PUBLISHED,
    (ReplyState.WAITING, ReplyMove.REFUSE): ReplyState.REFUSED,
    (ReplyState.WAITING, ReplyMove.WITHDRAW): ReplyState.WITHDRAWN,
    (ReplyState.REFUSED, ReplyMove.PUBLISH): ReplyState.PUBLISHED,  # an appeal was granted
}


class Refusal(StrEnum):
    """Why a right of reply is not published: never because of what it says in its own defence."""

    NOT_NAMED = "not_named"
    NO_ANSWER = "no_answer"  # it answers nothing that the letter says of this person
    OTHERS_DATA = "others_data"  # private details of somebody else
    INSULT = "insult"
    ADVERTISING = "advertising"
    UNLAWFUL = "unlawful"
    FOR_BUSINESS = "for_business"  # a business answers by an official response
