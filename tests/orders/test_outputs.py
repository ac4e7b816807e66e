"""What an order took away is told by no other output either: interface, preview, open data, ready pages, files, mails that wait."""

import json

import pytest

from forum.attachments.models import FileAudience
from forum.core.db import db
from forum.core.events import Kind
from forum.letters.models import Letter
from forum.orders import actions, queries
from forum.orders.lifecycle import OrderReason
from tests.api.test_api import Caller, token
from tests.attachments.rows import stored
from tests.cast import make_comment
from tests.moderation.test_at_once import at_once, number_of, person
from tests.notifications.helping import happen, mails, work
from tests.opendata.packages import made, parts, rows
from tests.orders.stage import MESSAGE, again, carried_out, entered
from tests.pages.test_cache import Site

WORD = "Kipasanginlangka"
TITLE = f"Surat tentang {WORD}"
SAID = f"{WORD} itu barang tiruan, dan penjualnya mengaku sendiri kepada saya."


def said(text: str, asked: str = "") -> bool:
    """Whether the word stands in it, also in an address, beside the one that the reader asked for."""
    return WORD.lower() in text.replace(asked or "\0", "").lower()


def test_the_interface_of_the_business(app, cast) -> None:
    letter = cast.letter(title=TITLE)
    case_id = letter.cases[0].id
    caller = Caller(app, token(cast))
    assert said(caller.get("/cases").text)
    assert said(caller.get(f"/cases/{case_id}").text)
    carried_out(cast.dewi, f"/letters/{letter.id}")
    assert caller.get("/cases").get_json()["cases"] == []
    refused = caller.get(f"/cases/{case_id}")
    assert refused.status_code in {404, 410, 451}
    assert not said(refused.text)


def test_the_preview_that_others_show_of_a_shared_address(cast, browse) -> None:
    letter = cast.letter(title=TITLE)
    guest = browse()
    assert said(guest.follow(guest.open(f"/letters/{letter.id}")).find("meta", property="og:title")[0].get("content"))
    carried_out(cast.dewi, f"/letters/{letter.id}")
    shown = guest.request("GET", f"/letters/{letter.id}")
    assert shown.find("meta", property="og:title") == []
    assert not said(shown.text)
    for accepts in ("application/json", "text/html"):
        told = guest.request("GET", f"/letters/{letter.id}", headers={"Accept": accepts})
        assert told.status == 451
        assert not said(told.text)
    told = guest.request("GET", f"/letters/{letter.id}", headers={"Accept": "application/json"})
    assert set(json.loads(told.text)) == {"problem", "authority", "ground", "date"}


def test_the_open_data_of_the_next_day(cast, tmp_path) -> None:
    letter = cast.letter(title=TITLE)
    assert [row["visibility"] for row in rows(made(tmp_path / "before.zip"), "letters")] == ["public"]
    carried_out(cast.dewi, f"/letters/{letter.id}")
    after = made(tmp_path / "after.zip")
    (row,) = rows(after, "letters")
    assert row["visibility"] != "public"
    assert not any(row[name] for name in ("category", "place"))
    assert not said("".join(parts(after).values()))


@pytest.mark.parametrize("target", ["the letter", "the file"])
def test_the_address_of_a_file(cast, browse, target) -> None:
    letter = cast.letter()
    file = stored(cast.ana, letter, name=f"{WORD}.jpg", audience=FileAudience.PUBLIC)
    addresses = [f"/files/{file.token}/{variant}/{WORD}.jpg" for variant in ("full", "thumb")]
    guest = browse()
    assert [guest.request("GET", one).status for one in addresses] == [200, 200]
    carried_out(cast.dewi, f"/letters/{letter.id}" if target == "the letter" else addresses[0])
    for who in (guest, browse(cast.citra), browse(cast.bima)):
        for address in addresses:
            shown = who.request("GET", address)
            assert shown.status == 451
            assert not said(shown.text, address)
            assert shown.response.headers["Cache-Control"] == "no-store"
    if target == "the file":
        shown = guest.follow(guest.open(f"/letters/{letter.id}"))
        assert shown.status == 200
        assert not said(shown.text)


def _waiting(cast) -> tuple[Letter, int]:
    """A letter with a comment, and mails about it, about the comment and about another letter that wait."""
    letter, other = cast.letter(title=TITLE), cast.letter(title="Surat lain yang tidak disebut")
    comment = make_comment(letter, cast.citra, SAID.replace(WORD, "Barang langka"))
    happen(Kind.COMMENT_POSTED, by=cast.citra, letter=letter, about=f"comment:{comment.id}")
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=letter)
    happen(Kind.LETTER_PUBLISHED, by=cast.dewi, letter=other)
    work()
    return letter, comment.id


def test_mails_about_a_letter_that_wait_never_go_out(cast) -> None:
    letter, _comment = _waiting(cast)
    before = [mail.id for mail in mails() if not said(str(mail.content))]
    assert len(before) < len(mails())
    assert before
    carried_out(cast.dewi, f"/letters/{letter.id}")
    db.session.expire_all()
    assert [mail.id for mail in mails()] == before
    work()
    told = [mail for mail in mails() if mail.id not in before]
    assert {mail.kind for mail in told} >= {"order_carried_out"}
    assert not [mail.kind for mail in told if said(str(mail.content)) and mail.to != cast.ana.email]


def test_mails_about_a_comment_that_wait_never_go_out_and_others_do(cast) -> None:
    letter, comment = _waiting(cast)
    before = {mail.id: "Barang langka itu" in str(mail.content) for mail in mails()}
    assert set(before.values()) == {True, False}
    carried_out(cast.dewi, f"/letters/{letter.id}#c{comment}")
    db.session.expire_all()
    assert {mail.id for mail in mails()} == {number for number, quotes in before.items() if not quotes}


def test_ready_pages_are_made_anew(committing_app) -> None:
    site = Site(committing_app)
    letter, url = site.letter(title=TITLE)
    shop = site.cast.shop.slug
    pages = (url, "/", "/feed.atom", f"/merchants/{shop}", "/categories/toko-online", f"/letters/{letter.id}/history")
    for page in pages[:-1]:
        site.get(page)
        assert said(site.get(page).get_data(as_text=True)), page
    dewi = site.cast.dewi.id
    number = carried_out(site.cast.dewi, url).id
    shown = site.get(url)
    assert shown.status_code == 451
    assert shown.headers["Link"].endswith('/orders>; rel="blocked-by"')
    for page in pages:
        assert not said(site.get(page).get_data(as_text=True), page), page
    assert (site.get(pages[-1]).status_code, site.get(url).status_code) == (451, 451)
    db.session.remove()
    actions.settle(queries.order_by_id(number), by=person(dewi), end=OrderReason.COURT_LIFTED, message=MESSAGE)
    assert said(site.get(url).get_data(as_text=True))


def test_two_moderators_at_the_same_moment_decide_an_order_once(committing_app) -> None:
    site = Site(committing_app)
    letter, _url = site.letter()
    cast = site.cast
    order = entered(cast.dewi, f"/letters/{letter.id}")
    actions.check(order, by=cast.dewi)
    order = again(order)
    number, seen, dewi, eko = order.id, order.version, cast.dewi.id, cast.eko.id
    db.session.remove()
    results = at_once(
        committing_app,
        lambda: actions.carry_out(queries.order_by_id(number), by=person(dewi), message=MESSAGE, seen=seen),
        lambda: actions.refuse(
            queries.order_by_id(number), by=person(eko), reason=OrderReason.NO_GROUND, message=MESSAGE, seen=seen
        ),
        lambda: actions.carry_out(queries.order_by_id(number), by=person(eko), message=MESSAGE, seen=seen),
    )
    assert sorted(getattr(result, "code", "done") for result in results) == ["done", "stale", "stale"]
    assert number_of(Kind.ORDER_DECIDED) == 1
    assert number_of(Kind.LETTER_TAKEN_DOWN) == int(queries.order_by_id(number).refusal is None)


def test_the_same_letter_entered_by_two_at_once_is_one_order(committing_app) -> None:
    site = Site(committing_app)
    _letter, url = site.letter()
    dewi, eko = site.cast.dewi.id, site.cast.eko.id
    db.session.remove()
    results = at_once(
        committing_app, lambda: entered(person(dewi), url) and None, lambda: entered(person(eko), url) and None
    )
    assert sorted(getattr(result, "code", "done") for result in results) == ["done", "order_known"]
    assert number_of(Kind.ORDER_RECEIVED) == 1
