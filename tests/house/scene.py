"""One scene with everything in it, for the access table and the leak canary: each private value holds a word of its own."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from PIL import Image

from forum.accounts.models import Guest, User
from forum.api.models import ApiToken
from forum.appeals.lifecycle import Side
from forum.appeals.models import Appeal
from forum.attachments.jobs import make_all
from forum.attachments.models import Attachment, FileAudience
from forum.comments.lifecycle import CommentState, HeldFor
from forum.comments.models import Comment
from forum.console.models import Announcement
from forum.contests import actions as contests
from forum.contests.lifecycle import Ground
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.core.jobs import Job
from forum.core.mail import Mail, MailState
from forum.core.secrecy import digest, new_token
from forum.core.text import RENDERER, render, slug
from forum.crowds.models import Sketched
from forum.desk.models import CaseNote, ResponseTemplate
from forum.handover.models import Body
from forum.ledger.models import LedgerRow
from forum.legal.models import LegalHold
from forum.letters.lifecycle import NameShown, Publication, ResponseState, RevisionState
from forum.letters.models import Letter, LetterDraft, Question, Revision
from forum.merchants.lifecycle import (
    ClaimState,
    ContactState,
    DocumentKind,
    NameKind,
    NameState,
    ObjectionReason,
    Proof,
    TeamRole,
)
from forum.merchants.models import Claim, Contact, Merchant, MerchantName, Objection
from forum.moderation.lifecycle import JoinReason, ReportReason, ReportState, ThingKind
from forum.moderation.models import Merge, Report
from forum.moderation.queries.things import thing_for
from forum.orders import actions as orders
from forum.orders.lifecycle import AuthorityKind, Hours, OrderReason
from forum.orders.queries import order_by_id
from forum.people.lifecycle import RequestKind, SanctionKind, SanctionReason
from forum.people.models import JointRequest, Sanction
from forum.privacy.lifecycle import DataKind, DataState
from forum.privacy.models import DataRequest
from forum.redactions.actions import redact
from forum.redactions.lifecycle import Label, Reason
from forum.reply import actions as replies
from forum.reply.queries import reply_with_letter
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink, Remedy, Response, ResponseDraft
from forum.team.models import Invitation
from forum.webhooks.models import Webhook, WebhookDelivery
from forum.webhooks.sending import new_secret
from tests.attachments.rows import file_row
from tests.cast import TEXT, Cast, make_comment
from tests.legal import stage as legal

DETAIL = "zqdetail"
HIDDEN_LETTER = "zqturun"
WAITING_LETTER = "zqtunggu"
DRAFT = "zqdraf"
HIDDEN_COMMENT = "zqkomentar"
HELD_COMMENT = "zqtahan"
HIDDEN_RESPONSE = "zqtanggapan"
WAITING_REVISION = "zqrevisi"
BUSINESS_FILE = "zqberkasusaha"
MODERATORS_FILE = "zqberkasredaksi"
GONE_FILE = "zqberkasturun"
REPORT_TEXT = "zqlaporan"
WAITING_RESPONSE = "zqnaskah"
TEAM_NOTE = "zqcatatan"
TEMPLATE = "zqtemplat"
HIDDEN_RESPONSE_FILE = "zqberkastanggapan"
WAITING_RESPONSE_FILE = "zqberkasnaskah"
PROPOSED_NAME = "zqnamausul"
DOCUMENT = "zqdokumen"
CLAIM_WORDS = "zqklaim"
OBJECTION_TEXT = "zqkeberatan"
CONTACT = "zqalamat"
STRANGER = "zqtamu"
WAITING_MAIL = "zqsurel"
INVITED = "zqundangan"
COVERED = "zqsamaran"
CONTEST_TEXT = "zqsanggah"
CONTESTED = "zqbagian"
CHALLENGER = "Zqpenyanggah"
WAITING_REPLY = "zqhakjawab"
REPLY_ADDRESS = "zqalamathak"
ORDERED = "zqditurunkan"
ORDER_WORDS = "zqsuratotoritas"
RETURN_WORDS = "zqdikembalikan"
APPEAL = "zqbanding menurut saya keliru"
SANCTION = "zqperingatan jangan menghina"
DATA_REQUEST = "zqpermintaan nama saya salah"
WHY = "zqsebab perintah pengadilan"
NOTICE = "zqsomasi"
NOTICE_SENDER = "zqpengirim"
ORDER = "zqperintah"
INVITATION_TOKEN = "undangan-" + "x" * 34


@dataclass(frozen=True)
class Scene:
    """Plain values that addresses are made of."""

    cast: Cast
    places: dict[str, dict[str, Any]]  # view arguments by endpoint, or by blueprint
    unseen: list[tuple[int, str]]  # number and title of the removed, the waiting and the returned letter
    hidden_comment: int
    held_comment: int
    hidden_response: int
    other_case: int  # holds a response that waits for Citra's claim
    hung: list[tuple[int, str, str]]  # files of a response, of the hidden one, of one that waits
    files: list[tuple[int, str, str]]  # number, token and name: public, business, moderators, of the removed letter, of a claim
    documents_claim: int
    links: tuple[str, str]  # tokens of mailed links: to a stranger's address, and to one at the domain of the business


def _bytes() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "WEBP")
    return picture.getvalue()


@unit_of_work
def _run(cast: Cast) -> dict[str, int]:
    """What administrators have before them: an announcement of a later day, a job that failed, a mail that was sent."""
    words = {"indonesian": "Situs pindah.", "english": "", "starts_at": utcnow() + timedelta(days=900)}
    said = Announcement(by_id=cast.surya.id, **words)
    job = Job(kind="tick_prune", payload={}, run_at=utcnow(), attempts=6, dead_at=utcnow(), error=f"OSError('{DETAIL}')")
    content = {"subject": DETAIL, "text": DETAIL, "html": DETAIL, "unsubscribe": ""}
    mail = Mail(kind="welcome", to=f"{DETAIL}@surat.example", content=content, state=MailState.SENT, sent_at=utcnow())
    db.session.add_all((said, job, mail))
    db.session.flush()
    return {"announcement_id": said.id, "job_id": job.id, "mail_id": mail.id}


def build(cast: Cast) -> Scene:
    """Write the scene straight into the tables."""
    long = "Kata yang cukup panjang untuk sebuah surat pembaca tentang barang yang tidak datang. "
    letter = cast.letter(
        merchants=[cast.shop, cast.courier],
        details={"order": f"{DETAIL}-1", "phone": "0812-5555-0001"},
        title=f"Kurir bernama {COVERED} belum mengirim barang",
        text=f"{TEXT}\n\nKurirnya bernama {COVERED}. Rumahnya di {CONTESTED}.",
        ask=f"Teguran untuk {COVERED}",
    )
    gone = cast.letter(
        title=f"Surat {HIDDEN_LETTER} yang diturunkan",
        text=f"{HIDDEN_LETTER} {long}",
        publication=Publication.TAKEN_DOWN,
    )
    waiting = cast.letter(
        title=f"Surat {WAITING_LETTER} belum dimuat", text=f"{WAITING_LETTER} {long}", publication=Publication.SUBMITTED
    )
    returned = cast.letter(
        title=f"Surat {WAITING_LETTER} dikembalikan", text=f"{WAITING_LETTER} {long}", publication=Publication.RETURNED
    )
    cast.bima, cast.fajar, cast.dewi, cast.eko, cast.citra  # noqa: B018 - makes them
    cast.merchant("Warung Sari")
    comment = make_comment(letter, cast.citra, f"Saya juga pernah bertemu {COVERED}.")
    hidden = make_comment(letter, cast.citra, f"{HIDDEN_COMMENT} kata kasar")
    held = hold_comment(make_comment(letter, cast.citra, f"{HELD_COMMENT} menunggu ditinjau"), letter)
    scene = _rest(cast, letter, (gone, waiting, returned), comment, (hidden, held), long)
    (covered,) = redact(
        thing_for(cast.dewi, ThingKind.LETTER, letter.id), {Label.NAME: [COVERED]}, by=cast.dewi, reason=Reason.NAMED_PERSON
    )
    scene.places["letters"]["slug"] = slug(letter.title)
    _contested(scene, letter)
    first = _decide(letter, gone, hidden, scene.hidden_response)
    _legal(scene, letter)
    scene.places["ledger"] = {"number": first.id, "event_id": first.event_id}
    scene.places["ledger.about"] = {"kind": "letter", "number": letter.id}
    scene.places["redactions"] = {"kind": "letter", "thing_id": letter.id, "redaction_id": covered.id}
    return scene


def _contested(scene: Scene, letter: Letter) -> None:
    """A contest that covers a passage at once, and a right of reply that waits."""
    claimed = contests.Claimed(Ground.PERSONAL_DATA, [CONTESTED], f"{CONTEST_TEXT}: alamat rumah saya tidak boleh ditulis di sini.")
    made = contests.contest(letter, claimed, by=scene.cast.citra, name=CHALLENGER, address="192.0.2.30")
    reply = replies.write(
        letter, by=Guest(), name="Zulkarnain", name_shown=NameShown.FULL, place="Saya kurir dalam surat.", email=f"{REPLY_ADDRESS}@surat.example",
        text=f"{WAITING_REPLY}: hari itu saya tidak bertugas, dan paketnya diterima tetangga.", address="192.0.2.31",
    )  # fmt: skip
    replies.prove(reply_with_letter(reply.id))
    scene.places["privacy"] = {"request_id": _data_request(scene.cast), "key": "0" * 64}
    scene.places["orders"] = _ordered(scene)
    scene.places["contests"] = {"letter_id": letter.id, "contest_id": made.id, "key": "0" * 64}
    scene.places["reply"] = {"letter_id": letter.id, "reply_id": reply.id, "key": "0" * 64}


def _legal(scene: Scene, letter: Letter) -> None:
    """A legal notice about the letter, which holds it, and an order about Citra's identity, each with its document."""
    cast = scene.cast
    notice = legal.receive(cast, letter, text=f"{NOTICE}: kami minta surat itu dihapus.", name=f"{NOTICE_SENDER} Jaya", files=(legal.file(),))
    order = legal.record_order(cast, cast.citra, reference=f"{ORDER}/2026")
    make_all()
    hold = db.session.query(LegalHold).one()
    files = {one.legal_notice_id: one.id for one in db.session.query(Attachment).filter(Attachment.owner_id == cast.dewi.id)}
    scene.places["legal"] = {"notice_id": notice.id, "hold_id": hold.id, "file_id": files[notice.id]}
    for name in ("identity_order", "open_order_document", "ask_identity", "read_identity"):
        scene.places[f"people.{name}"] = {"order_id": order.id, "file_id": files[None]}


def _ordered(scene: Scene) -> dict[str, Any]:
    """An order whose words and number nobody but moderators read, about a comment that it took away."""
    letter = scene.cast.letter(title="Surat yang komentarnya diperintahkan turun")
    comment = make_comment(letter, scene.cast.citra, f"{ORDERED} tidak boleh terbaca lagi")
    entry = orders.Entry(
        AuthorityKind.MINISTRY, "Kementerian Komunikasi dan Digital", f"B-1/{ORDER_WORDS}", Hours.NORMAL, utcnow(),
        OrderReason.GAMBLING, words=f"{ORDER_WORDS} pasal 27", addresses=(f"/comments/{comment.id}",),
    )  # fmt: skip
    made = orders.enter(entry, by=scene.cast.dewi)
    orders.check(order_by_id(made.id), by=scene.cast.dewi)
    orders.carry_out(order_by_id(made.id), by=scene.cast.dewi, message=f"{ORDER_WORDS}: diturunkan atas perintah.")
    return {"order_id": made.id, "comment_id": comment.id}


def _decide(letter: Letter, gone: Letter, hidden: Comment, response_id: int) -> LedgerRow:
    """What was hidden above stands in the ledger; returns its first row, of the redaction."""

    @unit_of_work
    def decide() -> None:
        told = {"by": None, "role": Role.MODERATOR, "reason": "insult", "message": ""}
        record(Kind.LETTER_TAKEN_DOWN, letter_id=gone.id, **told)
        record(Kind.COMMENT_HIDDEN, letter_id=letter.id, about=f"comment:{hidden.id}", **told)
        case = letter.cases[0]
        record(Kind.RESPONSE_HIDDEN, letter_id=letter.id, case_id=case.id, merchant_id=case.merchant_id, about=f"response:{response_id}", **told)

    decide()
    return db.session.get_one(LedgerRow, 1)


@unit_of_work
def hold_comment(comment: Comment, letter: Letter) -> Comment:
    comment.state, comment.held_for, comment.held_at = CommentState.HELD, HeldFor.FIRST, utcnow()
    letter.comment_count -= 1
    return comment


@unit_of_work
def _rest(
    cast: Cast, letter: Letter, unseen: tuple[Letter, ...], comment: Comment, unread: tuple[Comment, Comment], long: str
) -> Scene:
    hidden, held = unread
    gone, waiting, returned = unseen
    db.session.add(Sketched(about=f"letter:{waiting.id}", row_id=waiting.id, letter_id=waiting.id, algorithm=0, signature=b"", group_id=1))
    hidden.state, hidden.hidden_reason, hidden.version = CommentState.HIDDEN, "insult", 2
    case = letter.cases[0]
    case.response, case.answered_at = ResponseState.ANSWERED, utcnow()
    token = new_token()
    response = _response(case.id, cast.bima, f"{COVERED} sudah kami tegur. {long}")
    covered = _response(case.id, cast.bima, f"{HIDDEN_RESPONSE} {long}")
    covered.hidden_at, covered.hidden_reason = utcnow(), "personal_data"
    covered.promise, covered.promise_due, covered.promise_done = f"{HIDDEN_RESPONSE} janji", utcnow().date(), f"{HIDDEN_RESPONSE} sudah"
    covered.promise_done_at = covered.proposed_at = utcnow()
    covered.how, covered.proposal = {"what": f"{HIDDEN_RESPONSE} barang"}, f"{HIDDEN_RESPONSE} usul"
    response.promise, response.promise_due = "Mengirim barang pengganti", utcnow().date()
    question = Question(
        case_id=letter.cases[1].id,
        asked_by_id=cast.fajar.id,
        text=f"Kapan {COVERED} mengirim paket?",
        html=render(f"Kapan {COVERED} mengirim paket?"),
        renderer=RENDERER,
    )
    revision = Revision(
        letter_id=letter.id,
        state=RevisionState.WAITING,
        title=letter.title,
        text=f"{WAITING_REVISION} {long}",
        why=f"Keliru tanggal, kata {COVERED}",
    )
    claim = Claim(
        merchant_id=cast.shop.id,
        user_id=cast.citra.id,
        work_email="citra@tokomelati.example",
        job_title="Kasir",
        state=ClaimState.WAITING_EMAIL,
        token_hash=digest(token),
        expires_at=utcnow() + timedelta(hours=20),
    )
    proving = Claim(
        merchant_id=cast.courier.id,
        user_id=cast.citra.id,
        work_email="",
        job_title="Kasir",
        statement=f"{CLAIM_WORDS} silakan telepon kantor.",
        state=ClaimState.WAITING_MODERATOR,
        way=Proof.DOCUMENT,
        document=DocumentKind.ASSIGNMENT,
    )
    looked_up = Claim(
        merchant_id=cast.merchant("Warung Sari").id,
        user_id=cast.citra.id,
        work_email="",
        job_title="Pemilik",
        state=ClaimState.WAITING_DNS,
        way=Proof.DNS,
        domain="warungsari.example",
        record_token="t" * 43,
    )
    objection = Objection(
        merchant_id=cast.shop.id,
        representative_id=cast.bima.representations[0].id,
        user_id=cast.eko.id,
        reason=ObjectionReason.LEFT,
        text=f"{OBJECTION_TEXT}: ia sudah pindah kerja sejak Maret.",
    )
    report = Report(
        number="L-SCENE0001",
        about=f"comment:{comment.id}",
        letter_id=letter.id,
        reason=ReportReason.INSULT,
        text=REPORT_TEXT,
    )
    draft = LetterDraft(
        owner_id=cast.ana.id, once="o" * 32, fields={"title": [f"Draf {DRAFT}"], "text": [f"{DRAFT} {long}"]}
    )
    invitation = Invitation(
        merchant_id=cast.shop.id,
        email=f"{INVITED}@tokomelati.example",
        role=TeamRole.AGENT,
        job_title="Layanan",
        token_hash=digest(INVITATION_TOKEN),
        invited_by_id=cast.bima.id,
        expires_at=utcnow() + timedelta(days=6),
    )
    body = Body(slug="lembaga-uji", name="Lembaga Uji", takes="Menerima pengaduan dalam ujian.")
    db.session.add_all([response, covered, question, revision, claim, report, draft, body, proving, looked_up, objection, invitation])
    db.session.flush()
    naskah = ResponseDraft(
        case_id=letter.cases[1].id,
        author_id=cast.citra.id,
        claim_id=claim.id,
        fields={"text": [f"{WAITING_RESPONSE} {long}"]},
    )
    note = CaseNote(case_id=case.id, author_id=cast.bima.id, text=f"{TEAM_NOTE} tanya gudang dulu")
    template = ResponseTemplate(
        merchant_id=cast.shop.id, name="Uang kembali", text=f"{TEMPLATE} {long}", changed_by_id=cast.bima.id
    )
    db.session.add_all([naskah, note, template])
    db.session.flush()
    name = MerchantName(
        merchant_id=cast.shop.id,
        kind=NameKind.BRAND,
        state=NameState.PROPOSED,
        name=PROPOSED_NAME,
        key=PROPOSED_NAME,
        proposed_by_id=cast.bima.id,
    )
    lost = Merchant(name="Kedai Lama", key="kedai lama", slug="kedai-lama", merged_into_id=cast.courier.id)
    db.session.add_all([name, lost])
    db.session.flush()
    merge = Merge(
        from_id=lost.id,
        into_id=cast.courier.id,
        reason=JoinReason.TAKEOVER,
        by_id=cast.dewi.id,
        moved={kind: [] for kind in ("names", "voices_moved", "voices_ended", "claims", "reports")},
    )
    db.session.add(merge)
    contact = Contact(merchant_id=cast.shop.id, email=f"{CONTACT}@tokomelati.example", state=ContactState.WORKING, source="situs resmi")
    stranger, proved, waits = new_token(), new_token(), new_token()
    db.session.add(contact)
    for where, at, more in (
        (stranger, f"{STRANGER}@bebas.example", {}),
        (proved, f"{CONTACT}@tokomelati.example", {"opened_at": utcnow()}),
        (waits, f"{WAITING_MAIL}@bebas.example", {"state": LinkState.WAITING, "sent_at": utcnow()}),
    ):
        db.session.add(
            AnswerLink(
                case_id=case.id, address=at, token_hash=digest(where), expires_at=utcnow() + timedelta(days=14), fields={}, **more
            )
        )
    db.session.flush()
    answer = db.session.query(AnswerLink).filter_by(token_hash=digest(waits)).one()
    answer.fields = {
        "text": [f"{WAITING_MAIL} {long}"], "signatory": ["Sari"], "job_title": ["Humas"], "remedy": ["explanation"],
    }
    files = [
        _file(letter, FileAudience.PUBLIC, "bukti"),
        _file(letter, FileAudience.BUSINESS, BUSINESS_FILE),
        _file(letter, FileAudience.MODERATORS, MODERATORS_FILE),
        _file(gone, FileAudience.PUBLIC, GONE_FILE),
        _file(None, FileAudience.MODERATORS, DOCUMENT, claim=proving),
    ]
    hung = [_file(letter, FileAudience.PUBLIC, name) for name in ("nota", HIDDEN_RESPONSE_FILE, WAITING_RESPONSE_FILE)]
    for file in hung:
        file.letter_id, file.owner_id = None, cast.bima.id
    hung[0].response_id, hung[1].response_id = response.id, covered.id
    response.file_count = covered.file_count = 1
    hung[2].response_draft_id, hung[2].owner_id = naskah.id, cast.citra.id
    db.session.flush()
    webhook = Webhook(merchant_id=cast.shop.id, url="https://toko.example/x", secret=new_secret(), created_by_id=cast.bima.id)
    db.session.add(webhook)
    db.session.flush()
    sent = WebhookDelivery(webhook_id=webhook.id, key="msg_scene", type="webhook.test", body="{}")
    key = ApiToken(
        merchant_id=cast.shop.id,
        user_id=cast.bima.id,
        name="Sistem tiket",
        token_hash=digest("sp_scene"),
        hint="cene",
        scopes=["cases:read"],
        expires_at=utcnow() + timedelta(days=30),
    )
    db.session.add_all([sent, key])
    db.session.flush()
    returning = _event(Kind.LETTER_RETURNED, cast, letter_id=returned.id, reason="insult", message=RETURN_WORDS)
    dismissed = Report(
        number="L-TETAPAAA",
        about=f"letter:{letter.id}",
        letter_id=letter.id,
        reason=ReportReason.INSULT,
        state=ReportState.DISMISSED,
        answer="Sudah diperiksa redaksi.",
        decided_at=utcnow(),
    )
    db.session.add(dismissed)
    db.session.flush()
    deciding = _event(
        Kind.REPORT_DECIDED, cast, letter_id=letter.id, about=dismissed.about, report_id=dismissed.id, decision="dismissed"
    )
    db.session.add_all([returning, deciding])
    db.session.flush()
    appeal = Appeal(event_id=returning.id, side=Side.CONCERNED, by_id=cast.ana.id, text=APPEAL)
    sanction = Sanction(
        user_id=cast.citra.id,
        kind=SanctionKind.WARNING,
        reason=SanctionReason.INSULTS,
        message=SANCTION,
        given_by_id=cast.dewi.id,
    )
    request = JointRequest(kind=RequestKind.UNMASK, user_id=cast.citra.id, data={}, why=WHY, asked_by_id=cast.eko.id)
    db.session.add_all([appeal, sanction, request])
    db.session.flush()
    giving = _event(
        Kind.SANCTION_GIVEN,
        cast,
        about=f"user:{cast.citra.id}",
        sanction_id=sanction.id,
        sanction="warning",
        reason="insults",
        message=SANCTION,
    )
    db.session.add(giving)
    db.session.flush()
    sanction.event_id = giving.id
    places = {
        "appeals": {
            "event_id": returning.id,
            "kind": "letter",
            "thing_id": returned.id,
            "appeal_id": appeal.id,
            "key": "0" * 64,
            "number": dismissed.number,
        },
        "people": {
            "user_id": cast.citra.id,
            "sanction_id": sanction.id,
            "request_id": request.id,
            "move": "confirm",
            "file_id": files[1].id,
        },
        "api": {"slug": cast.shop.slug, "case_id": case.id, "token_id": key.id},
        "webhooks": {"slug": cast.shop.slug, "webhook_id": webhook.id, "delivery_id": sent.id},
        "attachments.documents": {"claim_id": proving.id},
        "receipts.receipt": {"token": files[0].token},
        "receipts.receipt_text": {"token": files[0].token},
        "attachments.file": {"token": files[0].token, "variant": "full", "name": files[0].name},
        "attachments": {"token": files[1].token},
        **{f"moderation.{name}": {"file_id": files[1].id} for name in ("file", "check_file", "cover_file", "uncover_file", "open_original")},
        "accounts": {"token": "x" * 43, "session_id": 2**40, "passkey_id": 2**40},
        "comments": {"comment_id": comment.id, "letter_id": letter.id},
        "console": {"key": "penipuan", "name": "comment", **_run(cast)},
        "handover.bodies_of": {"slug": "toko-online"},
        "handover.order_bodies": {"slug": "toko-online"},
        "handover": {"case_id": case.id, "body_id": body.id},
        "letters.mend": {"letter_id": returned.id},
        "letters": {"letter_id": letter.id, "slug": slug(letter.title), "draft_id": draft.id, "file_id": 1},
        "desk.delete_note": {"note_id": note.id},
        "desk": {"case_id": case.id, "template_id": template.id},
        "merchants.look_up": {"claim_id": looked_up.id},
        "merchants": {
            "slug": cast.shop.slug,
            "token": token,
            "voice_id": cast.bima.representations[0].id,
            "claim_id": claim.id,
        },
        **{
            f"moderation.{name}": {"merchant_id": cast.shop.id}
            for name in ("business", "add_name", "clear_name", "merge", "split")
        },
        "moderation.decide_name": {"name_id": name.id},
        "moderation.undo_merge": {"merge_id": merge.id},
        "moderation.open_document": {"claim_id": proving.id, "file_id": files[4].id},
        "moderation.objection": {"objection_id": objection.id},
        "moderation.alike": {"letter_id": waiting.id},
        **{f"moderation.{name}": {"item": f"letter:{waiting.id}"} for name in ("take", "release", "see", "hand_on")},
        "moderation.held_comment": {"comment_id": held.id},
        "moderation.decide_held": {"comment_id": held.id},
        "moderation.thing": {"kind": "comment", "thing_id": comment.id},
        "moderation.decide_thing": {"kind": "comment", "thing_id": comment.id},
        "moderation.report": {"kind": "letter", "id": letter.id},
        "moderation.drop_contact": {"contact_id": contact.id},
        "moderation.add_contact": {"merchant_id": cast.shop.id},
        "moderation.answer": {"link_id": answer.id},
        "moderation.decide_answer": {"link_id": answer.id},
        "notifications.contacts": {"slug": cast.shop.slug},
        "notifications.remove_contact": {"contact_id": contact.id},
        "responses.mailed": {"token": stranger},
        "responses.open_mailed": {"token": stranger},
        "responses.save_mailed": {"token": stranger},
        "responses.mailed_file": {"token": proved, "file_id": files[1].id, "variant": "full"},
        "moderation": {
            "letter_id": waiting.id,
            "claim_id": claim.id,
            "revision_id": revision.id,
            "number": report.number,
        },
        "notifications": {"token": "x" * 20, "notification_id": 1},
        "opendata": {"name": "2020-01-01"},
        "pages.category": {"slug": "toko-online"},
        "pages.category_feed": {"slug": "toko-online"},
        "pages": {"slug": cast.shop.slug, "part": 0},
        "responses": {
            "case_id": case.id,
            "question_id": question.id,
            "response_id": response.id,
            "slug": cast.shop.slug,
            "number_id": 1,
        },
        "responses.overrule": {"response_id": response.id},
        "statistics.category": {"slug": "toko-online"},
        "statistics.category_file": {"slug": "toko-online"},
        "statistics": {"slug": cast.shop.slug},
        "team": {
            "slug": cast.shop.slug,
            "token": INVITATION_TOKEN,
            "invitation_id": invitation.id,
            "voice_id": cast.bima.representations[0].id,
        },
    }
    return Scene(
        cast=cast,
        places=places,
        unseen=[(one.id, one.title) for one in unseen],
        hidden_comment=hidden.id,
        held_comment=held.id,
        hidden_response=covered.id,
        other_case=letter.cases[1].id,
        hung=[(one.id, one.token, one.name) for one in hung],
        documents_claim=proving.id,
        files=[(one.id, one.token, one.name) for one in files],
        links=(stranger, proved),
    )


def _event(kind: Kind, cast: Cast, *, letter_id: int | None = None, about: str | None = None, **data: Any) -> Event:
    """A decision by Eko as a row, outside the chain of its letter."""
    return Event(kind=kind, at=utcnow(), by_id=cast.eko.id, role=Role.MODERATOR, letter_id=letter_id, about=about, data=data)


def _response(case_id: int, author: User, text: str) -> Response:
    return Response(
        case_id=case_id,
        author_id=author.id,
        signatory=author.name,
        job_title="Humas",
        proof=Proof.EMAIL,
        proved_domain="tokomelati.example",
        remedy=Remedy.EXPLANATION,
        text=text,
        html=render(text),
        renderer=RENDERER,
    )


def _file(letter: Letter | None, audience: FileAudience, name: str, *, claim: Claim | None = None) -> Attachment:
    key = current_app.extensions["storage"].put(_bytes())
    file = file_row(
        letter.author_id if letter is not None else claim.user_id,
        letter_id=letter.id if letter is not None else None,
        claim_id=claim.id if claim is not None else None,
        audience=audience,
        name=f"{name}.webp",
        full=key,
        thumb=key,
        size=len(_bytes()),
    )
    db.session.add(file)
    return file


@unit_of_work
def _data_request(cast: Cast) -> int:
    """Ana asks that something be corrected, and waits for the editors."""
    made = DataRequest(
        kind=DataKind.CORRECTION, state=DataState.WAITING, user_id=cast.ana.id, text=DATA_REQUEST, proved_at=utcnow()
    )
    db.session.add(made)
    db.session.flush()
    return made.id
