"""Every form of the site, who fills it in, and what an honest person writes there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import current_app

from forum.attachments import actions as attachments
from forum.attachments.receive import receive
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import Publication
from forum.letters.queries import letter_for
from forum.merchants import actions as claims
from forum.merchants.lifecycle import DocumentKind, Proof
from forum.moderation.lifecycle import ThingKind
from forum.moderation.queries.things import thing_for
from forum.responses import actions as responses
from forum.responses.models import Response
from forum.responses.queries import response_for
from tests.attachments.hostile import jpeg
from tests.cast import PASSWORD, TEXT, Cast, make_comment
from tests.moderation.stage import SAID, make_claim, make_objection, make_report, make_revision
from tests.responses.words import TEXT as ANSWER
from tests.responses.words import case_of, said

Given = dict[str, str | list[str]]
NEW_PASSWORD = "tujuh belas sendok nasi"


@dataclass(frozen=True)
class Form:
    """`stage(cast)` returns the address of the page; `action` is the end of where the form goes, when that differs."""

    person: str | None
    stage: Callable[[Cast], str]
    given: Given = field(default_factory=dict)
    action: str | None = None
    brief: bool = False  # the same fields are walked wholly in another form
    done: str | None = None  # words of the page that answers when it is taken, where that leads nowhere else


def _letter(path: str, **fields: Any) -> Callable[[Cast], str]:
    return lambda cast: path.format(cast.letter(**fields).id)


def _case(path: str) -> Callable[[Cast], str]:
    return lambda cast: path.format(case_of(cast.letter(), cast.bima).id)


def _answered(path: str) -> Callable[[Cast], str]:
    def stage(cast: Cast) -> str:
        case = case_of(cast.letter(), cast.bima)
        responses.respond(case, said(), by=cast.bima)
        return path.format(case.id)

    return stage


def _given(path: str, *, proposed: bool = False, counts: bool = True) -> Callable[[Cast], str]:
    """The page of what follows a response with a promise."""

    def stage(cast: Cast) -> str:
        due = local_date(utcnow(), settings().time_zone) + timedelta(days=9)
        case = case_of(cast.letter(), cast.bima)
        made = responses.respond(case, said(promise="Barang pengganti", promise_due=due), by=cast.bima)
        response = response_for(cast.bima, made.id)
        if proposed:
            responses.propose_solved(response, by=cast.bima, words="Uang dan barang sudah diterima penulis.")
        if not counts:
            _uncount(made.id)
        return path.format(made.id)

    return stage


@unit_of_work
def _uncount(response_id: int) -> None:
    db.session.get_one(Response, response_id).counts = False


def _asked(cast: Cast) -> str:
    case = case_of(cast.letter(), cast.bima)
    return f"/questions/{responses.ask(case, by=cast.bima, text='Kapan paket dikirim?').id}/answer"


def _comment(path: str) -> Callable[[Cast], str]:
    return lambda cast: path.format(make_comment(cast.letter(), cast.citra).id)


def _reported(cast: Cast) -> str:
    letter = letter_for(cast.dewi, cast.letter().id)
    make_report(thing_for(cast.dewi, ThingKind.LETTER, letter.id))
    return f"/moderation/letters/{letter.id}/reports"


def _listed(cast: Cast) -> str:
    cast.letter()
    return "/desk"


def _claimed(cast: Cast) -> str:
    return f"/moderation/claims/{make_claim(cast.citra, cast.courier).id}"


def _of_a_business_without_a_domain(cast: Cast) -> str:
    merchant = cast.merchant("Warung Sari")
    cast.letter(merchants=[merchant])
    return f"/merchants/{merchant.slug}/claim"


def _documents(cast: Cast) -> str:
    made = claims.claim(cast.courier, by=cast.citra, job_title="Humas", way=Proof.DOCUMENT, document=DocumentKind.DEED)
    received = receive(jpeg(), "akta.jpg", current_app.extensions["storage"])
    attachments.keep_document(received, by=cast.citra, claim=made)
    return f"/claims/{made.id}/documents"


def _object(cast: Cast) -> str:
    cast.letter()
    return f"/merchants/{cast.shop.slug}/proof/{cast.bima.representations[0].id}/object"


def _object_to_claim(cast: Cast) -> str:
    _fajar = cast.fajar
    return f"/claims/{make_claim(cast.citra, cast.courier).id}/object"


def _objected(cast: Cast) -> str:
    return f"/moderation/objections/{make_objection(cast.citra, cast.bima.representations[0]).id}"


def _revised(cast: Cast) -> str:
    return f"/moderation/revisions/{make_revision(cast.letter()).id}"


def _page(path: str) -> Callable[[Cast], str]:
    return lambda _cast: path


LETTER: Given = {
    "merchants": ["Toko Melati"],
    "category": "toko-online",
    "title": "Barang belum dikirim setelah tiga minggu",
    "text": TEXT,
    "place": "Surabaya, Jawa Timur",
    "event_on": "2026-03-03",
    "loss": "105.000",
    "ask": "Uang kembali.",
    "do": "send",
}
RESPONSE: Given = {
    "text": ANSWER,
    "remedy": "refund",
    "refund_amount": "105.000",
    "signatory": "Bima Santoso",
    "job_title": "Humas",
}

FORMS: dict[str, Form] = {
    "sign up": Form(
        None,
        _page("/sign-up"),
        {
            "name": "Gita",
            "email": "gita@surat.example",
            "password": NEW_PASSWORD,
            "adult": "y",
            "consent": "y",
        },
    ),
    "sign in": Form(None, _page("/sign-in"), {"email": "ana@surat.example", "password": PASSWORD}),
    "forgot": Form(None, _page("/forgot-password"), {"email": "ana@surat.example"}),
    "profile": Form("ana", _page("/settings"), {"name": "Ana Wijaya"}, r"settings$"),
    "password": Form("ana", _page("/settings/password"), {"current_password": PASSWORD, "password": NEW_PASSWORD}),
    "email": Form("ana", _page("/settings/email"), {"email": "ana@lain.example", "current_password": PASSWORD}),
    "confirm": Form("ana", _page("/settings/confirm"), {"current_password": PASSWORD}),
    "close": Form("ana", _page("/settings/close"), {"current_password": PASSWORD}),
    "mails": Form("ana", _page("/notifications/settings"), {"author": "y"}),
    "write": Form("ana", _page("/letters/write"), LETTER),
    "write as guest": Form(None, _page("/letters/write"), LETTER, brief=True),
    "mend": Form(
        "ana", _letter("/letters/{}/mend", publication=Publication.RETURNED), {"text": TEXT, "do": "send"}, brief=True
    ),
    "revise": Form("ana", _letter("/letters/{}/revise"), {"title": "Barang belum datang", "why": "Salah tanggal"}),
    "withdraw": Form("ana", _letter("/letters/{}/withdraw"), {}, r"withdraw$"),
    "update": Form("ana", _letter("/letters/{}/updates"), {"text": "Barang sudah datang hari ini."}),
    "comment": Form("citra", _letter("/letters/{}"), {"text": "Saya juga.", "parent": ""}),
    "comment as guest": Form(None, _letter("/letters/{}"), {"text": "Saya juga.", "parent": ""}, brief=True),
    "reply": Form("ana", _comment("/comments/{}/reply"), {"text": "Terima kasih."}, r"comments$"),
    "edit": Form("citra", _comment("/comments/{}/edit"), {"text": "Saya juga, dua kali."}),
    "respond": Form("bima", _case("/cases/{}/respond"), RESPONSE),
    "respond as stranger": Form("citra", _case("/cases/{}/respond"), RESPONSE, brief=True),
    "ask": Form("bima", _case("/cases/{}/ask"), {"text": "Kapan paket dikirim, dan oleh kurir yang mana?"}),
    "answer": Form("ana", _asked, {"text": "Belum pernah dikirim.", "order": "INV-1"}),
    "outcome": Form("ana", _answered("/cases/{}/outcome"), {"outcome": "say_solved"}),
    "body": Form("dewi", _page("/moderation/bodies/new"), {"name": "Lembaga Uji", "takes": "Menerima pengaduan."}),
    "note": Form("bima", _case("/desk/cases/{}"), {"text": "Tanya gudang dahulu."}, r"notes$"),
    "hands": Form("bima", _case("/desk/cases/{}"), {"agent_id": "1"}, r"assign$"),
    "selected": Form("bima", _listed, {"case": "1", "do": "acknowledge"}, r"selected$"),
    "template": Form(
        "bima", _page("/desk/templates/new"), {"name": "Uang kembali", "text": "Yth. {byline}, uang kembali hari ini juga."}
    ),
    "promise done": Form("bima", _given("/responses/{}/done"), {"text": "Dikirim hari ini."}),
    "promise": Form("ana", _given("/responses/{}/promise"), {"verdict": "kept"}),
    "propose": Form("bima", _given("/responses/{}/propose"), {"text": "Uang dan barang sudah diterima penulis."}),
    "proposal": Form("ana", _given("/responses/{}/proposal", proposed=True), {"answer": "no"}),
    "overrule": Form("dewi", _given("/responses/{}/count", counts=False), {"message": SAID}),
    "numbers": Form("bima", lambda cast: f"/merchants/{cast.shop.slug}/numbers", {"number": "0857-1112-2233"}),
    "claim": Form(
        "citra",
        lambda cast: f"/merchants/{cast.shop.slug}/claim",
        {"work_email": "citra@tokomelati.example", "job_title": "Humas", "statement": "Silakan telepon kantor kami."},
    ),
    "invite": Form(
        "bima",
        lambda cast: f"/merchants/{cast.shop.slug}/team",
        {"email": "gita@tokomelati.example", "job_title": "Humas", "role": "agent"},
        r"team$",
    ),
    "decide": Form(
        "dewi",
        _letter("/moderation/letters/{}", publication=Publication.SUBMITTED),
        {"decision": "return", "reason": "personal_data", "message": SAID},
    ),
    "decide report": Form(
        "dewi", _reported, {"decision": "uphold", "reason": "insult", "message": SAID, "answer": SAID}
    ),
    "describe": Form(
        "dewi",
        lambda cast: f"/moderation/businesses/{cast.courier.id}",
        {"domain": "kurirkilat.example"},
    ),
    "claim by record": Form(
        "citra",
        _of_a_business_without_a_domain,
        {"way": "dns", "domain": "warungsari.example", "job_title": "Pemilik", "statement": "Silakan telepon kantor kami."},
    ),
    "documents": Form("citra", _documents, {"do": "send"}, r"documents$"),
    "object": Form("citra", _object, {"reason": "left", "text": "Ia sudah pindah kerja sejak Maret."}),
    "object to claim": Form("fajar", _object_to_claim, {"reason": "left", "text": "Kami tidak mengenalnya."}),
    "decide objection": Form("dewi", _objected, {"decision": "uphold", "message": SAID}),
    "decide claim": Form("dewi", _claimed, {"decision": "refuse", "reason": "denied", "message": SAID}),
    "decide revision": Form("dewi", _revised, {"decision": "refuse", "reason": "personal_data", "message": SAID}),
    "report": Form(None, _letter("/report/letter/{}"), {"reason": "insult", "text": "Ada hinaan.", "email": ""}),
}
