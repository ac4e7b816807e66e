"""The desk lists the cases of my businesses, due first, by key."""

from datetime import timedelta

import pytest

from forum.core.clock import utcnow
from forum.letters.lifecycle import Publication
from forum.responses import actions
from tests.responses.words import case_of, said


def test_due_first_and_only_mine(cast, browse) -> None:
    for days, title in (
        (3, "Surat tengah tentang kiriman"),
        (9, "Surat tertua tentang kiriman"),
        (1, "Surat terbaru itu"),
    ):
        cast.letter(title=title, published_at=utcnow() - timedelta(days=days), details={"order": "TM-778899"})
    cast.letter(title="Surat untuk kurir saja", merchants=[cast.courier])
    cast.letter(title="Surat yang belum dimuat", publication=Publication.SUBMITTED)
    page = browse(cast.bima).open("/desk")
    titles = [
        " ".join("".join(a.itertext()).split()) for h in page.find("h2") for a in h if "Surat t" in (a.text or "")
    ]
    assert titles == ["Surat tertua tentang kiriman", "Surat tengah tentang kiriman", "Surat terbaru itu"]
    assert "TM-778899" in page
    assert "untuk kurir" not in page
    assert "belum dimuat" not in page


def test_tabs_follow_the_state(cast, browse) -> None:
    letter = cast.letter()
    actions.ask(case_of(letter, cast.bima), by=cast.bima, text="Apakah kurir sempat menelepon?")
    bima = browse(cast.bima)
    assert letter.title not in bima.open("/desk")
    assert letter.title in bima.open("/desk?tab=asked")
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    assert letter.title in bima.open("/desk?tab=answered")
    assert letter.title not in bima.open("/desk?tab=rated")


def test_pages_by_key_show_each_case_once_with_few_queries(cast, browse) -> None:
    moment = utcnow() - timedelta(days=2)
    wanted = {cast.letter(title=f"Surat nomor {number}", published_at=moment).title for number in range(45)}
    bima = browse(cast.bima)
    seen: list[str] = []
    address = "/desk"
    while address:
        page = bima.open(address)
        assert len(page.queries) <= 12
        seen += [a.text for h in page.find("h2") for a in h if (a.text or "").startswith("Surat nomor")]
        after = [a.get("href") for a in page.find("a") if a.get("rel") == "next"]
        address = after[0] if after else ""
    assert len(seen) == 45
    assert set(seen) == wanted


def test_without_a_business_the_desk_says_how(cast, browse) -> None:
    page = browse(cast.citra).open("/desk")
    assert "Anda belum menjadi perwakilan" in page
    assert "/sign-in" in browse().open("/desk").url


@pytest.mark.parametrize("query", ["?tab=x", "?tab=due&after=xyz", "?after=" + "9" * 300, "?tab=%00"])
def test_bad_addresses(cast, browse, query: str) -> None:
    assert browse(cast.bima).open("/desk" + query).status in {200, 400}
