"""Who may open the desk, report and decide: pure functions of (who, thing)."""

from forum.accounts import conflict
from forum.accounts.conflict import Matter
from forum.accounts.models import Visitor
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.letters import policy as letters
from forum.letters.models import Letter, Revision
from forum.merchants import policy as merchants
from forum.merchants.lifecycle import ClaimState
from forum.merchants.models import Merchant
from forum.moderation.models import Pair, Plea, Protest, Thing
from forum.reply.models import Reply
from forum.reply.policy import is_shown
from forum.responses.models import Response


def may_open_desk(who: Visitor, _thing: object = None) -> bool:
    """Whether this person sees the queue."""
    return who.is_moderator


def shows(who: Visitor, thing: Thing) -> bool:
    """Whether this person can see the thing where it stands; only that can be reported."""
    if not letters.may_read(who, thing.letter):
        return False
    row = thing.row
    if isinstance(row, Letter):
        return True
    if isinstance(row, Comment):
        return row.state is CommentState.VISIBLE
    if isinstance(row, Response):
        return row.hidden_at is None
    if isinstance(row, Reply):
        return is_shown(row)
    return row.hidden_at is None and letters.may_see_file(who, row, thing.letter)


def matter_of(thing: Thing) -> Matter:
    """Return who has a part in a decision on this thing: also who wrote it, and who reported it."""
    return letters.matter_of(thing.letter).also(
        people=frozenset({thing.person_id}), reporters=thing.reporter_ids, texts=(thing.text,)
    )


def may_decide_thing(who: Visitor, thing: Thing) -> bool:
    """Whether this moderator may decide on the thing, the letter itself among them: nobody with a part in it."""
    return who.is_moderator and conflict.may_judge(who, matter_of(thing))


def may_decide_revision(who: Visitor, revision: Revision) -> bool:
    """Whether this moderator may decide on the revision; needs `revision.letter` with its cases."""
    return who.is_moderator and conflict.may_judge(
        who, letters.matter_of(revision.letter).also(texts=(revision.title, revision.text))
    )


def may_decide_claim(who: Visitor, plea: Plea) -> bool:
    """Whether this moderator may decide on the claim: nobody with a part in it, nor who wrote against the business."""
    return conflict.may_judge(who, merchants.matter_of_claim(plea.claim).also(people=plea.critic_ids, trades=plea.trades))


def may_join(who: Visitor, pair: Pair) -> bool:
    """Whether this moderator may merge the two businesses or part one from the other.

    Not one who speaks for either, nor one who wrote a letter against either: it changes whose figures the letter counts in.
    """
    ours = frozenset({pair.one.id} | ({pair.other.id} if pair.other is not None else set()))
    return conflict.may_judge(who, Matter(people=pair.critic_ids, merchants=ours, trades=pair.trades))


def may_approve_claim(who: Visitor, plea: Plea) -> bool:
    """Whether this moderator may approve the claim: who approved it first does not approve it second."""
    matter = merchants.matter_of_claim(plea.claim).also(people=plea.critic_ids, trades=plea.trades)
    return conflict.may_judge(who, matter.also(deciders=frozenset({plea.claim.first_by_id})))


def may_open_documents(who: Visitor, plea: Plea) -> bool:
    """Whether this moderator may open the documents of a claim: who may decide on it, once they were sent."""
    return may_decide_claim(who, plea) and plea.claim.state is not ClaimState.WAITING_DOCUMENT


def may_decide_objection(who: Visitor, protest: Protest) -> bool:
    """Whether this moderator may decide on an objection to a proof: nobody who has a part in it, nor wrote against the business."""
    matter = merchants.matter_of_objection(protest.objection)
    return conflict.may_judge(who, matter.also(people=protest.critic_ids, trades=protest.trades))


def may_describe(who: Visitor, merchant: Merchant) -> bool:
    """Whether this moderator may set the business's domain and address: not of one they speak for."""
    return merchants.may_describe(who, merchant)
