"""Neither many redactions nor many comments make a letter slow for others."""

from importlib import import_module

import pytest
from sqlalchemy import event, insert, select

from forum.comments import actions as comments
from forum.comments.models import Comment
from forum.core import phrases
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid
from forum.core.events import Role
from forum.letters.models import Letter
from forum.moderation.lifecycle import ThingKind
from forum.redactions.actions import covering
from forum.redactions.lifecycle import Label, Reach, Reason
from forum.redactions.models import Redaction
from tests.cast import TEXT, make_comment
from tests.redactions.stage import MARK, PHONE, cover, uncover


@pytest.fixture
def loaded(app) -> list[int]:
    """The numbers of the comments that were loaded whole."""
    found: list[int] = []

    def note(target: Comment, _context: object, *_names: object) -> None:
        found.append(target.id)

    for name in ("load", "refresh"):
        event.listen(Comment, name, note)
    yield found
    for name in ("load", "refresh"):
        event.remove(Comment, name, note)


@unit_of_work
def crowd(letter: Letter, author, number: int) -> None:
    """Many comments at once."""
    first = make_comment(letter, author)
    same = {one.name: getattr(first, one.name) for one in Comment.__table__.columns if one.computed is None}
    same.pop("id")
    db.session.execute(
        insert(Comment), [{**same, "number": at, "root_number": at, "path": f"{at:06d}"} for at in range(100, 100 + number)]
    )


@unit_of_work
def stand(letter: Letter, by, number: int, reach: Reach = Reach.OWN) -> None:
    """Many redactions at once, each of other words."""
    db.session.add_all(
        Redaction(
            letter_id=letter.id, kind=ThingKind.LETTER, thing_id=letter.id, label=Label.OTHER, reason=Reason.OWN_DATA,
            reach=reach, words=[f"kata{at}"], by_id=by.id, role=Role.AUTHOR,
        )
        for at in range(number)
    )  # fmt: skip


def test_one_person_has_so_many_under_a_letter(cast, monkeypatch) -> None:
    letter = cast.letter(text=f"{TEXT} Telepon {PHONE}, kurir Sutrisno, tetangga Mulyono.")
    monkeypatch.setattr(import_module("forum.redactions.actions.redact"), "MOST_OWN", 2)
    stand(letter, cast.citra, 5)
    cover(cast.ana, letter)
    first = cover(cast.ana, letter, "Sutrisno", label=Label.NAME)
    with pytest.raises(Invalid) as refused:
        cover(cast.ana, letter, "Mulyono", label=Label.NAME)
    assert refused.value.code == "many_redactions"
    cover(cast.dewi, letter, "Mulyono", label=Label.NAME)
    uncover(cast.dewi, first)
    cover(cast.ana, letter, "Sutrisno", label=Label.NAME)


def test_a_comment_is_not_held_against_what_others_cover_in_their_own_words(cast, monkeypatch) -> None:
    letter = cast.letter()
    stand(letter, cast.ana, 30)
    cover(cast.dewi, cast.letter(text=f"{TEXT} {PHONE}"))
    stand(letter, cast.dewi, 3, Reach.ALL)
    compiled: list[list[str]] = []
    real = phrases.pattern_of
    monkeypatch.setattr(covering, "pattern_of", lambda words: compiled.append([*words]) or real(words))
    db.session.expire_all()
    assert comments.post(letter, by=cast.citra, text="Halo kata1 dan kata7.").text == "Halo [data pribadi disamarkan] dan kata7."
    assert len(compiled) == 3


def test_who_covers_an_own_comment_loads_no_others(cast, browse, loaded) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, f"Saya ditelepon {PHONE} juga.")
    crowd(letter, cast.fajar, 100)
    loaded.clear()
    page = browse(cast.citra).open(f"/redact/comments/{comment.id}")
    assert PHONE in page.text
    cover(cast.citra, letter, kind="comment", row=comment)
    assert set(loaded) == {comment.id}
    assert db.session.get_one(Comment, comment.id).text == f"Saya ditelepon {MARK} juga."


def test_who_covers_everywhere_loads_what_holds_the_words(cast, loaded) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, f"Saya ditelepon {PHONE} juga.")
    crowd(letter, cast.fajar, 100)
    loaded.clear()
    made = cover(cast.dewi, letter)
    uncover(cast.dewi, made)
    assert set(loaded) == {comment.id}
    assert PHONE in db.session.scalars(select(Comment.text).where(Comment.id == comment.id)).one()


def test_proposals_look_at_so_many_rows(cast, browse, loaded, monkeypatch) -> None:
    monkeypatch.setattr("forum.redactions.queries.plan.LOOKED_AT_ROWS", 20)
    letter = cast.letter(text=f"{TEXT} Telepon {PHONE}.")
    crowd(letter, cast.fajar, 100)
    loaded.clear()
    assert PHONE in browse(cast.dewi).open(f"/redact/letters/{letter.id}").text
    assert len(set(loaded)) == 20
