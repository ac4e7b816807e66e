"""The one page on which a letter is written."""

from forum.letters.views import bp


@bp.route("/letters/write", methods=["GET"])
def write() -> str:
    return "write"
