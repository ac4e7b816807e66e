"""Writing under a letter and answering there."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forum.accounts.models import User
from forum.comments import actions
from forum.comments.lifecycle import CommentState
from forum.comments.models import SEGMENT_DIGITS, Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Gone, Invalid, Missing, NotAllowed, NotNow
from forum.core.events import Event, Kind, Role
from forum.letters.lifecycle import NameShown, Publication
from forum.letters.queries import letter_for
from tests.cast import make_comment

WORDS = "Saya juga pernah mengalaminya, dan baru selesai setelah dua minggu."


@unit_of_work
def set_age(person: User, age: timedelta) -> None:
    db.session.execute(update(User).where(User.id == person.id).values(created_at=utcnow() - age))
    db.session.flush()
    db.session.refresh(person, ["created_at"])


def events(kind: Kind) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.kind == kind)))


def test_a_member_writes_under_a_letter(cast):
    letter = cast.letter()
    comment = actions.post(letter, by=cast.citra, text=WORDS, once="a" * 20)
    assert (comment.number, comment.depth, comment.path) == (1, 0, "000001")
    assert comment.html == f"<p>{WORDS}</p>"
    assert (letter.comment_number, letter.comment_count) == (1, 1)
    [told] = events(Kind.COMMENT_POSTED)
    assert (told.about, told.letter_id, told.role) == (f"comment:{comment.id}", letter.id, Role.READER)
    assert told.data == {"parent_id": None}


def test_the_same_key_gives_the_same_comment(cast):
    letter = cast.letter()
    first = actions.post(letter, by=cast.citra, text=WORDS, once="b" * 20)
    again = actions.post(letter, by=cast.citra, text=WORDS, once="b" * 20)
    assert first.id == again.id
    assert letter.comment_count == 1
    other = actions.post(letter, by=cast.ana, text=WORDS, once="b" * 20)
    assert other.id != first.id


def test_answers_stand_below_what_they_answer_and_paths_stay_short(cast):
    letter = cast.letter()
    comment = actions.post(letter, by=cast.citra, text=WORDS)
    for depth in range(1, 7):
        comment = actions.post(letter, by=cast.ana, text=WORDS, parent_id=comment.id)
        assert comment.depth == depth
        assert comment.root_number == 1
        assert len(comment.path) == SEGMENT_DIGITS * min(depth + 1, 4)
    parent = db.session.get(Comment, comment.parent_id)
    assert parent.reply_count == 1


def test_an_author_who_shows_initials_is_not_named_below_the_letter(cast):
    letter = cast.letter(name_shown=NameShown.INITIALS, byline="A. W.")
    assert actions.post(letter, by=cast.ana, text=WORDS).byline == "A. W."


def test_a_representative_carries_the_name_of_the_business(cast):
    letter = cast.letter()
    assert actions.post(letter, by=cast.bima, text=WORDS).merchant_name == "Toko Melati"
    assert actions.post(letter, by=cast.fajar, text=WORDS).merchant_name is None
    assert events(Kind.COMMENT_POSTED)[0].role is Role.BUSINESS


def test_who_may_not_write(cast):
    letter = cast.letter()
    unconfirmed = cast.person("Umi", confirmed=False)
    with pytest.raises(NotAllowed) as refused:
        actions.post(letter, by=unconfirmed, text=WORDS)
    assert refused.value.code == "not_confirmed"
    submitted = cast.letter(publication=Publication.SUBMITTED)
    for person in (cast.citra, cast.ana, cast.dewi):
        with pytest.raises(NotAllowed):
            actions.post(submitted, by=person, text=WORDS)
    assert submitted.comment_count == 0


def test_a_closed_thread_takes_nothing(cast):
    letter = cast.letter(comments_locked_at=utcnow())
    with pytest.raises(NotNow) as refused:
        actions.post(letter, by=cast.citra, text=WORDS)
    assert refused.value.code == "comments_locked"


def test_a_young_account_sets_two_links_at_most(cast):
    letter, links = cast.letter(), "Lihat https://a.example https://b.example https://c.example"
    set_age(cast.citra, timedelta(hours=23))
    with pytest.raises(Invalid) as refused:
        actions.post(letter, by=cast.citra, text=links)
    assert (refused.value.code, refused.value.field) == ("too_many_links", "text")
    actions.post(letter, by=cast.citra, text="Lihat https://a.example https://b.example")
    set_age(cast.citra, timedelta(hours=25))
    actions.post(letter, by=cast.citra, text=links)


@pytest.mark.parametrize("text", ["", " ", "a", "x" * 5001])
def test_lengths_hold_in_the_domain_too(cast, text):
    with pytest.raises(Invalid):
        actions.post(cast.letter(), by=cast.citra, text=text)


def test_an_answer_needs_a_comment_of_the_same_letter_that_can_be_read(cast):
    letter, other = cast.letter(), cast.letter(title="Surat yang lain sama sekali")
    elsewhere = make_comment(other, cast.ana)
    deleted = make_comment(letter, cast.ana)
    actions.delete(_loaded(cast.ana, deleted), by=cast.ana)
    for parent_id in (elsewhere.id, deleted.id, 2**62, -1):
        with pytest.raises(NotNow) as refused:
            actions.post(letter, by=cast.citra, text=WORDS, parent_id=parent_id)
        assert refused.value.code == "parent_gone"
    assert letter.comment_count == 0


def _loaded(who, comment):
    from forum.comments.queries import comment_for

    return comment_for(who, comment.id)


def test_a_member_comments_on_the_page(cast, browse):
    letter = cast.letter()
    citra = browse(cast.citra)
    page = citra.submit(f"/letters/{letter.id}", form="/comments$", text=WORDS)
    assert page.status == 200
    assert WORDS in page
    comment = db.session.scalar(select(Comment))
    assert page.url.endswith(f"#c{comment.id}")
    assert page.find("li", id=f"c{comment.id}")


def test_sending_twice_writes_once(cast, browse):
    letter = cast.letter()
    citra = browse(cast.citra)
    page = citra.open(f"/letters/{letter.id}")
    for _ in range(2):
        citra.page = page
        assert citra.submit(form="/comments$", text=WORDS).status == 200
    assert letter_for(cast.citra, letter.id).comment_count == 1


def test_answering_without_javascript(cast, browse):
    letter = cast.letter()
    parent = make_comment(letter, cast.ana, "Barangnya akhirnya datang.")
    citra = browse(cast.citra)
    page = citra.open(f"/letters/{letter.id}")
    page = citra.open(page.link("Balas"))
    assert "Barangnya akhirnya datang." in page
    page = citra.submit(form="/comments$", text=WORDS)
    reply = db.session.scalar(select(Comment).where(Comment.parent_id == parent.id))
    assert page.find("li", id=f"c{reply.id}", class_="c1")


def test_a_guests_words_come_back_after_signing_in(cast, browse):
    letter = cast.letter()
    parent = make_comment(letter, cast.ana)
    guest = browse()
    guest.open(f"/letters/{letter.id}")
    answer = guest.submit(form="/comments$", text=WORDS, parent=str(parent.id), follow=False)
    assert answer.status == 302
    assert "/sign-in?next=" in answer.response.headers["Location"]
    from urllib.parse import parse_qs, urlsplit

    target = parse_qs(urlsplit(answer.response.headers["Location"]).query)["next"][0]
    citra = guest
    citra.enter(cast.citra)
    page = citra.open(target)
    assert page.find("textarea", id="text")[0].text.strip() == WORDS
    citra.submit(form="/comments$")
    assert db.session.scalar(select(Comment).where(Comment.parent_id == parent.id)).text == WORDS


def test_what_cannot_be_published_is_kept_and_explained(cast, browse):
    letter = cast.letter()
    citra = browse(cast.citra)
    page = citra.open(f"/letters/{letter.id}")
    _close(letter)
    citra.page = page
    page = citra.submit(form="/comments$", text=WORDS)
    assert page.status == 422
    assert "Redaksi sudah menutup komentar surat ini." in page
    assert page.find("textarea", id="text")[0].text.strip() == WORDS


@unit_of_work
def _close(letter):
    letter.comments_locked_at = utcnow()


def test_words_to_a_comment_that_was_deleted_meanwhile_are_kept(cast, browse):
    letter = cast.letter()
    parent = make_comment(letter, cast.ana)
    citra = browse(cast.citra)
    page = citra.open(f"/comments/{parent.id}/reply")
    actions.delete(_loaded(cast.ana, parent), by=cast.ana)
    citra.page = page
    page = citra.submit(form="/comments$", text=WORDS)
    assert page.status == 422
    assert page.find("textarea", id="text")[0].text.strip() == WORDS
    assert citra.submit(form="/comments$").status == 200
    assert db.session.scalar(select(Comment).where(Comment.text == WORDS)).parent_id is None


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> dan seterusnya",
        "{{7*7}} {% raw %} ${7*7}",
        "a\u202eb\u2066c \u0000 NUL \ud800 tunggal".encode("utf-8", "replace").decode(),
        "😀" * 200,
        "(" * 4999,
        "> " * 2000,
    ],
)
def test_hostile_words_are_shown_as_words(cast, browse, text):
    letter = cast.letter()
    page = browse(cast.citra).submit(f"/letters/{letter.id}", form="/comments$", text=text)
    assert page.status == 200
    assert "<script>alert" not in page.text
    assert "49" not in db.session.scalar(select(Comment)).text


@pytest.mark.parametrize("parent", ["abc", "-5", "9" * 30, str(2**63), "\x00", "1e3"])
def test_a_mangled_parent_is_told_in_words(cast, browse, parent):
    letter = cast.letter()
    page = browse(cast.citra).submit(f"/letters/{letter.id}", form="/comments$", text=WORDS, parent=parent)
    assert page.status in {200, 422}
    assert page.status == 422 or parent == "\x00"


def test_too_long_is_said_with_the_number(cast, browse):
    page = browse(cast.citra).submit(f"/letters/{cast.letter().id}", form="/comments$", text="x" * 5001)
    assert page.status == 422
    assert len(page.find("textarea", id="text")[0].text.strip()) == 5001


def test_there_is_a_limit_an_hour(cast, browse, monkeypatch):
    from dataclasses import replace

    from forum import config

    config.activate(replace(config.settings(), comments_per_hour=2))
    try:
        letter, citra = cast.letter(), browse(cast.citra)
        for _ in range(2):
            assert citra.submit(f"/letters/{letter.id}", form="/comments$", text=WORDS).status == 200
        page = citra.submit(f"/letters/{letter.id}", form="/comments$", text=WORDS)
    finally:
        config.activate(replace(config.settings(), comments_per_hour=30))
    assert page.status == 429
    assert page.find("textarea", id="text")[0].text.strip() == WORDS
    assert letter_for(cast.citra, letter.id).comment_count == 2


def test_a_letter_that_cannot_be_read_takes_no_comment(cast, browse):
    hidden, removed = cast.letter(publication=Publication.SUBMITTED), cast.letter(publication=Publication.TAKEN_DOWN)
    open_letter = cast.letter()
    citra = browse(cast.citra)
    citra.open(f"/letters/{open_letter.id}")
    token = citra.page.find("input", name="csrf_token")[0].get("value")
    for letter, status in ((hidden, 404), (removed, 410)):
        page = citra.request("POST", f"/letters/{letter.id}/comments", data={"text": WORDS, "csrf_token": token})
        assert page.status == status
    with pytest.raises(Missing):
        letter_for(cast.citra, hidden.id)
    with pytest.raises(Gone):
        letter_for(cast.citra, removed.id)


def test_a_mute_state_is_no_state_of_a_new_comment(cast):
    assert actions.post(cast.letter(), by=cast.citra, text=WORDS).state is CommentState.VISIBLE
