"""The page on which its owner looks after a file: who may see it, who opened it, what of it is covered."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments import actions, policy, queries
from forum.attachments.addresses import picture
from forum.attachments.forms import AudienceForm, CoverForm, chosen_areas
from forum.attachments.models import Attachment, FileAudience, FileKind, FileState, is_wider
from forum.attachments.queries.openings import openings_of
from forum.attachments.views import bp
from forum.attachments.words import audience_now, audience_words, checked_words, kind_words, who_sees
from forum.core.errors import DomainError, Invalid, Missing
from forum.core.formats import size_words
from forum.core.web import login_required, visitor
from forum.letters.queries import letter_for
from forum.responses.queries import place_of


@bp.route("/files/<token>", methods=["GET"])
@login_required
def room(token: str) -> ResponseReturnValue:
    """Show the page to the owner; moderators are led to theirs, and for everybody else there is none."""
    found = queries.by_token(token)
    if found is not None and visitor().is_moderator and found.owner_id != visitor().id and _stands(found):
        return redirect(url_for("moderation.file", file_id=found.id))
    return _page(_own(token))


@bp.route("/files/<token>/audience", methods=["POST"])
@login_required(back="attachments.room")
def change_audience(token: str) -> ResponseReturnValue:
    """Choose who sees the file; what lets more people see it is asked once more, in words."""
    found, form = _own(token), AudienceForm()
    if not policy.may_choose_audience(visitor(), found):
        raise Missing
    if form.validate_on_submit():
        chosen = form.chosen
        sure = chosen is not None and form.sure.data == chosen.value
        if chosen is not None and form.now is found.audience and is_wider(chosen, found.audience) and not sure:
            return _page(found, asked=chosen)
        try:
            if chosen is None:
                raise Invalid("no_audience", field="audience")
            actions.change_audience(found, chosen, by=visitor(), seen=form.now, sure=sure)
        except DomainError as problem:
            form.explain(problem)
            return _page(_own(token), audience=form)
        flash(_("From now on: %(who)s.", who=audience_words(chosen)), "success")
        return redirect(url_for("attachments.room", token=token))
    return _page(found, audience=form)


@bp.route("/files/<token>/cover", methods=["POST"])
@login_required(back="attachments.room")
def cover(token: str) -> ResponseReturnValue:
    """Cover parts of the file for good."""
    found, form = _own(token), CoverForm()
    if form.validate_on_submit():
        try:
            actions.cover(found, form.chosen(), by=visitor(), storage=current_app.extensions["storage"])
        except DomainError as problem:
            form.explain(problem)
            return _page(_own(token), covering=form)
        flash(
            _("Covered. What was shown before is gone; the file is shown again as soon as it has been made anew."),
            "success",
        )
        return redirect(url_for("attachments.room", token=token))
    return _page(found, covering=form)


@bp.route("/files/<token>/uncover", methods=["POST"])
@login_required(back="attachments.room")
def uncover(token: str) -> ResponseReturnValue:
    """Take covers off a file that was not sent yet."""
    found = _own(token)
    if not policy.may_uncover(visitor(), found):
        raise Missing
    try:
        actions.uncover(
            found,
            chosen_areas(request.form.getlist("area")),
            by=visitor(),
            storage=current_app.extensions["storage"],
        )
    except DomainError as problem:
        form = CoverForm(endpoint="attachments.cover")
        form.explain(problem)
        return _page(_own(token), covering=form)
    flash(_("Not covered any more. The file is shown again as soon as it has been made anew."), "success")
    return redirect(url_for("attachments.room", token=token))


def _stands(file: Attachment) -> bool:
    return file.claim_id is None and (file.letter_id is not None or file.response_id is not None)


def _own(token: str) -> Attachment:
    """The file of this address if it is this person's; of a response, while they are of the team of its business."""
    found, who = queries.by_token(token), visitor()
    if found is None or not policy.may_cover(who, found) or found.state is FileState.REFUSED:
        raise Missing
    if found.response_id is not None:
        place = place_of(found.response_id)
        if place is None or place.merchant_id not in who.answering_ids:
            raise Missing
    return found


def _page(
    file: Attachment,
    *,
    asked: FileAudience | None = None,
    audience: AudienceForm | None = None,
    covering: CoverForm | None = None,
) -> ResponseReturnValue:
    letter_id = queries.letter_of(file)
    letter = None if letter_id is None else letter_for(visitor(), letter_id)
    audience = audience or AudienceForm(endpoint="attachments.change_audience", audience=file.audience.value)
    audience.seen.data = file.audience.value
    in_print = file.draft_id is None and (letter is None or letter.published_at is not None)
    names = [one.merchant.name for one in letter.cases if file.case_id in {None, one.id}] if letter is not None else []
    after = request.args.get("after")
    opened = openings_of(file.id, after)
    return render_template(
        "attachments/room.html",
        file=file,
        letter=letter,
        picture=picture(file),
        facts=facts(file),
        audience_now=audience_now(file),
        may_choose=policy.may_choose_audience(visitor(), file),
        may_uncover=policy.may_uncover(visitor(), file),
        asked=None if asked is None else {"value": asked.value, "words": who_sees(asked, names, in_print=in_print)},
        in_print=in_print,
        form=audience,
        cover=covering or CoverForm(endpoint="attachments.cover"),
        opened=opened.items,
        first=url_for("attachments.room", token=file.token) if after else None,
        following=url_for("attachments.room", token=file.token, after=opened.next) if opened.next else None,
    ), (422 if (audience.errors or (covering is not None and covering.errors)) else 200)


def facts(file: Attachment) -> dict[str, Any]:
    """Return what the page says of a file."""
    return {
        "kind": kind_words(file),
        "size": size_words(file.full_size or file.original_size),
        "checked": checked_words(file),
        "covered": len(file.areas),
        "more_pages": file.kind is FileKind.PDF and file.pages > 1,
    }
