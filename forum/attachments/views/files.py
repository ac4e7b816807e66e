"""The one address of files: whoever may not see a file learns nothing of it."""

from flask import request
from werkzeug import Response as Answer

from forum.attachments import actions, queries
from forum.attachments.kinds import VARIANTS, Variant
from forum.attachments.models import FileAudience
from forum.attachments.serving import answer
from forum.attachments.views import bp
from forum.core.blocking import raise_blocked
from forum.core.errors import Missing
from forum.core.events import Role
from forum.core.web import visitor
from forum.letters import policy
from forum.letters.queries import letter_for
from forum.responses.queries import place_of


@bp.route(f"/files/<token>/<any({VARIANTS}):variant>/<name>", methods=["GET"])
def file(token: str, variant: str, name: str) -> Answer:  # noqa: ARG001 - the name is for people
    """One file for whoever may see it; `name` only makes the address readable.

    A view of what is not for everybody, by anybody but its owner, is written down before a byte goes out. Parts of a file and
    a 304 are views as well (whoever has a copy looks at it again); HEAD is none, since it shows nothing of the file.
    """
    found = queries.by_token(token)
    if found is None:
        raise Missing
    who = visitor()
    place = None if found.response_id is None else place_of(found.response_id)
    letter_id = found.letter_id if place is None else place.letter_id
    covered_of = None if place is None or not place.hidden else place.merchant_id
    letter = None if letter_id is None else letter_for(who, letter_id)
    if not policy.may_see_file(who, found, letter, covered_of=covered_of):
        if found.hidden_at is not None and letter is not None and found.audience is FileAudience.PUBLIC:
            raise_blocked(f"attachment:{found.id}")
        raise Missing
    everybody = policy.is_for_everybody(found, letter, covered_of=covered_of)
    proves = found.contest_id is not None and who.id != found.owner_id
    if (proves or found.order_id is not None) and request.method != "HEAD":
        actions.note_opening(found, by=who, role=Role.MODERATOR, variant=variant, merchant_id=None, case_id=None)
    if (
        letter is not None
        and not everybody
        and not who.is_guest
        and who.id != found.owner_id
        and request.method != "HEAD"
    ):
        role, case = policy.opens_as(who, found, letter, covered_of=covered_of)
        actions.note_opening(
            found,
            by=who,
            role=role,
            variant=variant,
            merchant_id=None if case is None else case.merchant_id,
            case_id=None if case is None else case.id,
        )
    return answer(found, Variant(variant), everybody=everybody)
