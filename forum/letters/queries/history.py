"""The versions of a letter and what changed from one to the next, by words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from functools import lru_cache

from sqlalchemy import select

from forum.accounts.models import Visitor
from forum.core.db import db
from forum.letters.lifecycle import RevisionState
from forum.letters.models import Letter, Revision
from forum.letters.policy import is_author

MOST_REVISIONS = 20
MOST_PIECES = 1_500
"""Paragraphs of a text, or words of a changed passage, that are compared; a longer one is shown as replaced whole, for comparing is quadratic."""
_WORD = re.compile(r"\S+\s*|\s+")
_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")

Change = tuple[str, str]
"""(same, old or new; the words)."""


@dataclass(frozen=True)
class Version:
    """One version; `title` and `text` hold what changed against the accepted version before it."""

    number: int
    state: RevisionState
    at: datetime
    why: str
    title: tuple[Change, ...]
    text: tuple[Change, ...]


def versions(who: Visitor, letter: Letter) -> list[Version]:
    """Return the newest MOST_REVISIONS versions, newest first; others than author and moderators see accepted ones only."""
    query = select(Revision).where(Revision.letter_id == letter.id)
    if not (who.is_moderator or is_author(who, letter)):
        query = query.where(Revision.state == RevisionState.ACCEPTED)
    found = list(db.session.scalars(query.order_by(Revision.id.desc()).limit(MOST_REVISIONS + 1)))
    found.reverse()
    made: list[Version] = []
    base: Revision | None = None
    for number, revision in enumerate(found, start=1):
        before = base or revision
        made.append(
            Version(
                number=number,
                state=revision.state,
                at=revision.decided_at or revision.made_at,
                why=revision.why,
                title=differences(before.title, revision.title),
                text=differences(before.text, revision.text),
            )
        )
        if revision.state is RevisionState.ACCEPTED:
            base = revision
    return made[: -MOST_REVISIONS - 1 : -1]


@lru_cache(maxsize=64)
def differences(old: str, new: str) -> tuple[Change, ...]:
    """Return the passages of both texts in order: those that stayed, went and came; compared by paragraphs, then words."""
    changes: list[Change] = []
    before, after = _PARAGRAPH.findall(old), _PARAGRAPH.findall(new)
    if len(before) > MOST_PIECES or len(after) > MOST_PIECES:
        return tuple(_joined(_by_words(old, new)))
    for same, gone, come in _pairs(before, after):
        changes += [("same", gone)] if same else _by_words(gone, come)
    return tuple(_joined(changes))


def _by_words(old: str, new: str) -> list[Change]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) > MOST_PIECES or len(after) > MOST_PIECES:
        return [("old", old), ("new", new)]
    changes: list[Change] = []
    for same, gone, come in _pairs(before, after):
        changes += [("same", gone)] if same else [("old", gone), ("new", come)]
    return changes


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[bool, str, str]]:
    matcher = SequenceMatcher(None, before, after)
    return [
        (tag == "equal", "".join(before[i1:i2]), "".join(after[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]


def _joined(changes: list[Change]) -> list[Change]:
    joined: list[Change] = []
    for kind, words in changes:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + words)
        elif words:
            joined.append((kind, words))
    return joined
