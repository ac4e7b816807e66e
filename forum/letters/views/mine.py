"""The letters and drafts of the signed-in person."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forum.core.web import login_required, visitor
from forum.letters.lifecycle import Outcome, ResponseState
from forum.letters.models import LetterDraft
from forum.letters.queries.drafts import drafts_of
from forum.letters.queries.lists import CaseRow, LetterRow
from forum.letters.queries.own import own, returned
from forum.letters.shown import shown
from forum.letters.views import bp


@bp.route("/letters/mine", methods=["GET"])
@login_required
def mine() -> ResponseReturnValue:
    """Drafts first, then every letter in whatever state, newest first."""
    page = own(visitor(), after=request.args.get("after"))
    return render_template(
        "letters/mine.html",
        drafts=[_draft(one) for one in drafts_of(visitor())] if not request.args.get("after") else [],
        letters=[(row, shown(row), _unrated(row)) for row in page.items],
        returned=returned(visitor()),
        next=page.next,
    )


def _unrated(row: LetterRow) -> list[CaseRow]:
    """The answered cases of which the author has not said how they ended."""
    return [case for case in row.cases if case.response is ResponseState.ANSWERED and case.outcome is Outcome.NONE]


def _draft(draft: LetterDraft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "letter_id": draft.letter_id,
        "title": " ".join("".join(draft.fields.get("title", [])).split())[:160],
        "merchants": [name for name in draft.fields.get("merchants", []) if name.strip()][:5],
        "saved_at": draft.saved_at,
    }
