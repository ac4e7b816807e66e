"""Who may change a file; who may open one is decided with its letter (`letters.policy.may_see_file`)."""

from forum.accounts.models import Visitor
from forum.attachments.models import Attachment
from forum.core.clock import utcnow
from forum.merchants.lifecycle import ClaimState
from forum.merchants.models import Claim


def may_change(who: Visitor, file: Attachment) -> bool:
    """Whether this person may remove the file or choose its audience: its owner, while it belongs to a draft."""
    drafted = file.draft_id is not None or file.response_draft_id is not None
    return not who.is_guest and who.id == file.owner_id and drafted


def may_choose_audience(who: Visitor, file: Attachment) -> bool:
    """Whether this person may say who sees the file, at any time: the owner of a file of a letter or of its draft."""
    of_letter = file.letter_id is not None or file.draft_id is not None
    return not who.is_guest and who.id == file.owner_id and of_letter and file.claim_id is None and file.contest_id is None and file.order_id is None


def may_cover(who: Visitor, file: Attachment) -> bool:
    """Whether this person may cover parts of the file for good, at any time: its owner, of whatever proves no claim."""
    others = (file.claim_id, file.contest_id, file.legal_notice_id, file.identity_order_id, file.order_id, file.kept_letter_id)
    return not who.is_guest and who.id == file.owner_id and all(one is None for one in others)


def may_uncover(who: Visitor, file: Attachment) -> bool:
    """Whether this person may take covered parts off again: its owner until it is sent; what others saw covered stays so.

    A returned letter was sent: moderators may have covered parts of its files.
    """
    return may_change(who, file) and file.letter_id is None and file.original_gone_at is None


def may_prove_with(who: Visitor, claim: Claim) -> bool:
    """Whether this person may add or remove documents of the claim: its claimant, until they are sent or the time is over."""
    return (
        not who.is_guest
        and who.id == claim.user_id
        and claim.state is ClaimState.WAITING_DOCUMENT
        and (claim.expires_at is None or claim.expires_at > utcnow())
    )
