"""Letters, comments and businesses by the addresses that people paste."""

import re
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from forum.comments.models import Comment
from forum.core.db import LARGEST_ID, db
from forum.core.errors import Invalid
from forum.legal.actions import Thing
from forum.merchants.models import Merchant

LETTERS = {"letters.read", "letters.read_by_number", "moderation.letter"}
ANCHOR = re.compile(r"c([0-9]{1,18})")  # of a comment on the page of its letter


def things_at(text: str, field: str = "things") -> list[Thing]:
    """Return the letter or comment of each line; raises Invalid("things_unfit") at the field with the number of the first wrong line."""
    found = []
    for number, line in enumerate((line.strip() for line in text.splitlines() if line.strip()), start=1):
        thing = _thing(line)
        if thing is None:
            raise Invalid("things_unfit", field=field, number=number)
        found.append(thing)
    return found


def business_at(text: str) -> int | None:
    """Return the business of a page's address, None for an empty one; raises Invalid("business_unfit") at `business`."""
    if not text.strip():
        return None
    endpoint, values, _anchor = _matched(text.strip())
    slug = values.get("slug") if endpoint == "pages.merchant" else None
    found = db.session.scalar(select(Merchant.id).where(Merchant.slug == slug))
    if found is None:
        raise Invalid("business_unfit", field="business")
    return found


def _thing(line: str) -> Thing | None:
    endpoint, values, anchor = _matched(line)
    of_comment = ANCHOR.fullmatch(anchor)
    number = values.get("comment_id") if endpoint == "comments.one" else int(of_comment[1]) if of_comment else None
    letter_id = values.get("letter_id") if endpoint in LETTERS else None
    if number is None:
        return Thing(letter_id) if letter_id is not None and letter_id <= LARGEST_ID else None
    comment = db.session.get(Comment, number) if number <= LARGEST_ID else None
    if comment is None or letter_id not in {None, comment.letter_id}:
        return None
    return Thing(comment.letter_id, comment.id)


def _matched(line: str) -> tuple[str, dict[str, int], str]:
    """Return the endpoint that an address of this site leads to, its values, and the anchor; empty for anything else."""
    try:
        parts = urlsplit(line)
        endpoint, values = current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect, ValueError):
        return "", {}, ""
    return str(endpoint), dict(values), parts.fragment
