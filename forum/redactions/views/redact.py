"""Covering words of a letter, a comment or a response: proposed, previewed, confirmed; and put back by a moderator."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core import limits
from forum.core.errors import DomainError
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.moderation.lifecycle import ThingKind
from forum.moderation.models import Thing
from forum.moderation.queries.things import thing_for
from forum.redactions import actions, policy, queries
from forum.redactions.forms import RedactForm
from forum.redactions.lifecycle import Place, Reach
from forum.redactions.queries import Plan
from forum.redactions.views import bp

"""Redactions by one author: a public record must not be filled at will."""


@bp.route("/redact/<any(letter, comment, response):kind>s/<int:thing_id>", methods=["GET", "POST"])
@login_required
def redact(kind: str, thing_id: int) -> ResponseReturnValue:
    """Say which words, look at what would be covered, then cover it."""
    thing = thing_for(visitor(), ThingKind(kind), thing_id, policy.may_redact)
    reach = policy.reach_for(visitor(), thing) or Reach.OWN
    form, plan = RedactForm(reach), None
    if form.validate_on_submit():
        try:
            wanted = form.wanted()
            if not form.is_confirmed:
                plan = queries.planned(visitor(), thing, wanted)
                form.looked_at.data = form.fingerprint()
                return _page(thing, form, reach, plan)
            made = actions.redact(
                thing, wanted, by=visitor(), reason=form.why, once=form.once.data, permit=_permit(reach)
            )
        except DomainError as problem:
            form.explain(problem)
            thing = thing_for(visitor(), ThingKind(kind), thing_id, policy.may_redact)
        else:
            count = sum(one.count for one in made)
            flash(ngettext("%(num)d place is covered.", "%(num)d places are covered.", count), "success")
            return redirect(_after(thing, reach))
    return _page(thing, form, reach, plan)


@bp.route("/redact/<any(letter, comment, response):kind>s/<int:thing_id>/undo/<int:redaction_id>", methods=["POST"])
@login_required(back="redactions.redact")
def undo(kind: str, thing_id: int, redaction_id: int) -> ResponseReturnValue:
    """Show again what was covered by mistake, on the page of the letter or of something under it."""
    thing = thing_for(visitor(), ThingKind(kind), thing_id, policy.may_undo)
    found = queries.redaction_for(redaction_id, thing.letter.id)
    try:
        count = actions.undo(found, by=visitor(), thing=thing)
    except DomainError as problem:
        form = RedactForm(Reach.ALL, endpoint="redactions.redact")
        form.explain(problem)
        thing = thing_for(visitor(), ThingKind(kind), thing_id, policy.may_undo)
        return _page(thing, form, Reach.ALL, None)
    flash(
        ngettext("%(num)d place is shown again.", "%(num)d places are shown again.", count)
        if count
        else _("Nothing could be put back: the texts were changed since, and their marks stay."),
        "success" if count else "info",
    )
    return redirect(_after(thing, Reach.ALL))


def _permit(reach: Reach) -> partial[None] | None:
    if reach is Reach.ALL:
        return None
    return partial(limits.permit, "redact", str(visitor().id))


def _after(thing: Thing, reach: Reach) -> str:
    if reach is Reach.ALL:
        return url_for("redactions.redact", kind=thing.kind.value, thing_id=thing.row.id)
    if thing.kind is ThingKind.COMMENT:
        return url_for("comments.one", comment_id=thing.row.id)
    return url_for("letters.read", letter_id=thing.letter.id, slug=slug(thing.letter.title))


def _page(thing: Thing, form: RedactForm, reach: Reach, plan: Plan | None) -> ResponseReturnValue:
    may_undo = policy.may_undo(visitor(), thing)
    return render_template(
        "redactions/redact.html",
        thing=thing,
        form=form,
        plan=plan,
        everybodys=reach is Reach.ALL,
        proposals=[(f"{label}|{words}", label, words) for label, words in queries.proposals(visitor(), thing)],
        texts=_texts(thing),
        redactions=queries.redactions_of(thing.letter.id) if may_undo else [],
        back=url_for("moderation.letter", letter_id=thing.letter.id) if reach is Reach.ALL else _after(thing, reach),
        reports={Place.COMMENT: ThingKind.COMMENT.value, Place.RESPONSE: ThingKind.RESPONSE.value},
    ), 422 if form.errors or form.form_errors else 200


def _texts(thing: Thing) -> list[str]:
    """What is shown to select words in: the thing's own words."""
    row = thing.row
    if thing.kind is ThingKind.LETTER:
        return [text for text in (thing.letter.title, thing.letter.text, thing.letter.ask) if text]
    return [str(getattr(row, "text", ""))]
