"""The desk of one letter: everything a decision needs, on one page."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.actions import read_private
from forum.accounts.forms import ReadingForm
from forum.accounts.lifecycle import Private
from forum.attachments.words import MATCHES, SHOWS
from forum.core.access import ensure
from forum.core.errors import DomainError, Invalid
from forum.core.web import login_required, visitor
from forum.letters import files
from forum.letters import words as letter_words
from forum.letters.lifecycle import Move, Publication
from forum.letters.models import Letter
from forum.letters.stamps import publication_stamp
from forum.moderation import actions, policy, words
from forum.moderation.forms import DecisionForm, ThreadForm
from forum.moderation.lifecycle import ThingKind
from forum.moderation.queries import desk, queue_of_letters
from forum.moderation.queries.pane import pane
from forum.moderation.queries.panel import panel_of
from forum.moderation.queries.reports import reported
from forum.moderation.queries.things import whole
from forum.moderation.queries.ties import flags_of
from forum.moderation.views import bp

THINGS = frozenset(ThingKind) - {ThingKind.LETTER}
DONE = {
    Move.PUBLISH: lambda: _("The letter is published."),
    Move.RETURN: lambda: _("The letter went back to its author, with your words."),
    Move.REJECT: lambda: _("The letter is rejected, and its author is told why."),
    Move.TAKE_DOWN: lambda: _("The letter is taken down. A dated notice stands in its place."),
    Move.REINSTATE: lambda: _("The letter is published again."),
}


@bp.route("/moderation/letters/<int:letter_id>", methods=["GET"])
@login_required
def letter(letter_id: int) -> ResponseReturnValue:
    return _page(letter_id)


@bp.route("/moderation/letters/<int:letter_id>/decide", methods=["POST"])
@login_required(back="moderation.letter")
def decide(letter_id: int) -> ResponseReturnValue:
    found = desk.desk_letter(visitor(), letter_id)
    ensure(policy.may_decide_thing, visitor(), whole(found))
    form = DecisionForm(to=found.author.language)
    if form.validate_on_submit():
        try:
            move = _move(form.decision.data)
            if move in actions.AGAINST and form.propose():
                return _page(letter_id, form)
            actions.decide_letter(found, move, by=visitor(), reason=form.chosen, message=form.said, seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            return _page(letter_id, form, fresh=not isinstance(problem, Invalid))
        flash(DONE[move](), "success")
        return redirect(url_for("moderation.onward", after=request.form.get("place")))
    return _page(letter_id, form)


@bp.route("/moderation/letters/<int:letter_id>/comments", methods=["POST"])
@login_required(back="moderation.letter")
def lock_thread(letter_id: int) -> ResponseReturnValue:
    found = desk.desk_letter(visitor(), letter_id)
    ensure(policy.may_decide_thing, visitor(), whole(found))
    form, unlock = ThreadForm(to=found.author.language), request.form.get("decision") == "unlock"
    if form.validate_on_submit() and (unlock or not form.propose()):
        try:
            if unlock:
                actions.unlock_comments(found, by=visitor(), message=form.said)
            else:
                actions.lock_comments(found, by=visitor(), reason=form.chosen, message=form.said)
        except DomainError as problem:
            form.explain(problem)
        else:
            flash(_("The comments are open again.") if unlock else _("The comments are locked."), "success")
            return redirect(url_for("moderation.letter", letter_id=letter_id))
    return _page(letter_id, thread=form)


@bp.route("/moderation/letters/<int:letter_id>/details", methods=["POST"])
@login_required(back="moderation.letter")
def read_details(letter_id: int) -> ResponseReturnValue:
    """Show the private details of the letter's cases, with a reason and a row of it."""
    found = desk.desk_letter(visitor(), letter_id)
    ensure(policy.may_decide_thing, visitor(), whole(found))
    form = ReadingForm()
    try:
        read_private(
            Private.DETAILS, by=visitor(), reason=form.chosen, about=f"letter:{letter_id}", letter_id=letter_id
        )
    except DomainError as problem:
        form.explain(problem)
        return _page(letter_id, reading=form)
    return _page(letter_id, reveal=True)


def _move(value: str | None) -> Move:
    if value not in set(Move):
        raise Invalid("problem")
    return Move(value)


def _page(
    letter_id: int,
    form: DecisionForm | None = None,
    *,
    fresh: bool = False,
    thread: ThreadForm | None = None,
    reading: ReadingForm | None = None,
    reveal: bool = False,
) -> ResponseReturnValue:
    """Show the letter as it is now; `fresh`: a decision on this page is one on the state that it shows."""
    found = desk.desk_letter(visitor(), letter_id)
    to = found.author.language
    if form is None:
        form, fresh = DecisionForm(to=to, endpoint="moderation.decide"), True
    if fresh:
        form.seen.data = found.version
    may_decide = policy.may_decide_thing(visitor(), whole(found))
    return render_template(
        "moderation/letter.html",
        pane=pane(visitor(), f"letter:{letter_id}"),
        letter=found,
        shown=_shown(found),
        files=files.tiles(visitor(), found, found.attachments),
        form=form,
        stamp=publication_stamp(found.publication),
        moves=_moves(found) if may_decide else [],
        may_decide=may_decide,
        panel=panel_of(
            [(_("title"), found.title), (_("text"), found.text), (_("request"), found.ask)],
            person_id=found.author_id,
            merchants=[case.merchant for case in found.cases],
            letter=found,
            known_names=[found.byline],
        ),
        has_details=any(case.details for case in found.cases),
        details=_details(found) if reveal else [],
        reading=reading or ReadingForm(endpoint="moderation.read_details"),
        flags=flags_of(found.id),
        signs=queue_of_letters.signs_of(found),
        ties=words.TIES,
        shows=SHOWS,
        matches=MATCHES,
        similar=[(one, publication_stamp(one.publication)) for one in desk.similar(found)],
        decided=[(one, _address_of(one.about)) for one in desk.decisions_on(found.id)],
        decisions=words.DECISIONS,
        reports=reported(f"letter:{found.id}"),
        thread=thread or ThreadForm(to=to, endpoint="moderation.lock_thread"),
    )


def _address_of(about: str | None) -> str | None:
    """Return where a comment, response or file that was decided on is decided again; None for the letter itself."""
    kind, _colon, number = (about or "").partition(":")
    return url_for("moderation.thing", kind=kind, thing_id=int(number)) if kind in THINGS else None


def _moves(found: Letter) -> list[Move]:
    return {
        Publication.SUBMITTED: [Move.PUBLISH, Move.RETURN, Move.REJECT],
        Publication.PUBLISHED: [Move.TAKE_DOWN],
        Publication.TAKEN_DOWN: [Move.REINSTATE],
    }.get(found.publication, [])


def _shown(found: Letter) -> dict[str, Any]:
    """The letter as `letters/_body.html` draws it for its readers."""
    return {
        "title": found.title,
        "byline": found.byline,
        "html": found.html,
        "place_words": letter_words.place_words(found),
        "at": found.published_at or found.submitted_at,
        "kind_words": letter_words.kind_words(found.kind),
        "writes_as_words": letter_words.writes_as_words(found.writes_as),
        "event_on": found.event_on,
        "loss": found.loss,
        "ask": found.ask,
        "merchants": [
            {"name": case.merchant.name, "url": url_for("pages.merchant", slug=case.merchant.slug)}
            for case in found.cases
        ],
    }


def _details(found: Letter) -> list[tuple[str, list[tuple[str, str]]]]:
    """The private details of each case: (business, [(what, value)])."""
    return [
        (case.merchant.name, [(letter_words.detail_words(name), value) for name, value in case.details.items()])
        for case in found.cases
        if case.details
    ]
