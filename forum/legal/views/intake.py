"""A legal notice is put on record at the desk; and the public page that says how to serve one."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.sent import let_go, received
from forum.config import settings
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.web import login_required, visitor
from forum.legal import actions
from forum.legal.addresses import business_at, things_at
from forum.legal.forms import NoticeForm
from forum.legal.models import MOST_FILES
from forum.legal.views import bp
from forum.moderation.policy import may_open_desk


@bp.route("/legal", methods=["GET"])
def serve() -> ResponseReturnValue:
    """For lawyers: how to serve a notice, and what the site does and does not do about it."""
    return render_template("legal/serve.html", config=settings())


@bp.route("/moderation/legal/new", methods=["GET", "POST"])
@login_required
def record() -> ResponseReturnValue:
    """Put a notice on record."""
    ensure(may_open_desk, visitor(), None)
    form = NoticeForm()
    if form.validate_on_submit():
        files = received(form, form.files, most=MOST_FILES)
        try:
            if not form.errors:
                made = actions.receive(_said(form), files, by=visitor(), once=form.once.data or "")
                flash(_("It is on record. Its letters are held, and their authors are told."), "success")
                return redirect(url_for("legal.desk", notice_id=made.id))
        except DomainError as problem:
            if problem.code == "not_allowed":
                raise
            form.explain(problem)
        finally:
            let_go(files)
    return render_template(
        "legal/record.html", form=form, most_files=MOST_FILES
    ), 422 if form.errors or form.form_errors else 200


def _said(form: NoticeForm) -> actions.Received:
    return actions.Received(
        sender=form.chosen_sender,
        name=form.name.data or "",
        counsel=form.counsel.data or "",
        email=form.email.data or "",
        reference=form.reference.data or "",
        received_on=form.received_on.data,
        demands=form.chosen_demands,
        text=form.text.data or "",
        things=things_at(form.things.data or ""),
        merchant_id=business_at(form.business.data or ""),
    )
