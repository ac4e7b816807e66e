"""One row of the ledger, with its link in the chain, its correction and what else there is about the same thing."""

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.core.chain import NOTHING, text_of
from forum.core.web import visitor
from forum.ledger import queries, words
from forum.ledger.facts import facts_of
from forum.ledger.policy import may_correct
from forum.ledger.views import bp
from forum.redactions.words import label_words


@bp.route("/ledger/<int:number>")
def row(number: int) -> ResponseReturnValue:
    found = queries.entry(number)
    one = found.row
    before = queries.hash_of(number - 1) or NOTHING
    moderator = visitor().is_moderator and found.corrected_by is None
    return render_template(
        "ledger/row.html",
        entry=found,
        row=one,
        others=queries.others_about(one),
        hash_before=before,
        facts=facts_of(one).text,
        to_hash=text_of(before, number, "DIGEST"),
        may_correct=moderator and may_correct(visitor(), queries.written(one)),
        reason_of=words.reason_of,
        counted=words.counted,
        label_words=label_words,
        where=words.where,
        whys=words.WHYS,
    )
