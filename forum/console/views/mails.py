"""The log of mails: what became of each, sent again, and its address read with a reason."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.forms import ReadingForm
from forum.console import actions, policy, words
from forum.console.lifecycle import Mails
from forum.console.queries import mails as queries
from forum.console.views import bp
from forum.core.access import ensure
from forum.core.errors import DomainError, Invalid
from forum.core.mail import Mail
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor

LONGEST_KIND_CHARACTERS = 40


@bp.route("/console/mails", methods=["GET"])
@login_required
def mails() -> ResponseReturnValue:
    """Every mail, the newest first, of a state and kind where they are chosen."""
    ensure(policy.may_operate, visitor(), None)
    asked = request.args.get("state")
    try:
        state = Mails(asked) if asked else None
    except ValueError as problem:
        raise Invalid(field="state") from problem
    kind, after = request.args.get("kind", "")[:LONGEST_KIND_CHARACTERS], request.args.get("after")
    page = queries.listed(state, kind, after)
    return render_template(
        "console/mails.html",
        state=state,
        kind=kind,
        kinds=queries.kinds(),
        states=words.MAILS,
        rows=page.items,
        first=_url(state, kind) if after else None,
        following=_url(state, kind, page.next) if page.next else None,
    )


def _url(state: Mails | None, kind: str, after: str | None = None) -> str:
    return url_for("console.mails", state=state.value if state else None, kind=kind or None, after=after)


@bp.route("/console/mails/<int:mail_id>", methods=["GET"])
@login_required
def mail(mail_id: int) -> ResponseReturnValue:
    """One mail, without its words."""
    ensure(policy.may_operate, visitor(), None)
    return _page(queries.mail_by_id(mail_id))


@bp.route("/console/mails/<int:mail_id>/address", methods=["POST"])
@login_required(back="console.mail")
def mail_address(mail_id: int) -> ResponseReturnValue:
    """Show the address, once, with a reason and a row."""
    ensure(policy.may_operate, visitor(), None)
    found, form = queries.mail_by_id(mail_id), ReadingForm()
    try:
        address = actions.read_address(found, by=visitor(), why=form.chosen)
    except DomainError as problem:
        form.explain(problem)
        return _page(found, form=form)
    return _page(found, address=address)


@bp.route("/console/mails/<int:mail_id>/resend", methods=["POST"])
@login_required(back="console.mail")
def resend(mail_id: int) -> ResponseReturnValue:
    """Send it once more."""
    ensure(policy.may_operate, visitor(), None)
    try:
        actions.send_again(queries.mail_by_id(mail_id), by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("It is sent again."), "success")
    return redirect(url_for("console.mail", mail_id=mail_id))


def _page(found: Mail, *, form: ReadingForm | None = None, address: str = "") -> ResponseReturnValue:
    page = render_template(
        "console/mail.html",
        mail=queries.logged(found),
        form=form or ReadingForm(endpoint="console.mail_address"),
        address=address,
        states=words.MAILS,
    )
    answer = make_response(page, 422 if form is not None else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer
