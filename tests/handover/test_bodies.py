"""The bodies: seeded, shown by category, changed and ordered by moderators."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, Stale
from forum.core.events import Event, Kind
from forum.handover import actions, queries
from forum.handover.actions import BodyWords
from forum.handover.models import Body
from forum.letters import categories

WORDS = BodyWords(name="Lembaga Uji Konsumen", takes="Menerima pengaduan dalam ujian ini.")


@pytest.fixture(autouse=True)
def stocked(app):
    actions.stock_bodies()


def body(slug: str) -> Body:
    return db.session.scalars(select(Body).where(Body.slug == slug)).one()


def test_every_category_names_a_body_and_stocking_again_adds_none() -> None:
    assert all(queries.bodies_of(key) for key in categories.all_keys())
    assert actions.stock_bodies() == 0


@pytest.mark.parametrize(
    ("category", "first"),
    [
        ("dompet-digital", "bank-indonesia"),
        ("asuransi", "ojk"),
        ("layanan-publik", "lapor"),
        ("toko-online", "bpkn"),
    ],
)
def test_those_who_know_a_sector_best_stand_first(category, first) -> None:
    assert queries.bodies_of(category)[0].slug == first


def test_anybody_reads_them_by_category_without_a_cookie(browse) -> None:
    browser = browse()
    for path in ("/bodies", "/bodies/asuransi"):
        page = browser.open(path)
        assert (page.status, page.response.headers.get("Set-Cookie")) == (200, None)
        assert "Lakukan ini dulu:" in page.words
        assert "Otoritas Jasa Keuangan" in page.words
        assert len(page.queries) <= 4
    assert browser.open("/bodies/tidak-ada").status == 404


def test_a_moderator_changes_words_and_takes_a_body_off_the_lists(browse, cast) -> None:
    lapor = body("lapor")
    browser = browse(cast.dewi)
    page = browser.submit(
        f"/moderation/bodies/{lapor.id}", first="Simpan nomor laporannya.", website="https://lapor.example"
    )
    assert "Tersimpan." in page.words
    assert "Simpan nomor laporannya." in browser.open("/bodies/layanan-publik").words
    browser.submit(f"/moderation/bodies/{lapor.id}", listed=None, name=lapor.name)
    assert "LAPOR!" not in browser.open("/bodies/layanan-publik").words
    assert "tidak tampil sejak" in browser.open("/moderation/bodies").words


def test_a_wrong_web_address_is_refused_at_the_field_and_the_words_are_kept(browse, cast) -> None:
    for url in ("javascript:alert(1)", "http://lapor.example", "https://a b.example"):
        page = browse(cast.dewi).submit(
            f"/moderation/bodies/{body('lapor').id}", takes="Kata yang tidak boleh hilang.", website=url
        )
        assert "diawali https://" in page.words
        assert "Kata yang tidak boleh hilang." in page.text


def test_two_moderators_at_once_do_not_overwrite_each_other(cast) -> None:
    lapor = body("lapor")
    actions.change_body(lapor, WORDS, listed=True, by=cast.dewi, seen=lapor.version)
    with pytest.raises(Stale):
        actions.change_body(body("lapor"), WORDS, listed=True, by=cast.eko, seen=lapor.version - 1)


def test_a_new_body_is_added_once_and_ordered(browse, cast) -> None:
    browser = browse(cast.dewi)
    browser.submit("/moderation/bodies/new", name=WORDS.name, takes=WORDS.takes)
    browser.submit("/moderation/bodies/new", name=WORDS.name, takes=WORDS.takes)
    new = body("lembaga-uji-konsumen")
    places = {f"place-{one.id}": "" for one in queries.bodies()}
    ojk = body("ojk")
    browser.submit("/moderation/bodies/order/asuransi", **{**places, f"place-{new.id}": "1", f"place-{ojk.id}": "2"})
    assert [one.slug for one in queries.bodies_of("asuransi")] == ["lembaga-uji-konsumen", "ojk"]
    changes = [
        event.data["change"] for event in db.session.scalars(select(Event).where(Event.kind == Kind.BODY_CHANGED))
    ]
    assert changes == ["added", "ordered"]


def test_hostile_places_are_refused(browse, cast) -> None:
    before = [one.id for one in queries.bodies_of("asuransi")]
    browser = browse(cast.dewi)
    page = browser.open("/moderation/bodies/order/asuransi")
    token = page.find("input", name="csrf_token")[0].get("value")
    for fields in (
        {"place-99999": "1"},
        {"place-999999999999999999999": "1"},
        {"place-x": "1"},
        {f"place-{before[0]}": "9" * 400},
    ):
        browser.request(
            "POST",
            page.url,
            data={"csrf_token": token, "x": "", **{f"place-{n}": str(i) for i, n in enumerate(before, 1)}, **fields},
        )
        assert len(queries.bodies_of("asuransi")) <= len(before)
    with pytest.raises(Invalid):
        actions.order_bodies("asuransi", [10**9], by=cast.dewi)


@pytest.mark.parametrize("who", ["ana", "bima", "citra"])
def test_nobody_else_changes_them(cast, who) -> None:
    person = getattr(cast, who)
    with pytest.raises(NotAllowed):
        actions.add_body(WORDS, by=person)
    with pytest.raises(NotAllowed):
        actions.change_body(body("ojk"), WORDS, listed=False, by=person)
    with pytest.raises(NotAllowed):
        actions.order_bodies("asuransi", [], by=person)
