"""What a hostile person sends to the moderators' rooms: numbers and names that are none, links of others, words that become formulas."""

import re

import pytest

from forum.reply.links import path_of
from tests.cast import Cast
from tests.contests import stage as contests
from tests.ledger.stage import hide
from tests.reply.test_reply import write

ODD = ("9" * 40, "9" * 19, str(2**63), "\u0663", "\u00b2", "-1", "1.0", "", "x", "1:2", "letter", "%00")
ITEMS = ("letter:{}", "held:{}", "report:letter:{}", "report:comment:{}", "report:{}", "contest:{}", "{}", "{}:1")


def test_items_that_are_none_are_told_one_by_one(cast: Cast, browse) -> None:
    dewi = browse(cast.dewi)
    token = dewi.open("/moderation").find("input", name="csrf_token")[0].get("value")
    items = [item.format(odd) for item in ITEMS for odd in ODD]
    for some in (items[at : at + 40] for at in range(0, len(items), 40)):
        got = dewi.request("POST", "/moderation/spam", data={"csrf_token": token, "item": some, "message": "x", "answer": "y"})
        assert got.status == 302


@pytest.mark.parametrize("way", ["take", "release", "seen", "hand-on"])
def test_no_name_of_an_item_breaks_the_desk(cast: Cast, browse, way: str) -> None:
    dewi = browse(cast.dewi)
    token = dewi.open("/moderation").find("input", name="csrf_token")[0].get("value")
    for item in ITEMS:
        for odd in ODD:
            name = item.format(odd)
            got = dewi.client.post(f"/moderation/items/{name}/{way}", data={"csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"})
            assert got.status_code in {302, 404, 405, 308, 400}, (name, got.status_code)


def test_a_mailed_key_opens_its_own_matter_alone(cast: Cast, browse) -> None:
    letter = contests.whole(cast)
    first, second = (write(letter, email=f"{name}@mail.example") for name in ("zul", "lain"))
    contest = contests.contest(letter, cast.citra)
    own = path_of(first)
    key = own.rsplit("/", 1)[-1]
    guest = browse()
    assert guest.client.get(own).status_code == 200
    for other in (f"/right-of-reply/{second.id}/{key}", f"/contests/{contest.id}/{key}", f"/data-requests/1/{key}", f"/decisions/1/{key}"):
        assert guest.client.get(other).status_code == 404, other
        for verb in ("confirm", "withdraw"):
            assert guest.client.post(f"{other}/{verb}", headers={"Sec-Fetch-Site": "same-origin"}).status_code in {404, 405}
    for spoilt in (key[:-1], key.upper(), key + "0", "", "0" * len(key), key + "\u0301"):
        assert guest.client.get(f"/right-of-reply/{first.id}/{spoilt}").status_code in {404, 308}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "\uff1d"])
def test_the_name_of_a_business_is_no_formula_in_the_ledger(cast: Cast, browse, sign: str) -> None:
    shop = cast.merchant(f'{sign}HYPERLINK("http://x.example","klik")')
    hide(cast, "letter", cast.letter(merchants=[shop]))
    cast.letter(merchants=[shop])
    rows = browse().client.get("/ledger/ledger.csv").get_data(as_text=True)
    assert "HYPERLINK" in rows
    assert not re.search(r'(?m)(^|,|")[=+\-@\t\r\uff1d]+HYPERLINK', rows)
