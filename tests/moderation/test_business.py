"""What a moderator knows of a business: its domain lets its own people prove themselves, and nobody else."""

import pytest

from forum.core.events import Kind
from forum.letters.lifecycle import Publication
from forum.merchants.actions import find_or_add
from forum.merchants.models import Merchant
from tests.cast import represent
from tests.moderation.stage import again, events


def test_a_domain_that_was_looked_up_lets_a_work_address_prove(cast, browse) -> None:
    letter = cast.letter(merchants=[cast.merchant("Kedai Belum Dikenal")])
    merchant: Merchant = letter.cases[0].merchant
    dewi = browse(cast.dewi)
    page = dewi.open(f"/moderation/letters/{letter.id}")
    assert page.find("a", href=f"/moderation/businesses/{merchant.id}")
    url = f"/moderation/businesses/{merchant.id}"
    page = dewi.submit(url, domain="https://www.kedai.example/tentang")
    assert "disimpan" in page
    assert again(merchant).domain == "kedai.example"
    (event,) = events(Kind.MERCHANT_DESCRIBED)
    assert (event.by_id, event.data) == (cast.dewi.id, {"domain": "kedai.example"})
    page = browse(cast.citra).submit(
        f"/merchants/{merchant.slug}/claim", work_email="citra@kedai.example", job_title="Kasir"
    )
    assert "Buka tautan di email kantor Anda" in page


@pytest.mark.parametrize(("field", "value"), [("domain", "gmail.com"), ("domain", "co.id")])
def test_what_proves_nothing_is_refused_at_its_field(cast, browse, field: str, value: str) -> None:
    page = browse(cast.dewi).submit(f"/moderation/businesses/{cast.shop.id}", **{field: value})
    assert page.find("input", name=field)[0].get("value") == value
    assert page.find("div", id=f"{field}-error")
    assert not events(Kind.MERCHANT_DESCRIBED)


def test_nobody_describes_a_business_they_speak_for(cast, browse) -> None:
    represent(cast.eko, cast.shop)
    for person, status in ((cast.ana, 403), (cast.bima, 403), (cast.eko, 403), (cast.dewi, 200)):
        assert browse(person).open(f"/moderation/businesses/{cast.shop.id}").status == status
    assert browse(cast.dewi).open(f"/moderation/businesses/{2**63}").status == 404


def test_a_business_stands_in_three_panes_as_every_item(cast, browse) -> None:
    waits = cast.letter(publication=Publication.SUBMITTED)
    doubted = find_or_add("T0ko Melati", by=cast.ana, another=True)
    page = browse(cast.dewi).open(f"/moderation/businesses/{doubted.id}")
    (panes,) = page.find("div", class_="panes")
    assert [(part.tag, "pane" in part.get("class").split()) for part in panes] == [("nav", True), ("article", True), ("aside", True)]
    queue, _about, decision = panes
    assert queue.xpath(".//a[@aria-current='page']/@href") == [f"/moderation/businesses/{doubted.id}"]
    assert f"/moderation/letters/{waits.id}" in queue.xpath(".//a/@href")
    assert f"/moderation/businesses/{doubted.id}/clear" in decision.xpath(".//form/@action")
    assert decision.xpath(".//input[@name='domain']")
    assert browse(cast.dewi).open(f"/moderation/businesses/{cast.shop.id}").find("nav", class_="pane--queue")
