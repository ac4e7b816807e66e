"""The queue: everything that waits as one list, and each kind behind its tab with the number that waits."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.rights import Right
from forum.appeals.queries import waiting_appeals
from forum.attachments.models import FileAudience
from forum.attachments.words import audience_words
from forum.comments.lifecycle import HeldFor
from forum.comments.words import held_words
from forum.core.access import ensure
from forum.core.paging import Page
from forum.core.web import login_required, visitor
from forum.legal.queries import waiting_notices
from forum.moderation import policy, words
from forum.moderation.lifecycle import Reason
from forum.moderation.queries import (
    addresses,
    bursts,
    held,
    queue_of_claims,
    queue_of_letters,
    queue_of_reports,
    ties,
    whole,
)
from forum.moderation.queries import queue as queries
from forum.moderation.queries.sources import SOURCES
from forum.moderation.views import bp, queue_of_contests
from forum.moderation.words import THINGS
from forum.orders.queries import waiting_orders
from forum.privacy.queries import waiting_requests

ENDPOINTS = {
    "all": "moderation.queue",
    "letters": "moderation.letters",
    "revisions": "moderation.revisions",
    "claims": "moderation.claims",
    "reports": "moderation.reports",
    "names": "moderation.names",
    "objections": "moderation.objections",
    "answers": "moderation.answers",
    "addresses": "moderation.unreached",
    "files": "moderation.files",
    "held": "moderation.held_comments",
    "contests": "moderation.contests",
    "replies": "moderation.replies",
    "appeals": "moderation.appeals",
    "data": "moderation.data_requests",
    "legal": "moderation.legal",
    "orders": "moderation.orders",
}


@bp.route("/moderation", methods=["GET"])
@login_required
def queue() -> ResponseReturnValue:
    """Everything that waits, by deadline; `kind` of one tab alone, `mine`: what the moderator has in hand."""
    ensure(policy.may_open_desk, visitor(), None)
    tab, mine, after = request.args.get("kind", ""), bool(request.args.get("mine")), request.args.get("after")
    kinds = [one.kind for one in SOURCES.values() if one.tab == tab]
    page = whole.waiting(visitor(), after, kinds=kinds, mine=mine)
    here: dict[str, Any] = {"kind": tab if kinds else None, "mine": 1 if mine else None}
    return render_template(
        "moderation/queue.html",
        tabs=tabs("all"),
        name="all",
        mine=mine,
        tab=tab if kinds else "",
        told=words.proposal(Reason.ADVERTISING),
        in_hand=whole.number_in_hand(visitor()),
        things=THINGS,
        operates=visitor().may(Right.OPERATE),
        marks=_marks(),
        rows=[(row, url_for(row.endpoint, **row.arguments)) for row in page.items],
        first=url_for("moderation.queue", **here) if after else None,
        following=url_for("moderation.queue", **here, after=page.next) if page.next else None,
    )


@bp.route("/moderation/letters", methods=["GET"])
@login_required
def letters() -> ResponseReturnValue:
    return _list("letters", queue_of_letters.waiting_letters, lambda row: url_for("moderation.letter", letter_id=row.id))


@bp.route("/moderation/revisions", methods=["GET"])
@login_required
def revisions() -> ResponseReturnValue:
    return _list("revisions", queries.waiting_revisions, lambda row: url_for("moderation.revision", revision_id=row.id))


@bp.route("/moderation/claims", methods=["GET"])
@login_required
def claims() -> ResponseReturnValue:
    return _list("claims", partial(queue_of_claims.waiting_claims, visitor()), lambda row: url_for("moderation.claim", claim_id=row.id))


@bp.route("/moderation/reports", methods=["GET"])
@login_required
def reports() -> ResponseReturnValue:
    return _list(
        "reports", partial(queue_of_reports.waiting_reports, visitor()), lambda row: url_for("moderation.thing", kind=row.kind, thing_id=row.id)
    )


@bp.route("/moderation/names", methods=["GET"])
@login_required
def names() -> ResponseReturnValue:
    return _list("names", queries.waiting_names, lambda row: url_for("moderation.business", merchant_id=row.id))


@bp.route("/moderation/objections", methods=["GET"])
@login_required
def objections() -> ResponseReturnValue:
    return _list(
        "objections",
        partial(queue_of_claims.waiting_objections, visitor()),
        lambda row: url_for("moderation.objection", objection_id=row.id),
    )


@bp.route("/moderation/answers", methods=["GET"])
@login_required
def answers() -> ResponseReturnValue:
    return _list("answers", queries.waiting_answers, lambda row: url_for("moderation.answer", link_id=row.id))


@bp.route("/moderation/files", methods=["GET"])
@login_required
def files() -> ResponseReturnValue:
    return _list("files", queries.waiting_files, lambda row: url_for("moderation.file", file_id=row.id))


@bp.route("/moderation/held", methods=["GET"])
@login_required
def held_comments() -> ResponseReturnValue:
    return _list("held", held.waiting_held, lambda row: url_for("moderation.held_comment", comment_id=row.id))


@bp.route("/moderation/bursts", methods=["GET"])
@login_required
def vote_bursts() -> ResponseReturnValue:
    """Where many voices came at once from new accounts or one place, newest first."""
    ensure(policy.may_open_desk, visitor(), None)
    page = bursts.flagged(request.args.get("after"))
    return render_template(
        "moderation/bursts.html",
        rows=page.items,
        first=url_for("moderation.vote_bursts") if request.args.get("after") else None,
        following=url_for("moderation.vote_bursts", after=page.next) if page.next else None,
    )


@bp.route("/moderation/contests", methods=["GET"])
@login_required
def contests() -> ResponseReturnValue:
    """Contests that wait for a decision."""
    return _list(
        "contests",
        partial(queue_of_contests.waiting_contests, visitor()),
        lambda row: url_for("contests.desk", contest_id=row.id),
    )


@bp.route("/moderation/right-of-reply", methods=["GET"])
@login_required
def replies() -> ResponseReturnValue:
    return _list("replies", queue_of_contests.waiting_replies, lambda row: url_for("reply.review", reply_id=row.id))


@bp.route("/moderation/appeals", methods=["GET"])
@login_required
def appeals() -> ResponseReturnValue:
    return _list(
        "appeals", partial(waiting_appeals, visitor()), lambda row: url_for("appeals.judge", appeal_id=row.id)
    )


@bp.route("/moderation/legal", methods=["GET"])
@login_required
def legal() -> ResponseReturnValue:
    """Legal notices that wait for an answer."""
    return _list(
        "legal", partial(waiting_notices, visitor()), lambda row: url_for("legal.desk", notice_id=row.id)
    )


@bp.route("/moderation/orders", methods=["GET"])
@login_required
def orders() -> ResponseReturnValue:
    return _list("orders", partial(waiting_orders, visitor()), lambda row: url_for("orders.desk", order_id=row.id))


@bp.route("/moderation/addresses", methods=["GET"])
@login_required
def unreached() -> ResponseReturnValue:
    """Businesses with open letters that nobody can tell of them."""
    ensure(policy.may_open_desk, visitor(), None)
    page = addresses.unreached(request.args.get("after"))
    return render_template(
        "moderation/addresses.html",
        tabs=tabs("addresses"),
        rows=page.items,
        first=url_for("moderation.unreached") if request.args.get("after") else None,
        following=url_for("moderation.unreached", after=page.next) if page.next else None,
    )


@bp.route("/moderation/flags", methods=["GET"])
@login_required
def flags() -> ResponseReturnValue:
    """Letters whose author seems to belong to the business, newest first."""
    ensure(policy.may_open_desk, visitor(), None)
    page = ties.flags(request.args.get("after"))
    return render_template(
        "moderation/flags.html",
        ties=words.TIES,
        rows=page.items,
        first=url_for("moderation.flags") if request.args.get("after") else None,
        following=url_for("moderation.flags", after=page.next) if page.next else None,
    )


@bp.route("/moderation/data-requests", methods=["GET"])
@login_required
def data_requests() -> ResponseReturnValue:
    return _list("data", partial(waiting_requests, visitor()), lambda row: url_for("privacy.review", request_id=row.id))


def _list(
    name: str, waiting: Callable[[str | None], Page[queries.Waiting]], address: Callable[[queries.Waiting], str]
) -> ResponseReturnValue:
    ensure(policy.may_open_desk, visitor(), None)
    page = waiting(request.args.get("after"))
    following = url_for(ENDPOINTS[name], after=page.next) if page.next else None
    return render_template(
        "moderation/queue.html",
        tabs=tabs(name),
        operates=visitor().may(Right.OPERATE),
        name=name,
        things=THINGS,
        marks=_marks() if name in {"claims", "files", "letters", "held", "contests", "data", "orders"} else {},
        rows=[(row, address(row)) for row in page.items],
        first=url_for(ENDPOINTS[name]) if request.args.get("after") else None,
        following=following,
    )


def _marks() -> dict[str, str]:
    return {
        "document": _("With documents"),
        "second": _("Approved once, needs a second moderator"),
        "rivals": _("Claimed by several"),
        "team": _("Somebody speaks for it already"),
        "new_account": _("New account"),
        "like_spam": _("Like known advertising"),
        "correction": _("Correction of data"),
        "deletion": _("Deletion of data"),
        "erase_everything": _("Deletion of everything, needs two moderators"),
        "hides": _("Words are covered meanwhile"),
        "objected": _("Somebody concerned objects"),
        **{one.value: audience_words(one) for one in FileAudience},
        **{one.value: held_words(one) for one in HeldFor},
    }


def tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs of the desk with what waits behind each."""
    counts = queries.counts()
    labels = {
        "all": (_("Everything"), counts.everything),
        "letters": (_("Letters"), counts.letters),
        "revisions": (_("New versions"), counts.revisions),
        "claims": (_("Claims of businesses"), counts.claims),
        "reports": (_("Reports"), counts.reports),
        "names": (_("Names of businesses"), counts.names),
        "objections": (_("Objections"), counts.objections),
        "answers": (_("Responses by mail"), counts.answers),
        "addresses": (_("Not to be reached"), counts.addresses),
        "files": (_("Files shown to more people"), counts.files),
        "held": (_("Held comments"), counts.held),
        "contests": (_("Contests"), counts.others.get("contests", 0)),
        "replies": (_("Rights of reply"), counts.replies),
        "appeals": (_("Appeals"), counts.others.get("appeals", 0)),
        "data": (_("Requests about data"), counts.others.get("data", 0)),
        "legal": (_("Legal notices"), counts.others.get("legal", 0)),
        "orders": (_("Orders of authorities"), counts.others.get("orders", 0)),
    }
    return [
        {"words": label, "count": count, "url": url_for(ENDPOINTS[name]), "current": name == current}
        for name, (label, count) in labels.items()
    ]
