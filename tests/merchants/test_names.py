"""Nobody goes by the name of a proven business but those who speak for it."""

import pytest
from sqlalchemy import select, update

from forum.accounts import actions
from forum.accounts.models import User
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid
from forum.core.mail import Mail
from forum.merchants.models import Representative
from tests.cast import PASSWORD, represent

ZONE = {"language": "id", "time_zone": "Asia/Jakarta"}
SPELLINGS = ["Toko Melati", "toko  MELATI", "Toko\u00a0Melati", "Ｔｏｋｏ Melati", "Toko\u200b Melati"]


def sign_up(browse, name: str, email: str):
    return browse().submit("/sign-up", form="sign-up", name=name, email=email, password=PASSWORD, adult="y", consent="y")


@pytest.mark.parametrize("name", SPELLINGS)
def test_nobody_signs_up_under_it_and_the_answer_tells_nothing_of_the_address(cast, browse, name) -> None:
    _shop, known = cast.shop, cast.ana.email
    for email in (known, "baru@surat.example"):
        page = sign_up(browse, name, email)
        assert "Ini nama sebuah pelaku usaha" in page
    assert db.session.scalar(select(User).where(User.email == "baru@surat.example")) is None
    assert db.session.scalars(select(Mail)).all() == []


def test_nobody_changes_their_name_to_it_but_who_speaks_for_it(cast, browse) -> None:
    _shop = cast.shop
    page = browse(cast.citra).submit("/settings", name="TOKO MELATI")
    assert "Ini nama sebuah pelaku usaha" in page
    with pytest.raises(Invalid, match="business_name"):
        actions.update_profile(cast.fajar, by=cast.fajar, name="Toko Melati", **ZONE)
    actions.update_profile(cast.bima, by=cast.bima, name="Toko Melati", **ZONE)
    assert cast.bima.name == "Toko Melati"


def test_who_has_the_name_already_keeps_their_other_settings(cast) -> None:
    melati = cast.person("Toko Melati")
    _shop = cast.shop
    actions.update_profile(melati, by=melati, name="Toko Melati", language="en", time_zone="Asia/Jakarta")
    assert melati.language == "en"


def test_a_business_without_proof_blocks_no_person(cast, browse) -> None:
    sari = cast.merchant("Sari Dewi")
    actions.update_profile(cast.citra, by=cast.citra, name="Sari Dewi", **ZONE)
    represent(cast.fajar, sari)
    with pytest.raises(Invalid):
        actions.update_profile(cast.ana, by=cast.ana, name="Sari Dewi", **ZONE)
    leave(cast.fajar)
    actions.update_profile(cast.ana, by=cast.ana, name="Sari Dewi", **ZONE)
    assert "Ini nama" not in sign_up(browse, "Sari Dewi", "sari@surat.example")


@unit_of_work
def leave(person) -> None:
    db.session.execute(update(Representative).where(Representative.user_id == person.id).values(ended_at=utcnow()))
