"""Writing a right of reply without an account, and the page of its mailed link, which a button confirms."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.appeals.queries import key_to_appeal
from forum.config import settings
from forum.core.errors import DomainError, Missing
from forum.core.sentences import sentence
from forum.core.text import slug
from forum.core.web import language, open_to_others, remote_address, visitor
from forum.letters.queries import letter_for
from forum.reply import actions, links, policy, queries
from forum.reply.forms import ReplyForm
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply
from forum.reply.views import bp
from forum.reply.words import STATES

PAGES = {"reply.mailed", "reply.confirm", "reply.withdraw"}
CLOSED = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


@bp.after_request
def tell_nobody_the_address(response: Response) -> Response:
    """Keep the address of a mailed link to itself: no Referer, no index, no cache."""
    if request.endpoint in PAGES:
        response.headers.update(CLOSED)
    return response


@bp.route("/letters/<int:letter_id>/right-of-reply", methods=["GET", "POST"])
def write(letter_id: int) -> ResponseReturnValue:
    letter = letter_for(visitor(), letter_id, policy.may_write)
    form = ReplyForm()
    if form.validate_on_submit():
        try:
            made = actions.write(
                letter,
                by=visitor(),
                name=form.name.data or "",
                name_shown=form.shown,
                place=form.place.data or "",
                text=form.text.data or "",
                email=form.email.data or "",
                language=language(),
                once=form.once.data,
                address=remote_address(),
            )
        except DomainError as problem:
            form.explain(problem)
            letter = letter_for(visitor(), letter_id)
        else:
            return render_template(
                "reply/sent.html", letter=letter, letter_url=_url(made), email=made.email, days=actions.LINK_LIFE.days
            )
    return render_template(
        "reply/write.html", letter=letter, form=form, hours=settings().reply_hours
    ), 422 if form.errors or form.form_errors else 200


@bp.route("/right-of-reply/<int:reply_id>/<key>", methods=["GET"])
@open_to_others
def mailed(reply_id: int, key: str) -> ResponseReturnValue:
    found = _found(reply_id, key)
    return render_template(
        "reply/mailed.html",
        reply=found,
        key=key,
        letter=found.letter,
        letter_url=_url(found),
        state_words=STATES[found.state],
        is_shown=policy.is_shown(found),
        unproven=found.state is ReplyState.UNPROVEN,
        waits=found.state is ReplyState.WAITING,
        appeal=key_to_appeal(f"reply:{found.id}") if found.state is ReplyState.REFUSED else None,
        hours=settings().reply_hours,
    )


@bp.route("/right-of-reply/<int:reply_id>/<key>/confirm", methods=["POST"])
@open_to_others
def confirm(reply_id: int, key: str) -> ResponseReturnValue:
    found = _found(reply_id, key)
    try:
        actions.prove(found)
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("Thank you. The editors have your reply."), "success")
    return redirect(url_for("reply.mailed", reply_id=reply_id, key=key))


@bp.route("/right-of-reply/<int:reply_id>/<key>/withdraw", methods=["POST"])
@open_to_others
def withdraw(reply_id: int, key: str) -> ResponseReturnValue:
    found = _found(reply_id, key)
    try:
        actions.withdraw(found)
    except DomainError as problem:
        flash(sentence(problem), "error")
    else:
        flash(_("Your reply is taken back, and its words are deleted."), "success")
    return redirect(url_for("reply.mailed", reply_id=reply_id, key=key))


def _found(reply_id: int, key: str) -> Reply:
    """The reply that this key opens; any other address is none. Raises Missing."""
    if not links.opens(reply_id, key):
        raise Missing
    return queries.reply_with_letter(reply_id)


def _url(reply: Reply) -> str:
    return url_for("letters.read", letter_id=reply.letter_id, slug=slug(reply.letter.title))
