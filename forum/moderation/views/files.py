"""One file at the desk: what it shows, what of it is covered, who opened it, and its sealed original."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response as Answer

from forum.attachments.addresses import picture
from forum.attachments.forms import chosen_areas
from forum.attachments.models import Attachment
from forum.attachments.queries.openings import openings_of
from forum.attachments.serving import answer_original
from forum.attachments.words import audience_now, checked_words, kind_words
from forum.core.access import ensure
from forum.core.errors import DomainError, Missing, NotAllowed, SecondFactorNeeded
from forum.core.formats import size_words
from forum.core.web import login_required, visitor
from forum.letters import policy as letters
from forum.moderation import actions, policy, words
from forum.moderation.file_forms import CheckForm, CoverFileForm, OriginalForm
from forum.moderation.lifecycle import ThingKind
from forum.moderation.models import Thing
from forum.moderation.queries.files import covered_by_moderators, history_of
from forum.moderation.queries.pane import pane
from forum.moderation.queries.things import language_of, thing_for
from forum.moderation.views import bp

UNPROCESSABLE = 422


@bp.route("/moderation/files/<int:file_id>", methods=["GET"])
@login_required
def file(file_id: int) -> ResponseReturnValue:
    return _page(_found(file_id))


@bp.route("/moderation/files/<int:file_id>/check", methods=["POST"])
@login_required(back="moderation.file")
def check_file(file_id: int) -> ResponseReturnValue:
    """Say what the file shows; from the page of its letter one comes back there."""
    found, form = _decidable(file_id), CheckForm()
    form.validate()
    try:
        actions.check_file(found, by=visitor(), shows=form.seen, matches=form.agreeing)
    except DomainError as problem:
        form.explain(problem)
        return _page(_found(file_id), check=form)
    flash(_("Your check is shown with the file."), "success")
    if request.form.get("from") == "letter":
        return redirect(url_for("moderation.letter", letter_id=found.letter.id, _anchor=f"file-{file_id}"))
    if request.form.get("place"):
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return redirect(url_for("moderation.file", file_id=file_id))


@bp.route("/moderation/files/<int:file_id>/cover", methods=["POST"])
@login_required(back="moderation.file")
def cover_file(file_id: int) -> ResponseReturnValue:
    found = _decidable(file_id)
    form = CoverFileForm(to=language_of(found))
    if not form.validate_on_submit() or form.propose():
        return _page(found, covering=form)
    try:
        actions.cover_file(
            found,
            form.chosen(),
            by=visitor(),
            reason=form.why,
            message=form.message.data or "",
            storage=current_app.extensions["storage"],
        )
    except DomainError as problem:
        form.explain(problem)
        return _page(_found(file_id), covering=form)
    flash(
        _("Covered. What was shown before is gone; the file is shown again as soon as it has been made anew."),
        "success",
    )
    return redirect(url_for("moderation.file", file_id=file_id))


@bp.route("/moderation/files/<int:file_id>/uncover", methods=["POST"])
@login_required(back="moderation.file")
def uncover_file(file_id: int) -> ResponseReturnValue:
    """Take off what moderators covered by mistake."""
    found = _decidable(file_id)
    try:
        actions.uncover_file(
            found,
            chosen_areas(request.form.getlist("area")),
            by=visitor(),
            message="",
            storage=current_app.extensions["storage"],
        )
    except DomainError as problem:
        form = CoverFileForm(to=language_of(found), endpoint="moderation.cover_file")
        form.explain(problem)
        return _page(_found(file_id), covering=form)
    flash(_("Not covered any more. The file is shown again as soon as it has been made anew."), "success")
    return redirect(url_for("moderation.file", file_id=file_id))


@bp.route("/moderation/files/<int:file_id>/original", methods=["POST"])
@login_required(back="moderation.file")
def open_original(file_id: int) -> ResponseReturnValue | Answer:
    """The sealed original as it was sent: saved only after it is written down who opens it, and why."""
    found, form = _decidable(file_id), OriginalForm()
    form.validate()
    try:
        row = actions.open_original(found, by=visitor(), reason=form.chosen)
    except SecondFactorNeeded:
        raise
    except DomainError as problem:
        form.explain(problem)
        return _page(_found(file_id), original=form)
    return answer_original(row)


def _found(file_id: int) -> Thing:
    ensure(policy.may_open_desk, visitor(), None)
    found = thing_for(visitor(), ThingKind.ATTACHMENT, file_id)
    if not isinstance(found.row, Attachment) or found.row.claim_id is not None:
        raise Missing
    if not letters.may_see_file(visitor(), found.row, found.letter):
        raise NotAllowed
    return found


def _decidable(file_id: int) -> Thing:
    found = _found(file_id)
    ensure(policy.may_decide_thing, visitor(), found)
    return found


def _page(
    found: Thing,
    *,
    check: CheckForm | None = None,
    covering: CoverFileForm | None = None,
    original: OriginalForm | None = None,
) -> ResponseReturnValue:
    row: Any = found.row
    after, refused = (
        request.args.get("after"),
        any(form is not None and form.errors for form in (check, covering, original)),
    )
    opened = openings_of(row.id, after)
    checked = row.checked or {}
    page = render_template(
        "moderation/file.html",
        pane=pane(visitor(), f"file:{row.id}"),
        thing=found,
        file=row,
        letter=found.letter,
        picture=picture(row),
        kind=kind_words(row),
        size=size_words(row.full_size or row.original_size),
        more_pages=row.pages > 1,
        audience_now=audience_now(row),
        checked=checked_words(row),
        check=check
        or CheckForm(
            endpoint="moderation.check_file", shows=checked.get("shows", ""), agrees=checked.get("matches", [])
        ),
        cover=covering or CoverFileForm(to=language_of(found), endpoint="moderation.cover_file"),
        original=original or OriginalForm(endpoint="moderation.open_original"),
        own_areas=[list(area) for area in row.covered if area in covered_by_moderators(row)] if row.areas else [],
        original_there=row.original_key is not None and row.original_gone_at is None,
        may_decide=policy.may_decide_thing(visitor(), found),
        history=history_of(row),
        decisions=words.DECISIONS,
        opened=opened.items,
        first=url_for("moderation.file", file_id=row.id) if after else None,
        following=url_for("moderation.file", file_id=row.id, after=opened.next) if opened.next else None,
    )
    return page, UNPROCESSABLE if refused else 200
