"""Who may change a file; who may open one is decided with its letter (`letters.policy.may_see_file`)."""

from forum.accounts.models import Visitor
from forum.attachments.models import Attachment


def may_change(who: Visitor, file: Attachment) -> bool:
    """Whether this person may remove the file or choose its audience: its owner, while it belongs to a draft."""
    drafted = file.draft_id is not None or file.response_draft_id is not None
    return not who.is_guest and who.id == file.owner_id and drafted
