"""The list of the desk, and what is done with several cases at once."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.access import ensure
from forum.core.errors import Invalid, NotAllowed
from forum.core.sentences import sentence
from forum.core.web import language, login_required, visitor
from forum.desk import actions, policy, queries
from forum.desk.forms import numbers_of, person_chosen, wanted_of
from forum.desk.lifecycle import MINE, NOBODY, Show, Wanted
from forum.desk.queries.lists import MOST_COUNTED
from forum.desk.queries.waiting import waiting_drafts
from forum.desk.views import bp
from forum.desk.words import show_words
from forum.letters import categories
from forum.letters.models import Case
from forum.merchants.queries import claims_of, representations_of


@bp.route("/desk", methods=["GET"])
@login_required
def board() -> ResponseReturnValue:
    """The cases of my businesses, what is due first on top."""
    who, wanted = visitor(), wanted_of(request.args)
    ensure(policy.may_use_desk, who, None)
    page = queries.board(who, wanted, after=request.args.get("after"))
    voices = representations_of(who)
    return render_template(
        "desk/board.html",
        page=page,
        wanted=wanted,
        parts=wanted.but(),
        tabs=_tabs(wanted, {} if wanted.q or not voices else queries.counts(who, wanted)),
        choices=_choices(wanted, voices),
        later=bool(request.args.get("after")),
        first_url=url_for("desk.board", **wanted.but()),
        next_url=url_for("desk.board", **wanted.but(), after=page.next) if page.next else None,
        team=queries.team(sorted(who.answering_ids)),
        voices=voices,
        acts=bool(who.answering_ids),
        claims=claims_of(who),
        drafts=waiting_drafts(who),
    )


def _tabs(wanted: Wanted, numbers: dict[Show, int]) -> list[dict[str, Any]]:
    return [
        {
            "words": show_words(show),
            "url": url_for("desk.board", **wanted.but(show=show)),
            "current": show is wanted.show,
            "count": _capped(numbers.get(show)),
        }
        for show in Show
    ]


def _capped(number: int | None) -> int | str | None:
    return f"{MOST_COUNTED}+" if number is not None and number > MOST_COUNTED else number


def _choices(wanted: Wanted, voices: Any) -> dict[str, list[tuple[str, str, bool]]]:
    """The selects of the filter: value, words, whether chosen."""
    spoken = language()
    people = {one.id: one.name for one in queries.team([voice.merchant_id for voice in voices])}
    agents = [("", _("Everybody")), (MINE, _("Mine")), (NOBODY, _("Nobody"))]
    agents += [(str(number), name) for number, name in people.items() if number != visitor().id]
    subjects = [("", _("All categories")), *((one.key, categories.name(one, spoken)) for one in categories.every())]
    businesses = [("", _("All businesses")), *((str(one.merchant_id), one.merchant.name) for one in voices)]
    return {
        "category": [(value, words, value == wanted.category) for value, words in subjects],
        "agent": [(value, words, value == wanted.agent) for value, words in agents],
        "merchant": [(value, words, value == str(wanted.merchant or "")) for value, words in businesses],
    }


@bp.route("/desk/selected", methods=["POST"])
@login_required(back="desk.board")
def selected() -> ResponseReturnValue:
    """Acknowledge, take or give the ticked cases."""
    wanted, form = wanted_of(request.form), request.form
    numbers = numbers_of(form.getlist("case"))
    target = url_for("desk.board", **wanted.but())
    if form.get("here") and numbers:
        target = url_for("desk.case", case_id=numbers[0], **wanted.but())
    elif form.get("after"):
        target = url_for("desk.board", **wanted.but(), after=form["after"][:500])
    if not numbers:
        flash(_("Tick the letters first."), "info")
        return redirect(target)
    cases = queries.desk_cases(visitor(), numbers)
    try:
        _do(form.get("do", ""), cases)
    except Invalid as problem:
        flash(sentence(problem), "error")
    return redirect(target)


def _do(what: str, cases: Sequence[Case]) -> None:
    who = visitor()
    if what == "acknowledge":
        done = actions.receive_all(cases, by=who)
        flash(
            ngettext(
                "%(num)d letter shows now that you have received it. The clock runs on.",
                "%(num)d letters show now that you have received them. The clock runs on.",
                done,
            ),
            "success" if done else "info",
        )
        return
    if what not in {"take", "give"}:
        raise NotAllowed
    chosen = str(who.id) if what == "take" else request.form.get("to", "")
    if not chosen:
        flash(_("Choose whom to give them to."), "info")
        return
    to = person_chosen(chosen)
    done = actions.assign_all(cases, to=to, by=who)
    flash(_handed(done, to), "success" if done else "info")


def _handed(number: int, to: int | None) -> str:
    if to is None:
        return ngettext("%(num)d letter is in nobody's hands now.", "%(num)d letters are in nobody's hands now.", number)
    if to == visitor().id:
        return ngettext("%(num)d letter is in your hands now.", "%(num)d letters are in your hands now.", number)
    name = next((one.name for one in queries.team(sorted(visitor().answering_ids)) if one.id == to), "")
    return ngettext("%(num)d letter is in the hands of %(name)s now.", "%(num)d letters are in the hands of %(name)s now.", number, name=name)
