"""Who may open the desk, report and decide: pure functions of (who, thing)."""

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


def may_decide(who: Visitor, letter: Letter) -> bool:
    """Whether this moderator may decide on the letter; needs `letter.cases`."""
    return letters.may_moderate(who, letter)


def may_decide_thing(who: Visitor, thing: Thing) -> bool:
    """Whether this moderator may decide on the thing: neither on their own words, wherever they stand, nor on their own report."""
    return (
        letters.may_moderate(who, thing.letter)
        and who.id != thing.person_id
        and who.id not in thing.reporter_ids
    )


def may_decide_revision(who: Visitor, revision: Revision) -> bool:
    """Whether this moderator may decide on the revision; needs `revision.letter` with its cases."""
    return letters.may_moderate(who, revision.letter)


def may_decide_claim(who: Visitor, plea: Plea) -> bool:
    """Whether this moderator may decide on the claim: not an own one, nor of a business they speak for or wrote against."""
    return merchants.may_decide(who, plea.claim) and who.id not in plea.critic_ids


def may_join(who: Visitor, pair: Pair) -> bool:
    """Whether this moderator may merge the two businesses or part one from the other.

    Not one who speaks for either, nor one who wrote a letter against either: it changes whose figures the letter counts in.
    """
    ours = {pair.one.id} | ({pair.other.id} if pair.other is not None else set())
    return who.is_moderator and not ours & who.merchant_ids and who.id not in pair.critic_ids


def may_approve_claim(who: Visitor, plea: Plea) -> bool:
    """Whether this moderator may approve the claim: who approved it first does not approve it second."""
    return may_decide_claim(who, plea) and plea.claim.first_by_id != who.id


def may_open_documents(who: Visitor, plea: Plea) -> bool:
    """Whether this moderator may open the documents of a claim: who may decide on it, once they were sent."""
    return may_decide_claim(who, plea) and plea.claim.state is not ClaimState.WAITING_DOCUMENT


def may_decide_objection(who: Visitor, protest: Protest) -> bool:
    """Whether this moderator may decide on an objection to a proof: nobody who has a part in it, nor wrote against the business."""
    return merchants.may_decide_objection(who, protest.objection) and who.id not in protest.critic_ids


def may_describe(who: Visitor, merchant: Merchant) -> bool:
    """Whether this moderator may set the business's domain and address: not of one they speak for."""
    return merchants.may_describe(who, merchant)
