"""Who pretends to speak for a business by an address or a domain: nothing of it is a proof."""

import pytest
from sqlalchemy import func, select

from forum.accounts.addresses import normal_email
from forum.core.db import db
from forum.core.errors import Invalid
from forum.core.mail import Mail
from forum.merchants import actions
from forum.merchants.domains import is_shared, normal_domain, own_domain, proves, resembles
from forum.merchants.lifecycle import ClaimState, Proof
from forum.merchants.models import Representative
from tests.cast import make_merchant
from tests.merchants.test_claim import mailed_token

REAL = "tokomelati.co.id"
WORDS = "Telepon nomor di situs resmi kami."
LOOK_ALIKES = [
    "evil-tokomelati.co.id",
    "tokomelati.co.id.evil.example",
    "tokomelati.com",
    "tokomelati.id",
    "toko-melati.co.id",
    "tokomelatl.co.id",
    "t0komelati.co.id",
    "tokomelati-co.id",
    "xtokomelati.co.id",
    "tokomelati.co",
    "tokomelatı.co.id",
    "tоkomelati.co.id",  # a Cyrillic о
    "tokomelati。example",
    "co.id",
    "id",
]


@pytest.fixture
def shop(cast):
    return make_merchant("Toko Melati Nyata", domain=REAL)


@pytest.mark.parametrize("domain", LOOK_ALIKES)
def test_a_look_alike_domain_proves_nothing_by_mail(cast, shop, domain: str) -> None:
    with pytest.raises(Invalid):
        actions.claim(shop, by=cast.citra, work_email=f"citra@{domain}", job_title="Humas")
    try:
        made = actions.claim(shop, by=cast.citra, work_email=f"citra@{domain}", job_title="Humas", statement=WORDS)
    except Invalid:
        pass
    else:
        assert (made.way, made.domain, made.state) == (Proof.MODERATOR, None, ClaimState.WAITING_MODERATOR)
    assert db.session.scalar(select(func.count(Mail.id))) == 0


@pytest.mark.parametrize("domain", [*LOOK_ALIKES, "mail.tokomelati.co.id", ""])
def test_a_record_is_looked_for_at_the_registered_domain_whatever_is_typed(cast, shop, domain: str) -> None:
    made = actions.claim(shop, by=cast.citra, job_title="Humas", way=Proof.DNS, domain=domain)
    assert made.domain == REAL


@pytest.mark.parametrize(
    ("email", "domain", "holds"),
    [
        ("a@tokomelati.co.id", REAL, True),
        ("a@mail.tokomelati.co.id", REAL, True),
        ("a@cabang.surabaya.tokomelati.co.id", REAL, True),
        ("a@tokomelati.co.id", "mail.tokomelati.co.id", False),  # the house does not prove its tenant's part
        ("a@lain.tokomelati.co.id", "mail.tokomelati.co.id", False),
        ("a@co.id", "co.id", False),
        ("a@tokomelati.co.id", "co.id", False),
        ("a@toko.github.io", "github.io", False),
        ("a@gmail.com", "gmail.com", False),
        ("a@toko.gmail.com", "gmail.com", False),
        ("a@toko.wordpress.com", "wordpress.com", False),
        ("a@x.desa.id", "desa.id", False),
        ("a@tokomelati.co.id", None, False),
        ("a@tokomelati.co.id", "", False),
    ],
)
def test_an_address_proves_its_own_domain_and_what_stands_above_it(email: str, domain: str | None, holds: bool) -> None:
    assert proves(email, domain) is holds


@pytest.mark.parametrize(
    "domain",
    ["co.id", "ac.id", "desa.id", "ponpes.id", "com.sg", "github.io", "blogspot.com", "pages.dev", "s3.amazonaws.com", "id", "example"],
)
def test_a_public_suffix_is_no_domain_of_one_business(domain: str) -> None:
    assert is_shared(domain)
    assert own_domain(domain) is None
    with pytest.raises(Invalid) as refused:
        normal_domain(domain)
    assert refused.value.code == "bad_domain"


@pytest.mark.parametrize("email", ["citra@gmail.com", "citra@yahoo.co.id", "citra@co.id", "citra@plasa.com", "citra@github.io"])
def test_a_free_or_shared_address_proposes_no_domain(cast, email: str) -> None:
    warung = cast.merchant("Warung Sari")
    made = actions.claim(warung, by=cast.citra, work_email=email, job_title="Pemilik", statement=WORDS)
    assert (made.way, made.domain, made.state) == (Proof.MODERATOR, None, ClaimState.WAITING_MODERATOR)
    voice = actions.approve_claim(made, by=cast.dewi)
    assert (voice.proved_domain, warung.domain) == (None, None)


def test_an_address_alone_proves_nothing_of_a_name_without_a_domain(cast) -> None:
    """Anybody can hold a domain; that it is the one of this business is what a moderator says."""
    warung = cast.merchant("Warung Sari")
    with pytest.raises(Invalid) as refused:
        actions.claim(warung, by=cast.citra, work_email="citra@jahat.example", job_title="Pemilik")
    assert refused.value.field == "statement"
    made = actions.claim(warung, by=cast.citra, work_email="citra@mail.jahat.example", job_title="Pemilik", statement=WORDS)
    assert (made.state, made.domain) == (ClaimState.WAITING_EMAIL, "mail.jahat.example")
    assert actions.confirm_claim(mailed_token(), by=cast.citra) is None
    assert (made.state, warung.domain) == (ClaimState.WAITING_MODERATOR, None)
    assert db.session.scalar(select(func.count(Representative.id)).where(Representative.merchant_id == warung.id)) == 0
    actions.approve_claim(made, by=cast.dewi)
    assert warung.domain == "mail.jahat.example"  # exactly what was proved, not what stands above it
    assert not proves(normal_email("x@lain.jahat.example"), warung.domain)


def test_a_moderator_is_warned_of_a_domain_that_could_be_taken_for_another(cast, shop, browse) -> None:
    warung = cast.merchant("Warung Sari")
    made = actions.claim(
        warung, by=cast.citra, job_title="Pemilik", way=Proof.DNS, domain="toko-melati.id", statement=WORDS
    )
    actions.hand_to_moderator(made, by=cast.citra, statement=WORDS)
    made = actions.claim(warung, by=cast.citra, job_title="Pemilik", work_email="a@toko-melati.id", statement=WORDS)
    assert actions.confirm_claim(mailed_token(), by=cast.citra) is None
    page = browse(cast.dewi).open(f"/moderation/claims/{made.id}")
    assert "dapat dikira sama" in page
    assert REAL in page
    assert "juga mendaftarkannya" in page


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("toko-melati.id", True),
        ("tokomelati.com", True),
        ("t0komelati.net", True),
        ("tokomelatl.id", True),
        ("tokomelat.id", True),
        ("evil-tokomelati.co.id", True),
        ("xn--tokomelat-o5a.id", True),  # tokomelatí
        ("mail.tokomelati.co.id", False),
        ("bca.co.id", False),
        ("kurirkilat.id", False),
        ("melon.id", False),
    ],
)
def test_what_could_be_taken_for_the_domain(other: str, alike: bool) -> None:
    assert resembles(REAL, other) is alike
    assert resembles(other, REAL) is alike


def test_short_names_one_letter_apart_are_not_alike() -> None:
    assert not resembles("bca.co.id", "bni.co.id")
    assert not resembles("bri.co.id", "bni.co.id")


def test_an_old_proof_without_a_way_still_has_its_words(cast, browse) -> None:
    from forum.core.db import unit_of_work

    cast.letter()
    voice = cast.bima.representations[0]

    @unit_of_work
    def of_before() -> None:
        voice.proof, voice.looked_at, voice.proved_domain = Proof.MODERATOR, None, None

    of_before()
    assert "Dibuktikan lewat pemeriksaan redaksi" in browse().open("/merchants/toko-melati/proof")
