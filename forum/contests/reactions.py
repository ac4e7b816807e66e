"""What contests do when something happens to their letter, and their number in the queue of the desk."""

from sqlalchemy import update

from forum.accounts.models import User
from forum.config import settings
from forum.contests.actions import close_contests, note_change
from forum.contests.lifecycle import Side
from forum.contests.models import Contest
from forum.contests.queries import decisions, rows_for_the_desk
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.letters.models import Letter
from forum.letters.queries import held_letters
from forum.moderation.queries import queue
from forum.moderation.queries.deadlines import Within
from forum.moderation.queries.sources import Source, about, also_waits, page_of
from forum.redactions.actions import cover_again

queue.also_counts("contests", decisions)
also_waits(
    Source(
        "contest",
        "contests",
        rows_for_the_desk,
        Within(lambda: settings().contest_hours),
        page_of("contests.desk", "contest_id"),
        (Kind.CONTEST_DECIDED, Kind.CONTEST_WITHDRAWN, Kind.CONTEST_CLOSED),
        about("contest"),
    )
)


@on(Kind.LETTER_WITHDRAWN, Kind.LETTER_TAKEN_DOWN)
def end_with_the_letter(happened: Event) -> None:
    """A letter out of print has no passages to decide about."""
    letter = db.session.get(Letter, happened.letter_id)
    if letter is not None and letter.contested_at is not None:
        close_contests(letter)


@on(Kind.REVISION_ACCEPTED)
def hear_who_changed(happened: Event) -> None:
    """An author who took the contested passages out has answered."""
    letter = db.session.get(Letter, happened.letter_id)
    if letter is not None and letter.contested_at is not None:
        note_change(letter, by=db.session.get(User, letter.author_id))


@on(Kind.CONTEST_FILED, Kind.CONTEST_ANSWERED, Kind.CONTEST_DECIDED)
def stay_covered(happened: Event) -> None:
    """What the sides and the moderators write is read through the redactions of the letter."""
    contest = db.session.get_one(Contest, int((happened.about or ":0").partition(":")[2]))
    cover_again(db.session.get_one(Letter, contest.letter_id), [contest])


@on(Kind.ACCOUNT_CLOSED)
def forget_the_person(happened: Event) -> None:
    """A closed account has no name here either."""
    db.session.execute(
        update(Contest).where(Contest.by_id == happened.by_id, Contest.side == Side.PERSON, Contest.letter_id.not_in(held_letters())).values(name=None)
    )
