"""Pages of comments, and what templates of other features ask of them."""

from flask import Blueprint

from forum.comments.forms import CommentForm
from forum.comments.fragments import fragments

bp = Blueprint("comments", __name__)


@bp.app_template_global()
def comment_form() -> CommentForm:
    """Return the form below a thread, with the words that were parked before signing in."""
    return CommentForm(endpoint="comments.post")


bp.add_app_template_global(fragments, "comment_fragments")

from forum.comments.views import own, thread  # noqa: E402  the routes need `bp`

__all__ = ["bp", "own", "thread"]
