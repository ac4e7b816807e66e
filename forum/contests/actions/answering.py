"""The author's side of a contest: reacting, proving or changing in time; and what the clock does when they do not."""

from collections.abc import Sequence

from sqlalchemy import select

from forum.accounts.models import User
from forum.attachments.receive import Received
from forum.contests import policy
from forum.contests.actions.proving import keep_files
from forum.contests.actions.standing import stamp, tell
from forum.contests.lifecycle import ContestMove, ContestState
from forum.contests.models import ANSWER_CHARACTERS, Contest
from forum.contests.queries.one import open_on
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Event, Kind, Role, record
from forum.letters import passages as texts
from forum.letters.models import Letter


@unit_of_work
def react(contest: Contest, *, by: User) -> None:
    """Say in time that one will prove or change it: the days for that begin. Twice is once. Raises NotAllowed or NotNow("too_late")."""
    _held(contest, by)
    if contest.reacted_at is not None:
        return
    contest.reacted_at = utcnow()
    contest.version += 1
    tell(Kind.CONTEST_REACTED, contest, by=by, role=Role.AUTHOR, due=_due(contest))


@unit_of_work
def answer(contest: Contest, *, by: User, text: str, files: Sequence[Received] = ()) -> None:
    """Answer a contest with words, and files that only moderators open; then the moderators decide.

    Raises NotAllowed, NotNow("too_late"), TooMany or Invalid (length, too_many_files).
    """
    _held(contest, by)
    least, most = ANSWER_CHARACTERS
    if not least <= len(text) <= most:
        raise Invalid("length", field="text", length=len(text), least=least, most=most)
    keep_files(contest, files, by=by)
    now = utcnow()
    contest.reacted_at = contest.reacted_at or now
    contest.answer, contest.answered_at, contest.heard_at = text, now, now
    contest.move(ContestMove.HEAR)
    tell(Kind.CONTEST_ANSWERED, contest, by=by, role=Role.AUTHOR, files=len(files))


@unit_of_work
def note_change(letter: Letter, *, by: User | None) -> int:
    """Let the author be heard of each contest none of whose passages is left in the new version; returns how many."""
    heard = 0
    for contest in open_on(letter.id):
        lock(contest)
        hidden = contest.hides
        if contest.state is ContestState.AUTHOR_ASKED and not hidden and not texts.standing(letter, contest.passages):
            now = utcnow()
            contest.reacted_at = contest.reacted_at or now
            contest.heard_at = now
            contest.move(ContestMove.HEAR)
            tell(Kind.CONTEST_ANSWERED, contest, by=by, role=Role.AUTHOR, changed=True)
            heard += 1
    return heard


@unit_of_work
def lapse(contest: Contest) -> None:
    """Hand a contest to the moderators when the author's time is over: silence alone decides nothing. Safe to run twice."""
    lock(contest.letter)
    lock(contest)
    due = contest.author_due
    if due is None or due > utcnow():
        return
    contest.heard_at = utcnow()
    contest.move(ContestMove.HEAR)
    stamp(contest.letter)
    tell(Kind.CONTEST_LAPSED, contest, by=None)


@unit_of_work
def remind(contest: Contest) -> None:
    """Remind the author once of each of the two deadlines, in its last half. Safe to run twice."""
    lock(contest)
    due, now = contest.author_due, utcnow()
    since = contest.reacted_at or contest.asked_at
    if due is None or since is None or due <= now or now < since + (due - since) / 2:
        return
    if contest.reminded_at is not None and contest.reminded_at >= since:
        return
    contest.reminded_at = now
    db.session.flush()
    tell(Kind.CONTEST_REMINDED, contest, by=None, due=_due(contest))


@unit_of_work
def alarm(contest: Contest) -> None:
    """Tell the moderators once that they should have decided by now. Safe to run twice."""
    lock(contest)
    due = contest.decision_due
    told = select(Event.id).where(
        Event.about == contest.about, Event.kind == Kind.QUEUE_ALARM, Event.at >= contest.waits_since
    )
    if due is None or due > utcnow() or db.session.scalar(told.limit(1)) is not None:
        return
    record(Kind.QUEUE_ALARM, by=None, role=Role.SYSTEM, letter_id=contest.letter_id, about=contest.about)


def _held(contest: Contest, by: User) -> None:
    lock(contest.letter)
    lock(contest)
    ensure(policy.may_answer, by, contest)
    due = contest.author_due
    if due is None or due <= utcnow():
        raise NotNow("too_late")


def _due(contest: Contest) -> str | None:
    return None if contest.author_due is None else contest.author_due.isoformat(timespec="minutes")
