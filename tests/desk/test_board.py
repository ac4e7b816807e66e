"""The list of the desk: due first on top, choices that combine and live in the address, pages that cost the same."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from flask_babel import force_locale

from forum.contests import actions as contests
from forum.contests.actions import Claimed
from forum.contests.lifecycle import Ground
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.desk import actions as desk
from forum.desk.lifecycle import Show, Wanted
from forum.desk.queries import board, counts
from forum.desk.queries.conditions import today
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case
from forum.responses import actions
from forum.responses.lifecycle import PromiseVerdict
from forum.responses.models import Response
from tests.browser import Page
from tests.cast import represent
from tests.desk.team import change, gita, hana
from tests.responses.words import case_of, said

MOST_QUERIES = 13
DIFFERENT = [
    "Paket kedua kami temukan di gudang Cakung dan berangkat lagi pada 4 Mei dengan kurir malam.",
    "Biaya admin Rp7.500 salah tagih karena promo berakhir lebih awal; saldonya sudah kembali hari ini.",
    "Panci pengganti dengan tutup kaca dikirim dari toko Bandung, teknisi kami sudah memeriksa gagangnya.",
    "Akun Anda terkunci oleh percobaan masuk dari perangkat lama; kuncinya kami buka setelah cek manual.",
    "Jadwal teknisi bergeser sebab kabel jalan putus, kunjungan baru disepakati hari Sabtu pukul sembilan.",
    "Voucher ulang tahun memang tidak terbit untuk wilayah Anda; gantinya potongan ongkos kirim dua kali.",
    "Kami menelusuri rekaman gudang, segel kotak rusak ketika sortir, maka barang baru kami siapkan besok.",
]


def walked(who, wanted: Wanted, size: int = 3) -> list[str]:
    """The titles of all pages of a list, one after the other."""
    seen, after = [], None
    with force_locale("id"):
        while True:
            page = board(who, wanted, after=after, size=size)
            seen += [row.title for row in page.items]
            after = page.next
            if after is None:
                return seen


def titles(page: Page) -> list[str]:
    """The letters of a list, in their order."""
    return [a.text for h in page.find("h2") for a in h if "/desk/cases/" in (a.get("href") or "")]


def test_due_first_and_only_mine_and_no_private_detail_in_the_list(cast, browse) -> None:
    for days, title in ((3, "Surat tengah"), (9, "Surat tertua"), (1, "Surat terbaru")):
        cast.letter(title=title, published_at=utcnow() - timedelta(days=days), details={"order": "TM-778899"})
    cast.letter(title="Surat untuk kurir", merchants=[cast.courier])
    cast.letter(title="Surat belum dimuat", publication=Publication.SUBMITTED)
    cast.letter(title="Surat ditarik", publication=Publication.WITHDRAWN)
    page = browse(cast.bima).open("/desk")
    assert titles(page) == ["Surat tertua", "Surat tengah", "Surat terbaru"]
    assert "TM-778899" not in page.text
    assert titles(browse(cast.fajar).open("/desk")) == ["Surat untuk kurir"]


def test_a_category_with_a_shorter_clock_is_due_before_an_older_letter(cast, browse, setting) -> None:
    setting(category_days=(("perbankan", (1, 2, 3)),))
    cast.letter(title="Surat lama biasa", published_at=utcnow() - timedelta(days=5))
    cast.letter(title="Surat baru mendesak", category="perbankan", published_at=utcnow() - timedelta(days=1))
    assert titles(browse(cast.bima).open("/desk")) == ["Surat baru mendesak", "Surat lama biasa"]


def test_the_day_follows_what_moves_the_clock(cast, setting) -> None:
    letter = cast.letter()
    case = case_of(letter, cast.bima)
    before = case.due_on
    question = actions.ask(case, by=cast.bima, text="Apakah kurir sempat menelepon?")
    standing = db.session.get(Case, case.id).due_on
    assert standing >= before + timedelta(days=7), "while the clock stands: as if the author never answered"
    change(question, asked_at=utcnow() - timedelta(days=1))
    actions.answer_question(
        _asked(case.id, cast.ana, question.id), by=cast.ana, text="Tidak pernah ada telepon dari kurir."
    )
    assert before <= db.session.get(Case, case.id).due_on < standing
    from forum.desk.actions.due import put_all_due

    change(db.session.get(Case, case.id), due_on=None)
    assert put_all_due() == 1
    assert put_all_due() == 0
    setting(answer_days=20, very_late_days=30)
    assert put_all_due() == 1
    assert db.session.get(Case, case.id, populate_existing=True).due_on > standing


def _asked(case_id: int, who, question_id: int):
    from forum.responses.queries import question_for

    return question_for(who, question_id)


def test_publishing_writes_the_day(cast) -> None:
    from forum.letters import actions as letters
    from forum.letters.queries import letter_for

    letter = cast.letter(publication=Publication.SUBMITTED)
    letters.publish(letter_for(cast.dewi, letter.id), by=cast.dewi)
    assert db.session.get(Case, letter.cases[0].id).due_on > today() + timedelta(days=10)


@unit_of_work
def _promise(case: Case, days: int, verdict: PromiseVerdict | None = None) -> None:
    response = db.session.query(Response).filter_by(case_id=case.id).one()
    response.promise, response.promise_due = "Barang baru", today() + timedelta(days=days)
    response.promise_verdict = verdict


def _contest(letter, who) -> None:
    case = case_of(letter, who)
    contests.contest(case.letter, Claimed(Ground.DUPLICATE, [letter.title], "x" * 30), by=who, case=case, address="::1")


def _one_of_each(cast) -> dict[Show, set[str]]:
    moment = utcnow() - timedelta(days=30)
    cast.letter(title="Surat lewat batas", published_at=moment)
    cast.letter(title="Surat menunggu")
    asked = cast.letter(title="Surat ditanya")
    actions.ask(case_of(asked, cast.bima), by=cast.bima, text="Apakah kurir sempat menelepon?")
    answered, rated = cast.letter(title="Surat dijawab"), cast.letter(title="Surat dinilai")
    promised = {days: cast.letter(title=f"Surat janji {days}") for days in (-20, -3, 3, 30)}
    kept = cast.letter(title="Surat janji ditepati")
    for one, text in zip((answered, rated, kept, *promised.values()), DIFFERENT, strict=True):
        actions.respond(case_of(one, cast.bima), said(text=text), by=cast.bima)
    for days, one in promised.items():
        _promise(case_of(one, cast.bima), days)
    _promise(case_of(kept, cast.bima), -3, PromiseVerdict.KEPT)
    change(case_of(rated, cast.bima), outcome=Outcome.SOLVED)
    contested = cast.letter(title="Surat disanggah")
    _contest(contested, cast.bima)
    both = cast.letter(title="Surat disanggah kurir saja", merchants=[cast.courier])
    _contest(both, cast.fajar)
    all_answered = {"Surat dijawab", "Surat janji ditepati"} | {one.title for one in promised.values()}
    return {
        Show.DUE: {"Surat lewat batas", "Surat menunggu", "Surat disanggah"},
        Show.OVERDUE: {"Surat lewat batas"},
        Show.ASKED: {"Surat ditanya"},
        Show.ANSWERED: all_answered,
        Show.PROMISED: {"Surat janji -3", "Surat janji 3", "Surat janji 30"},
        Show.CONTESTED: {"Surat disanggah"},
        Show.RATED: {"Surat dinilai"},
        Show.ALL: all_answered | {"Surat lewat batas", "Surat menunggu", "Surat ditanya", "Surat dinilai", "Surat disanggah"},
    }


def test_each_list_holds_its_cases_and_counts_them(cast, browse) -> None:
    wanted = _one_of_each(cast)
    bima = browse(cast.bima)
    for show, expected in wanted.items():
        page = bima.open(f"/desk?show={show.value}")
        assert set(titles(page)) == expected, show
        assert len(titles(page)) == len(expected)
        assert len(page.queries) <= MOST_QUERIES, (show, len(page.queries))
    assert counts(cast.bima, Wanted()) == {show: len(one) for show, one in wanted.items() if show is not Show.ALL}


def test_choices_combine_and_live_in_the_address(cast, browse) -> None:
    mine, theirs, free = (cast.letter(title=f"Surat {name}") for name in ("tagihan Bima", "tagihan Gita", "tagihan bebas"))
    cast.letter(title="Surat lain Bima", category="perbankan")
    for letter, person in ((mine, cast.bima), (theirs, gita(cast))):
        desk.assign(case_of(letter, cast.bima), to=person.id, by=cast.bima)
    bima = browse(cast.bima)
    assert titles(bima.open("/desk?agent=mine")) == ["Surat tagihan Bima"]
    assert titles(bima.open("/desk?agent=none&category=toko-online")) == ["Surat tagihan bebas"]
    assert titles(bima.open(f"/desk?agent={gita(cast).id}")) == ["Surat tagihan Gita"]
    assert titles(bima.open("/desk?category=perbankan")) == ["Surat lain Bima"]
    assert set(titles(bima.open("/desk?q=TAGIHAN"))) == {"Surat tagihan Bima", "Surat tagihan Gita", "Surat tagihan bebas"}
    assert "Surat tagihan bebas" in titles(bima.open(f"/desk?q=%23{free.id}"))  # and whatever has that number as a case
    assert titles(bima.open(f"/desk?q={case_of(theirs, cast.bima).id}&agent=mine")) in ([], ["Surat tagihan Bima"])
    page = bima.submit("/desk?show=all", form="/desk$", agent="none", category="toko-online", q="bebas")
    assert titles(page) == ["Surat tagihan bebas"]
    assert "show=all" in page.url
    assert "agent=none" in bima.page.link("Lewat batas")
    assert titles(bima.open("/desk?q=" + quote("100%_"))) == []


def test_a_person_of_two_businesses_sees_both_merged_by_day_and_can_choose(cast, browse) -> None:
    represent(cast.bima, cast.courier)
    for days in range(1, 5):
        cast.letter(title=f"Toko {days}", published_at=utcnow() - timedelta(days=2 * days))
        cast.letter(title=f"Kurir {days}", merchants=[cast.courier], published_at=utcnow() - timedelta(days=2 * days - 1))
    seen = walked(cast.bima, Wanted())
    days = [db.session.query(Case).join(Case.letter).filter_by(title=title).one().due_on for title in seen]
    assert days == sorted(days)
    assert len(seen) == len(set(seen)) == 8
    page = browse(cast.bima).open(f"/desk?merchant={cast.courier.id}")
    assert {title.split()[0] for title in titles(page)} == {"Kurir"}


def test_pages_by_key_show_each_case_once_with_few_queries(cast, browse) -> None:
    moment = utcnow() - timedelta(days=2)
    wanted = {cast.letter(title=f"Surat nomor {number}", published_at=moment).title for number in range(60)}
    bima, address, seen = browse(cast.bima), "/desk", []
    while address:
        page = bima.open(address)
        assert len(page.queries) <= MOST_QUERIES
        seen += titles(page)
        address = next((a.get("href") for a in page.find("a") if a.get("rel") == "next"), "")
    assert len(seen) == 60
    assert set(seen) == wanted


@pytest.mark.parametrize("show", ["all", "answered", "rated", "asked", "promised", "contested"])
def test_every_list_has_pages_by_key(cast, show: str) -> None:
    states = {
        "all": {},
        "answered": {"response": ResponseState.ANSWERED},
        "rated": {"response": ResponseState.ANSWERED, "outcome": Outcome.PARTLY},
        "asked": {"response": ResponseState.ASKED},
        "promised": {"response": ResponseState.ANSWERED},
        "contested": {},
    }
    for number in range(7):
        letter = cast.letter(title=f"Surat {number}")
        case = case_of(letter, cast.bima)
        if show == "promised":
            actions.respond(case, said(), by=cast.bima)
            _promise(case, number % 3)
        elif show == "contested":
            _contest(letter, cast.bima)
        else:
            change(case, **states[show], answered_at=utcnow() if "response" in states[show] else None)
    seen = walked(cast.bima, Wanted(Show(show)))
    assert sorted(seen) == [f"Surat {number}" for number in range(7)]


def test_counts_stop_at_a_hundred(cast, browse, monkeypatch) -> None:
    monkeypatch.setattr("forum.desk.queries.lists.MOST_COUNTED", 3)
    monkeypatch.setattr("forum.desk.views.board.MOST_COUNTED", 3)
    for number in range(5):
        cast.letter(title=f"Surat {number}")
    tab = browse(cast.bima).open("/desk").find("span", class_="tabs__count")[0]
    assert tab.text == "3+"


def test_a_reader_sees_the_list_and_has_no_button(cast, browse) -> None:
    cast.letter()
    page = browse(hana(cast)).open("/desk")
    assert len(titles(page)) == 1
    assert not page.find("form", action="/desk/selected")


def test_without_a_business_the_desk_says_how(cast, browse) -> None:
    citra = browse(cast.citra)
    assert "Anda belum menjadi perwakilan" in citra.open("/desk")
    assert "Meja tanggapan" not in citra.open("/about"), "no menu leads a consumer to an empty desk"
    assert citra.open("/settings").link("klaim profilnya").endswith("/merchants")
    assert citra.page.link("Klaim Anda").endswith("/desk")
    assert browse(hana(cast)).open("/about").link("Meja tanggapan").endswith("/desk")
    assert "/sign-in" in browse().open("/desk").url


@pytest.mark.parametrize(
    "query",
    ["?show=x", "?show=due&after=xyz", "?after=" + "9" * 300, "?show=%00", "?agent=" + "9" * 30, "?merchant=-1", "?merchant=0",
     "?category=x", "?q=" + "(" * 3000, "?q=%E2%80%AE", "?agent=1%27", "?after=W1sicyIsIngiXSxbImkiLDFdXQ"],
)
def test_bad_addresses_break_nothing(cast, browse, query: str) -> None:
    cast.letter()
    assert browse(cast.bima).open("/desk" + query).status in {200, 400}


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Wanted(), "ix_case_due"),
        (Wanted(Show.OVERDUE), "ix_case_due"),
        (Wanted(Show.ASKED), "ix_case_due"),
        (Wanted(Show.RATED), "ix_case_ended"),
        (Wanted(Show.ALL), "ix_case_merchant_newest"),
        (Wanted(Show.PROMISED), "ix_response_promise_due"),
        (Wanted(agent="mine"), "ix_case_agent"),
    ],
)
def test_each_list_walks_an_index_in_its_order(cast, wanted: Wanted, index: str) -> None:
    from forum.desk.queries import conditions, lists

    by = conditions.order(wanted.show)
    run = conditions.runs(cast.bima, wanted)[0]
    query = lists._of(wanted.show, by).where(run, *conditions.chosen(cast.bima, wanted))
    ends = (by.column.desc(), Case.id.desc()) if by.descending else (by.column, Case.id)
    made = query.order_by(*ends).limit(26).compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {made}")]
    assert any(index in line for line in plan), plan
    if wanted.show is not Show.PROMISED:
        assert not any("TEMP B-TREE" in line for line in plan), plan
