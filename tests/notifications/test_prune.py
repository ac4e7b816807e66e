"""What nobody comes back for is forgotten, after the days that the privacy page names."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.accounts.actions.closing import UNCONFIRMED_KEPT
from forum.accounts.models import User
from forum.attachments.models import Attachment
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.mail import Mail
from forum.letters.actions import keep_draft, mending_draft
from forum.letters.actions.drafts import DRAFT_KEPT
from forum.letters.lifecycle import Publication
from forum.letters.models import LetterDraft
from forum.notifications.ticks import retain
from tests.letters.files import kept_file

MINUTE = timedelta(minutes=1)


def after(time: timedelta) -> None:
    with time_machine.travel(utcnow() + time, tick=False):
        retain()
    db.session.expire_all()


def names() -> set[str]:
    return set(db.session.scalars(select(Attachment.name)))


def test_an_old_draft_goes_with_its_files_and_nothing_else(cast) -> None:
    old = keep_draft(by=cast.ana, once="a" * 20, fields={"title": ["Lama"]})
    kept_file(cast.ana, draft=old, name="lama.webp")
    letter = cast.letter(publication=Publication.RETURNED)
    kept_file(cast.ana, letter=letter, name="surat.webp")
    mended = mending_draft(letter, by=cast.ana, fields={})
    after(DRAFT_KEPT - MINUTE)
    assert names() == {"lama.webp", "surat.webp"}
    with time_machine.travel(utcnow() + timedelta(days=1), tick=False):
        young = keep_draft(by=cast.ana, once="b" * 20, fields={"title": ["Baru"]})
        kept_file(cast.ana, draft=young, name="baru.webp")
    after(DRAFT_KEPT + MINUTE)
    assert set(db.session.scalars(select(LetterDraft.id))) == {mended.id, young.id}
    assert names() == {"baru.webp", "surat.webp"}


@pytest.mark.parametrize("visited", [False, True])
def test_an_account_never_confirmed_is_closed_unless_it_is_used(cast, visited) -> None:
    umar, ana = cast.person("Umar", confirmed=False), cast.ana
    draft = keep_draft(by=umar, once="a" * 20, fields={"title": ["Draf"]})
    kept_file(umar, draft=draft)
    after(UNCONFIRMED_KEPT - MINUTE)
    assert umar.closed_at is None
    if visited:
        with time_machine.travel(utcnow() + UNCONFIRMED_KEPT - timedelta(days=1), tick=False):
            accounts.open_session(umar, address="127.0.0.1", device="test")
    after(UNCONFIRMED_KEPT + MINUTE)
    assert (umar.closed_at is None) is visited
    assert (umar.email is None) is not visited
    assert len(names()) == visited
    assert ana.closed_at is None
    assert db.session.scalars(select(Mail)).all() == []


def test_the_privacy_page_says_how_long(browse) -> None:
    page = browse().open("/privacy")
    assert f"disimpan {DRAFT_KEPT.days} hari sejak terakhir tersimpan" in page
    assert f"ditutup setelah {UNCONFIRMED_KEPT.days} hari" in page
    assert db.session.scalar(select(User.id)) is None
