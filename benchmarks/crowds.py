"""A day of 500 accounts, honest and not: what got through, how many honest people were hindered. `python -m benchmarks.crowds`

Everything goes through the actions of the site, with its settings as they come; the numbers are those of one seed. A
moderator looks once, at noon, at what waits: honest comments are published, advertisements refused as such.
"""

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import flask_migrate
from sqlalchemy import select

from benchmarks.crowd_words import ADS, BRIGADED, ENDS, LISTED, MIDDLES, OPENINGS, UNLISTED
from forum.accounts.models import User
from forum.accounts.rights import Standing
from forum.app import create_app
from forum.comments import actions as comments
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.comments.queries import comment_for, thread
from forum.config import Settings
from forum.core import limits
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import TooMany
from forum.core.events import Event, Kind
from forum.core.secrecy import new_token
from forum.letters import actions as letters
from forum.letters.content import Content
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.moderation import actions as desk
from forum.moderation.jobs import look_at_text, look_for_bursts
from forum.moderation.lifecycle import Reason, ReportReason, ThingKind
from forum.moderation.queries.held import held_for, waiting_held
from forum.moderation.queries.queue_of_letters import waiting_letters
from forum.moderation.queries.queue_of_reports import waiting_reports
from forum.moderation.queries.things import thing_for

OLD, NEW, SPAMMERS, SLEEPERS, BRIGADE, RING, STORM = 200, 130, 40, 20, 40, 40, 30
@dataclass
class Tally:
    """What became of what one kind of people sent."""

    sent: int = 0
    at_once: int = 0
    held: Counter[str] = field(default_factory=Counter)
    refused: int = 0  # by a limit, told
    hindered: set[int] = field(default_factory=set)

    @property
    def waiting(self) -> int:
        return sum(self.held.values())


class Day:
    """The site, its people and what happens to them."""

    def __init__(self) -> None:
        self.random = random.Random(20_261_127)
        self.tallies: dict[str, Tally] = {}
        self.moderator = make_people("Redaksi", 1, days=900, standing=Standing.MODERATOR)[0]
        self.old = make_people("Lama", OLD, days=200)
        self.new = make_people("Baru", NEW, days=0)
        self.spammers = make_people("Iklan", SPAMMERS, days=0)
        self.sleepers = make_people("Tidur", SLEEPERS, days=3)
        self.brigade = make_people("Serbu", BRIGADE, days=1)
        self.ring = make_people("Cincin", RING, days=1)
        self.storm = make_people("Badai", STORM, days=0)
        self.letters = [self.print_letter(person, f"Surat nomor {at}") for at, person in enumerate(self.old[:10])]

    def remember(self) -> None:
        """Let half of the old accounts have written before, and moderators have read it."""
        for person in self.old[10:110]:
            self.write("before", person, self.line())
        self.moderate()
        self.tallies.clear()

    def print_letter(self, by: User, title: str) -> int:
        letter = letters.submit(content(title, self.story(), ("Toko Melati",)), by=by, once=new_token()[:32])
        letters.publish(letter_for(self.moderator, letter.id), by=self.moderator)
        return letter.id

    def story(self) -> str:
        return " ".join(self.line() for _ in range(4))

    def line(self) -> str:
        return f"{self.random.choice(OPENINGS)}, {self.random.choice(MIDDLES)}, {self.random.choice(ENDS)}"

    def address(self, who: str, person: User) -> str:
        """Honest people share an address by three, as on a mobile network; a crowd has ten."""
        return f"10.{len(who)}.{person.id % 10}.1" if who not in {"old", "new"} else f"192.0.{person.id // 3 // 250}.{person.id // 3 % 250}"

    def write(self, who: str, person: User, text: str) -> None:
        tally = self.tallies.setdefault(who, Tally())
        tally.sent += 1
        counted = (("comment", str(person.id)), ("comment-address", self.address(who, person)), ("comment-site", ""))
        try:
            made = comments.post(
                letter_for(person, self.random.choice(self.letters)), by=person, text=text, permit=lambda: limits.permit_each(*counted)
            )
        except TooMany:
            tally.refused += 1
            tally.hindered.add(person.id)
            return
        if made.held_for is None:
            tally.at_once += 1
            return
        tally.held[made.held_for.value] += 1
        tally.hindered.add(person.id)
        look_at_text(f"comment:{made.id}", spam=None)

    def moderate(self) -> tuple[int, int]:
        """Decide on all that waits, a group at once; returns how many decisions it took, and on how many comments."""
        honest = {person.id for person in (*self.old, *self.new)}
        taken = decided = 0
        while page := waiting_held().items:
            for row in page:
                found = held_for(self.moderator, row.id)
                if found.comment.state is not CommentState.HELD:
                    continue
                text = found.comment.text
                is_fine = found.comment.author_id in honest or (text not in ADS)
                number = desk.decide_held(
                    found.comment,
                    publish=is_fine,
                    by=self.moderator,
                    reason=None if is_fine else Reason.ADVERTISING,
                    message="" if is_fine else "Ini iklan; mohon jangan beriklan di sini.",
                    others=found.others,
                )
                if not is_fine:
                    look_at_text(f"comment:{found.comment.id}", spam=True)
                taken, decided = taken + 1, decided + number
        return taken, decided


@unit_of_work
def make_people(name: str, number: int, *, days: int, standing: Standing = Standing.MEMBER) -> list[User]:
    """Return so many accounts that were opened so many days ago, straight into the table."""
    now = utcnow()
    made = [
        User(
            name=f"{name} {at}",
            email=f"{name.lower()}{at}@surat.example",
            password_hash="-",
            standing=standing,
            confirmed_at=now,
            adult_declared_at=now,
            rules_version="2026-11",
            created_at=now - timedelta(days=days, minutes=1),
            second_factor_since=now,
        )
        for at in range(number)
    ]
    db.session.add_all(made)
    db.session.flush()
    for one in made:
        db.session.refresh(one)
    return made


def content(title: str, text: str, merchants: Sequence[str]) -> Content:
    """Return a letter as the form gives it."""
    return Content(title=title, text=text, merchants=tuple(merchants), category="toko-online", place="Surabaya", province="35")


def send_letters(day: Day, who: str, people: Iterable[User], texts: Iterable[str], business: str) -> Tally:
    """Let each of these people send a letter."""
    tally = day.tallies.setdefault(who, Tally())
    for person, text in zip(people, texts, strict=False):
        tally.sent += 1
        try:
            letter = letters.submit(
                content("Barang tidak dikirim", text, (business,)), by=person, once=new_token()[:32], address=day.address(who, person)
            )
        except TooMany:
            tally.refused += 1
            continue
        look_at_text(f"letter:{letter.id}", spam=None)
    return tally


def report_all(day: Day, people: Iterable[User], comment_id: int, times: int, who: str) -> tuple[int, int]:
    """Let these people report one comment; returns how many reports were taken and how many refused by a limit."""
    taken = refused = 0
    for person in people:
        for _ in range(times):
            found = thing_for(person, ThingKind.COMMENT, comment_id)
            try:
                desk.report(found, by=person, reason=ReportReason.FALSE, text="Tidak benar.", address=day.address(who, person))
                taken += 1
            except TooMany:
                refused += 1
    return taken, refused


def helpful(comment_id: int, people: Iterable[User]) -> None:
    """Let these people find the comment helpful."""
    for person in people:
        comments.vote(comment_for(person, comment_id), by=person)


def live(day: Day) -> list[str]:
    """Let the day pass; returns the rows of the table of figures."""
    day.remember()
    for person in day.old[10:]:
        day.write("old", person, day.line())
    for person in day.new:
        day.write("new", person, day.line())
    for person in day.sleepers:
        day.write("sleepers, first", person, f"{day.random.choice(OPENINGS)}, {day.random.choice(MIDDLES)}.")
    for person in day.spammers:
        for _ in range(3):
            day.write("spammers", person, day.random.choice(LISTED + UNLISTED))
    noon = day.moderate()
    for people, who in ((day.old[10:], "old, later"), (day.new, "new, later")):
        for person in people:
            day.write(who, person, day.line())
    for person in day.sleepers:
        for _ in range(2):
            day.write("sleepers, later", person, day.random.choice(ADS))
    for person in day.spammers:
        day.write("spammers, later", person, day.random.choice(ADS))
    evening = day.moderate()
    rows = [
        f"| comments, {who} | {tally.sent} | {tally.at_once} | {tally.waiting} "
        f"({', '.join(f'{why} {number}' for why, number in sorted(tally.held.items())) or '-'}) | {tally.refused} | {len(tally.hindered)} |"
        for who, tally in day.tallies.items()
    ]
    return [
        "| what | sent | seen at once | held, why | refused by a limit | people |",
        "| --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
        f"A moderator decided on {noon[1]} held comments in {noon[0]} steps at noon, on {evening[1]} in {evening[0]} in the evening.",
        *crowd(day),
    ]


def crowd(day: Day) -> list[str]:
    """Let the brigade, the ring and the storm come; returns what they did."""
    before = len(waiting_letters().items)
    brigade = send_letters(day, "brigade", day.brigade, (f"{BRIGADED} Pesanan {at}." for at in range(BRIGADE)), "Kurir Kilat")
    as_rows = len(waiting_letters().items) - before
    honest = send_letters(day, "letters", day.old[10:25], (day.story() for _ in range(15)), "Kurir Kilat")
    rows = waiting_letters().items
    marked = sum(1 for row in rows[before + as_rows :] if row.hits)
    ringed, good, hit = standing_comments()
    helpful(ringed, day.ring)
    helpful(good, day.old[30:38])
    look_for_bursts()
    order = [row.id for row in thread(letter_of(ringed), "helpful").items]
    flagged = [event.about for event in db.session.scalars(select(Event).where(Event.kind == Kind.VOTES_FLAGGED))]
    taken, refused = report_all(day, day.storm, hit, 12, "storm")
    report_all(day, day.old[40:41], good, 1, "old")
    queue = [row.id for row in waiting_reports(day.moderator).items]
    stands = db.session.get_one(Comment, hit).state is CommentState.VISIBLE
    return [
        (f"Brigade: {brigade.sent} near-equal letters about one business, {brigade.refused} refused by a limit, stand as {as_rows} row of the "
        f"queue. {honest.sent} honest letters about it meanwhile: {honest.refused} refused, {len(rows) - before - as_rows} rows of their own, "
        f"{marked} marked by the lists. Published of either without a moderator: 0."),
        (f"Ring: {RING} new accounts against 8 old ones: by most helpful the ring's comment stands at {order.index(ringed) + 1}, the other at "
        f"{order.index(good) + 1}. Marked for moderators: the ring {f'comment:{ringed}' in flagged}, the old accounts {f'comment:{good}' in flagged}."),
        (f"Storm: {taken} reports on one comment taken, {refused} refused by a limit; it stands: {stands}. In the queue it is number "
        f"{queue.index(hit) + 1}, one report by an old account number {queue.index(good) + 1}."),
    ]


def letter_of(comment_id: int) -> int:
    """Return the letter under which a comment stands."""
    return db.session.get_one(Comment, comment_id).letter_id


def standing_comments() -> list[int]:
    """Return three comments of one letter that everybody reads."""
    letter_id = db.session.scalars(select(Letter.id).where(Letter.publication == Publication.PUBLISHED).order_by(Letter.id)).first()
    return list(
        db.session.scalars(
            select(Comment.id).where(Comment.letter_id == letter_id, Comment.state == CommentState.VISIBLE).order_by(Comment.id).limit(3)
        )
    )


def main() -> int:
    """Run the day on a database of its own and print."""
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="forum-crowds-") as folder:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
        app = create_app(Settings.from_environment({**kept, "FORUM_DATA_DIR": str(Path(folder)), "FORUM_ENV": "test"}))
        with app.app_context():
            flask_migrate.upgrade()
            print("\n".join(live(Day())))
            db.session.remove()
            db.engine.dispose()
    print(f"\n{OLD + NEW + SPAMMERS + SLEEPERS + BRIGADE + RING + STORM} accounts, {time.perf_counter() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
