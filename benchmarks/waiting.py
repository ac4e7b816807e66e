"""What 10,000 waiting items cost the moderators' queue against 100. `python -m benchmarks.waiting [postgresql://… of an empty database]`

Letters, held comments and reported comments in three parts, one of them reported a thousand times. Measured are the questions that
the page asks: its first page, a page in the middle, what one has in hand, one item beside which the queue stands, and the counts.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
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
from forum.core.db import db, is_sqlite, unit_of_work
from forum.letters.lifecycle import LetterKind, Publication, Visibility, WritesAs
from forum.letters.models import Case, Letter
from forum.merchants.models import Merchant
from forum.moderation.lifecycle import ReportReason, ReportState
from forum.moderation.models import Report
from forum.moderation.queries import queue, whole

FEW, MANY, STORM, TIMES = 100, 10_000, 1_000, 25
MOST_TIMES = 1.5
"""What a page may cost at most with a hundred times as much waiting; counting costs with what is counted."""


@unit_of_work
def fill(items: int) -> User:
    """Write so many waiting items beside as many letters that are in print; returns the moderator who looks."""
    now = utcnow()
    moderator = User(name="Redaksi", email="redaksi@surat.example", password_hash="-", standing=Standing.MODERATOR, language="id", rules_version="-", confirmed_at=now)
    author = User(name="Ana", email="ana@surat.example", password_hash="-", language="id", rules_version="-", confirmed_at=now)
    merchant = Merchant(name="Toko Melati", key="toko melati", slug="toko-melati")
    db.session.add_all([moderator, author, merchant])
    db.session.flush()
    third = items // 3
    letters = [_letter(number, author, waits=number < third, minutes=number % 5_000) for number in range(third + items)]
    db.session.execute(insert(Letter), letters)
    db.session.execute(insert(Case), [{"letter_id": one["id"], "merchant_id": merchant.id, "category": "toko-online"} for one in letters])
    under = [one["id"] for one in letters[third:]]
    db.session.execute(insert(Comment), [_comment(number, under[number], author, held=number < third) for number in range(2 * third)])
    db.session.execute(insert(Report), [*_reports(third, under)])
    return moderator


def _letter(number: int, author: User, *, waits: bool, minutes: int) -> dict[str, Any]:
    at = utcnow() - timedelta(minutes=minutes)
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


def _comment(number: int, letter_id: int, author: User, *, held: bool) -> dict[str, Any]:
    return {
        "id": number + 1,
        "letter_id": letter_id,
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
        "held_at": utcnow() - timedelta(minutes=number % 5_000) if held else None,
    }


def _reports(things: int, under: list[int]) -> list[dict[str, Any]]:
    return [
        {
            "number": f"L-{number}-{again}",
            "about": f"comment:{things + number + 1}",
            "letter_id": under[things + number],
            "reason": ReportReason.INSULT,
            "state": ReportState.OPEN,
            "text": "",
            "snapshot": "",
            "weight": 10,
            "created_at": utcnow() - timedelta(minutes=5_000 if number == 0 else number % 5_000),
        }
        for number in range(things)
        for again in range(STORM if number == 0 else 1)
    ]


def measure(items: int) -> dict[str, float]:
    """Return the median of each question in milliseconds."""
    moderator = fill(items)
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


def _site(items: int, address: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="forum-waiting-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
        if address:
            kept["FORUM_DATABASE_URL"] = address
        app = create_app(Settings.from_environment({**kept, "FORUM_DATA_DIR": str(Path(folder)), "FORUM_ENV": "test"}))
        with app.app_context():
            if not is_sqlite():  # the same database for both
                with db.engine.begin() as connection:
                    connection.execute(text("DROP SCHEMA public CASCADE"))
                    connection.execute(text("CREATE SCHEMA public"))
            flask_migrate.upgrade()
            try:
                return measure(items)
            finally:
                db.session.remove()
                db.engine.dispose()


def main() -> int:
    """Measure both and print the table."""
    address = sys.argv[1] if len(sys.argv) > 1 else ""
    few, many = _site(FEW, address), _site(MANY, address)
    print(f"| question of the queue, {MANY:,} items and {FEW} | ms | times |\n| --- | --- | --- |")
    for name, value in many.items():
        aim = "" if name == "counts" else " held" if value / few[name] <= MOST_TIMES else " MISSED"
        print(f"| {name} | {value:.1f} : {few[name]:.1f} | {value / few[name]:.2f}{aim} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
