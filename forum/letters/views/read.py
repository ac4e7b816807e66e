"""Reading a letter: its page, its versions, and saying that one met the same."""

from functools import cache
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts.models import Visitor
from forum.comments import queries as comments
from forum.config import settings
from forum.contests import queries as contests
from forum.contests.policy import may_file as may_contest
from forum.core.clock import local_date, utcnow
from forum.core.errors import Invalid
from forum.core.templating import address
from forum.core.text import slug as slug_of
from forum.core.web import login_required, visitor
from forum.letters import policy
from forum.letters.actions.me_too import say_me_too
from forum.letters.body import body
from forum.letters.files import tiles
from forum.letters.headline import Headline
from forum.letters.lifecycle import Visibility
from forum.letters.linked_data import linked_data
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.letters.queries.headline import headline_for, is_insider
from forum.letters.queries.history import versions
from forum.letters.queries.journey import journey
from forum.letters.queries.page import said_me_too
from forum.letters.queries.related import related
from forum.letters.queries.returns import marks_on
from forum.letters.shown import shown
from forum.letters.stamps import publication_stamp
from forum.letters.views import bp
from forum.reply import queries as replies
from forum.reply.policy import may_write as may_reply
from forum.responses import queries as responses


@bp.route("/letters/<int:letter_id>-<slug>", methods=["GET"])
def read(letter_id: int, slug: str) -> ResponseReturnValue:
    letter = headline_for(visitor(), letter_id)
    if slug != slug_of(letter.title):
        return _moved(letter)
    sort = request.args.get("sort", "oldest")
    if sort not in comments.SORTS:
        raise Invalid("bad_cursor", field="sort")
    return render_template("letters/read.html", **_page(letter, slug, sort))


bp.add_url_rule("/letters/<int:letter_id>", endpoint="read", build_only=True)


@bp.route("/letters/<int:letter_id>", methods=["GET"])
def read_by_number(letter_id: int) -> ResponseReturnValue:
    return _moved(headline_for(visitor(), letter_id))


def _moved(letter: Headline) -> ResponseReturnValue:
    path = address("letters.read", letter_id=letter.id, slug=slug_of(letter.title))
    query = request.query_string.decode("latin-1")
    return redirect(f"{path}?{query}" if query else path, 301)


def _page(letter: Headline, slug: str, sort: str) -> dict[str, Any]:
    """Return what the page shows: the thread anew each time, the rest by functions that are called for parts not ready."""
    who, after = visitor(), request.args.get("after")
    thread = comments.thread(letter.id, sort, after, who=who)
    path = address("letters.read", letter_id=letter.id, slug=slug)
    whole = cache(lambda: letter_for(who, letter.id, files=True))
    return {
        "letter": letter,
        "part": None if is_insider(who, letter) else _key(letter),
        "about": cache(lambda: _about(who, whole(), path)),
        "related": lambda: [shown(row) for row in related(whole())],
        "slug": slug,
        "address": path,
        "is_public": letter.visibility is Visibility.PUBLIC,
        "met_the_same": said_me_too(who, letter),
        "rows": thread.items,
        "helped": comments.helped(who, [row.id for row in thread.items]),
        "sort": sort,
        "sorts": list(comments.SORTS),
        "after": after,
        "next": thread.next,
        "may": {name: rule(who, letter) for name, rule in RULES.items()},
    }


def _key(letter: Headline) -> tuple[Any, ...]:
    """Name all that a reader without a part in the letter sees of it; clocks count days."""
    today = local_date(utcnow(), settings().time_zone)
    return letter.id, letter.published_at, letter.page_version, letter.epoch, today


def _about(who: Visitor, letter: Letter, path: str) -> dict[str, Any]:
    """Return the letter's own words, its evidence, cases and journey as this person may see them."""
    open_contests, marked = contests.shown_on(letter)
    marks = marks_on(letter)
    travelled, drawn = journey(who, letter), body(letter, [*marked, *(one.passage for one in marks)])
    return {
        "letter": letter,
        "body": drawn,
        "marks": marks,
        "printed": publication_stamp(letter.publication),
        "cases": responses.case_views(who, letter),
        "tiles": tiles(who, letter, letter.attachments),
        "updates": travelled.updates,
        "steps": travelled.steps,
        "contests": open_contests,
        "replies": replies.published_on(letter),
        "linked_data": linked_data(letter, drawn, path),
    }


RULES = {
    "author": policy.is_author,
    "add_update": policy.may_add_update,
    "revise": policy.may_revise,
    "mend": policy.may_mend,
    "withdraw": policy.may_withdraw,
    "comment": policy.may_comment,
    "me_too": policy.may_say_me_too,
    "contest": may_contest,
    "reply": may_reply,
}


@bp.route("/letters/<int:letter_id>/history", methods=["GET"])
def history(letter_id: int) -> ResponseReturnValue:
    letter = letter_for(visitor(), letter_id)
    return render_template(
        "letters/history.html",
        letter=letter,
        slug=slug_of(letter.title),
        versions=versions(visitor(), letter),
        is_public=letter.visibility is Visibility.PUBLIC,
    )


@bp.route("/letters/<int:letter_id>/me-too", methods=["POST"])
@login_required(back="letters.read_by_number", anchor="me-too")
def me_too(letter_id: int) -> ResponseReturnValue:
    letter = letter_for(visitor(), letter_id, policy.may_say_me_too)
    say_me_too(letter, by=visitor(), same=request.form.get("on") != "0")
    return redirect(url_for("letters.read", letter_id=letter.id, slug=slug_of(letter.title), _anchor="me-too"))
