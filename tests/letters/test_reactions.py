"""What becomes of letters when their author leaves."""

import pytest
from sqlalchemy import func, select

from forum.attachments.models import Attachment
from forum.core.db import db, unit_of_work
from forum.core.events import Kind, Role, record
from forum.letters import actions
from forum.letters.lifecycle import Publication, Visibility
from forum.letters.models import LetterDraft
from tests.letters.files import kept_file
from tests.letters.test_submit import ONCE


@unit_of_work
def close(person, *, withdraw: bool) -> None:
    person.name = "Penulis menghapus akun"
    record(Kind.ACCOUNT_CLOSED, by=person, role=Role.AUTHOR, withdraw=withdraw)


def test_letters_stay_under_the_new_name_and_drafts_go(cast):
    letter, other = cast.letter(), cast.letter(author=cast.citra)
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={"title": ["Draf"]})
    kept_file(cast.ana, draft=draft)
    kept_file(cast.ana, letter=letter)
    close(cast.ana, withdraw=False)
    db.session.expire_all()
    assert (letter.byline, letter.publication) == ("Penulis menghapus akun", Publication.PUBLISHED)
    assert other.byline == "Citra"
    assert db.session.scalar(select(func.count()).select_from(LetterDraft)) == 0
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 1


@pytest.mark.parametrize("state", [Publication.PUBLISHED, Publication.SUBMITTED, Publication.RETURNED])
def test_or_are_withdrawn_when_asked(cast, state):
    letter = cast.letter(publication=state)
    rejected = cast.letter(publication=Publication.REJECTED)
    close(cast.ana, withdraw=True)
    db.session.expire_all()
    assert letter.publication is Publication.WITHDRAWN
    assert (letter.visibility is Visibility.TOMBSTONE) == (state is Publication.PUBLISHED)
    assert rejected.publication is Publication.REJECTED
