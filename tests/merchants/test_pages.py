"""Pages of the claim and its proof."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.mail import Mail
from forum.letters.lifecycle import Publication
from forum.merchants.actions import find_or_add
from forum.merchants.lifecycle import ClaimReason, ClaimState
from forum.merchants.models import Claim
from forum.moderation import actions as moderation
from tests.moderation.stage import make_claim


def test_the_proof_says_what_and_how_but_no_address(cast, browse) -> None:
    _bima = cast.bima
    page = browse().open("/merchants/toko-melati/proof")
    assert "Dibuktikan dengan email kantor di tokomelati.example" in page
    assert "B. S." in page
    assert "@" not in page
    assert "Bima" not in page


def test_a_business_of_hidden_letters_has_no_pages_for_others(cast, browse) -> None:
    hidden = find_or_add("Rahasia Abadi", by=cast.ana)
    cast.letter(merchants=[hidden], publication=Publication.SUBMITTED)
    for what in ("proof", "claim"):
        assert browse(cast.citra).open(f"/merchants/{hidden.slug}/{what}").status == 404
    assert browse(cast.citra).open("/merchants/tidak-ada/claim").status == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"work_email": "citra@gmail.com"}, "diperiksa redaksi"),
        ({"work_email": "bukan surel"}, ""),
        ({"work_email": ""}, ""),
        ({"job_title": "x" * 101}, "Terlalu panjang"),
        ({"statement": "x" * 2001}, "Terlalu panjang"),
    ],
)
def test_a_bad_claim_keeps_every_word(cast, browse, fields: dict[str, str], words: str) -> None:
    cast.letter()
    filled = {"work_email": "c@tokomelati.example", "job_title": "Kepala toko", "statement": "", **fields}
    page = browse(cast.citra).submit("/merchants/toko-melati/claim", **filled)
    assert page.status == 200
    assert page.find("div", class_="problems")
    assert words in page
    assert page.find("input", name="job_title")[0].get("value") == filled["job_title"]
    assert db.session.scalar(select(Claim.id)) is None


def test_too_many_claims_wait(cast, browse) -> None:
    cast.letter()
    citra = browse(cast.citra)
    for number in range(6):
        page = citra.submit(
            "/merchants/toko-melati/claim", work_email=f"c{number}@tokomelati.example", job_title="Humas"
        )
    assert page.find("div", class_="problems")
    assert len(db.session.scalars(select(Mail.id)).all()) == 5


def test_a_claim_is_handed_to_a_moderator(cast, browse) -> None:
    cast.letter()
    citra = browse(cast.citra)
    citra.submit("/merchants/toko-melati/claim", work_email="c@tokomelati.example", job_title="Humas")
    assert citra.page.find("input", name="job_title", value="Humas")
    page = citra.submit(form="/moderator", statement="pendek")
    assert page.status == 200
    assert page.find("div", class_="problems")
    page = citra.submit(form="/moderator", statement="Surel kantor kami rusak; tanya nomor di situs resmi.")
    assert "Klaim Anda sedang diperiksa redaksi" in page
    assert db.session.scalars(select(Claim.state)).one() is ClaimState.WAITING_MODERATOR
    claim_id = db.session.scalar(select(Claim.id))
    assert browse(cast.ana).request("POST", f"/claims/{claim_id}/moderator").status in {404, 409}


def test_a_representative_stops(cast, browse) -> None:
    cast.letter()
    bima = browse(cast.bima)
    page = bima.submit("/desk", form="/representations/")
    assert "Anda bukan lagi perwakilan" in page
    assert cast.shop.id not in cast.bima.merchant_ids


def test_a_refused_claimant_reads_why_and_may_claim_again(cast, browse) -> None:
    made = make_claim(cast.citra, cast.shop)
    moderation.decide_claim(made, approve=False, by=cast.dewi, reason=ClaimReason.OUT_OF_DATE, message="Kirim NIB yang baru.")
    url = f"/merchants/{cast.shop.slug}/claim"
    page = browse(cast.citra).open(url)
    assert "ditolak" in page
    assert "Dokumen sudah tidak berlaku" in page
    assert "Kirim NIB yang baru." in page
    assert page.find("form", action=url)
    assert "Kirim NIB yang baru." not in browse(cast.ana).open(url)
