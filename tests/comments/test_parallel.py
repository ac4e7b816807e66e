"""Many at once under one letter: every number is given once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from forum.accounts.models import User
from forum.comments import actions
from forum.comments.models import Comment
from forum.comments.queries import comment_for
from forum.core.db import Busy, db
from forum.letters.models import Letter
from tests.cast import Cast

WRITERS, EACH = 4, 6


def send(action: Callable[..., object], *args: object, **kwargs: object) -> None:
    """Do it; on a machine that stood still for a while one is told to send it again."""
    while True:
        try:
            action(*args, **kwargs)
        except Busy:
            continue
        return


def test_parallel_comments_votes_and_keys(committing_app):
    people = Cast()
    letter_id, ana = people.letter().id, people.ana.id
    ids = [people.person(f"Penulis{number}").id for number in range(WRITERS)]
    first = actions.post(db.session.get(Letter, letter_id), by=people.citra, text="Komentar pertama.").id

    def write(person_id: int) -> None:
        with committing_app.app_context():
            person = db.session.get(User, person_id)
            for number in range(EACH):
                letter = db.session.get(Letter, letter_id)
                send(actions.post, letter, by=person, text=f"Komentar {number}", parent_id=first)
                send(actions.post, db.session.get(Letter, letter_id), by=db.session.get(User, ana), text="Sama.", once="k" * 20)
                send(actions.vote, comment_for(person, first), by=person)
            db.session.remove()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, ids))
    db.session.remove()
    written = db.session.scalars(db.select(Comment.number).where(Comment.letter_id == letter_id)).all()
    letter, parent = db.session.get(Letter, letter_id), db.session.get(Comment, first)
    assert sorted(written) == list(range(1, WRITERS * EACH + 3))
    assert letter.comment_count == letter.comment_number == len(written)
    assert (parent.reply_count, parent.votes) == (WRITERS * EACH, WRITERS)
