"""The letters and drafts of the signed-in person."""

from forum.letters.views import bp


@bp.route("/letters/mine", methods=["GET"])
def mine() -> str:
    return "mine"
