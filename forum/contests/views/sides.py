"""A contest as its two sides see it: how it stands, the author's answer, taking it back."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.sent import received
from forum.config import settings
from forum.contests import actions, policy, queries
from forum.contests.forms import AnswerForm
from forum.contests.lifecycle import ContestState
from forum.contests.models import MOST_FILES, Contest
from forum.contests.views import bp
from forum.core.access import ensure
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.letters.passages import standing


@bp.route("/contests/<int:contest_id>", methods=["GET"])
@login_required
def one(contest_id: int) -> ResponseReturnValue:
    return render_template("contests/one.html", **facts(queries.contest_for(visitor(), contest_id)))


@bp.route("/contests/<int:contest_id>/answer", methods=["GET", "POST"])
@login_required
def answer(contest_id: int) -> ResponseReturnValue:
    """The author answers: in words, with proof, or by changing the letter."""
    found = queries.contest_for(visitor(), contest_id)
    ensure(policy.may_answer, visitor(), found)
    form = AnswerForm()
    if form.validate_on_submit():
        files = received(form, form.files, most=MOST_FILES)
        if not form.errors:
            try:
                actions.answer(found, by=visitor(), text=form.text.data or "", files=files)
            except DomainError as problem:
                form.explain(problem)
                found = queries.contest_for(visitor(), contest_id)
            else:
                flash(_("Your answer is with the editors. They decide now."), "success")
                return redirect(url_for("contests.one", contest_id=contest_id))
    return render_template(
        "contests/answer.html", form=form, most_files=MOST_FILES, **facts(found)
    ), 422 if form.errors or form.form_errors else 200


@bp.route("/contests/<int:contest_id>/react", methods=["POST"])
@login_required(back="contests.one")
def react(contest_id: int) -> ResponseReturnValue:
    """The author says that an answer comes, and has the days for it."""
    found = queries.contest_for(visitor(), contest_id)
    ensure(policy.may_answer, visitor(), found)
    try:
        actions.react(found, by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
        return redirect(url_for("contests.one", contest_id=contest_id))
    flash(_("Noted. You have %(days)s days to prove or change the passage.", days=settings().contest_answer_days), "success")
    return redirect(url_for("contests.answer", contest_id=contest_id))


@bp.route("/contests/<int:contest_id>/withdraw", methods=["POST"])
@login_required(back="contests.one")
def withdraw(contest_id: int) -> ResponseReturnValue:
    """Who contests takes it back."""
    found = queries.contest_for(visitor(), contest_id)
    ensure(policy.may_withdraw, visitor(), found)
    try:
        actions.withdraw(found, by=visitor())
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("The contest is taken back."), "success")
    return redirect(url_for("contests.one", contest_id=contest_id))


def facts(found: Contest) -> dict[str, Any]:
    """Return what the pages of both sides show of a contest."""
    who, letter = visitor(), found.letter
    asked = found.state is ContestState.AUTHOR_ASKED
    return {
        "contest": found,
        "letter": letter,
        "business": "" if found.case is None else found.case.merchant.name,
        "letter_url": url_for("letters.read", letter_id=letter.id, slug=slug(letter.title)),
        "standing": standing(letter, found.passages),
        "is_author": policy.may_answer(who, found),
        "may_appeal": policy.may_answer(who, found)
        if found.state is ContestState.UPHELD
        else found.state is ContestState.REJECTED and policy.is_challenger(who, found),
        "may_answer": asked and policy.may_answer(who, found),
        "may_withdraw": found.is_open and policy.may_withdraw(who, found),
        "days": settings().contest_answer_days,
    }
