"""Orders in pages: 451 in place of what was taken down, everywhere else nothing of it; the desk, the document, the counter-notice, the figures."""

import io
from typing import Any

from sqlalchemy import select

from forum.attachments.jobs import make_all
from forum.attachments.models import Attachment, AttachmentOpening
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.text import slug
from forum.orders.models import Order
from forum.pages.queries import SITEMAP_PART
from forum.search.index import sync
from tests.attachments.hostile import jpeg
from tests.cast import make_comment
from tests.house.test_access import suspend
from tests.notifications.helping import work
from tests.orders.stage import AUTHORITY, MESSAGE, OBJECTION, carried_out

WORD = "Kipasanginlangka"
TITLE = f"Surat tentang {WORD}"


@unit_of_work
def index(letter_id: int) -> None:
    """Make the search agree, as the worker does."""
    sync([letter_id])


def only() -> Order:
    db.session.expire_all()
    return db.session.scalars(select(Order)).one()


def typed(**more: Any) -> dict[str, Any]:
    return {
        "kind": "ministry",
        "authority": AUTHORITY,
        "reference": "B-9/2026",
        "received": utcnow().strftime("%Y-%m-%dT00:00"),
        "hours": "urgent",
        "ground": "gambling",
        "words": "Rahasia pasal 27",
        **more,
    }


def test_an_order_from_the_desk_to_the_notice_and_back(cast, browse) -> None:
    letter = cast.letter(title=TITLE)
    cast.letter(title="Surat tetangga")  # so that no list is empty afterwards
    dewi, eko, ana, guest = browse(cast.dewi), browse(cast.eko), browse(cast.ana), browse()
    index(letter.id)
    shop = f"/merchants/{cast.shop.slug}"
    outputs = (
        "/", "/feed.atom", f"/search?q={WORD}", "/categories/toko-online", "/categories/toko-online/feed.atom", "/statistics/letters",
        shop, f"{shop}/letters", f"{shop}/feed.atom", f"/sitemap-letters-{letter.id // SITEMAP_PART}.xml",
    )  # fmt: skip

    def naming(who: Any) -> list[str]:
        pages = [(path, who.request("GET", path)) for path in outputs]
        assert all(page.status == 200 for _path, page in pages), [(path, page.status) for path, page in pages]
        return [path for path, page in pages if TITLE in page.text or slug(TITLE) in page.text]

    before = naming(guest)
    assert len(before) >= 8, "or this proves nothing"
    page = dewi.submit(
        "/moderation/orders/new", **typed(addresses=f"http://localhost/letters/{letter.id}-x\n/letters/77777")
    )
    assert page.status == 422
    assert "/letters/77777" in page
    assert "Rahasia pasal 27" in page
    page = dewi.submit(
        **typed(addresses=f"http://localhost/letters/{letter.id}-x"), files=[(io.BytesIO(jpeg()), "surat.jpg")]
    )
    order = only()
    assert page.url.endswith(f"/moderation/orders/{order.id}")
    assert letter.title in page
    assert f"/moderation/orders/{order.id}" in eko.open("/moderation/orders").text
    page = dewi.submit(f"/moderation/orders/{order.id}", button=("decision", "check"), message="")
    page = dewi.submit(button=("decision", "carry_out"), message="")
    assert page.status == 422
    page = dewi.submit(button=("decision", "carry_out"), message=MESSAGE)
    work()
    index(letter.id)
    for who in (guest, browse(cast.citra), browse(cast.bima)):
        shown = who.request("GET", f"/letters/{letter.id}")
        assert shown.status == 451
        assert AUTHORITY in shown
        assert "Judi" in shown
        assert f"/ledger/about/order/{order.id}" in shown.text
        assert shown.response.headers["Link"] == '<http://localhost/orders>; rel="blocked-by"'
        assert "noindex" in shown.response.headers["X-Robots-Tag"]
        assert WORD not in shown.text
        assert naming(who) == []
    assert WORD in ana.open(f"/letters/{letter.id}").text
    assert AUTHORITY in guest.open("/ledger/figures")
    assert guest.request("GET", f"/ledger/about/order/{order.id}").status == 302
    ana.submit(f"/orders/{order.id}", text=OBJECTION)
    assert OBJECTION in eko.open(f"/moderation/orders/{order.id}")
    eko.submit(f"/moderation/orders/{order.id}", end="authority_withdrew", message="Kementerian mencabut perintahnya.")
    assert guest.follow(guest.open(f"/letters/{letter.id}")).status == 200
    index(letter.id)
    assert set(naming(guest)) >= set(before)


def test_a_comment_and_a_file_answer_451_and_their_letter_stays(cast, browse) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, f"{WORD} di komentar")
    carried_out(cast.dewi, f"/letters/{letter.id}#c{comment.id}")
    guest = browse()
    assert guest.request("GET", f"/comments/{comment.id}").status == 451
    shown = guest.follow(guest.open(f"/letters/{letter.id}"))
    assert shown.status == 200
    assert WORD not in shown.text


def test_who_is_suspended_objects_all_the_same(cast, browse) -> None:
    letter = cast.letter()
    order = carried_out(cast.dewi, f"/letters/{letter.id}")
    suspend(cast.ana, by=cast.dewi)
    browse(cast.ana).submit(f"/orders/{order.id}", text=OBJECTION)
    assert only().objection == OBJECTION


def test_the_document_is_for_moderators_and_who_opens_it_is_written_down(cast, browse) -> None:
    letter = cast.letter()
    dewi, guest = browse(cast.dewi), browse()
    dewi.submit(
        "/moderation/orders/new", **typed(addresses=f"/letters/{letter.id}"), files=[(io.BytesIO(jpeg()), "surat.jpg")]
    )
    make_all()
    file = db.session.scalars(select(Attachment).where(Attachment.order_id.is_not(None))).one()
    address = f"/files/{file.token}/full/surat.jpg"
    for who in (guest, browse(cast.ana), browse(cast.bima)):
        assert who.request("GET", address).status == 404
    assert dewi.request("GET", address).status == 200
    assert db.session.scalars(select(AttachmentOpening.by_id)).all() == [cast.dewi.id]


def test_a_hostile_file_is_refused_in_words_and_nothing_typed_is_lost(cast, browse) -> None:
    letter = cast.letter()
    page = browse(cast.dewi).submit(
        "/moderation/orders/new",
        **typed(addresses=f"/letters/{letter.id}"),
        files=[(io.BytesIO(b"MZ\x90\x00evil"), "surat.pdf")],
    )
    assert page.status == 422
    assert "Rahasia pasal 27" in page
    assert db.session.scalars(select(Order)).all() == []


def test_the_public_page_says_where_and_how_fast(browse) -> None:
    page = browse().open("/orders")
    assert "4 jam" in page
    assert "24 jam" in page


def test_pages_ask_few_questions(cast, browse) -> None:
    letter = cast.letter()
    order = carried_out(cast.dewi, f"/letters/{letter.id}")
    eko = browse(cast.eko)
    eko.open("/moderation/orders")
    assert len(eko.open("/moderation/orders").queries) <= 8
    assert len(eko.open(f"/moderation/orders/{order.id}").queries) <= 22
