"""Parts of a stored file are covered: nobody gets what was shown before, and the worker makes it anew with the parts painted."""

import json
import math

import pytest
from flask import current_app

from forum.attachments import actions, areas, confined, jobs
from forum.attachments.actions import copies
from forum.attachments.kinds import Variant
from forum.attachments.models import Attachment, AttachmentCopy, FileState
from forum.attachments.receive import Refused
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Event, Kind, Role
from forum.core.secrecy import unseal
from forum.letters import actions as letters
from forum.letters.lifecycle import Publication
from tests.attachments import hostile
from tests.attachments.rows import copies_of, key_of, keys_of, stored

BOX = [1, 0.1, 0.2, 0.3, 0.4]
OTHER = [1, 0.5, 0.5, 0.5, 0.5]


def store():
    return current_app.extensions["storage"]


def fresh(file) -> Attachment:
    db.session.expire_all()
    return db.session.get_one(Attachment, file.id)


def cover(file, *boxes, by) -> None:
    actions.cover(fresh(file), list(boxes), by=by, storage=store())


def covered() -> list[Event]:
    return list(db.session.scalars(db.select(Event).where(Event.kind == Kind.FILE_COVERED).order_by(Event.id)))


@pytest.fixture
def painted(monkeypatch) -> list[tuple]:
    """What the child was told to paint over, each time it was asked."""
    asked, real = [], confined.make

    def make(data, scratch, *, areas=(), **more):
        asked.append(tuple(tuple(area) for area in areas))
        return real(data, scratch, **more)

    monkeypatch.setattr(confined, "make", make)
    return asked


@unit_of_work
def forget_original(file) -> None:
    file.original_key, file.original_gone_at = None, utcnow()


def test_from_that_moment_on_nobody_gets_what_was_shown(cast, browse, painted):
    letter = cast.letter()
    file = stored(cast.ana, letter)
    painted.clear()
    old, version, receipt = {one.key for one in copies_of(file)}, letter.page_version, file.original_sha256
    full = f"/files/{file.token}/full/x.webp"
    seen = browse().request("GET", full).response
    cover(file, BOX, by=cast.ana)
    assert not any(store().exists(key) for key in old)
    assert not copies_of(file)
    for person in (None, cast.ana, cast.bima, cast.dewi):
        for method, headers in (
            ("GET", {}),
            ("HEAD", {}),
            ("GET", {"Range": "bytes=0-9"}),
            ("GET", {"If-None-Match": seen.headers["ETag"]}),
        ):
            assert browse(person).request(method, full, headers=headers).status == 404
    assert "/full/" not in browse().open(f"/letters/{letter.id}").text
    (event,) = covered()
    assert (event.role, event.data["number"], event.by_id, event.letter_id) == (Role.AUTHOR, 1, cast.ana.id, letter.id)
    assert "Penulis menutup bagian dari satu berkas" in browse().open(f"/letters/{letter.id}").text
    jobs.make_all()
    now = fresh(file)
    assert painted == [((1, 0.1, 0.2, 0.3, 0.4),)]
    assert (now.state, now.original_sha256, len(now.areas)) == (FileState.READY, receipt, 1)
    assert browse().request("GET", full).status == 200
    assert letter.page_version > version


def test_covers_add_up_and_the_same_again_is_nothing(cast, painted):
    file = stored(cast.ana, cast.letter())
    cover(file, BOX, by=cast.ana)
    cover(file, OTHER, by=cast.ana)
    cover(file, OTHER, by=cast.ana)
    painted.clear()
    jobs.make_all()
    assert [len(one) for one in painted] == [2]
    cover(file, BOX, by=cast.ana)
    assert fresh(file).state is FileState.READY
    assert len(covered()) == 2


def test_equal_copies_of_another_file_stay(cast, browse):
    letter = cast.letter()
    one, other = stored(cast.ana, letter), stored(cast.ana, letter, name="lagi.jpg")
    assert key_of(one) == key_of(other)
    cover(one, BOX, by=cast.ana)
    assert store().exists(key_of(other))
    assert browse().request("GET", f"/files/{other.token}/full/x.webp").status == 200


def held(file) -> copies.Claimed:
    job = copies.claim()
    assert job is not None
    assert job.id == file.id
    return job


def made(job) -> tuple[confined.Made, dict[str, str]]:
    with store().open(job.key) as sealed:
        found = confined.make(unseal(sealed.read()), store().scratch())
    return found, {one.variant: store().put(one.data) for one in found.copies}


def test_a_cover_wins_over_the_worker_that_holds_the_file(cast):
    file = stored(cast.ana, cast.letter())
    cover(file, BOX, by=cast.ana)
    job = held(file)
    found, keys = made(job)
    cover(file, OTHER, by=cast.ana)
    left = copies.finish(job, found, keys, store())
    assert set(left) == set(keys.values())
    assert fresh(file).state is FileState.WAITING
    assert not copies_of(file)
    copies.refuse(job, Refused("damaged"))
    copies.put_back(job)
    assert (fresh(file).state, fresh(file).tries) == (FileState.WAITING, 0)
    assert len(held(file).areas) == 2


def test_a_cover_wins_though_the_next_worker_has_the_same_number(cast):
    file = stored(cast.ana, cast.letter())
    cover(file, BOX, by=cast.ana)
    first = held(file)
    found, keys = made(first)
    cover(file, OTHER, by=cast.ana)
    second = held(file)
    assert second.attempt == first.attempt
    copies.finish(first, found, keys, store())
    assert fresh(file).state is FileState.WAITING
    copies.finish(second, found, keys, store())
    assert fresh(file).state is FileState.READY


def test_without_its_original_what_was_shown_is_sealed_and_painted_on(cast, painted):
    file = stored(cast.ana, cast.letter())
    with store().open(key_of(file)) as shown:
        before = shown.read()
    forget_original(file)
    cover(file, BOX, by=cast.ana)
    waiting = fresh(file)
    source = waiting.original_key
    with store().open(source) as sealed:
        assert unseal(sealed.read()) == before
    cover(file, OTHER, by=cast.ana)  # again before it was made: the same source
    assert fresh(file).original_key == source
    jobs.make_all()
    now = fresh(file)
    assert (now.state, now.original_key) == (FileState.READY, None)
    assert now.original_gone_at is not None
    assert not store().exists(source)
    assert all(store().exists(key) for key in keys_of(now))


def test_a_copy_that_changed_meanwhile_is_no_source(cast):
    file = stored(cast.ana, cast.letter())
    forget_original(file)
    with pytest.raises(NotNow):
        actions.paint(fresh(file), [BOX], by=cast.ana, role=Role.AUTHOR, source=("0" * 64, "1" * 64))
    assert copies_of(file)


GOOD = [
    ([1, 0, 0, 1, 1], [1, 0, 0, 1, 1]),
    ([1.0, 0.00005, 0.00005, 0.5, 0.5], [1, 0, 0, 0.5001, 0.5001]),
    ([1, 0.99999, 0.5, 0.00001, 0.00001], [1, 0.9999, 0.5, 0.0001, 0.0001]),
]


@pytest.mark.pure
@pytest.mark.parametrize(("sent", "kept"), GOOD)
def test_areas_are_kept_outwards(sent, kept):
    assert areas.checked([sent], pages=1) == [kept]


BAD = [
    None, "x", {}, [], [[]], [[1, 0, 0, 1]], [[1, 0, 0, 1, 1, 1]], [[0, 0, 0, 1, 1]], [[2, 0, 0, 1, 1]], [[1.5, 0, 0, 1, 1]],
    [[True, 0, 0, 1, 1]], [["1", 0, 0, 1, 1]], [[1, 0, 0, 0, 1]], [[1, 0, 0, 1, -0.1]], [[1, -0.2, 0, 0.5, 1]], [[1, 0.6, 0, 0.5, 1]],
    [[1, math.nan, 0, 1, 1]], [[1, 0, math.inf, 1, 1]], [[1, 0, 0, 10**400, 1]], [[math.nan, 0, 0, 1, 1]], [[math.inf, 0, 0, 1, 1]],
    [[10**400, 0, 0, 1, 1]], [BOX] * (areas.MOST_AREAS + 1),
]  # fmt: skip


@pytest.mark.pure
@pytest.mark.parametrize("sent", BAD, ids=lambda value: repr(value)[:40])
def test_anything_else_is_refused(sent):
    with pytest.raises(Invalid):
        areas.checked(sent, pages=1)


def test_a_file_holds_so_many_parts_at_most(cast):
    file = stored(cast.ana, cast.letter())
    boxes = [[1, number / 100, 0, 0.01, 0.01] for number in range(areas.MOST_AREAS)]
    cover(file, *boxes, by=cast.ana)
    with pytest.raises(Invalid):
        cover(file, OTHER, by=cast.ana)
    assert len(fresh(file).areas) == areas.MOST_AREAS


def test_nobody_else_covers_it_and_nobody_what_was_refused(cast):
    file = stored(cast.ana, cast.letter())
    for who in (cast.bima, cast.citra, cast.dewi):
        with pytest.raises(NotAllowed):
            cover(file, BOX, by=who)
    broken = stored(cast.ana, cast.letter(), data=hostile.jpeg()[:300], name="rusak.jpg")
    assert fresh(broken).state is FileState.REFUSED
    with pytest.raises(NotNow):
        cover(broken, BOX, by=cast.ana)
    assert not covered()


def send(browser, file, **fields):
    return browser.submit(f"/files/{file.token}", form="/cover", **fields)


def test_the_page_takes_what_was_drawn_figures_and_whole_pages(cast, browse):
    file = stored(cast.ana, cast.letter(), data=hostile.pdf(pages=3), name="surat.pdf")
    send(
        browse(cast.ana),
        file,
        areas=json.dumps([BOX]),
        page="2",
        left="10",
        top="12,5",
        width="20 %",
        height="5",
        pages="3",
    )
    assert fresh(file).areas == [BOX, [2, 0.1, 0.125, 0.2, 0.05], [3, 0, 0, 1, 1]]


HOSTILE = [
    "",
    "x",
    "{}",
    "[" * 9_000,
    "[[NaN,0,0,1,1]]",
    "[[1,0,0,Infinity,1]]",
    "[[1,0,0,1e999,1]]",
    f"[[1,0,0,1,{'9' * 5000}]]",
    "[1]",
    '["a"]',
    "9" * 30_000,
]


@pytest.mark.parametrize("sent", HOSTILE, ids=lambda value: value[:20])
def test_what_cannot_be_read_is_said_so(cast, browse, sent):
    file = stored(cast.ana, cast.letter())
    page = send(browse(cast.ana), file, areas=sent)
    assert page.status == 422
    assert fresh(file).state is FileState.READY


@pytest.mark.parametrize("field", ["left", "top", "width", "height", "page", "pages"])
def test_figures_that_are_none_are_said_so(cast, browse, field):
    file = stored(cast.ana, cast.letter(), data=hostile.pdf(pages=2), name="surat.pdf")
    figures = {"left": "1", "top": "1", "width": "1", "height": "1", field: "satu"}
    assert send(browse(cast.ana), file, **figures).status == 422
    assert not fresh(file).areas


def test_its_owner_takes_covers_off_a_draft_and_never_what_was_sent(cast, browse):
    draft = letters.keep_draft(by=cast.ana, once="a-key-of-one-form-0001", fields={})
    file = stored(cast.ana, draft=draft)
    cover(file, BOX, OTHER, by=cast.ana)
    jobs.make_all()
    browse(cast.ana).submit(f"/files/{file.token}", form="/uncover", area=json.dumps(BOX))
    assert fresh(file).areas == [OTHER]
    assert not covered()
    sent = stored(cast.ana, cast.letter())
    cover(sent, BOX, by=cast.ana)
    with pytest.raises(NotAllowed):
        actions.uncover(fresh(sent), {tuple(BOX)}, by=cast.ana, storage=store())
    assert fresh(sent).areas == [BOX]


def test_what_moderators_covered_stays_covered_while_its_letter_is_mended(cast, browse):
    letter = cast.letter(publication=Publication.RETURNED)
    file = stored(cast.ana, letter, areas=[BOX])
    letters.mending_draft(letter, by=cast.ana, fields={})
    with pytest.raises(NotAllowed):
        actions.uncover(fresh(file), {tuple(BOX)}, by=cast.ana, storage=store())
    page = browse(cast.ana).open(f"/files/{file.token}")
    assert not page.find("form", action=f"/files/{file.token}/uncover")
    assert "tidak dapat dibatalkan" in page.words
    cover(file, OTHER, by=cast.ana)
    assert [event.letter_id for event in covered()] == [letter.id]


def test_a_copy_row_alone_opens_nothing_while_it_waits(cast):
    file = stored(cast.ana, cast.letter())
    cover(file, BOX, by=cast.ana)
    assert not db.session.scalar(db.select(AttachmentCopy).where(AttachmentCopy.variant == Variant.FULL))
