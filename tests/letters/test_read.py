"""The page of a letter, for everybody who may open it."""

import json

import pytest
from sqlalchemy import insert, select

from forum.core.db import db, unit_of_work
from forum.core.events import Kind, Role, record
from forum.core.text import RENDERER, render
from forum.letters.lifecycle import NameShown, Outcome, Publication, ResponseState, Visibility
from forum.letters.models import Case, Question, Update
from forum.merchants.lifecycle import Proof
from forum.responses.models import Remedy, Response
from tests.attachments.rows import file_row
from tests.cast import make_comment

SLUG = "barang-belum-dikirim-setelah-tiga-minggu"


@unit_of_work
def enrich(letter, person, *, attachments=3, updates=2):
    """Everything a letter can carry, written straight into the tables."""
    case = db.session.scalars(db.select(Case).where(Case.letter_id == letter.id).order_by(Case.position)).first()
    for number in range(attachments):
        db.session.add(
            file_row(letter.author_id, letter_id=letter.id, name=f"bukti-{number}.jpg")
        )
    for number in range(updates):
        text = f"Pembaruan nomor {number}"
        db.session.add(Update(letter_id=letter.id, text=text, html=render(text), renderer=RENDERER))
        record(Kind.UPDATE_ADDED, by=None, role=Role.AUTHOR, letter_id=letter.id)
    text = "Mohon maaf, uang Anda sudah kami kembalikan pada hari Senin."
    db.session.add(
        Response(
            case_id=case.id, author_id=person.id, signatory="Bima Santoso", job_title="Humas", proof=Proof.EMAIL,
            proved_domain="tokomelati.example", remedy=Remedy.REFUND, text=text, html=render(text), renderer=RENDERER,
        )
    )  # fmt: skip
    question = "Kapan Anda memesannya?"
    db.session.add(
        Question(
            case_id=case.id, asked_by_id=person.id, text=question, html=render(question), renderer=RENDERER,
            asked_at=letter.published_at, resumed_at=letter.published_at,
        )
    )  # fmt: skip
    case.response, case.answered_at, case.outcome = ResponseState.ANSWERED, letter.published_at, Outcome.PARTLY
    for kind, role in ((Kind.CASE_ASKED, Role.BUSINESS), (Kind.CASE_ANSWERED, Role.BUSINESS)):
        record(kind, by=person, role=role, letter_id=letter.id, case_id=case.id)


def test_the_parts_stand_in_their_order(cast, browse):
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    cast.letter(title="Surat lain tentang toko yang sama")
    enrich(letter, cast.bima)
    make_comment(letter, cast.citra, "Saya pernah juga.")
    words = browse().open(f"/letters/{letter.id}").words
    parts = [
        "Selesai sebagian",
        "Barang belum dikirim setelah tiga minggu",
        "Ana Wijaya, Surabaya, Jawa Timur",
        "WIB",
        "Saya membeli sebuah kipas angin",
        "bukti-0.jpg",
        "Artikel ini adalah buatan pengguna dan menjadi tanggung jawab penulisnya.",
        "WhatsApp",
        "uang Anda sudah kami kembalikan",
        "Belum Ada Tanggapan Atas Surat Pembaca Ini",
        "Kirimkan Tanggapan Resmi",
        "Pembaruan nomor 1",
        "Perjalanan surat",
        "Saya juga mengalami",
        "Saya pernah juga.",
        "Surat lain tentang toko yang sama",
        "Laporkan surat ini",
    ]
    places = [words.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_a_guest_costs_six_queries_whatever_hangs_on_the_letter(cast, browse):
    bare = cast.letter()
    rich = cast.letter(title="Surat yang membawa semuanya", merchants=[cast.shop, cast.courier])
    enrich(rich, cast.bima, attachments=10, updates=10)
    parent = None
    for _ in range(120):
        parent = make_comment(rich, cast.citra, parent=parent)
    guest = browse()
    assert len(guest.open(f"/letters/{bare.id}-{SLUG}").queries) <= 6
    page = guest.open(f"/letters/{rich.id}-surat-yang-membawa-semuanya")
    assert page.status == 200
    assert len(page.queries) <= 6, page.queries
    assert "set-cookie" not in {name.lower() for name, _ in page.response.headers}
    assert not [query for query in page.queries if not query.lstrip("( ").upper().startswith("SELECT")]


@pytest.mark.parametrize("path", ["", "-salah", f"-{SLUG}x", "-%3Cscript%3E", "-" + "a" * 500])
def test_every_other_address_leads_to_the_one(cast, browse, path):
    letter = cast.letter()
    page = browse().request("GET", f"/letters/{letter.id}{path}?sort=newest")
    assert page.status == 301
    assert page.response.headers["Location"] == f"/letters/{letter.id}-{SLUG}?sort=newest"


@pytest.mark.parametrize("number", ["0", "99999", str(2**63), "9" * 50, "-1", "abc", "1e3"])
def test_what_is_no_letter_is_not_found(cast, browse, number):
    assert browse().open(f"/letters/{number}").status == 404
    assert browse().open(f"/letters/{number}-{SLUG}").status == 404


ALL = ["guest", "ana", "bima", "citra", "dewi", "eko", "fajar"]


@pytest.mark.parametrize(
    ("publication", "seen_by", "others"),
    [
        (Publication.DRAFT, {"ana", "dewi", "eko"}, 404),
        (Publication.SUBMITTED, {"ana", "dewi", "eko"}, 404),
        (Publication.RETURNED, {"ana", "dewi", "eko"}, 404),
        (Publication.REJECTED, {"ana", "dewi", "eko"}, 404),
        (Publication.PUBLISHED, set(ALL), 200),
        (Publication.WITHDRAWN, {"ana", "dewi", "eko"}, 410),
        (Publication.TAKEN_DOWN, {"ana", "dewi", "eko"}, 410),
    ],
)
def test_who_reads_what(cast, browse, publication, seen_by, others):
    letter = cast.letter(publication=publication, reason="insult" if publication is Publication.TAKEN_DOWN else None)
    for name in ALL:
        person = None if name == "guest" else getattr(cast, name)
        for address in (f"/letters/{letter.id}-{SLUG}", f"/letters/{letter.id}", f"/letters/{letter.id}/history"):
            page = browse(person).open(address)
            assert page.status == (200 if name in seen_by else others), (name, address)
            if name not in seen_by:
                assert "Barang belum dikirim" not in page.text
                assert "kipas angin" not in page.text
            elif publication is not Publication.PUBLISHED:
                assert page.find("meta", name="robots", content="noindex")


def test_an_unlisted_letter_is_read_by_its_address_and_not_indexed(cast, browse):
    letter = cast.letter(visibility=Visibility.UNLISTED)
    page = browse().open(f"/letters/{letter.id}")
    assert page.status == 200
    assert page.find("meta", name="robots", content="noindex")
    assert not page.find("script", type="application/ld+json")


def test_machines_read_what_people_read_and_nothing_else(cast, browse):
    letter = cast.letter(
        title='Judul dengan </script><b>tanda</b> & "kutip"',
        details={"phone": "081234567890", "order": "INV-RAHASIA-77"},
        name_shown=NameShown.INITIALS,
        byline="A. W.",
    )
    page = browse().open(f"/letters/{letter.id}")
    [script] = page.find("script", type="application/ld+json")
    data = json.loads("".join(script.itertext()))
    assert data["headline"] == letter.title
    assert data["author"]["name"] == "A. W."
    assert data["url"].startswith("http://localhost/letters/")
    [canonical] = page.find("link", rel="canonical")
    assert canonical.get("href") == data["url"]
    assert page.find("meta", property="og:title")[0].get("content") == letter.title
    for private in ("081234567890", "INV-RAHASIA-77", "Ana Wijaya", "@surat.example", "</script><b>"):
        assert private not in page.text


@pytest.mark.parametrize("name", ["ana", "bima"])
def test_those_it_concerns_see_the_private_details_on_the_page(cast, browse, name):
    letter = cast.letter(details={"order": "INV-RAHASIA-77"})
    assert "INV-RAHASIA-77" in browse(getattr(cast, name)).open(f"/letters/{letter.id}")
    assert "INV-RAHASIA-77" not in browse(cast.fajar).open(f"/letters/{letter.id}").text
    assert "INV-RAHASIA-77" not in browse(cast.citra).open(f"/letters/{letter.id}").text
    assert "INV-RAHASIA-77" not in browse(cast.dewi).open(f"/letters/{letter.id}").text  # on the desk, with a reason


def test_each_person_finds_the_own_doors(cast, browse):
    letter = cast.letter()
    doors = {
        f"/letters/{letter.id}/updates": {"ana"},
        f"/letters/{letter.id}/revise": {"ana"},
        f"/letters/{letter.id}/withdraw": {"ana"},
        f"/moderation/letters/{letter.id}": {"dewi", "eko"},
        f"/report/letter/{letter.id}": set(ALL),
    }
    for name in ALL:
        page = browse(None if name == "guest" else getattr(cast, name)).open(f"/letters/{letter.id}")
        for door, people in doors.items():
            assert (door in page.links()) is (name in people), (name, door)


def test_the_authors_page_says_why_it_is_not_in_print(cast, browse):
    letter = cast.letter(publication=Publication.RETURNED, reason="unclear", message="Tolong tulis tanggal pembeliannya.")
    page = browse(cast.ana).open(f"/letters/{letter.id}")
    assert "Tolong tulis tanggal pembeliannya." in page
    assert page.link("Perbaiki dan kirim lagi").endswith(f"/letters/{letter.id}/mend")
    assert not page.find("section", id="comments")


def test_related_letters_are_of_the_same_business_first_and_public(cast, browse):
    letter = cast.letter()
    for number in range(3):
        cast.letter(title=f"Surat bidang yang sama {number}", merchants=[cast.courier])
    same = cast.letter(title="Surat tentang toko itu juga", category="asuransi")
    cast.letter(title="Surat toko yang belum dimuat", publication=Publication.SUBMITTED)
    cast.letter(title="Surat toko yang diturunkan", publication=Publication.TAKEN_DOWN)
    cast.letter(title="Surat toko yang tidak terdaftar", visibility=Visibility.UNLISTED)
    page = browse().open(f"/letters/{letter.id}")
    [section] = [s for s in page.find("section") if s.get("aria-labelledby") == "related"]
    titles = ["".join(a.itertext()) for a in section.iter("a")]
    assert len(titles) == 3
    assert titles[0] == same.title
    assert all(title.startswith("Surat bidang yang sama") for title in titles[1:])


def test_a_letter_to_five_businesses_and_with_a_long_title(cast, browse):
    merchants = [cast.merchant(f"Usaha {number}") for number in range(5)]
    letter = cast.letter(title="Kata " * 31 + "akhir", merchants=merchants, province=None, place="")
    cast.letter(title="Surat lain tentang usaha ketiga", merchants=[merchants[3]])
    page = browse().open(f"/letters/{letter.id}")
    assert page.status == 200
    assert page.words.count("Belum Ada Tanggapan Atas Surat Pembaca Ini") == 1
    numbers = db.session.scalars(select(Case.id).where(Case.letter_id == letter.id).order_by(Case.id)).all()
    offers = [a for a in page.find("a") if (a.get("href") or "").endswith("/respond")]
    assert [a.get("href") for a in offers] == [f"/cases/{number}/respond" for number in numbers]
    assert ["".join(a.itertext()) for a in offers] == [f"Kirimkan Tanggapan Resmi: {one.name}" for one in merchants]
    assert len(page.find("div", class_="bar")) == 5
    assert "Surat lain tentang usaha ketiga" in page
    assert len(page.queries) <= 6


@pytest.mark.parametrize(
    ("who", "told"), [("guest", False), ("citra", False), ("ana", True), ("bima", True), ("dewi", True)]
)
def test_that_everybody_sees_a_file_is_told_only_to_those_concerned(cast, browse, who: str, told: bool):
    letter = cast.letter()
    enrich(letter, cast.bima)
    page = browse(None if who == "guest" else getattr(cast, who)).open(f"/letters/{letter.id}")
    assert "bukti-0.jpg" in page
    assert ("Dapat dilihat semua orang" in page) == told


def test_the_letter_carries_its_address_into_print(cast, browse):
    letter = cast.letter()
    page = browse().open(f"/letters/{letter.id}")
    [line] = page.find("p", class_="letter__address")
    [canonical] = page.find("link", rel="canonical")
    assert "".join(line.itertext()).endswith(canonical.get("href"))


def test_those_who_answered_stand_as_letterheads_and_the_others_wait_in_one_block(cast, browse):
    slow = cast.merchant("Usaha Lambat")
    letter = cast.letter(merchants=[cast.shop, slow, cast.courier])
    enrich(letter, cast.bima)
    numbers = [case.id for case in letter.cases]
    page = browse(cast.fajar).open(f"/letters/{letter.id}")
    assert page.words.count("Belum Ada Tanggapan Atas Surat Pembaca Ini") == 1
    [block] = [div for div in page.find("div") if div.get("class") == "no-response"]
    waiting, words = page.find("div", **{"class": "no-response__business"}), "".join(block.itertext())
    assert [div.get("id") for div in waiting] == [f"case-{number}" for number in numbers[1:]]
    assert "Usaha Lambat" in words
    assert "Toko Melati" not in words
    assert words.index("Kurir Kilat") < words.index("Tanya penulis")  # his buttons stand with his business


def test_ten_thousand_events_of_comments_do_not_slow_the_journey(cast, browse):
    from forum.core.clock import utcnow
    from forum.core.events import Event

    letter = cast.letter()

    @unit_of_work
    def many():
        record(Kind.LETTER_PUBLISHED, by=None, role=Role.MODERATOR, letter_id=letter.id)
        row = {"kind": Kind.COMMENT_POSTED, "at": utcnow(), "role": Role.READER, "letter_id": letter.id, "data": {}}
        db.session.execute(insert(Event), [row] * 10_000)

    many()
    page = browse().open(f"/letters/{letter.id}")
    assert len(page.find("li", class_="timeline__item")) == 1


def test_english_readers_read_english_around_the_letter(cast, browse):
    letter = cast.letter()
    enrich(letter, cast.bima)
    make_comment(letter, cast.citra)
    page = browse(language="en").open(f"/letters/{letter.id}")
    for words in ("Evidence", "The journey of this letter", "1 comment", "Reply", "Report this letter"):
        assert words in page
    for words in ("Bukti", "Perjalanan surat", "Balas ", "Laporkan"):
        assert words not in page
