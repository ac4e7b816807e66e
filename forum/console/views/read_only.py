"""Read-only mode: everything that is sent is refused in words, and kept on the page, until an administrator switches it off."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.console import actions, policy
from forum.console.forms import ReasonForm
from forum.console.views import bp
from forum.core import steering
from forum.core.access import ensure
from forum.core.errors import DomainError, ReadOnly
from forum.core.forms import UNSAFE
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor

RETRY_SECONDS = 300
GOES_ON = frozenset(
    {
        "console.read_only",
        "console.write_again",
        "accounts.sign_in",
        "accounts.second_step",
        "accounts.pass_with_passkey",
        "accounts.passkey_question",
        "accounts.sign_out",
        "pages.language",
    }
)
"""The switch itself, the way to it, leaving, and the language, which is a cookie alone. Signing in is for everybody: before the
password nobody may learn who holds an office."""


@bp.before_app_request
def guard_read_only() -> None:
    """Refuse what is sent while the site can only be read."""
    if request.method in UNSAFE and request.endpoint not in GOES_ON:
        held = steering.value(steering.READ_ONLY)
        if held is not None:
            raise ReadOnly(why=held["why"], retry_after=RETRY_SECONDS)


@bp.route("/console/read-only", methods=["GET", "POST"])
@login_required
def read_only() -> ResponseReturnValue:
    """Let the site only be read, with a reason that everybody sees."""
    ensure(policy.may_operate, visitor(), None)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            actions.set_read_only(form.why.data, by=visitor())
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The site can only be read now, everywhere within a few seconds."), "success")
            return redirect(url_for("console.read_only"))
    page = render_template("console/read_only.html", form=form, held=steering.value(steering.READ_ONLY))
    return page, 422 if form.errors or form.form_errors else 200


@bp.route("/console/read-only/off", methods=["POST"])
@login_required(back="console.read_only")
def write_again() -> ResponseReturnValue:
    """Let people write again."""
    ensure(policy.may_operate, visitor(), None)
    try:
        actions.set_read_only(None, by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("People can write again."), "success")
    return redirect(url_for("console.read_only"))
