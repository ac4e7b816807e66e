"""Contesting passages of a letter: for a business, or as a person named in it, with or without an account."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.attachments.sent import received
from forum.config import settings
from forum.contests import actions, policy
from forum.contests.actions import Claimed
from forum.contests.forms import PERSON, ContestForm
from forum.contests.models import MOST_FILES, Contest
from forum.contests.queries import not_customer_yet
from forum.contests.views import bp
from forum.core.access import ensure_secured
from forum.core.errors import DomainError
from forum.core.text import slug
from forum.core.web import language, remote_address, visitor
from forum.letters import passages
from forum.letters.models import Case, Letter
from forum.letters.policy import may_write
from forum.letters.queries import letter_for


@bp.route("/letters/<int:letter_id>/contest", methods=["GET", "POST"])
def contest(letter_id: int) -> ResponseReturnValue:
    letter = letter_for(visitor(), letter_id, policy.may_file)
    for case in letter.cases:
        if case.merchant_id in visitor().acting_ids:
            ensure_secured(policy.may_file_for, visitor(), case)
    cases = _cases(letter)
    form = ContestForm(sides_of(cases))
    if form.validate_on_submit():
        files = received(form, form.files, most=MOST_FILES) if may_write(visitor()) else []
        if not form.errors:
            try:
                made = actions.contest(
                    letter,
                    Claimed(form.why, form.chosen, form.text.data or ""),
                    by=visitor(),
                    case=cases.get(form.case_id or 0),
                    name=form.name.data or visitor().name,
                    email=form.email.data or "",
                    language=language(),
                    files=files,
                    once=form.once.data,
                    address=remote_address(),
                )
            except DomainError as problem:
                form.explain(problem)
                letter = letter_for(visitor(), letter_id)
            else:
                return _done(made)
    return _page(letter, form)


def _cases(letter: Letter) -> dict[int, Case]:
    return {case.id: case for case in letter.cases if policy.may_file_for(visitor(), case)}


def sides_of(cases: dict[int, Case]) -> list[tuple[str, str]]:
    """Return for whom this visitor may contest: (value, words), the businesses first."""
    person = (PERSON, _("I, a person named in the letter"))
    return [*((str(number), case.merchant.name) for number, case in cases.items()), person]


def _done(made: Contest) -> ResponseReturnValue:
    if made.filed_at is None:
        return render_template("contests/sent.html", email=made.email, days=actions.LINK_LIFE.days, **_letter(made.letter))
    flash(_("Your contest is filed. The letter says so, and its author is told."), "success")
    return redirect(url_for("contests.one", contest_id=made.id))


def _letter(letter: Letter) -> dict[str, object]:
    return {"letter": letter, "letter_url": url_for("letters.read", letter_id=letter.id, slug=slug(letter.title))}


def _page(letter: Letter, form: ContestForm) -> ResponseReturnValue:
    config = settings()
    return render_template(
        "contests/file.html",
        form=form,
        sentences=passages.sentences(letter),
        ticked=set(form.ticked),
        asks_address=not may_write(visitor()),
        may_attach=may_write(visitor()),
        most_files=MOST_FILES,
        not_customer=[not_customer_yet(number) for number in _cases(letter)],
        hours=config.contest_react_hours,
        days=config.contest_answer_days,
        most=config.contests_per_business if _cases(letter) else config.contests_per_person,
        **_letter(letter),
    ), 422 if form.errors or form.form_errors else 200
