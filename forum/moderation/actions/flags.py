"""Flagging letters whose author seems to belong to the business; nothing is hidden by it."""

from forum.core.db import db, unit_of_work
from forum.core.events import Kind, Role, record
from forum.letters.models import Case, Letter
from forum.moderation.queries import ties as queries


@unit_of_work
def flag_ties(letter_id: int) -> int:
    """Write down for the moderators what ties the author to a praised business; returns how many businesses, 0 when known."""
    found = queries.ties(letter_id)
    if not found or db.session.get(Letter, letter_id, with_for_update={"key_share": True}) is None:
        return 0
    known, fresh = queries.flagged_ties(letter_id), 0
    for case_id, common in found.items():
        now = {tie.value for tie in common} | known.get(case_id, set())
        if now == known.get(case_id):
            continue
        case = db.session.get_one(Case, case_id)
        record(
            Kind.LETTER_FLAGGED,
            by=None,
            role=Role.SYSTEM,
            letter_id=letter_id,
            case_id=case_id,
            merchant_id=case.merchant_id,
            ties=sorted(now),
        )
        fresh += 1
    return fresh
