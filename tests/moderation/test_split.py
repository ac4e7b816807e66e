"""Chosen letters and names of a business go to another one."""

import pytest
from sqlalchemy import func, select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Kind
from forum.letters.lifecycle import Publication, ResponseState
from forum.letters.models import Case
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import NameKind
from forum.merchants.models import Merchant, MerchantName
from forum.moderation import actions
from forum.moderation.lifecycle import JoinReason
from tests.cast import represent
from tests.moderation.stage import events, make_response
from tests.moderation.test_merge import OVER, case_of, change, question, work_later
from tests.notifications.helping import told


def split(cast, letters=(), **more) -> Merchant:
    values = {
        "by": cast.dewi,
        "to": "Toko Mawar",
        "case_ids": [case_of(one, cast.shop).id for one in letters],
        "reason": JoinReason.WRONG_BUSINESS,
        **more,
    }
    return actions.split(cast.shop, **values)


def test_a_letter_begins_anew_with_the_business_it_is_about(cast, browse) -> None:
    letter, stays = cast.letter(), cast.letter(title="Surat lain yang tetap di sini")
    question(case_of(letter, cast.shop), cast.bima)
    change(case_of(letter, cast.shop), response=ResponseState.ASKED, opened_at=utcnow(), acknowledged_at=utcnow())
    other = split(cast, [letter])
    moved = case_of(letter, other)
    assert (moved.response, moved.notified_at, moved.opened_at, moved.acknowledged_at) == (ResponseState.AWAITING, None, None, None)
    assert (utcnow() - moved.started_at).total_seconds() < 60
    assert case_of(stays, cast.shop) is not None
    page = browse().open(f"/letters/{letter.id}")
    assert "memindahkan surat dari Toko Melati ke Toko Mawar" in page
    assert "memisahkan Toko Mawar dari pelaku usaha ini" in browse().open("/merchants/toko-melati")


def test_the_business_and_the_author_are_told(cast) -> None:
    letter = cast.letter()
    represent(cast.person("Gita Ayu"), cast.courier)
    split(cast, [letter], to="Kurir Kilat")
    work_later()
    (event,) = events(Kind.LETTER_READDRESSED)
    assert told(event) == {("Ana", "readdressed"), ("Gita", "letter_moved_here")}
    assert case_of(letter, cast.courier).notified_at is not None


def test_a_letter_that_waits_for_review_has_no_clock_yet(cast) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    other = split(cast, [letter])
    assert case_of(letter, other).started_at is None


def test_names_go_along_and_one_of_them_may_be_the_new_one(cast) -> None:
    mawar, brand, stays = (
        merchants.add_name(cast.shop, by=cast.dewi, name=name, kind=NameKind.BRAND)
        for name in ("Toko Mawar", "Mawar Online", "Melati Online")
    )
    other = split(cast, name_ids=[mawar.id, brand.id])
    assert (other.name, other.id != cast.shop.id) == ("Toko Mawar", True)
    names = dict(db.session.execute(select(MerchantName.name, MerchantName.merchant_id)).all())
    assert names == {"Mawar Online": other.id, "Melati Online": stays.merchant_id}
    assert merchants.find_or_add("mawar online", by=None).id == other.id


def test_what_was_answered_officially_stays(cast) -> None:
    letter = cast.letter()
    make_response(letter, cast.bima)
    with pytest.raises(NotNow) as refused:
        split(cast, [letter])
    assert (refused.value.code, refused.value.facts["letters"]) == ("answered_here", [letter.id])


def test_a_letter_that_names_the_other_already_stays(cast) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    with pytest.raises(NotNow) as refused:
        split(cast, [letter], to="Kurir Kilat")
    assert refused.value.code == "names_both"
    assert case_of(letter, cast.shop) is not None


def test_sent_twice_it_moves_once(cast) -> None:
    letter = cast.letter()
    ids = [case_of(letter, cast.shop).id]
    assert split(cast, case_ids=ids).id == split(cast, case_ids=ids).id
    assert len(events(Kind.MERCHANT_SPLIT)) == len(events(Kind.LETTER_READDRESSED)) == 1


def test_cases_of_other_businesses_do_not_move(cast) -> None:
    letter = cast.letter(merchants=[cast.courier])
    split(cast, case_ids=[case_of(letter, cast.courier).id])
    assert case_of(letter, cast.courier) is not None
    assert not events(Kind.MERCHANT_SPLIT)


def test_conflicts_of_interest_refuse_it(cast) -> None:
    letter = cast.letter()
    represent(cast.eko, cast.courier)
    gilang = cast.person("Gilang Moderator", standing=cast.dewi.standing)
    cast.letter(author=gilang, merchants=[cast.shop])
    for person, to in ((cast.ana, "Toko Mawar"), (cast.bima, "Toko Mawar"), (gilang, "Toko Mawar"), (cast.eko, "Kurir Kilat")):
        with pytest.raises(NotAllowed):
            split(cast, [letter], by=person, to=to)
    assert case_of(letter, cast.shop) is not None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": "toko MELATI"}, "same_business"),
        ({"to": "T0ko Melati"}, "looks_like"),
        ({"to": "..."}, "bad_merchant_name"),
        ({"case_ids": []}, "nothing_chosen"),
        ({"case_ids": list(range(51))}, "nothing_chosen"),
        ({"reason": JoinReason.BRAND}, "invalid"),
    ],
)
def test_what_makes_no_sense_is_refused(cast, more: dict, code: str) -> None:
    letter = cast.letter()
    with pytest.raises(Invalid) as refused:
        split(cast, [letter], **more)
    assert refused.value.code == code
    assert case_of(letter, cast.shop) is not None


def test_a_moderator_chooses_on_a_page_by_key(cast, browse) -> None:
    for number in range(52):
        cast.letter(title=f"Surat pembaca nomor {number:02}")
    dewi = browse(cast.dewi)
    url = f"/moderation/businesses/{cast.shop.id}/split"
    page = dewi.open(url)
    assert len(page.find("input", name="cases")) == 50
    assert len(page.queries) <= 16
    page = dewi.open(page.find("a", rel="next")[0].get("href"))
    ids = [one.get("value") for one in page.find("input", name="cases")]
    assert len(ids) == 2
    page = dewi.submit(form="/split", to="", reason="wrong_business", cases=ids)
    assert page.find("div", class_="problems")
    assert [one.get("value") for one in page.find("input", name="cases") if one.get("checked") is not None] == ids
    page = dewi.submit(form="/split", to="Toko Mawar", reason="wrong_business", cases=ids)
    assert "kini milik Toko Mawar" in page
    moved = select(func.count()).select_from(Case).join(Case.merchant).where(Merchant.name == "Toko Mawar")
    assert db.session.scalar(moved) == 2


def test_letters_of_a_merge_say_where_they_came_from(cast, browse) -> None:
    cast.letter(merchants=[cast.courier])
    actions.merge(cast.courier, cast.shop, by=cast.dewi, **OVER)
    assert "berasal dari Kurir Kilat" in browse(cast.dewi).open(f"/moderation/businesses/{cast.shop.id}/split")


@pytest.mark.parametrize("cases", ["x", "-1", str(2**63), "9" * 40, "'"])
def test_forged_numbers_move_nothing(cast, browse, cases: str) -> None:
    cast.letter()
    page = browse(cast.dewi).submit(
        f"/moderation/businesses/{cast.shop.id}/split", form="/split", to="Toko Mawar", reason="wrong_business", cases=[cases]
    )
    assert page.status == 200
    assert not events(Kind.LETTER_READDRESSED)
