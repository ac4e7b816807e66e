"""A letter goes back to its author with the passages marked that have to change."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.access import ensure
from forum.core.errors import DomainError, Invalid, NotNow
from forum.core.web import login_required, visitor
from forum.letters import passages
from forum.letters.lifecycle import Move, Publication
from forum.letters.models import MARK_CHARACTERS, Letter
from forum.letters.words import MARK_REASONS
from forum.moderation import actions, policy
from forum.moderation.queries import desk
from forum.moderation.queries.things import whole
from forum.moderation.return_forms import ReturnForm, key_of
from forum.moderation.views import bp


@bp.route("/moderation/letters/<int:letter_id>/return", methods=["GET", "POST"])
@login_required
def return_letter(letter_id: int) -> ResponseReturnValue:
    found = desk.desk_letter(visitor(), letter_id)
    ensure(policy.may_decide_thing, visitor(), whole(found))
    form = ReturnForm(to=found.author.language)
    if request.method == "POST":
        if form.validate_on_submit() and not form.propose():
            try:
                actions.decide_letter(
                    found, Move.RETURN, by=visitor(), reason=form.chosen, message=form.said, seen=form.seen.data, marks=form.marks
                )
            except DomainError as problem:
                form.explain(problem)
                return _page(desk.desk_letter(visitor(), letter_id), form, fresh=not isinstance(problem, Invalid))
            flash(_("The letter went back to its author, with your words."), "success")
            return redirect(url_for("moderation.queue"))
        return _page(found, form)
    if found.publication is not Publication.SUBMITTED:
        raise NotNow(state=found.publication.value, move=Move.RETURN.value)
    return _page(found, form, fresh=True)


def _page(found: Letter, form: ReturnForm, *, fresh: bool = False) -> ResponseReturnValue:
    if fresh:
        form.seen.data = found.version
    sentences = passages.sentences(found)
    ticked = form.ticked
    return render_template(
        "moderation/return.html",
        letter=found,
        form=form,
        sentences=[(key_of(one), one, ticked.get(one)) for one in sentences],
        reasons=MARK_REASONS,
        most_word=MARK_CHARACTERS[1],
    ), 422 if form.errors or form.form_errors else 200
