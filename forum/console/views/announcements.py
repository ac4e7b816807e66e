"""Words to everybody: put up, changed, ended."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.console import actions, policy, words
from forum.console.forms import AnnouncementForm
from forum.console.queries import announcements as queries
from forum.console.views import bp
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor


@bp.route("/console/announcements", methods=["GET", "POST"])
@login_required
def announcements() -> ResponseReturnValue:
    """All of them, and a form for one more."""
    ensure(policy.may_operate, visitor(), None)
    form = AnnouncementForm()
    if form.validate_on_submit():
        try:
            actions.announce(**form.words, by=visitor())
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("It stands above every page from its beginning on, everywhere within a minute."), "success")
            return redirect(url_for("console.announcements"))
    page = queries.listed(request.args.get("after"))
    drawn = render_template(
        "console/announcements.html",
        form=form,
        rows=page.items,
        levels=words.LEVELS,
        now=utcnow(),
        first=url_for("console.announcements") if request.args.get("after") else None,
        following=url_for("console.announcements", after=page.next) if page.next else None,
    )
    return drawn, 422 if form.errors or form.form_errors else 200


@bp.route("/console/announcements/<int:announcement_id>", methods=["GET", "POST"])
@login_required
def announcement(announcement_id: int) -> ResponseReturnValue:
    """Change its words, level or times."""
    ensure(policy.may_operate, visitor(), None)
    row = queries.announcement_by_id(announcement_id)
    form = AnnouncementForm(
        indonesian=row.indonesian,
        english=row.english,
        level=row.level.value,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        seen=row.version,
    )
    if form.validate_on_submit():
        try:
            actions.change_announcement(row, **form.words, by=visitor(), seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            form.seen.data = queries.announcement_by_id(announcement_id).version
        else:
            flash(_("Kept."), "success")
            return redirect(url_for("console.announcements"))
    page = render_template("console/announcement.html", form=form, row=row)
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/console/announcements/<int:announcement_id>/end", methods=["POST"])
@login_required(back="console.announcement")
def end_announcement(announcement_id: int) -> ResponseReturnValue:
    """Take it down at once."""
    ensure(policy.may_operate, visitor(), None)
    try:
        actions.end_announcement(queries.announcement_by_id(announcement_id), by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("It is taken down."), "success")
    return redirect(url_for("console.announcements"))
