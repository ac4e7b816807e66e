"""The hand-over pack: who gets it, when, and that what it says is what the site knows."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
import time_machine
from sqlalchemy import select

from forum.attachments.models import Attachment, FileAudience
from forum.core.db import db, unit_of_work
from forum.core.errors import NotAllowed, NotNow
from forum.core.events import FACTS, Audience, Event, Kind
from forum.handover import actions, queries
from forum.handover.bundle import file_name
from forum.handover.content import Evidence
from forum.handover.models import Pack
from forum.letters.lifecycle import Outcome, Publication, ResponseState, RevisionState
from forum.letters.models import Case, Letter, Revision
from forum.letters.queries import case_for
from forum.merchants.lifecycle import Proof
from forum.responses import actions as responses
from forum.responses.lifecycle import PackGround, PromiseVerdict, ground_of
from forum.responses.models import Remedy, Response
from tests.attachments.rows import file_row
from tests.handover.paper import text_of

MONDAY = datetime(2026, 7, 6, 3, 0, tzinfo=UTC)
LATE = MONDAY + timedelta(days=20)
TEXT = "Saya membeli kipas angin 😀 pada 3 Maret seharga Rp105.000.\n\nPelayan menulis 你好世界朋友们 lalu diam. " * 3


@pytest.fixture
def letter(cast, app) -> Letter:
    actions.stock_bodies()
    cast.bima, cast.citra, cast.dewi, cast.fajar  # noqa: B018 - makes them
    made = cast.letter(published_at=MONDAY, text=TEXT, details={"order": "INV/2026/00123"})
    _add(
        Revision(letter_id=made.id, state=RevisionState.ACCEPTED, title=made.title, text=TEXT, decided_at=MONDAY),
        Revision(
            letter_id=made.id,
            state=RevisionState.ACCEPTED,
            title=made.title,
            text=f"{TEXT} Versi dua.",
            decided_at=MONDAY,
        ),
        Revision(letter_id=made.id, state=RevisionState.REFUSED, title=made.title, text="Ditolak."),
        _file(app, made, "faktur.webp", b"isi faktur"),
        _file(app, made, "../../rahasia ke.webp", b"isi rahasia", FileAudience.MODERATORS),
    )
    return made


@unit_of_work
def _add(*rows) -> None:
    db.session.add_all(rows)


def _file(app, letter, name, data, audience=FileAudience.PUBLIC) -> Attachment:
    return file_row(
        letter.author_id, letter_id=letter.id, name=name, full=app.extensions["storage"].put(data), size=len(data), audience=audience
    )


def _response(case: Case, author, **more) -> Response:
    values = {
        "case_id": case.id, "author_id": author.id, "signatory": "Bima Santoso", "job_title": "Humas", "proof": Proof.EMAIL,
        "remedy": Remedy.EXPLANATION, "text": "Kami memeriksa gudang.", "html": "", "renderer": 1, "created_at": MONDAY + timedelta(days=2),
    }  # fmt: skip
    return Response(**{**values, **more})


def take(browse, person, case_id: int, kind: str = "pdf", **fields):
    return browse(person).submit(f"/cases/{case_id}/hand-over", button=("file", kind), **fields)


def case_id_of(letter: Letter) -> int:
    return db.session.scalars(select(Case.id).where(Case.letter_id == letter.id)).one()


@time_machine.travel(LATE, tick=False)
def test_the_author_of_a_late_letter_takes_the_pack_in_two_kinds(browse, cast, letter):
    case = db.session.get(Case, case_id_of(letter))
    body = queries.bodies_of("toko-online")[0]
    page = take(browse, cast.ana, case.id, body=str(body.id))
    assert (page.status, page.response.mimetype) == (200, "application/pdf")
    assert page.response.headers["Content-Disposition"] == f'attachment; filename="SP-{case.id}-1.pdf"'
    assert page.response.headers["Cache-Control"] == "private, no-store"
    words = text_of(page.response.data)
    for expected in (
        "Berkas pengaduan konsumen", body.name, "Toko Melati", "HARI KERJA KE-14, BATASNYA HARI KE-10", "Versi 2", "[grinning face]",
        "[7 huruf dari aksara lain]", "faktur.webp", "hari kerja terakhir untuk menanggapi", "20 Juli 2026", f"SP-{case.id}-1", "Ana Wijaya",
    ):  # fmt: skip
        assert expected in words, expected
    assert "INV/2026" not in words, "not ticked"
    assert "Ditolak." not in words, "never published"
    packed = take(browse, cast.ana, case.id, "zip", private="y", language="en")
    bundle = zipfile.ZipFile(io.BytesIO(packed.response.data))
    assert bundle.testzip() is None
    assert "Consumer complaint" in text_of(bundle.read(f"SP-{case.id}-2.pdf"))
    assert "INV/2026/00123" in text_of(bundle.read(f"SP-{case.id}-2.pdf"))


@time_machine.travel(LATE, tick=False)
def test_each_file_of_the_zip_has_its_fingerprint_and_a_safe_name(browse, cast, letter):
    packed = take(browse, cast.ana, case_id_of(letter), "zip").response.data
    bundle = zipfile.ZipFile(io.BytesIO(packed))
    sums = dict(line.split("  ")[::-1] for line in bundle.read("SHA256SUMS").decode().splitlines())
    assert set(sums) == set(bundle.namelist()) - {"SHA256SUMS"}
    for name, wanted in sums.items():
        assert hashlib.sha256(bundle.read(name)).hexdigest() == wanted, name
    assert bundle.read("bukti/01-faktur.webp") == b"isi faktur"
    assert bundle.read("bukti/02-rahasia-ke.webp") == b"isi rahasia"
    assert not [name for name in bundle.namelist() if ".." in name or name.startswith("/")]
    manifest = json.loads(bundle.read("manifest.json"))
    assert {one["file"]: one["sha256"] for one in manifest["files"]}.items() <= sums.items()
    assert bundle.read("surat/versi-2.txt").decode().endswith("Versi dua.\n"), "every text whole, in any script"
    assert "你好世界朋友们" in bundle.read("surat/versi-1.txt").decode()
    told = json.loads(bundle.read("isi.json"))
    assert (told["clock"]["used"], told["clock"]["due"], told["days"][-1]["number"]) == (14, "2026-07-20", 14)


@time_machine.travel(LATE, tick=False)
def test_a_letter_about_two_businesses_has_a_pack_for_each(browse, cast, letter):
    both = cast.letter(published_at=MONDAY, merchants=[cast.shop, cast.courier])
    ids = db.session.scalars(select(Case.id).where(Case.letter_id == both.id).order_by(Case.position)).all()
    _add(
        Revision(letter_id=both.id, state=RevisionState.ACCEPTED, title=both.title, text=TEXT, decided_at=MONDAY),
        _response(db.session.get(Case, ids[0]), cast.bima),
    )
    _answered(ids[0])
    words = text_of(take(browse, cast.ana, ids[1]).response.data)
    assert "pengaduan ini tentang Kurir Kilat" in words
    assert "Kami memeriksa gudang" not in words, "what another business said is another case"
    assert "Ambil sebagai PDF" not in browse(cast.ana).open(f"/cases/{ids[0]}/hand-over").words


def test_the_same_form_sent_twice_is_one_pack_with_the_same_bytes(browse, cast, letter):
    browser = browse(cast.ana)
    with time_machine.travel(LATE, tick=False):
        page = browser.open(f"/cases/{case_id_of(letter)}/hand-over")
        fields = {
            c.get("name"): c.get("value") or "" for c in page.find("input") if c.get("name") in {"csrf_token", "once"}
        }
        sent = [
            browser.request(
                "POST", page.url, data={**fields, "body": "", "language": "id", "file": "zip"}
            ).response.data
            for _turn in range(2)
        ]
    assert sent[0] == sent[1]
    assert [pack.number for pack in db.session.scalars(select(Pack))] == [1]


@time_machine.travel(LATE, tick=False)
@pytest.mark.parametrize("who", ["citra", "bima", "dewi", "fajar"])
def test_nobody_else_takes_or_sees_it(browse, cast, letter, who):
    case, person = db.session.get(Case, case_id_of(letter)), getattr(cast, who)
    actions.take_pack(
        case_for(cast.ana, case.id), by=cast.ana, body_id=None, language="id", private=False, once="x" * 20
    )
    browser = browse(person)
    assert browser.request("GET", f"/cases/{case.id}/hand-over").status == 403
    page = browser.open(f"/letters/{letter.id}")
    assert "hand-over" not in page.text
    assert "Ke mana setelah ini" in page.text
    with pytest.raises(NotAllowed):
        actions.take_pack(
            case_for(person, case.id), by=person, body_id=None, language="id", private=False, once="y" * 20
        )
    assert FACTS[Kind.PACK_MADE].audience is Audience.MODERATORS


def test_before_the_days_have_passed_the_page_says_when(browse, cast, letter):
    with time_machine.travel(MONDAY + timedelta(days=14), tick=False):  # the last day in time
        browser = browse(cast.ana)
        page = browser.open(f"/cases/{case_id_of(letter)}/hand-over")
        assert "sampai 20 Juli 2026" in page.words
        assert "Ambil sebagai PDF" not in page.words
        assert "hand-over" not in browser.open(f"/letters/{letter.id}").text
        with pytest.raises(NotNow):
            actions.take_pack(
                case_for(cast.ana, case_id_of(letter)),
                by=cast.ana,
                body_id=None,
                language="id",
                private=False,
                once="x" * 20,
            )
    with time_machine.travel(MONDAY + timedelta(days=15), tick=False):
        assert f"/cases/{case_id_of(letter)}/hand-over" in browser.open(f"/letters/{letter.id}").text


@pytest.mark.parametrize(
    ("response", "outcome", "late", "broken", "ground"),
    [
        (ResponseState.AWAITING, Outcome.NONE, False, False, None),
        (ResponseState.AWAITING, Outcome.NONE, True, False, PackGround.OVERDUE),
        (ResponseState.ASKED, Outcome.NONE, True, False, PackGround.OVERDUE),
        (ResponseState.ANSWERED, Outcome.NONE, True, False, None),
        (ResponseState.ANSWERED, Outcome.SOLVED, True, False, None),
        (ResponseState.ANSWERED, Outcome.NOT_SOLVED, False, False, PackGround.NOT_SOLVED),
        (ResponseState.ANSWERED, Outcome.SOLVED, False, True, PackGround.PROMISE_BROKEN),
    ],
)
def test_the_ground_of_a_pack(response, outcome, late, broken, ground):
    assert ground_of(response, outcome, late=late, broken=broken) is ground


@time_machine.travel(LATE, tick=False)
def test_a_hidden_response_is_marked_and_its_words_are_left_out(browse, cast, letter):
    case = db.session.get(Case, case_id_of(letter))
    _add(
        _response(case, cast.bima, text="Kata rahasia nasabah.", hidden_at=MONDAY + timedelta(days=3)),
        _response(
            case, cast.bima, promise="Uang kembali", promise_due=(MONDAY + timedelta(days=5)).date(), promise_amount=105_000,
            promise_verdict=PromiseVerdict.BROKEN,
        ),
    )  # fmt: skip
    _answered(case.id)
    packed = zipfile.ZipFile(io.BytesIO(take(browse, cast.ana, case.id, "zip").response.data))
    words = text_of(packed.read(f"SP-{case.id}-1.pdf"))
    assert "Redaksi menyembunyikan tanggapan ini" in words
    assert "JANJI PELAKU USAHA DIINGKARI" in words
    assert "Rp105.000" in words
    assert "Kata rahasia" not in words + "".join(
        packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()
    )


@unit_of_work
def _answered(case_id: int) -> None:
    case = db.session.get(Case, case_id)
    case.response, case.answered_at = ResponseState.ANSWERED, MONDAY + timedelta(days=2)


@time_machine.travel(LATE, tick=False)
def test_a_letter_that_was_taken_down_is_still_its_authors_to_hand_over(cast, letter):
    _take_down(letter.id)
    case = case_for(cast.ana, case_id_of(letter))
    assert actions.take_pack(case, by=cast.ana, body_id=None, language="id", private=False, once="x" * 20).number == 1


@unit_of_work
def _take_down(letter_id: int) -> None:
    db.session.get(Letter, letter_id).publication = Publication.TAKEN_DOWN


@time_machine.travel(LATE, tick=False)
def test_files_that_are_gone_or_too_large_are_named_and_left_out(browse, cast, letter, app, monkeypatch):
    monkeypatch.setattr("forum.handover.bundle.LARGEST_BUNDLE_BYTES", 12)
    _add(_file(app, letter, "besar.webp", b"0" * 100), _gone(app, letter))
    bundle = zipfile.ZipFile(io.BytesIO(take(browse, cast.ana, case_id_of(letter), "zip").response.data))
    left = {one["file"]: one["why"] for one in json.loads(bundle.read("manifest.json"))["left_out"]}
    assert left == {
        "bukti/02-rahasia-ke.webp": "too_large",
        "bukti/03-besar.webp": "too_large",
        "bukti/04-hilang.webp": "missing",
    }


def _gone(app, letter) -> Attachment:
    file = _file(app, letter, "hilang.webp", b"hilang")
    app.extensions["storage"].delete(file.copies[0].key)
    return file


@time_machine.travel(LATE, tick=False)
def test_packs_are_limited_by_the_hour(browse, cast, letter, monkeypatch, limit):
    limit("pack", 1)
    assert take(browse, cast.ana, case_id_of(letter)).status == 200
    refused = take(browse, cast.ana, case_id_of(letter))
    assert refused.is_html
    assert "Terlalu" in refused.words or refused.status == 429


@time_machine.travel(LATE, tick=False)
def test_hostile_choices_are_refused_at_the_field(browse, cast, letter):
    browser = browse(cast.ana)
    page = browser.open(f"/cases/{case_id_of(letter)}/hand-over")
    token = page.find("input", name="csrf_token")[0].get("value")
    for fields in ({"body": "99999"}, {"body": "x" * 5000}, {"language": "fr"}, {"language": "../id"}):
        sent = browser.request(
            "POST",
            page.url,
            data={"csrf_token": token, "body": "", "language": "id", "file": "pdf", "once": "z" * 20, **fields},
        )
        assert "Pilih salah satu dari daftar." in sent.words, fields
    assert db.session.scalar(select(Pack.id)) is None


@time_machine.travel(LATE, tick=False)
def test_the_pack_costs_a_bounded_number_of_queries(browse, cast, letter):
    page = take(browse, cast.ana, case_id_of(letter))
    assert len(page.queries) <= 38
    assert len(browse(cast.ana).open(f"/cases/{case_id_of(letter)}/hand-over").queries) <= 12


@time_machine.travel(LATE, tick=False)
def test_taking_it_is_written_down_for_the_moderators_alone(cast, letter):
    case = case_for(cast.ana, case_id_of(letter))
    pack = actions.take_pack(case, by=cast.ana, body_id=None, language="id", private=True, once="x" * 20)
    event = db.session.scalars(select(Event).where(Event.kind == Kind.PACK_MADE)).one()
    assert (event.about, event.data["private"]) == (f"pack:{pack.id}", True)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "bukti/07-etc-passwd.pdf"),
        ("foto\u202egpj.exe", "bukti/07-foto-gpj.exe"),
        ("😀.webp", "bukti/07-berkas.webp"),
        ("CON.pdf", "bukti/07-CON.pdf"),
        ("a" * 300 + ".pdf", f"bukti/07-{'a' * 80}.pdf"),
    ],
)
def test_names_in_the_bundle_are_rebuilt(name, safe):
    assert file_name(Evidence(7, name, "", "", 1, "", "", "", "", hidden=False)) == safe


def test_a_very_long_case_still_fits(browse, cast, letter):
    with time_machine.travel(MONDAY + timedelta(days=900), tick=False):
        page = take(browse, cast.ana, case_id_of(letter))
    assert len(pypdfium2.PdfDocument(page.response.data)) < 20
    assert "hari kalender setelah hari ke-119" in text_of(page.response.data)


@time_machine.travel(LATE, tick=False)
@pytest.mark.parametrize(
    "text",
    [
        "W" * 20_000,
        "😀" * 2_000,
        "\n" * 3_000 + "kata",
        "a\u0301" * 5_000,
        "مرحبا " * 2_000,
        "<b>&amp;**x**__y__{pages}" * 500,
    ],
)
def test_no_text_breaks_the_paper(browse, cast, letter, text):
    _add(Revision(letter_id=letter.id, state=RevisionState.ACCEPTED, title="W" * 160, text=text, decided_at=MONDAY))
    page = take(browse, cast.ana, case_id_of(letter), "zip")
    bundle = zipfile.ZipFile(io.BytesIO(page.response.data))
    assert bundle.read("surat/versi-3.txt").decode().endswith(f"{text}\n")
    assert len(pypdfium2.PdfDocument(bundle.read(f"SP-{case_id_of(letter)}-1.pdf"))) > 3


def test_acknowledging_and_asking_stand_in_the_paper(browse, cast, letter):
    with time_machine.travel(MONDAY, tick=False) as now:
        now.shift(timedelta(days=1))
        responses.acknowledge(case_for(cast.bima, case_id_of(letter)), by=cast.bima)
        db.session.expire_all()
        responses.ask(
            case_for(cast.bima, case_id_of(letter)),
            by=cast.bima,
            text="Bisakah Anda menyebut nomor pesanan dan kota tujuan?",
        )
        now.shift(timedelta(days=29))
        db.session.expire_all()
        words = text_of(take(browse, cast.ana, case_id_of(letter)).response.data)
    assert "Bisakah Anda menyebut nomor pesanan" in words
    assert "jam berhenti: menunggu jawaban penulis" in words
    assert "Jumlah berhenti: 5 hari kerja." in words
