"""Rows of letters for measuring: plain dictionaries for bulk inserts, made one letter after the other."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from forum.comments.models import SEGMENT_DIGITS, SHOWN_LEVELS, Comment
from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import Base
from forum.core.events import Event, Kind, Role
from forum.core.text import RENDERER, excerpt
from forum.demo.prose import Prose
from forum.desk.actions.due import last_day
from forum.letters import categories
from forum.letters.lifecycle import (
    LetterKind,
    Outcome,
    Publication,
    ResponseState,
    RevisionState,
    Visibility,
    WritesAs,
)
from forum.letters.models import Case, Letter, Revision
from forum.merchants.lifecycle import Proof
from forum.responses.models import Remedy, Response
from forum.search.analysis import index_text

SPAN = timedelta(days=500)
REVIEW = timedelta(hours=3)
CONSUMERS = 300
MODERATOR, VOICE, FIRST_CONSUMER = 1, 2, 3
DESK, SMALL_DESK = 1, 2  # the businesses whose voices sign in
SMALL_DESK_CASES = 100
"""Of the second business beside a filled desk: what the pages of the first one are compared with."""
SMALL_DESK_CATEGORY, MIXED_IN = categories.STARTING[0].key, 3
"""Two of three letters to the second business are filed under one category, so that a page of its cases is full too."""
SMALL_VOICE = FIRST_CONSUMER + CONSUMERS
FIRST_LETTER_COMMENTS = 100
SECOND_LETTER_COMMENTS = 5_000
RARE_LETTERS = 14
SHARE_ANSWERED = 0.55
REPLIES = (1, 2)
"""Of four comments in a row, the second answers the first and the third the second."""
ENDINGS = (Outcome.NONE, Outcome.NONE, Outcome.SOLVED, Outcome.SOLVED, Outcome.PARTLY, Outcome.NOT_SOLVED)

SEARCH = "search"
Bundle = dict[type[Base] | str, list[dict[str, Any]]]


def letters(
    count: int, others: int, merchants: dict[int, str], prose: Prose, random: Random, desk: int = 0
) -> Iterator[Bundle]:
    """Return the rows of one letter after the other; numbers rise with the date of publication.

    Without `desk` the letters fall on all businesses alike; with it, that many, spread over the years, are about the first,
    SMALL_DESK_CASES are about the second, and the others about the rest.
    """
    now = utcnow()
    rare_every = max(1, count // RARE_LETTERS)
    case_id = 0
    for number in range(1, count + 1):
        at = now - SPAN * (count - number + 1) / (count + 1)
        parts = prose.letter(goods=number % 2 == 0, rare=number % rare_every == rare_every // 2)
        author = FIRST_CONSUMER if number % 50 == 0 else random.randint(FIRST_CONSUMER, FIRST_CONSUMER + CONSUMERS - 1)
        title, body = prose.title(), "\n\n".join(part.text for part in parts)
        about = random.sample(list(merchants), 2 if number % 10 == 0 else 1)
        small = 0
        if desk:
            about, small = _shared_out(number, count, desk, about)
        wanted = FIRST_LETTER_COMMENTS if number == 1 else SECOND_LETTER_COMMENTS if number == 2 else others
        bundle: Bundle = {
            Letter: [
                _letter(number, author, prose.person(), title, body, "".join(p.html for p in parts), at, wanted, random)
            ],
            Revision: [_revision(number, title, body, at)],
            Case: [],
            Response: [],
            Event: [
                _event(Kind.LETTER_SUBMITTED, Role.AUTHOR, author, number, at - REVIEW),
                _event(Kind.LETTER_PUBLISHED, Role.MODERATOR, MODERATOR, number, at),
            ],
            Comment: _comments(number, wanted, at, prose, random),
            SEARCH: [
                {
                    "letter_id": number,
                    "title": index_text(title),
                    "body": " ".join(part.indexed for part in parts),
                    "merchants": index_text(" ".join(merchants[one] for one in about)),
                }
            ],
        }
        for position, merchant in enumerate(about):
            case_id += 1
            if small % MIXED_IN:
                bundle[Letter][0]["category"] = SMALL_DESK_CATEGORY
            _case(bundle, case_id, number, merchant, position, at, now, prose, random)
            category = bundle[Letter][0]["category"]
            bundle[Case][-1] |= {"category": category, "due_on": last_day(category, at)}
        yield bundle


def _shared_out(number: int, count: int, desk: int, about: list[int]) -> tuple[list[int], int]:
    """Return what a letter is about where one business gets `desk` of them, and which letter to the second one it is, or 0."""
    others = [one for one in about if one not in {DESK, SMALL_DESK}]
    before, now = (number - 1) * desk // count, number * desk // count
    if now > before:
        return [DESK, *others[:1]] if len(about) > 1 else [DESK], 0
    rest, place = count - desk, number - now
    is_small = place * SMALL_DESK_CASES // rest > (place - 1) * SMALL_DESK_CASES // rest
    if is_small:
        return [SMALL_DESK], place * SMALL_DESK_CASES // rest
    return others or [SMALL_DESK + 1], 0


def _letter(
    number: int, author: int, byline: str, title: str, body: str, html: str, at: datetime, comments: int, random: Random
) -> dict[str, Any]:
    return {
        "id": number,
        "author_id": author,
        "byline": byline,
        "kind": LetterKind.COMPLAINT,
        "title": title,
        "text": body,
        "html": html,
        "renderer": RENDERER,
        "excerpt": excerpt(body),
        "category": random.choice(categories.all_keys()),
        "writes_as": WritesAs.CONSUMER,
        "place": random.choice(("Surabaya", "Medan", "Kupang", "Kabupaten Bogor")),
        "publication": Publication.PUBLISHED,
        "visibility": Visibility.PUBLIC,
        "submitted_at": at - REVIEW,
        "published_at": at,
        "created_at": at - REVIEW,
        "comment_number": comments,
        "comment_count": comments,
    }


def _revision(number: int, title: str, body: str, at: datetime) -> dict[str, Any]:
    return {
        "letter_id": number,
        "state": RevisionState.ACCEPTED,
        "title": title,
        "text": body,
        "made_at": at - REVIEW,
        "decided_at": at,
        "decided_by_id": MODERATOR,
    }


def _event(
    kind: Kind,
    role: Role,
    by: int | None,
    letter: int,
    at: datetime,
    case: int | None = None,
    about: str | None = None,
    **data: int,
) -> dict[str, Any]:
    facts = {"kind": kind, "role": role, "by_id": by, "letter_id": letter, "at": at, "case_id": case, "about": about}
    return {**facts, "data": data}


def _case(
    bundle: Bundle,
    case_id: int,
    letter: int,
    merchant: int,
    position: int,
    at: datetime,
    now: datetime,
    prose: Prose,
    random: Random,
) -> None:
    """Write a case as it stands by now: what the clock asks for has happened, so the worker of a fresh site is idle."""
    answered = at + timedelta(days=random.randint(1, 25), hours=random.randint(0, 20))
    done = random.random() < SHARE_ANSWERED and answered < now
    outcome = random.choice(ENDINGS) if done else Outcome.NONE
    outcome_at = min(now, answered + timedelta(days=2)) if outcome is not Outcome.NONE else None
    lapses = answered + timedelta(days=settings().unconfirmed_days)
    if done and outcome is Outcome.NONE and lapses <= now:
        outcome, outcome_at = Outcome.UNCONFIRMED, lapses
    bundle[Case].append(
        {
            "id": case_id,
            "letter_id": letter,
            "merchant_id": merchant,
            "position": position,
            "response": ResponseState.ANSWERED if done else ResponseState.AWAITING,
            "outcome": outcome,
            "started_at": at,
            "notified_at": at,
            "answered_at": answered if done else None,
            "outcome_at": outcome_at,
        }
    )
    if not done:
        return
    part = random.choice(prose.plain)
    bundle[Response].append(
        {
            "case_id": case_id,
            "author_id": VOICE,
            "signatory": "Bima Santoso",
            "job_title": "Humas",
            "proof": Proof.EMAIL,
            "proved_domain": "usaha.example",
            "remedy": random.choice(list(Remedy)),
            "text": part.text,
            "html": part.html,
            "renderer": RENDERER,
            "created_at": answered,
        }
    )
    bundle[Event].append(_event(Kind.CASE_ANSWERED, Role.BUSINESS, VOICE, letter, answered, case_id))
    asked = max((day for day in settings().outcome_days if timedelta(days=day) <= now - answered), default=None)
    if outcome is Outcome.NONE and asked is not None:
        at = answered + timedelta(days=asked)
        bundle[Event].append(_event(Kind.OUTCOME_ASKED, Role.SYSTEM, None, letter, at, case_id, day=asked))


def _comments(letter: int, count: int, at: datetime, prose: Prose, random: Random) -> list[dict[str, Any]]:
    """Return the comments of a letter on three levels."""
    made: list[dict[str, Any]] = []
    base = 0 if letter == 1 else FIRST_LETTER_COMMENTS if letter == 2 else _first_id(letter, count)
    for number in range(1, count + 1):
        parent = made[-1] if (number - 1) % 4 in REPLIES else None
        part = prose.comment()
        own = _segment(number)
        made.append(
            {
                "id": base + number,
                "letter_id": letter,
                "number": number,
                "parent_id": parent["id"] if parent else None,
                "root_number": parent["root_number"] if parent else number,
                "path": (parent["path"][: SEGMENT_DIGITS * (SHOWN_LEVELS - 1)] if parent else "") + own,
                "depth": parent["depth"] + 1 if parent else 0,
                "author_id": random.randint(FIRST_CONSUMER, FIRST_CONSUMER + CONSUMERS - 1),
                "byline": prose.person(),
                "text": part.text,
                "html": part.html,
                "renderer": RENDERER,
                "votes": random.choice((0, 0, 0, 1, 4)),
                "reply_count": 0,
                "created_at": at + timedelta(minutes=number),
            }
        )
        if parent:
            parent["reply_count"] += 1
    return made


def _first_id(letter: int, count: int) -> int:
    return FIRST_LETTER_COMMENTS + SECOND_LETTER_COMMENTS + (letter - 3) * count


def _segment(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits.rjust(SEGMENT_DIGITS, "0")
