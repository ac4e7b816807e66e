"""No way of the desk changes an author's words: moderators publish, return, refuse, mark and cover, and the text stays as typed."""

from typing import Any

import pytest
from flask import current_app
from sqlalchemy import select

from forum.comments.models import Comment
from forum.core.db import db
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter, Revision
from forum.reply.models import Reply
from forum.responses.models import Response
from tests.cast import make_comment
from tests.moderation.stage import SAID, make_file, make_response, make_revision

FORGED = dict.fromkeys(("title", "text", "html", "ask", "byline", "place", "excerpt", "name", "words"), "KATA REDAKSI" * 10)
WORDS = {Letter: ("title", "text", "html", "ask", "byline", "place"), Revision: ("title", "text", "why"), Comment: ("text", "byline"), Response: ("text",), Reply: ("text", "byline")}


def words() -> dict[tuple[str, int, str], Any]:
    db.session.expire_all()
    return {
        (model.__name__, row.id, name): getattr(row, name)
        for model, names in WORDS.items()
        for row in db.session.scalars(select(model))
        for name in names
    }


@pytest.mark.once
@pytest.mark.timeout(400)
def test_no_route_of_the_desk_changes_a_word(cast, browse) -> None:
    letters = [cast.letter(ask="Uang kembali"), cast.letter(publication=Publication.SUBMITTED), cast.letter(publication=Publication.TAKEN_DOWN)]
    revision = make_revision(letters[0])
    comment, file, response = make_comment(letters[0], cast.citra), make_file(letters[0]), make_response(letters[0], cast.bima)
    ids = {"letter_id": letters, "revision_id": [revision], "comment_id": [comment], "file_id": [file], "thing_id": [comment, response, letters[0]]}
    before = words()
    dewi = browse(cast.dewi)
    token = dewi.open(f"/moderation/letters/{letters[1].id}").find("input", name="csrf_token")[0].get("value")
    adapter = current_app.url_map.bind("localhost")
    tried = 0
    for rule in current_app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or not rule.rule.startswith("/moderation/") or len(rule.arguments - {"kind"}) != 1:
            continue
        (argument,) = rule.arguments - {"kind"}
        for row in ids.get(argument, ()):
            kinds = ("letter", "comment", "response") if "kind" in rule.arguments and "kind" not in (rule.defaults or {}) else (None,)
            for kind in kinds:
                values = {argument: row.id} | ({"kind": kind} if kind else {})
                for decision in ("publish", "accept", "return", "reject", "hide", "restore", "take_down", "reinstate", "lock", "unlock", "uphold"):
                    data = {**FORGED, "csrf_token": token, "decision": decision, "reason": "insult", "message": SAID, "answer": SAID, "seen": ""}
                    got = dewi.request("POST", adapter.build(rule.endpoint, values, method="POST"), data=data)
                    tried += got.status in {302, 303, 200, 422}
    assert tried > 40
    after = words()
    accepted = {("Letter", letters[0].id, name) for name in ("title", "text", "html")}  # the author's own new version was printed
    changed = {key for key, value in before.items() if after[key] != value}
    assert changed <= accepted
    assert again_is_the_authors(letters[0], revision)
    assert not any("KATA REDAKSI" in str(value) for value in after.values())


def again_is_the_authors(letter: Letter, revision: Revision) -> bool:
    return letter.text in {revision.text, letter.text} and "KATA REDAKSI" not in letter.text
