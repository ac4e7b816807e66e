"""Comments that wait for a moderator: who sees them, what counts, and what becomes of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.comments import actions
from forum.comments.lifecycle import CommentState, HeldFor
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, Missing, NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.crowds import actions as crowds
from forum.crowds.lifecycle import TermList
from forum.letters.queries import letter_for
from forum.moderation.actions import decide_held
from forum.moderation.jobs import look_at_text
from forum.moderation.lifecycle import Reason
from forum.moderation.queries.held import held_for, waiting_held
from tests.cast import make_comment, make_person
from tests.moderation.stage import again

SAID = "Mohon jangan beriklan di sini."
AD = "Main di slot gacor kami, bonus besar dan pasti cair setiap hari untuk semua anggota baru."


@pytest.fixture
def strict(setting):
    setting(first_comments=1)


def write(letter, by, text="Saya juga mengalami hal ini.", parent=None):
    return actions.post(letter_for(by, letter.id), by=by, text=text, parent_id=parent.id if parent else None)


def decide(comment, by, **fields):
    db.session.expire_all()
    found = held_for(by, comment.id)
    return decide_held(found.comment, by=by, others=found.others if fields.pop("all", False) else (), **fields)


@unit_of_work
def grow_old(person, days=100):
    person.created_at = utcnow() - timedelta(days=days)


def kinds_of(comment):
    return list(db.session.scalars(select(Event.kind).where(Event.about == f"comment:{comment.id}").order_by(Event.id)))


def test_the_first_comment_waits_and_the_next_after_one_was_let_through_does_not(cast, strict) -> None:
    letter = cast.letter()
    first, second = write(letter, cast.citra), write(letter, cast.citra)
    assert {first.held_for, second.held_for} == {HeldFor.FIRST}
    assert (again(letter).comment_count, letter.comment_number) == (0, 2)
    decide(first, cast.dewi, publish=True)
    assert write(letter, cast.citra).state is CommentState.VISIBLE
    assert again(second).state is CommentState.HELD
    assert again(letter).comment_count == 2


def test_authors_of_letters_in_print_businesses_and_moderators_need_no_review(cast, strict) -> None:
    letter = cast.letter()
    other = cast.letter(author=cast.citra)
    for who in (cast.ana, cast.bima, cast.dewi, cast.citra):
        assert write(letter, who).state is CommentState.VISIBLE
    assert other


@pytest.mark.parametrize(("text", "why"), [("Lihat https://contoh.example/bukti dahulu.", HeldFor.LINK), (AD, HeldFor.WORDS)])
def test_links_of_new_accounts_and_words_of_the_lists_wait(cast, text, why) -> None:
    letter = cast.letter()
    assert write(letter, cast.citra).state is CommentState.VISIBLE
    assert write(letter, cast.citra, text).held_for is why
    grow_old(cast.citra)
    assert write(letter, cast.citra, text).held_for is (None if why is HeldFor.LINK else why)


def test_nobody_but_author_and_moderators_sees_it_and_nobody_is_told(cast, browse, strict) -> None:
    letter = cast.letter()
    page = browse(cast.citra).submit(f"/letters/{letter.id}", form=f"/letters/{letter.id}/comments", text="Kata rahasia zqx.")
    assert "menunggu ditinjau" in page.words.casefold()
    assert "Kata rahasia zqx." in page
    comment = db.session.scalars(select(Comment)).one()
    for who in (None, cast.ana, cast.bima, cast.fajar):
        browser = browse(who)
        assert "zqx" not in browser.open(f"/letters/{letter.id}").text
        assert "1 komentar" not in browser.page
        assert browser.open(f"/comments/{comment.id}").status == 404
        assert browser.open(f"/report/comment/{comment.id}").status == 404
    assert "zqx" in browse(cast.dewi).open(f"/moderation/held/{comment.id}").text
    assert kinds_of(comment) == [Kind.COMMENT_HELD]
    for act in (actions.vote, actions.delete):
        with pytest.raises(NotAllowed):
            act(held_for(cast.dewi, comment.id).comment, by=cast.ana)
    with pytest.raises(NotNow):
        write(letter, cast.ana, parent=comment)


def test_published_it_stands_at_its_place_counts_and_is_told_of(cast, browse, strict) -> None:
    letter = cast.letter()
    parent = make_comment(letter, cast.fajar)
    waits = write(letter, cast.citra, "Balasan yang menunggu.", parent)
    make_comment(letter, cast.fajar, "Sesudahnya.")
    assert again(parent).reply_count == 0
    decide(waits, cast.dewi, publish=True)
    assert (again(waits).state, waits.held_for, waits.held_at) == (CommentState.VISIBLE, None, None)
    assert (again(letter).comment_count, again(parent).reply_count) == (3, 1)
    assert kinds_of(waits) == [Kind.COMMENT_HELD, Kind.COMMENT_PUBLISHED, Kind.COMMENT_POSTED]
    posted = db.session.scalars(select(Event).where(Event.kind == Kind.COMMENT_POSTED)).one()
    assert (posted.by_id, posted.data) == (cast.citra.id, {"parent_id": parent.id})
    words = browse().open(f"/letters/{letter.id}").words
    assert words.index("Balasan yang menunggu.") < words.index("Sesudahnya.")


def test_a_reply_published_under_a_comment_that_left_brings_its_place_back(cast, strict) -> None:
    letter = cast.letter()
    top = make_comment(letter, cast.ana)
    middle = make_comment(letter, cast.ana, "Tengah", top)
    waits = write(letter, cast.citra, parent=middle)
    actions.delete(held_of(cast, middle), by=cast.ana)
    assert (again(top).reply_count, again(middle).reply_count) == (0, 0)
    decide(waits, cast.dewi, publish=True)
    assert (again(top).reply_count, again(middle).reply_count) == (1, 1)


def held_of(cast, comment):
    db.session.expire_all()
    from forum.comments.queries import comment_for

    return comment_for(cast.dewi, comment.id)


def test_refused_its_author_is_told_why_and_a_mistake_is_undone(cast, browse, strict) -> None:
    letter = cast.letter()
    waits = write(letter, cast.citra, "Kata yang ditolak.")
    with pytest.raises(Invalid):
        decide(waits, cast.dewi, publish=False, message=SAID)
    decide(waits, cast.dewi, publish=False, reason=Reason.OFF_TOPIC, message=SAID)
    assert again(letter).comment_count == 0
    words = browse(cast.citra).open(f"/letters/{letter.id}").words
    assert "Kata yang ditolak." in words
    assert "Tidak dimuat" in words
    assert "Kata yang ditolak." not in browse().open(f"/letters/{letter.id}")
    with pytest.raises(NotNow):
        decide(waits, cast.dewi, publish=False, reason=Reason.OFF_TOPIC, message=SAID)
    decide(waits, cast.eko, publish=True)
    assert again(letter).comment_count == 1


def test_two_moderators_at_once_decide_once(cast, strict) -> None:
    waits = write(cast.letter(), cast.citra)
    decide(waits, cast.dewi, publish=True, seen=1)
    with pytest.raises((NotNow, Stale)):
        decide(waits, cast.eko, publish=False, reason=Reason.INSULT, message=SAID, seen=1)


def test_nobody_decides_on_an_own_comment_or_letter(cast, strict) -> None:
    waits = write(cast.letter(author=cast.dewi), cast.citra)
    with pytest.raises(NotAllowed):
        decide(waits, cast.dewi, publish=True)
    with pytest.raises(NotAllowed):
        held_for(cast.citra, waits.id)
    with pytest.raises(Missing):
        held_for(cast.dewi, waits.id + 77)


def test_a_comment_that_turns_into_advertising_leaves_the_thread_until_it_is_read(cast, browse) -> None:
    letter = cast.letter()
    parent = make_comment(letter, cast.ana)
    comment = write(letter, cast.citra, parent=parent)
    assert again(parent).reply_count == 1
    actions.edit(held_of(cast, comment), by=cast.citra, text=AD, seen=1)
    assert (again(comment).state, again(letter).comment_count, again(parent).reply_count) == (CommentState.HELD, 1, 0)
    assert "gacor" not in browse().open(f"/letters/{letter.id}").text
    actions.edit(held_of(cast, comment), by=cast.citra, text="Maaf, salah tempel.", seen=comment.version)
    assert again(comment).state is CommentState.HELD


def test_its_author_may_delete_it_while_it_waits(cast, strict) -> None:
    letter = cast.letter()
    waits = write(letter, cast.citra)
    actions.delete(held_of(cast, waits), by=cast.citra)
    assert (again(waits).state, again(letter).comment_count, waits.text) == (CommentState.DELETED, 0, "")


def test_what_was_called_advertising_is_known_when_it_comes_again(cast) -> None:
    letter = cast.letter()
    text = "Kami menyediakan jasa perbaikan rumah murah, cepat, dan bergaransi di seluruh kota, silakan hubungi nomor kami."
    first = write(letter, cast.citra, text)
    actions.hide(held_of(cast, first), by=cast.dewi, reason=Reason.ADVERTISING.value, message=SAID)
    look_at_text(f"comment:{first.id}", True)
    again_ = write(letter, cast.fajar, text.replace("murah", "terjangkau"))
    assert again_.held_for is HeldFor.SPAM
    assert write(letter, cast.fajar, "Barang saya juga belum dikirim sampai hari ini oleh toko yang sama itu.").held_for is None
    actions.restore(held_of(cast, first), by=cast.dewi)
    look_at_text(f"comment:{first.id}", False)
    assert write(letter, cast.fajar, text).held_for is None


def test_a_burst_of_near_equal_comments_is_one_group_and_decided_at_once(cast, browse) -> None:
    letters = [cast.letter(), cast.letter(title="Barang lain belum dikirim juga")]
    waiting = []
    for number in range(4):
        person = make_person(f"Warga{number} Satu")
        waiting.append(write(letters[number % 2], person, f"{AD} Kode {number}."))
    alone = write(letters[0], cast.citra, "Coba togel online, sudah lama saya pakai dan tidak pernah ada masalah apa pun.")
    for one in (*waiting, alone):
        look_at_text(f"comment:{one.id}", None)
    rows = waiting_held().items
    assert [(row.id, row.number) for row in rows] == [(waiting[0].id, 4), (alone.id, 1)]
    browser = browse(cast.dewi)
    assert "4 yang hampir sama" in browser.open("/moderation/held")
    browser.open(f"/moderation/held/{waiting[0].id}")
    browser.submit(form="/decide", decision="refuse", reason="advertising", message=SAID, all="y")
    assert {again(one).state for one in waiting} == {CommentState.REFUSED}
    assert again(alone).state is CommentState.HELD


def test_the_lists_are_changed_with_a_reason_and_each_change_is_kept(cast, browse) -> None:
    crowds.add_term("Obral  Gebyar", to=TermList.OTHER, by=cast.dewi, why="Iklan yang berulang.")
    letter = cast.letter()
    assert write(letter, cast.citra, "Ada 0BRAL gebyar di sini.").held_for is HeldFor.WORDS
    with pytest.raises(NotNow, match="term_known"):
        crowds.add_term("obral gebyar", to=TermList.OTHER, by=cast.eko, why="Iklan yang berulang.")
    with pytest.raises(NotAllowed):
        crowds.add_term("kata lain", to=TermList.OTHER, by=cast.citra, why="Iklan yang berulang.")
    with pytest.raises(Invalid, match="term_too_short"):
        crowds.add_term("a b c", to=TermList.OTHER, by=cast.dewi, why="Iklan yang berulang.")
    crowds.remove_term("obral gebyar", by=cast.eko, why="Toko yang sah.")
    crowds.remove_term("slot gacor", by=cast.eko, why="Hanya untuk uji.")
    with pytest.raises(NotNow, match="term_gone"):
        crowds.remove_term("slot gacor", by=cast.dewi, why="Hanya untuk uji.")
    assert write(letter, cast.citra, "Ada obral gebyar di sini.").held_for is None
    browser = browse(cast.dewi)
    page = browser.open("/moderation/words")
    assert "Toko yang sah." in page
    page = browser.submit("/moderation/words", form="/moderation/words", term="judi dadu", list="gambling", why="Muncul di tiga komentar.")
    assert "judi dadu" in page
    page = browser.submit("/moderation/words", form="/moderation/words", term="judi dadu", list="gambling", why="x")
    assert page.status == 422
