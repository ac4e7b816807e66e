"""The one address of files: whoever may not see a file learns nothing of it."""

from flask import Blueprint
from werkzeug import Response as Answer

from forum.attachments import queries
from forum.attachments.answering import answer
from forum.attachments.models import FileAudience
from forum.core.errors import Missing
from forum.core.web import visitor
from forum.letters import policy
from forum.letters.queries import letter_for

bp = Blueprint("attachments", __name__)


@bp.route("/files/<token>/<any(full, thumb):variant>/<name>", methods=["GET"])
def file(token: str, variant: str, name: str) -> Answer:  # noqa: ARG001 - the name is for people
    """One file for whoever may see it; `name` only makes the address readable."""
    found = queries.by_token(token)
    if found is None:
        raise Missing
    who = visitor()
    letter = None if found.letter_id is None else letter_for(who, found.letter_id)
    if not policy.may_see_file(who, found, letter):
        raise Missing
    everybody = (
        letter is not None
        and letter.visibility in policy.OPEN
        and found.audience is FileAudience.PUBLIC
        and found.hidden_at is None
    )
    return answer(found, variant, everybody=everybody)
