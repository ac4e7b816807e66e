"""A letter as `letters/_body.html` draws it."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from forum.core.marking import marked, pieces_of
from forum.letters.models import Letter
from forum.letters.words import kind_words, place_words, writes_as_words


def body(letter: Letter, contested: Sequence[str] = ()) -> dict[str, Any]:
    """Return what the page prints of the letter itself, in the reader's language; needs `letter.cases` with `merchant`.

    `contested` are passages to be marked.
    """
    return {
        "title": letter.title,
        "byline": letter.byline,
        "title_pieces": pieces_of(letter.title, contested) if contested else [],
        "html": marked(letter.html, contested),
        "place_words": place_words(letter),
        "at": letter.published_at or letter.submitted_at,
        "kind_words": kind_words(letter.kind),
        "writes_as_words": writes_as_words(letter.writes_as),
        "event_on": letter.event_on,
        "loss": letter.loss,
        "ask": letter.ask,
        "ask_pieces": pieces_of(letter.ask, contested) if contested else [],
        "merchants": [
            {"name": case.merchant.name, "url": url_for("pages.merchant", slug=case.merchant.slug)}
            for case in letter.cases
        ],
    }
