"""What an author does with a letter that was sent: mend, revise, withdraw, add an update."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from forum.core.errors import DomainError
from forum.core.returning import parked
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.letters import actions, policy
from forum.letters.forms import LetterForm, ReviseForm, UpdateForm, WithdrawForm, fields_of
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.letters.queries.drafts import mending
from forum.letters.views import bp, workbench
from forum.letters.views.write import form_of, is_newer


@bp.route("/letters/<int:letter_id>/mend", methods=["GET", "POST"])
@login_required
def mend(letter_id: int) -> ResponseReturnValue:
    """Change a returned letter and send it again, on the page on which it was written."""
    letter = letter_for(visitor(), letter_id, policy.is_author)
    if not policy.may_mend(visitor(), letter):
        flash(_("This letter does not wait for changes any more."), "info")
        return redirect(_page_of(letter))
    if request.method == "POST":
        return workbench.work(LetterForm(by=visitor()), letter)
    if request.args.get("parked"):
        _adopt(letter, request.args["parked"])
        return redirect(url_for("letters.mend", letter_id=letter.id))
    draft = mending(letter)
    if draft is not None:
        form = form_of(draft)
    else:
        form = LetterForm(
            by=visitor(), formdata=MultiDict([(name, v) for name, values in fields_of(letter).items() for v in values])
        )
    form.seen.data = letter.version
    return workbench.page(form, draft, letter, preview=bool(request.args.get("preview")))


@bp.route("/letters/<int:letter_id>/revise", methods=["GET", "POST"])
@login_required
def revise(letter_id: int) -> ResponseReturnValue:
    """Propose a new version of a published letter."""
    letter = letter_for(visitor(), letter_id, policy.may_revise)
    form = ReviseForm(seen=letter.version, title=letter.title, text=letter.text)
    if form.validate_on_submit():
        try:
            actions.revise(
                letter,
                by=visitor(),
                title=form.title.data,
                text=form.text.data,
                why=form.why.data,
                seen=form.seen.data,
            )
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("Your change was sent. The published text stays until a moderator has read it."), "success")
            return redirect(_page_of(letter))
    return render_template("letters/revise.html", letter=letter, form=form)


@bp.route("/letters/<int:letter_id>/withdraw", methods=["GET", "POST"])
@login_required
def withdraw(letter_id: int) -> ResponseReturnValue:
    """Ask once more, then take the letter back."""
    letter = letter_for(visitor(), letter_id, policy.is_author)
    form = WithdrawForm(seen=letter.version)
    if form.validate_on_submit():
        try:
            actions.withdraw(letter, by=visitor(), seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("Your letter is withdrawn."), "success")
            return redirect(url_for("letters.mine"))
    return render_template(
        "letters/withdraw.html", letter=letter, form=form, possible=policy.may_withdraw(visitor(), letter)
    )


@bp.route("/letters/<int:letter_id>/updates", methods=["GET", "POST"])
@login_required
def add_update(letter_id: int) -> ResponseReturnValue:
    """Add what is new, with its date."""
    letter = letter_for(visitor(), letter_id, policy.may_add_update)
    form = UpdateForm()
    if form.validate_on_submit():
        try:
            added = actions.add_update(letter, by=visitor(), text=form.text.data, once=form.once.data)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("Your update stands below your letter now."), "success")
            return redirect(f"{_page_of(letter)}#update-{added.id}")
    return render_template("letters/update.html", letter=letter, form=form)


def _adopt(letter: Letter, token: str) -> None:
    """Keep what was sent after the session had ended, unless the draft is newer."""
    fields = parked("letters.mend")
    draft = mending(letter)
    if fields is None or (draft is not None and is_newer(draft, token)):
        return
    draft = actions.mending_draft(letter, by=visitor(), fields=fields)
    actions.keep_draft(by=visitor(), once=draft.once, fields=fields)


def _page_of(letter: Letter) -> str:
    return url_for("letters.read", letter_id=letter.id, slug=slug(letter.title))
