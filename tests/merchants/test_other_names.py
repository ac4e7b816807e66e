"""Other names of a business: who gives them, what they lead to, and that each belongs to one business."""

import threading

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Event, Kind
from forum.letters import actions as letters
from forum.letters.models import Case
from forum.merchants import actions
from forum.merchants.lifecycle import NameKind, NameState, TeamRole
from forum.merchants.models import Merchant, MerchantName, Representative
from forum.search import queries as search
from forum.search.queries import Order
from tests.cast import represent
from tests.letters.test_submit import content
from tests.moderation.stage import events
from tests.notifications.helping import work


def named(cast, name: str = "Melati Online", kind: NameKind = NameKind.BRAND) -> MerchantName:
    return actions.add_name(cast.shop, by=cast.dewi, name=name, kind=kind)


def test_a_letter_to_another_name_goes_to_the_business(cast) -> None:
    named(cast)
    letter = letters.submit(content(merchants=("  melati  ONLINE",)), by=cast.ana, once="o" * 20)
    assert [case.merchant_id for case in letter.cases] == [cast.shop.id]
    with pytest.raises(Invalid) as refused:
        letters.submit(content(merchants=("Toko Melati", "Melati Online")), by=cast.ana, once="p" * 20)
    assert refused.value.code == "merchant_twice"


def test_suggestions_show_which_name_led_there(cast, browse) -> None:
    cast.letter()
    named(cast, "TikTok Toko")
    assert browse().open("/merchants/suggest?q=tiktok").response.json == [
        {"name": "Toko Melati", "slug": "toko-melati", "via": "TikTok Toko"}
    ]
    page = browse().open("/merchants/suggest?q=toko")
    assert page.response.json == [{"name": "Toko Melati", "slug": "toko-melati"}]
    assert len(page.queries) == 1


def test_the_page_says_also_known_as_but_no_misspelling(cast, browse) -> None:
    cast.letter()
    named(cast)
    named(cast, "Toko Mlati", NameKind.MISSPELLING)
    page = browse().open("/merchants/toko-melati")
    assert "Juga dikenal sebagai: Melati Online" in page
    assert "Mlati" not in page.text
    assert "menambahkan nama Melati Online" in page
    assert "menambahkan sebuah ejaan" in page


def test_search_finds_letters_by_another_name_and_no_more_when_it_goes(cast) -> None:
    letter = cast.letter()
    one = named(cast, "Kembangwangi")
    work()
    found = search.find("kembangwangi", order=Order.NEWEST, category=None, after=None)
    assert [hit.row.id for hit in found.hits] == [letter.id]
    actions.remove_name(one, by=cast.dewi)
    work()
    assert search.find("kembangwangi", order=Order.NEWEST, category=None, after=None).hits == []


@pytest.mark.parametrize("name", ["Toko Melati", "TOKO  melati", "Kurir Kilat", "Melati Online", "kurir  KILAT"])
def test_a_name_belongs_to_one_business(cast, name: str) -> None:
    named(cast)
    with pytest.raises(Invalid) as refused:
        actions.add_name(cast.courier, by=cast.dewi, name=name, kind=NameKind.ALIAS)
    assert (refused.value.code, refused.value.field) == ("name_taken", "name")
    assert db.session.scalars(select(MerchantName.name)).all() == ["Melati Online"]


@pytest.mark.parametrize("name", ["Kurir K1lat", "PT Kurir Kilat Tbk", "kurirkilat", "kurirkilat.com"])
def test_the_look_of_another_proven_business_is_refused(cast, name: str) -> None:
    _courier = cast.courier
    with pytest.raises(Invalid) as refused:
        actions.add_name(cast.shop, by=cast.dewi, name=name, kind=NameKind.ALIAS)
    assert (refused.value.code, refused.value.facts["like"]) == ("looks_like", "Kurir Kilat")
    with pytest.raises(Invalid):
        actions.propose_name(cast.shop, by=cast.bima, name=name, kind=NameKind.BRAND)


def test_a_business_may_have_the_look_of_itself(cast) -> None:
    assert named(cast, "PT. Toko Melati Tbk", NameKind.LEGAL).state is NameState.ACCEPTED


@pytest.mark.parametrize("name", ["", "...", "x" * 101, "Toko М\u0435лати Online", "Toko\u202eitaleM"])
def test_what_is_no_name_is_refused(cast, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        named(cast, name)
    assert refused.value.field == "name"


def test_the_same_name_again_changes_its_kind_alone(cast) -> None:
    first = named(cast)
    assert named(cast, "MELATI online", NameKind.FORMER).id == first.id
    assert first.kind is NameKind.FORMER
    assert named(cast, kind=NameKind.FORMER).id == first.id
    assert len(events(Kind.NAME_ADDED)) == 2


def test_only_moderators_who_do_not_speak_for_it_give_names(cast) -> None:
    represent(cast.eko, cast.shop)
    for person in (cast.ana, cast.bima, cast.eko):
        with pytest.raises(NotAllowed):
            actions.add_name(cast.shop, by=person, name="Melati Online", kind=NameKind.BRAND)


def test_an_owner_proposes_and_a_moderator_decides(cast, browse) -> None:
    bima = browse(cast.bima)
    page = bima.submit("/merchants/toko-melati/names", name="Melati Kirim", kind="brand")
    assert "sedang diperiksa redaksi" in page
    bima.submit("/merchants/toko-melati/names", name="melati KIRIM", kind="brand")
    (proposed,) = db.session.scalars(select(MerchantName)).all()
    with pytest.raises(Invalid):  # not a name yet: nobody's letter goes there unseen
        actions.add_name(cast.courier, by=cast.dewi, name="Toko Melati", kind=NameKind.ALIAS)
    assert "Melati Kirim" not in browse().open("/merchants/toko-melati")
    dewi = browse(cast.dewi)
    assert "Melati Kirim" in dewi.open("/moderation/names")
    page = dewi.submit(f"/moderation/businesses/{cast.shop.id}", form="/decide", button=("decision", "accept"), message="")
    assert "Nama disimpan" in page
    assert "Melati Kirim" in browse().open("/merchants/toko-melati")
    with pytest.raises(NotNow):
        actions.decide_name(proposed, by=cast.eko, accept=False)


def test_a_refused_name_is_told_with_its_words(cast, browse) -> None:
    proposed = actions.propose_name(cast.shop, by=cast.bima, name="Melati Mall", kind=NameKind.BRAND)
    actions.decide_name(proposed, by=cast.dewi, accept=False, message="Mal itu milik pihak lain.")
    page = browse(cast.bima).open("/merchants/toko-melati/names")
    assert "Mal itu milik pihak lain." in page
    assert actions.propose_name(cast.shop, by=cast.bima, name="Melati Mall", kind=NameKind.BRAND).id != proposed.id


def test_agents_readers_rivals_and_ended_owners_propose_nothing(cast, browse) -> None:
    voice = db.session.scalars(select(Representative).where(Representative.user_id == cast.bima.id)).one()
    for role in (TeamRole.AGENT, TeamRole.READER):
        set_role(voice, role)
        assert browse(cast.bima).open("/merchants/toko-melati/names").status == 403
    set_role(voice, TeamRole.OWNER)
    assert browse(cast.bima).open("/merchants/toko-melati/names").status == 200
    assert browse(cast.fajar).open("/merchants/toko-melati/names").status == 403
    actions.end_representation(voice, by=cast.bima)
    assert browse(cast.bima).open("/merchants/toko-melati/names").status == 403


def set_role(voice: Representative, role: TeamRole) -> None:
    from forum.core.db import unit_of_work

    @unit_of_work
    def change() -> None:
        voice.role = role

    change()


def test_at_most_ten_proposals_wait(cast) -> None:
    for number in range(10):
        actions.propose_name(cast.shop, by=cast.bima, name=f"Melati Cabang {number}x", kind=NameKind.BRAND)
    with pytest.raises(Invalid) as refused:
        actions.propose_name(cast.shop, by=cast.bima, name="Melati Cabang Baru", kind=NameKind.BRAND)
    assert refused.value.code == "too_many_names"


def test_html_in_a_name_is_shown_as_typed(cast, browse) -> None:
    named(cast, "<img src=x onerror=alert(1)> Melati")
    cast.letter()
    for path in ("/merchants/toko-melati", "/merchants/suggest?q=onerror"):
        assert "<img src=x" not in browse().open(path).text or path.endswith("onerror")
    assert "<img src=x onerror=alert(1)> Melati" in browse().open("/merchants/toko-melati")


def test_a_bad_name_keeps_what_was_typed(cast, browse) -> None:
    _courier = cast.courier
    page = browse(cast.dewi).submit(
        f"/moderation/businesses/{cast.shop.id}", form="/names$", name="Kurir K1lat", kind="legal"
    )
    assert "mirip nama pelaku usaha terverifikasi Kurir Kilat" in page
    assert page.find("input", name="name")[0].get("value") == "Kurir K1lat"


def test_the_name_of_a_person_may_not_pass_for_a_business(cast, browse) -> None:
    named(cast, "Melati Online")
    citra = browse(cast.citra)
    for name in ("T0ko Melati", "TokoMelati", "Melati 0nline", "PT Toko Melati", "\u0422\u043eko Melati"):
        page = citra.submit("/settings", name=name)
        assert page.find("div", class_="problems"), name
    assert "Ini nama" not in citra.submit("/settings", name="Melati Tokoh")


def test_a_person_keeps_a_name_that_a_company_has_with_its_legal_form(cast, browse) -> None:
    cast.merchant("CV Sari Dewi", domain="saridewi.example")
    assert "Ini nama" not in browse(cast.citra).submit("/settings", name="Sari Dewi")
    assert "Ini nama" in browse(cast.citra).submit("/settings", name="CV Sari Dewi")


def test_two_at_once_give_a_name_to_one_business(committing_app) -> None:
    from tests.cast import Cast

    with committing_app.app_context():
        cast = Cast()
        ids = [cast.shop.id, cast.courier.id]
        dewi = cast.dewi.id
        db.session.remove()
    done: list[str] = []

    def give(number: int) -> None:
        from forum.accounts.models import User

        with committing_app.app_context():
            try:
                if number % 3 == 2:
                    actions.find_or_add("Kedai Serentak", by=None)
                else:
                    actions.add_name(
                        db.session.get_one(Merchant, ids[number % 3]),
                        by=db.session.get_one(User, dewi),
                        name="Kedai Serentak",
                        kind=NameKind.BRAND,
                    )
                done.append("ok")
            except Invalid as problem:
                done.append(problem.code)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=give, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(done) == 6
    owners = db.session.scalars(select(MerchantName.merchant_id).where(MerchantName.key == "kedai serentak")).all()
    owners += db.session.scalars(select(Merchant.id).where(Merchant.key == "kedai serentak")).all()
    assert len(owners) == 1


def test_the_record_names_no_moderator(cast) -> None:
    named(cast)
    (event,) = db.session.scalars(select(Event).where(Event.kind == Kind.NAME_ADDED)).all()
    assert event.data == {"name": "Melati Online", "kind_of_name": "brand"}
    assert db.session.scalars(select(Case)).all() == []
