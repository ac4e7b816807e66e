"""The queue of the moderators."""

from forum.moderation.views import bp


@bp.route("/moderation", methods=["GET"])
def queue() -> str:
    return "queue"
