"""One scene with everything in it, for the access table and the leak canary: each private value holds a word of its own."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import current_app
from PIL import Image

from forum.accounts.models import User
from forum.attachments.models import Attachment, FileAudience, FileKind
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.secrecy import digest, new_token
from forum.core.text import RENDERER, render, slug
from forum.letters.lifecycle import Publication, ResponseState, RevisionState
from forum.letters.models import Letter, LetterDraft, Question, Revision
from forum.merchants.lifecycle import ClaimState, Proof
from forum.merchants.models import Claim
from forum.moderation.lifecycle import ReportReason
from forum.moderation.models import Report
from forum.responses.models import Remedy, Response, ResponseDraft
from tests.cast import Cast, make_comment

DETAIL = "zqdetail"
HIDDEN_LETTER = "zqturun"
WAITING_LETTER = "zqtunggu"
DRAFT = "zqdraf"
HIDDEN_COMMENT = "zqkomentar"
HIDDEN_RESPONSE = "zqtanggapan"
WAITING_REVISION = "zqrevisi"
BUSINESS_FILE = "zqberkasusaha"
MODERATORS_FILE = "zqberkasredaksi"
GONE_FILE = "zqberkasturun"
REPORT_TEXT = "zqlaporan"
WAITING_RESPONSE = "zqnaskah"
HIDDEN_RESPONSE_FILE = "zqberkastanggapan"
WAITING_RESPONSE_FILE = "zqberkasnaskah"


@dataclass(frozen=True)
class Scene:
    """Plain values that addresses are made of."""

    cast: Cast
    places: dict[str, dict[str, Any]]  # view arguments by endpoint, or by blueprint
    unseen: list[tuple[int, str]]  # number and title of the removed, the waiting and the returned letter
    hidden_comment: int
    hidden_response: int
    other_case: int  # holds a response that waits for Citra's claim
    hung: list[tuple[int, str, str]]  # files of a response, of the hidden one, of one that waits
    files: list[tuple[int, str, str]]  # number, token and name: public, business, moderators, of the removed letter


def _bytes() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "WEBP")
    return picture.getvalue()


def build(cast: Cast) -> Scene:
    """Write the scene straight into the tables."""
    long = "Kata yang cukup panjang untuk sebuah surat pembaca tentang barang yang tidak datang. "
    letter = cast.letter(
        merchants=[cast.shop, cast.courier], details={"order": f"{DETAIL}-1", "phone": "0812-5555-0001"}
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
    comment = make_comment(letter, cast.citra)
    hidden = make_comment(letter, cast.citra, f"{HIDDEN_COMMENT} kata kasar")
    return _rest(cast, letter, (gone, waiting, returned), comment, hidden, long)


@unit_of_work
def _rest(
    cast: Cast, letter: Letter, unseen: tuple[Letter, ...], comment: Comment, hidden: Comment, long: str
) -> Scene:
    gone, waiting, returned = unseen
    hidden.state, hidden.hidden_reason, hidden.version = CommentState.HIDDEN, "insult", 2
    case = letter.cases[0]
    case.response, case.answered_at = ResponseState.ANSWERED, utcnow()
    token = new_token()
    response = _response(case.id, cast.bima, long)
    covered = _response(case.id, cast.bima, f"{HIDDEN_RESPONSE} {long}")
    covered.hidden_at, covered.hidden_reason = utcnow(), "personal_data"
    covered.promise, covered.promise_due, covered.promise_done = f"{HIDDEN_RESPONSE} janji", utcnow().date(), f"{HIDDEN_RESPONSE} sudah"
    covered.promise_done_at = covered.proposed_at = utcnow()
    covered.how, covered.proposal = {"what": f"{HIDDEN_RESPONSE} barang"}, f"{HIDDEN_RESPONSE} usul"
    response.promise, response.promise_due = "Mengirim barang pengganti", utcnow().date()
    question = Question(
        case_id=letter.cases[1].id,
        asked_by_id=cast.fajar.id,
        text="Kapan paket dikirim?",
        html=render("Kapan paket dikirim?"),
        renderer=RENDERER,
    )
    revision = Revision(
        letter_id=letter.id,
        state=RevisionState.WAITING,
        title=letter.title,
        text=f"{WAITING_REVISION} {long}",
        why="Keliru tanggal",
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
    db.session.add_all([response, covered, question, revision, claim, report, draft])
    db.session.flush()
    naskah = ResponseDraft(
        case_id=letter.cases[1].id,
        author_id=cast.citra.id,
        claim_id=claim.id,
        fields={"text": [f"{WAITING_RESPONSE} {long}"]},
    )
    db.session.add(naskah)
    db.session.flush()
    files = [
        _file(letter, FileAudience.PUBLIC, "bukti"),
        _file(letter, FileAudience.BUSINESS, BUSINESS_FILE),
        _file(letter, FileAudience.MODERATORS, MODERATORS_FILE),
        _file(gone, FileAudience.PUBLIC, GONE_FILE),
    ]
    hung = [_file(letter, FileAudience.PUBLIC, name) for name in ("nota", HIDDEN_RESPONSE_FILE, WAITING_RESPONSE_FILE)]
    for file in hung:
        file.letter_id, file.owner_id = None, cast.bima.id
    hung[0].response_id, hung[1].response_id = response.id, covered.id
    response.file_count = covered.file_count = 1
    hung[2].response_draft_id, hung[2].owner_id = naskah.id, cast.citra.id
    db.session.flush()
    places = {
        "attachments.file": {"token": files[0].token, "variant": "full", "name": files[0].name},
        "accounts": {"token": "x" * 43, "session_id": 2**40},
        "comments": {"comment_id": comment.id, "letter_id": letter.id},
        "letters.mend": {"letter_id": returned.id},
        "letters": {"letter_id": letter.id, "slug": slug(letter.title), "draft_id": draft.id},
        "merchants": {
            "slug": cast.shop.slug,
            "token": token,
            "voice_id": cast.bima.representations[0].id,
            "claim_id": claim.id,
        },
        "moderation.business": {"merchant_id": cast.shop.id},
        "moderation.thing": {"kind": "comment", "thing_id": comment.id},
        "moderation.decide_thing": {"kind": "comment", "thing_id": comment.id},
        "moderation.report": {"kind": "letter", "id": letter.id},
        "moderation": {
            "letter_id": waiting.id,
            "claim_id": claim.id,
            "revision_id": revision.id,
            "number": report.number,
        },
        "notifications": {"token": "x" * 20, "notification_id": 1},
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
    }
    return Scene(
        cast=cast,
        places=places,
        unseen=[(one.id, one.title) for one in unseen],
        hidden_comment=hidden.id,
        hidden_response=covered.id,
        other_case=letter.cases[1].id,
        hung=[(one.id, one.token, one.name) for one in hung],
        files=[(one.id, one.token, one.name) for one in files],
    )


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


def _file(letter: Letter, audience: FileAudience, name: str) -> Attachment:
    key = current_app.extensions["storage"].put(_bytes())
    file = Attachment(
        token=new_token(),
        owner_id=letter.author_id,
        letter_id=letter.id,
        audience=audience,
        kind=FileKind.IMAGE,
        mime="image/webp",
        name=f"{name}.webp",
        original_size=10,
        original_sha256="0" * 64,
        full_key=key,
        full_size=10,
        thumb_key=key,
        width=8,
        height=8,
    )
    db.session.add(file)
    return file
