"""The transparency page: what was done, how fast, what was upheld, what waits."""

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.core.kept import kept
from forum.core.web import language
from forum.ledger import queries, words
from forum.ledger.lifecycle import Act, Group
from forum.ledger.views import bp
from forum.legal.queries import figures as notices_by_month
from forum.legal.words import OUTCOMES as NOTICE_OUTCOMES
from forum.orders import queries as orders


@bp.route("/ledger/figures")
def figures() -> ResponseReturnValue:
    found = kept(("ledger figures", language()), queries.figures)
    return render_template(
        "ledger/figures.html",
        figures=found,
        orders=kept(("orders counted", language()), orders.counted),
        groups=[group for group in Group if any(counts.get(group) for _month, counts in found.months)],
        group_words=words.GROUPS,
        waits=words.WAITS,
        reason_of=words.reason_of,
        reasons=words.reasons(),
        notices=kept(("legal figures", language()), notices_by_month),
        notice_outcomes=NOTICE_OUTCOMES,
        identities=found.acts.get(Act.IDENTITY_GIVEN, 0),
    )
