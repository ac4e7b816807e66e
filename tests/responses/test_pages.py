"""Pages of the business's side as each person meets them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core.clock import utcnow
from forum.core.db import db
from forum.letters.lifecycle import Outcome, Publication, ResponseState
from forum.letters.models import Case, Question
from forum.merchants.models import Claim
from forum.responses import actions
from forum.responses.models import Response, ResponseDraft
from tests.cast import PASSWORD
from tests.responses.words import TEXT, case_of, said

FILLED = {
    "text": TEXT,
    "remedy": "refund",
    "refund_amount": "105.000",
    "signatory": "Bima Santoso",
    "job_title": "Humas",
}


def url(case, what: str = "respond") -> str:
    return f"/cases/{case.id}/{what}"


def test_the_representative_publishes(cast, browse) -> None:
    letter = cast.letter(details={"order": "TM-778899"})
    case = case_of(letter, cast.bima)
    bima = browse(cast.bima)
    page = bima.open(url(case))
    assert "TM-778899" in page
    sent = bima.submit(**FILLED, follow=False)
    assert sent.status == 302
    assert f"/letters/{letter.id}-" in sent.response.headers["Location"]
    assert db.session.scalars(select(Response.text)).one() == TEXT


def test_the_guard_keeps_every_word(cast, browse) -> None:
    case = case_of(cast.letter(details={"order": "TM-778899"}), cast.bima)
    due = (utcnow() + timedelta(days=9)).date().isoformat()
    page = browse(cast.bima).submit(
        url(case), **{**FILLED, "text": TEXT + " tm 778 899"}, promise="Uang kembali", promise_due=due
    )
    assert page.status == 200
    assert "Belum dimuat: di sini ada data pribadi (nomor pesanan)" in page
    assert TEXT + " tm 778 899" in page.text
    assert page.find("input", name="promise")[0].get("value") == "Uang kembali"
    assert db.session.scalar(select(func.count(Response.id))) == 0


def test_two_at_once_the_second_keeps_the_words_and_sees_the_first(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    gita = browse(cast.representative("Gita Permata", cast.shop))
    gita.open(url(case))
    browse(cast.bima).submit(url(case), **FILLED)
    mine = "Kami di cabang Surabaya menemukan paket nyasar di gudang Rungkut dan mengantarnya sendiri Sabtu sore."
    page = gita.submit(**{**FILLED, "text": mine})
    assert "berubah" in page
    assert mine in page.text
    assert TEXT in page.text
    done = gita.submit(text=mine, follow=False)  # now it has the version just shown
    assert done.status == 302
    assert db.session.scalar(select(func.count(Response.id))) == 2


def test_a_double_click_is_one_response(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = browse(cast.bima)
    form = bima.open(url(case))
    data = {field: [form.find("input", name=field)[0].get("value")] for field in ("csrf_token", "seen", "once")}
    for _turn in range(2):
        page = bima.request("POST", url(case), data={**data, **FILLED})
        assert page.status == 302
    assert db.session.scalar(select(func.count(Response.id))) == 1


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 403), ("citra", 200), ("dewi", 200), ("fajar", 200), ("bima", 200)]
)
def test_who_may_open_the_form(cast, browse, who: str, status: int) -> None:
    case = case_of(cast.letter(), cast.ana)
    assert browse(getattr(cast, who)).open(url(case)).status == status


def test_a_refusal_says_for_whom_the_page_is(cast, browse) -> None:
    page = browse(cast.ana).open(url(case_of(cast.letter(), cast.bima)))
    [error] = page.find("div", class_="error")
    assert "Ini hanya untuk pihak yang berhak: penulisnya, pelaku usahanya, atau redaksi." in "".join(error.itertext())


def test_a_guest_signs_in_writes_claims_and_is_published(cast, browse) -> None:
    case = case_of(cast.letter(), cast.citra)
    citra = cast.citra
    guest = browse()
    page = guest.open(url(case))
    assert "/sign-in" in page.url
    page = guest.submit(email=citra.email, password=PASSWORD)
    assert page.url.endswith(url(case))
    page = guest.submit(**{**FILLED, "signatory": "Citra"})
    assert "/merchants/toko-melati/claim" in page.url
    assert "Tanggapan Anda tersimpan" in page
    [title] = page.find("input", name="job_title")
    assert title.get("value") == FILLED["job_title"]
    page = guest.submit(work_email="citra@tokomelati.example")
    assert "citra@tokomelati.example" in page
    from tests.merchants.test_claim import mailed_token

    link = f"/claims/{mailed_token()}"
    assert db.session.scalars(select(Claim.state)).one() == "waiting_email"
    page = guest.open(link)
    assert db.session.scalars(select(Claim.state)).one() == "waiting_email"  # opening confirms nothing
    page = guest.submit(form="/claims/", follow=False)
    assert page.status == 302
    assert db.session.scalars(select(Response.signatory)).one() == "Citra"
    page = guest.open(link)
    assert page.status == 410
    assert "Anda dapat mengklaim profil usaha itu lagi" in page


def test_words_sent_after_the_session_ended_come_back(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = cast.bima
    expired = browse(bima)
    expired.open(url(case))
    expired.client.delete_cookie("session_token")
    page = expired.submit(**FILLED)
    assert "/sign-in" in page.url
    page = expired.submit(email=bima.email, password=PASSWORD)
    assert TEXT in page.text
    assert expired.submit(button=None, text=TEXT, follow=False).status == 302


def test_the_link_of_a_claim_is_nobody_elses(cast, browse) -> None:
    from forum.merchants.actions import claim
    from tests.merchants.test_claim import mailed_token

    claim(cast.shop, by=cast.citra, work_email="ceo@tokomelati.example", job_title="Humas")
    link = f"/claims/{mailed_token()}"
    page = browse(cast.ana).open(link)
    assert "Tautan ini milik klaim orang lain" in page
    assert not page.find("form", action=link)
    assert browse(cast.ana).request("POST", link).status in {403, 409}
    assert "/sign-in" in browse().open(link).url


def test_autosave_keeps_what_is_typed(cast, browse) -> None:
    case = case_of(cast.letter(), cast.bima)
    bima = browse(cast.bima)
    token = bima.open(url(case)).find("input", name="csrf_token")[0].get("value")
    saved = bima.request(
        "POST",
        url(case, "respond/draft"),
        data={"csrf_token": token, "text": "Baru separuh <b>", "remedy": "refund", "promise_due": "besok"},
        headers={"Accept": "application/json"},
    )
    assert "saved" in saved.response.json
    page = bima.open(url(case))
    assert "Baru separuh &lt;b&gt;" in page.text
    assert page.find("input", name="remedy", value="refund")[0].get("checked") is not None
    assert page.find("input", name="promise_due")[0].get("value") == "besok"
    assert "Lanjutkan draf Anda" in bima.open("/desk")
    bima.submit(url(case), **FILLED, promise_due="")
    assert db.session.scalar(select(func.count(ResponseDraft.id))) == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "x" * 10_001),
        ("text", "(" * 100_000),
        ("text", "\x00\ud800\u202e" * 20),
        ("remedy", "{{7*7}}"),
        ("promise_due", "2026-99-99"),
        ("promise_due", "9999999-01-01"),
        ("signatory", "\u202e"),
        ("job_title", "x" * 101),
        ("corrects", "9" * 30),
        ("corrects", "-1"),
        ("seen", "9" * 30),
        ("once", "x" * 5000),
        ("promise", "Janji tanpa tanggal"),
    ],
)
def test_bad_input_is_told_and_nothing_breaks(cast, browse, field: str, value: str) -> None:
    case = case_of(cast.letter(), cast.bima)
    value = value.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    page = browse(cast.bima).submit(url(case), **{**FILLED, "promise": "", "corrects": "", field: value}, follow=False)
    assert page.status in {200, 302, 409}
    if field in {"text", "remedy", "promise_due", "job_title", "promise"}:
        assert page.status == 200
        assert page.find("div", class_="problems")


@pytest.mark.parametrize(
    "path", ["/cases/0/respond", f"/cases/{2**63 - 1}/respond", "/cases/9/ask", "/cases/9/outcome"]
)
def test_missing_cases(cast, browse, path: str) -> None:
    assert browse(cast.bima).open(path).status == 404


@pytest.mark.parametrize(
    ("publication", "status"),
    [(Publication.SUBMITTED, 404), (Publication.WITHDRAWN, 410), (Publication.TAKEN_DOWN, 410)],
)
def test_letters_out_of_print_take_no_response(cast, browse, publication: Publication, status: int) -> None:
    letter = cast.letter(publication=publication)
    case_id = db.session.scalar(select(Case.id).where(Case.letter_id == letter.id))
    for what in ("respond", "ask"):
        assert browse(cast.bima).open(f"/cases/{case_id}/{what}").status == status


def test_ask_answer_acknowledge_and_conclude(cast, browse) -> None:
    letter = cast.letter(details={"order": "TM-1"})
    case = case_of(letter, cast.bima)
    bima, ana = browse(cast.bima), browse(cast.ana)
    page = bima.submit(url(case, "ask"), text="Apakah kurir sempat menelepon Anda?", follow=False)
    assert page.status == 302
    question = db.session.scalars(select(Question)).one()
    page = ana.open(f"/questions/{question.id}/answer")
    assert "Apakah kurir sempat menelepon Anda?" in page
    ana.submit(text="Tidak pernah ada telepon.", phone="0812 9999 0000", follow=False)
    kept = case_of(letter, cast.ana)
    assert (kept.response, kept.details) == (ResponseState.ACKNOWLEDGED, {"order": "TM-1", "phone": "0812 9999 0000"})
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    ana.submit(url(case, "outcome"), outcome="say_partly", follow=False)
    assert case_of(letter, cast.ana).outcome is Outcome.PARTLY
    for who in ("bima", "dewi", "citra"):
        assert browse(getattr(cast, who)).open(url(case, "outcome")).status == 403
        assert browse(getattr(cast, who)).open(f"/questions/{question.id}/answer").status == 403


def test_the_letter_page_shows_the_case_in_every_state(cast, browse) -> None:
    letter = cast.letter()
    address = f"/letters/{letter.id}"
    page = browse().open(address)
    assert "Belum Ada Tanggapan Atas Surat Pembaca Ini" in page
    case = case_of(letter, cast.bima)
    assert page.link("Kirimkan Tanggapan Resmi").endswith(url(case))
    bima = browse(cast.bima)
    bima.open(address)
    assert db.session.scalars(select(Case.opened_at)).one() is not None
    bima.submit(address, form="acknowledge")
    assert "menyatakan telah menerima" in browse().open(address)
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    page = browse().open(address)
    assert "Belum Ada Tanggapan" not in page
    assert "Bima Santoso, Humas" in page
    assert "tokomelati.example" in page
    ana = browse(cast.ana)
    assert "Bagaimana hasilnya? Hanya Anda yang dapat menyatakannya." in ana.open(address)
    ana.submit(address, form="outcome", button=("outcome", "say_solved"))
    assert "Bagaimana hasilnya?" not in ana.open(address)
    assert "Menurut penulis: Selesai" in browse().open(address)
    ana.submit(address, form="outcome", button=("outcome", "reopen"))
    assert case_of(letter, cast.ana).outcome is Outcome.NONE


def test_the_day_of_printing_is_no_day_that_was_waited(cast, browse) -> None:
    letter = cast.letter(published_at=utcnow())
    page = browse().open(f"/letters/{letter.id}")
    assert "Batas tanggapan 10 hari kerja" in page
    assert "Menunggu 0" not in page


def test_one_query_for_all_responses_of_a_letter(cast, browse) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
    few = browse().open(f"/letters/{letter.id}").queries
    for _turn in range(4):
        actions.respond(case_of(letter, cast.bima), said(), by=cast.bima)
        actions.respond(case_of(letter, cast.fajar, 1), said(signatory="Fajar"), by=cast.fajar)
    many = browse().open(f"/letters/{letter.id}").queries
    assert len(few) == len(many)


def test_private_details_are_for_the_author_and_the_business(cast, browse) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier], details={"order": "RAHASIA-778899"})
    address = f"/letters/{letter.id}"
    for who, sees in (("ana", True), ("bima", True), ("fajar", True), ("dewi", False), ("citra", False)):
        assert ("RAHASIA-778899" in browse(getattr(cast, who)).open(address)) is sees
    assert "RAHASIA-778899" not in browse().open(address)
    case = case_of(letter, cast.citra)
    assert "RAHASIA-778899" not in browse(cast.citra).open(url(case))
    other = case_of(letter, cast.fajar, 0)
    assert "RAHASIA-778899" not in browse(cast.fajar).open(url(other))  # the details of the shop's case


def test_what_a_form_saves_by_itself_after_it_was_sent_comes_too_late(cast) -> None:
    case = case_of(cast.letter(), cast.citra)
    sent = {"text": [TEXT], "once": ["a" * 32]}
    actions.save_draft(case, by=cast.citra, fields=sent, ready=True)
    actions.save_draft(case, by=cast.citra, fields=sent | {"text": ["Kami sudah"]})
    kept = db.session.scalars(select(ResponseDraft)).one()
    assert (kept.fields["ready"], kept.fields["text"]) == (["1"], [TEXT])
    actions.save_draft(case, by=cast.citra, fields=sent | {"text": ["Lain"], "once": ["b" * 32]})
    assert db.session.scalars(select(ResponseDraft)).one().fields["ready"] == []
