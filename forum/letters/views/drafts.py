"""Drafts: saved by themselves, thrown away; and hints while writing."""

from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from forum.core import limits
from forum.core.errors import Invalid
from forum.core.text import clean
from forum.core.web import login_required, remote_address, visitor
from forum.letters import actions
from forum.letters.forms import LetterForm
from forum.letters.models import TEXT_CHARACTERS
from forum.letters.queries.drafts import draft_for
from forum.letters.views import bp, evidence, proposals, workbench

LARGEST_HINT_BYTES = 200_000


@bp.route("/letters/drafts/<int:draft_id>", methods=["POST"])
def save_draft(draft_id: int) -> ResponseReturnValue:
    """Keep what is typed; number 0 is the draft of the form's own key, made when there is none. Answers JSON, 401 to guests."""
    who = visitor()
    if who.is_guest:
        return jsonify(saved=None), 401
    form = LetterForm(by=who)
    letter = workbench.mended(request.form.get("mends"))
    if draft_id:
        draft = draft_for(who, draft_id)
        form.once.data = draft.once
    try:
        kept = workbench.keep(form, letter)
    except Invalid as problem:
        return jsonify(saved=None, problem=problem.code), 409
    if evidence.change(kept):
        return jsonify(saved=None, problem="length"), 409
    return jsonify(saved=kept.saved_at.isoformat(), draft=kept.id)


@bp.route("/letters/drafts/<int:draft_id>/discard", methods=["POST"])
@login_required(back="letters.mine")
def discard_draft(draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    actions.discard_draft(draft_for(visitor(), draft_id), by=visitor())
    flash(_("The draft is gone."), "success")
    return redirect(url_for("letters.mine"))


@bp.route("/letters/hints", methods=["POST"])
def hints() -> ResponseReturnValue:
    """Private details that seem to stand in a text, for the writer's script: JSON {text} in, a list out."""
    if (request.content_length or 0) >= LARGEST_HINT_BYTES:
        raise RequestEntityTooLarge
    if visitor().is_guest:
        limits.allow("hints", remote_address())
    try:
        sent: Any = request.get_json(silent=True)
    except RecursionError as problem:  # brackets within brackets
        raise Invalid from problem
    text = sent.get("text") if isinstance(sent, dict) else None
    if not isinstance(text, str):
        raise Invalid
    return jsonify(proposals.for_script(clean(text)[: TEXT_CHARACTERS[1]], visitor()))
