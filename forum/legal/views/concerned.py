"""What somebody sees of the legal matters about their own words, and of their own identity given out."""

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.config import settings
from forum.core.text import slug
from forum.core.web import login_required, visitor
from forum.legal import queries
from forum.legal.lifecycle import Sender
from forum.legal.views import bp
from forum.letters.policy import may_read
from forum.people.queries.orders import told_to
from forum.people.words import AUTHORITIES


@bp.route("/legal/mine", methods=["GET"])
@login_required
def mine() -> ResponseReturnValue:
    """The matters about one's own words, and the orders on which one's identity was given out."""
    who = visitor()
    return render_template(
        "legal/mine.html", notices=queries.concerning(who.id), orders=told_to(who.id), authorities=AUTHORITIES
    )


@bp.route("/legal/<int:notice_id>", methods=["GET"])
@login_required
def own(notice_id: int) -> ResponseReturnValue:
    """One matter for who wrote what it is about: the demand in plain words, what it means, what to do, how it stands."""
    who = visitor()
    found = queries.own_notice(who, notice_id)
    things = [one for one in found.things if one.person_id == who.id]
    return render_template(
        "legal/own.html",
        notice=found,
        sender=found.name if found.sender is Sender.BUSINESS else "",
        things=[
            (one, slug(one.letter.title) if may_read(who, one.letter) else "", one.letter.author_id == who.id)
            for one in things
        ],
        held=any(one.letter.held_since is not None and not one.letter.held_quietly for one in things),
        contact=settings().contact_email,
    )
