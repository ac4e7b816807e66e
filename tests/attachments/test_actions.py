"""A stored file joins a draft, changes its audience, leaves; nobody else's."""

import pytest
from flask import current_app
from sqlalchemy import func, select

from forum.attachments import actions
from forum.attachments.jobs import make_all
from forum.attachments.kinds import MAX_FILES_PER_LETTER
from forum.attachments.models import Attachment, FileAudience, FileKind
from forum.attachments.receive import Received
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed
from forum.core.secrecy import digest
from forum.letters.actions import keep_draft
from tests.attachments import hostile
from tests.attachments.rows import key_of
from tests.letters.files import kept_file


def received(name: str) -> Received:
    return Received(kind=FileKind.IMAGE, name=f"{name}.webp", size=10, sha256=digest(name), key=digest(name + "k"))


@pytest.fixture
def draft(cast):
    return keep_draft(by=cast.ana, once="a-key-of-one-form-0001", fields={})


def test_kept_in_order_with_its_audience(cast, draft):
    first = actions.keep(received("a"), by=cast.ana, draft_id=draft.id)
    second = actions.keep(received("b"), by=cast.ana, draft_id=draft.id, audience=FileAudience.BUSINESS)
    assert (first.position, second.position) == (0, 1)
    assert (first.audience, second.audience) == (FileAudience.PUBLIC, FileAudience.BUSINESS)
    assert first.token != second.token
    assert len(first.token) == 43


def test_the_same_bytes_are_one_file(cast, draft):
    first = actions.keep(received("a"), by=cast.ana, draft_id=draft.id)
    assert actions.keep(received("a"), by=cast.ana, draft_id=draft.id).id == first.id


def test_twenty_and_no_more(cast, draft):
    for number in range(MAX_FILES_PER_LETTER):
        actions.keep(received(str(number)), by=cast.ana, draft_id=draft.id)
    with pytest.raises(Invalid, match="too_many_files"):
        actions.keep(received("more"), by=cast.ana, draft_id=draft.id)
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == MAX_FILES_PER_LETTER


def test_only_its_owner_changes_it_and_only_in_a_draft(cast, draft):
    file = kept_file(cast.ana, draft=draft)
    for person in (cast.citra, cast.dewi):
        with pytest.raises(NotAllowed):
            actions.remove(file, by=person)
        with pytest.raises(NotAllowed):
            actions.set_audience(file, FileAudience.PUBLIC, by=person)
    actions.set_audience(file, FileAudience.MODERATORS, by=cast.ana)
    assert file.audience is FileAudience.MODERATORS
    sent = kept_file(cast.ana, letter=cast.letter(), name="lain.webp")
    with pytest.raises(NotAllowed):
        actions.remove(sent, by=cast.ana)
    with pytest.raises(NotAllowed):
        actions.set_audience(sent, FileAudience.PUBLIC, by=cast.ana)


def test_the_bytes_of_two_letters_may_be_the_same(cast, draft):
    from forum.attachments.receive import receive

    storage = current_app.extensions["storage"]
    other = keep_draft(by=cast.citra, once="another-key-of-a-form", fields={})
    one = actions.keep(receive(hostile.jpeg(), "a.jpg", storage), by=cast.ana, draft_id=draft.id)
    two = actions.keep(receive(hostile.jpeg(), "a.jpg", storage), by=cast.citra, draft_id=other.id)
    make_all()
    assert key_of(one) == key_of(two)
    actions.remove(one, by=cast.ana)
    assert storage.exists(key_of(two))
