"""Files of a draft one by one, for the script of the page on which a letter is written; the form does the same without it."""

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments import actions as attachments
from forum.attachments.models import Prepared
from forum.attachments.sent import taken
from forum.core.errors import Invalid
from forum.core.web import visitor
from forum.letters import actions
from forum.letters.forms import LetterForm
from forum.letters.models import LetterDraft
from forum.letters.queries.drafts import draft_for
from forum.letters.views import bp, evidence, workbench


@bp.route("/letters/drafts/<int:draft_id>/files", methods=["GET"])
def draft_files(draft_id: int) -> ResponseReturnValue:
    """The files of a draft as the page draws them; 401 to guests."""
    if visitor().is_guest:
        return _signed_out()
    return _list(draft_for(visitor(), draft_id))


@bp.route("/letters/drafts/<int:draft_id>/files", methods=["POST"])
def add_draft_file(draft_id: int) -> ResponseReturnValue:
    """Take one `file` into a draft; number 0 is the draft of the form's own key, made with its words when there is none.

    The form comes along, with `prepared`. Answers the file as the page draws it with 201; a refusal in words as JSON, 401 to guests.
    """
    who = visitor()
    if who.is_guest:
        return _signed_out()
    form = LetterForm(by=who, endpoint=request.endpoint)
    letter = workbench.mended(request.form.get("mends"))
    sent = request.files.get("file")
    if draft_id:
        draft = draft_for(who, draft_id)
        form.once.data = draft.once
        evidence.ensure_room(draft)
    if sent is None:
        raise Invalid
    chosen = request.form.get("prepared")
    with taken(sent, prepared=Prepared(chosen) if chosen in set(Prepared) else Prepared.AS_IT_WAS) as received:
        file = actions.add_file(
            received,
            by=who,
            once=form.once.data,
            fields=form.typed(),
            letter=letter,
            audience=evidence.audience_of(form.new_audience.data),
        )
    drawn = evidence.drawn(draft_for(who, file.draft_id or 0), [file])
    return render_template("letters/files.html", **drawn), 201


@bp.route("/letters/drafts/<int:draft_id>/files/<int:file_id>/remove", methods=["POST"])
def remove_draft_file(draft_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file out of a draft, if it is there still; answers the others, 401 to guests."""
    if visitor().is_guest:
        return jsonify(problem=_("You are signed out. Press “Save the draft” and sign in: your words come along.")), 401
    draft = draft_for(visitor(), draft_id)
    for file in evidence.files_of(draft):
        if file.id == file_id:
            attachments.remove(file, by=visitor())
    return _list(draft)


def _list(draft: LetterDraft) -> str:
    return render_template("letters/files.html", **evidence.drawn(draft, evidence.files_of(draft)))


def _signed_out() -> ResponseReturnValue:
    words = _(
        "You are signed out. Press “Save the draft” and sign in: your words come along. Then choose this file again."
    )
    return jsonify(problem=words), 401
