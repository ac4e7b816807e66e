"""The thread on the page: order, levels, pages, permalinks, and the same cost however long it is."""

import random

import pytest
from sqlalchemy import insert, update

from forum.comments.fragments import Shelf
from forum.comments.lifecycle import CommentState
from forum.comments.models import SEGMENT_DIGITS, SHOWN_LEVELS, Comment
from forum.comments.queries import PAGE_ROWS, SORTS, comment_for, thread
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid
from forum.letters.models import Letter
from tests.cast import _base36, make_comment


@unit_of_work
def change(comment, **values):
    db.session.execute(update(Comment).where(Comment.id == comment.id).values(**values))
    db.session.expire(comment)


@unit_of_work
def fill(letter, author, parents):
    """Bulk comments: `parents[i]` is the index of what comment i answers, or None."""
    ids, paths, depths, roots, replies = [], [], [], [], [0] * len(parents)
    start = db.session.scalar(db.select(db.func.coalesce(db.func.max(Comment.id), 0))) + 1
    for index, parent in enumerate(parents):
        number = index + 1
        ids.append(start + index)
        kept = paths[parent][: SEGMENT_DIGITS * (SHOWN_LEVELS - 1)] if parent is not None else ""
        paths.append(kept + _base36(number))
        depths.append(depths[parent] + 1 if parent is not None else 0)
        roots.append(roots[parent] if parent is not None else number)
        if parent is not None:
            replies[parent] += 1
    rows = [
        {
            "id": ids[index], "letter_id": letter.id, "number": index + 1, "root_number": roots[index],
            "parent_id": None if parent is None else ids[parent], "path": paths[index], "depth": depths[index],
            "author_id": author.id, "byline": author.name, "text": f"Komentar {index}", "html": f"<p>Komentar {index}</p>",
            "renderer": 1, "state": CommentState.VISIBLE, "votes": index % 7, "reply_count": replies[index], "version": 1,
        }
        for index, parent in enumerate(parents)
    ]  # fmt: skip
    db.session.execute(insert(Comment), rows)
    db.session.execute(
        update(Letter).where(Letter.id == letter.id).values(comment_count=len(rows), comment_number=len(rows))
    )
    db.session.expire_all()
    return ids


def all_pages(letter, sort):
    found, after = [], None
    while True:
        page = thread(letter.id, sort, after)
        assert len(page.items) <= PAGE_ROWS
        found += page.items
        after = page.next
        if after is None:
            return found


def test_threads_stand_together_oldest_first(cast):
    letter = cast.letter()
    first = make_comment(letter, cast.citra)
    second = make_comment(letter, cast.citra)
    answer = make_comment(letter, cast.ana, parent=first)
    deeper = make_comment(letter, cast.citra, parent=answer)
    late = make_comment(letter, cast.bima, parent=first)
    assert [row.id for row in thread(letter.id).items] == [c.id for c in (first, answer, deeper, late, second)]
    assert [row.id for row in thread(letter.id, "newest").items] == [c.id for c in (second, first, answer, deeper, late)]


def test_most_helpful_stand_first(cast):
    letter = cast.letter()
    plain, best, good = (make_comment(letter, cast.citra) for _ in range(3))
    change(best, votes=2, helped=20)
    change(good, votes=5, helped=5)
    assert [row.id for row in thread(letter.id, "helpful").items] == [best.id, good.id, plain.id]


def test_four_levels_are_shown_then_answers_name_whom_they_answer(cast, browse):
    letter = cast.letter()
    chain = [make_comment(letter, cast.citra)]
    for person in (cast.ana, cast.citra, cast.bima, cast.fajar, cast.citra):
        chain.append(make_comment(letter, person, parent=chain[-1]))
    page = browse().open(f"/letters/{letter.id}")
    classes = [page.find("li", id=f"c{c.id}")[0].get("class").split()[-1] for c in chain]
    assert classes == ["c", "c1", "c2", "c3", "c3", "c3"]
    words = [" ".join("".join(page.find("li", id=f"c{c.id}")[0].itertext()).split()) for c in chain]
    assert "membalas" not in "".join(words[:4])
    assert "membalas Bima Santoso" in words[4]
    assert "membalas Fajar Hidayat" in words[5]


def test_an_orphan_thread_says_that_its_parent_is_gone(cast, browse):
    letter = cast.letter()
    lost = make_comment(letter, cast.citra, "hilang")
    change(lost, state=CommentState.GONE, text="", html="", byline="", author_id=None, reply_count=1)
    orphan = make_comment(letter, cast.ana, "Iya betul bahaya.", lost)
    page = browse().open(f"/letters/{letter.id}")
    assert "Komentar yang dibalas sudah tidak ada." in page
    assert page.find("li", id=f"c{orphan.id}", class_="c1")
    assert "membalas komentar yang" in browse().open(f"/letters/{letter.id}?sort=helpful")


def test_a_guest_sees_no_door_that_is_shut_and_the_author_sees_an_own_one(cast, browse):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    guest, own = browse().open(f"/letters/{letter.id}"), browse(cast.citra).open(f"/letters/{letter.id}")
    for page, mine in ((guest, False), (own, True), (browse(cast.dewi).open(f"/letters/{letter.id}"), False)):
        assert bool(page.find("a", href=f"/comments/{comment.id}/edit")) is mine
        assert bool(page.find("button", formaction=f"/comments/{comment.id}/delete")) is mine
        assert bool(page.find("button", formaction=f"/comments/{comment.id}/vote")) is not mine
        assert page.find("a", href=f"/comments/{comment.id}/reply")


def test_labels_of_author_and_business(cast, browse):
    letter = cast.letter()
    from forum.comments import actions

    actions.post(letter, by=cast.bima, text="Mohon maaf atas keterlambatan ini.")
    actions.post(letter, by=cast.ana, text="Terima kasih sudah dijawab.")
    page = browse().open(f"/letters/{letter.id}")
    labels = ["".join(label.itertext()) for label in page.find("span", class_="label")]
    assert labels[-2:] == ["Toko Melati", "Penulis surat"]
    assert "There is no" not in page
    assert "Belum Ada Tanggapan Atas Surat Pembaca Ini" in page  # a comment is not an official response


def test_every_order_shows_each_comment_once(cast):
    letter, chance = cast.letter(), random.Random(7)
    parents = [None if not i or chance.random() < 0.3 else chance.randrange(i) for i in range(731)]
    ids = fill(letter, cast.citra, parents)
    for sort, order in SORTS.items():
        found = all_pages(letter, sort)
        assert sorted(row.id for row in found) == ids
        if order.threaded:
            place = {row.id: at for at, row in enumerate(found)}
            assert all(row.parent_id is None or place[row.parent_id] < place[row.id] for row in found)


def test_a_permalink_opens_the_page_that_holds_the_comment(cast, browse):
    letter, chance = cast.letter(), random.Random(11)
    parents = [None if not i or chance.random() < 0.4 else chance.randrange(i) for i in range(350)]
    ids = fill(letter, cast.citra, parents)
    guest = browse()
    for comment_id in (ids[0], ids[99], ids[100], ids[180], ids[349], *chance.sample(ids, 12)):
        page = guest.open(f"/comments/{comment_id}")
        assert page.url.endswith(f"#c{comment_id}")
        assert page.find("li", id=f"c{comment_id}"), comment_id


def test_later_pages_are_reached_by_links_and_are_not_indexed(cast, browse):
    letter = cast.letter()
    fill(letter, cast.citra, [None] * 250)
    guest = browse()
    seen = set()
    page = guest.open(f"/letters/{letter.id}")
    for _ in range(3):
        seen |= {li.get("id") for li in page.find("li", class_="c")}
        if not page.find("a", rel="next"):
            break
        page = guest.open(page.find("a", rel="next")[0].get("href").split("#")[0])
        assert page.find("meta", name="robots")
    assert len(seen) == 250


@pytest.mark.parametrize("sort", list(SORTS))
def test_ten_thousand_comments_three_hundred_deep_cost_what_ten_cost(cast, browse, sort):
    chance = random.Random(3)
    short, long = cast.letter(), cast.letter(title="Surat dengan sepuluh ribu komentar")
    fill(short, cast.citra, [None] * 10)
    chain = [None, *range(300)]
    fill(long, cast.citra, chain + [chance.randrange(len(chain)) for _ in range(9_700)])
    guest = browse()
    few = guest.open(f"/letters/{short.id}?sort={sort}")
    many = guest.open(f"/letters/{long.id}?sort={sort}")
    assert many.status == 200
    assert len(many.find("li", class_="c")) == PAGE_ROWS
    assert len(many.queries) <= len(few.queries) <= 6
    after = thread(long.id, sort).next
    assert guest.open(f"/letters/{long.id}?sort={sort}&after={after}").status == 200


def test_no_order_sorts_the_whole_thread(cast):
    """Each order walks its index: the plan of SQLite and of PostgreSQL has no sort over the letter."""
    letter = cast.letter()
    fill(letter, cast.citra, [None, *range(999)])
    statements = []
    from sqlalchemy import event

    def note(_c, _cursor, statement, parameters, _context, _many):
        statements.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for sort in SORTS:
            thread(letter.id, sort, thread(letter.id, sort).next)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    for statement, parameters in statements:
        if db.engine.dialect.name == "sqlite":
            plan = db.session.connection().exec_driver_sql("EXPLAIN QUERY PLAN " + statement, parameters).all()
            assert not [row for row in plan if "TEMP B-TREE" in str(row)], (statement, plan)


@pytest.mark.parametrize("query", ["after=abc", "after=" + "A" * 500, "sort=worst", "after=czAwMDAwMQ&sort=newest", "after=%00"])
def test_junk_in_the_address_is_a_bad_request(cast, browse, query):
    letter = cast.letter()
    make_comment(letter, cast.citra)
    assert browse().open(f"/letters/{letter.id}-{'barang-belum-dikirim-setelah-tiga-minggu'}?{query}").status == 400


def test_numbers_out_of_range_are_not_found(browse):
    for number in (0, 2**62, 2**63, "9" * 40):
        assert browse().open(f"/comments/{number}").status == 404


def test_a_cursor_of_another_order_is_refused(cast):
    letter = cast.letter()
    with pytest.raises(Invalid):
        thread(letter.id, "oldest", "aTE")


def test_one_comment_shows_in_both_languages_from_the_same_shelf(cast, browse):
    letter = cast.letter()
    make_comment(letter, cast.citra)
    for _ in range(2):
        assert "Balas" in browse().open(f"/letters/{letter.id}")
        assert "Reply" in browse(language="en").open(f"/letters/{letter.id}")


def test_each_reader_sees_the_own_time_zone(cast, browse):
    letter = cast.letter()
    make_comment(letter, cast.citra)

    @unit_of_work
    def move_east():
        cast.bima.time_zone = "Asia/Jayapura"

    move_east()
    [guest, bima] = [browse(person).open(f"/letters/{letter.id}").find("li", class_="c")[0] for person in (None, cast.bima)]
    assert "WIB" in "".join(guest.itertext())
    assert "WIT" in "".join(bima.itertext())


def test_a_changed_comment_is_never_shown_as_it_was(cast, browse):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, "Kata-kata pertama.")
    guest = browse()
    assert "Kata-kata pertama." in guest.open(f"/letters/{letter.id}")
    from forum.comments import actions

    actions.edit(comment_for(cast.citra, comment.id), by=cast.citra, text="Kata-kata kedua.", seen=1)
    assert "Kata-kata pertama." not in guest.open(f"/letters/{letter.id}")
    actions.vote(comment_for(cast.ana, comment.id), by=cast.ana)
    assert "1 orang" in guest.open(f"/letters/{letter.id}")


def test_the_shelf_stays_small():
    shelf = Shelf(1_000)
    for number in range(100):
        shelf.put(number, "x" * 100)
        shelf.get(0)
    assert shelf.size <= 1_000
    assert shelf.get(99)
    assert shelf.get(50) is None
    shelf.put(99, "y")
    assert shelf.get(99) == "x" * 100
