"""What 10,000 waiting items cost the moderators' queue against 100. `python -m benchmarks.waiting [postgresql://… of an empty database]`

Letters, held comments and reported comments in three parts, one of them reported a thousand times. Measured are the questions that
the page asks: its first page, a page in the middle, what one has in hand, one item beside which the queue stands, and the counts.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import flask_migrate
from sqlalchemy import insert, text

from forum.accounts.models import User
from forum.accounts.rights import Standing
from forum.app import create_app
from forum.comments.lifecycle import CommentState, HeldFor
from forum.comments.models import Comment
from forum.config import Settings
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import LetterKind, Publication, Visibility, WritesAs
from forum.letters.models import Case, Letter
from forum.merchants.models import Merchant
from forum.moderation.lifecycle import ReportReason, ReportState
from forum.moderation.models import Report
from forum.moderation.queries import queue, whole

FEW, MANY, STORM, TIMES, REPORTED = 100, 10_000, 1_000, 15, 2
MOST_TIMES = 1.5
"""What a page may cost at most with a hundred times as much waiting; counting costs with what is counted."""


@dataclass(frozen=True)
class People:
    """Who looks, who wrote, and about whom."""

    moderator: User
    author: User
    merchant: Merchant


@unit_of_work
def people() -> People:
    """Write the people and the business."""
    now = utcnow()
    moderator, author = (
        User(name=name, email=f"{name}@surat.example", password_hash="-", standing=standing, language="id", rules_version="-", confirmed_at=now)
        for name, standing in (("redaksi", Standing.MODERATOR), ("ana", Standing.MEMBER))
    )
    merchant = Merchant(name="Toko Melati", key="toko melati", slug="toko-melati")
    db.session.add_all([moderator, author, merchant])
    db.session.flush()
    return People(moderator, author, merchant)


@unit_of_work
def fill(who: People, numbers: range) -> None:
    """Write an item for each number: a letter that waits, a letter with a held comment, and one with a reported comment, in turn."""
    db.session.execute(insert(Letter), [_letter(number, who.author, waits=number % 3 == 0) for number in numbers])
    cases = [{"letter_id": number + 1, "merchant_id": who.merchant.id, "category": "toko-online"} for number in numbers]
    db.session.execute(insert(Case), cases)
    under = [number for number in numbers if number % 3]
    db.session.execute(insert(Comment), [_comment(number, who.author, held=number % 3 == 1) for number in under])
    reported = [number for number in under if number % 3 == REPORTED]
    db.session.execute(insert(Report), [_report(number, again) for number in reported for again in range(STORM if number == REPORTED else 1)])


def _at(number: int) -> datetime:
    return utcnow() - timedelta(minutes=number % 5_000)


def _letter(number: int, author: User, *, waits: bool) -> dict[str, Any]:
    at = _at(number)
    return {
        "id": number + 1,
        "author_id": author.id,
        "byline": "Ana",
        "kind": LetterKind.COMPLAINT,
        "writes_as": WritesAs.CONSUMER,
        "title": f"Surat nomor {number}",
        "excerpt": "Barang belum dikirim.",
        "category": "toko-online",
        "text": "Barang belum dikirim.",
        "html": "<p>Barang belum dikirim.</p>",
        "renderer": 1,
        "place": "Surabaya",
        "publication": Publication.SUBMITTED if waits else Publication.PUBLISHED,
        "visibility": Visibility.AUTHOR_ONLY if waits else Visibility.PUBLIC,
        "submitted_at": at,
        "published_at": None if waits else at,
    }


def _comment(number: int, author: User, *, held: bool) -> dict[str, Any]:
    return {
        "id": number + 1,
        "letter_id": number + 1,
        "number": 1,
        "root_number": 1,
        "path": "0001",
        "depth": 0,
        "author_id": author.id,
        "byline": "Ana",
        "text": f"Komentar nomor {number}",
        "html": "<p>Komentar</p>",
        "renderer": 1,
        "state": CommentState.HELD if held else CommentState.VISIBLE,
        "held_for": HeldFor.LINK if held else None,
        "held_at": _at(number) if held else None,
    }


def _report(number: int, again: int) -> dict[str, Any]:
    return {
        "number": f"L-{number}-{again}",
        "about": f"comment:{number + 1}",
        "letter_id": number + 1,
        "reason": ReportReason.INSULT,
        "state": ReportState.OPEN,
        "text": "",
        "snapshot": "",
        "weight": 10,
        "created_at": _at(number),
    }


def measure(moderator: User, items: int) -> dict[str, float]:
    """Return the median of each question in milliseconds."""
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    after = None
    for _ in range(max(1, items // 2 // queue.ROWS)):
        after = whole.waiting(moderator, after).next
    first = whole.waiting(moderator).items[0]
    if len(whole.waiting(moderator).items) != queue.ROWS or after is None:
        raise RuntimeError("the queue is not full: it would compare nothing")
    questions: dict[str, Callable[[], object]] = {
        "first page": lambda: whole.waiting(moderator),
        "page in the middle": lambda: whole.waiting(moderator, after),
        "reports alone": lambda: whole.waiting(moderator, kinds=["report"]),
        "in my hands": lambda: whole.waiting(moderator, mine=True),
        "one item": lambda: whole.waiting_item(moderator, first.item),
        "counts": queue.counts,
    }
    return {name: _median(ask) for name, ask in questions.items()}


def _median(ask: Callable[[], object]) -> float:
    ask()
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
        db.session.rollback()
    return median(taken)


def _measured(address: str) -> list[dict[str, float]]:
    """Measure with few and then with many in one database."""
    with tempfile.TemporaryDirectory(prefix="forum-waiting-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
        more = {"FORUM_DATABASE_URL": address} if address else {}
        app = create_app(Settings.from_environment({**kept, **more, "FORUM_DATA_DIR": str(Path(folder)), "FORUM_ENV": "test"}))
        with app.app_context():
            flask_migrate.upgrade()
            try:
                who, found = people(), []
                for begin, end in ((0, FEW), (FEW, MANY)):
                    fill(who, range(begin, end))
                    found.append(measure(who.moderator, end))
                return found
            finally:
                db.session.remove()
                db.engine.dispose()


def main() -> int:
    """Measure and print the table."""
    few, many = _measured(sys.argv[1] if len(sys.argv) > 1 else "")
    print(f"| question of the queue, {MANY:,} items and {FEW} | ms | times |\n| --- | --- | --- |")
    for name, value in many.items():
        aim = "" if name == "counts" else " held" if value / few[name] <= MOST_TIMES else " MISSED"
        print(f"| {name} | {value:.1f} : {few[name]:.1f} | {value / few[name]:.2f}{aim} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
