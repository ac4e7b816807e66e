"""The switch of the interface's language."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts.actions import choose_language
from forum.config import settings
from forum.core.errors import Invalid
from forum.core.web import LANGUAGE_COOKIE, local_path, visitor
from forum.pages.views import bp

ONE_YEAR_SECONDS = 365 * 24 * 3600


@bp.route("/language", methods=["POST"])
def language() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    if chosen not in settings().languages:
        raise Invalid(field="language")
    if not visitor().is_guest:
        choose_language(visitor(), by=visitor(), language=chosen)
    response = redirect(local_path(request.form.get("next")) or url_for("pages.home"))
    response.set_cookie(
        LANGUAGE_COOKIE, chosen, max_age=ONE_YEAR_SECONDS, httponly=True, samesite="Lax", secure=settings().secure
    )
    return response
