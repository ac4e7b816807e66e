"""The forms of the moderators' rooms and of those who turn to them, beside those of `forms.py`."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from forum.appeals import actions as appeals
from forum.contests.lifecycle import REJECTED_FOR, Ground
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Move
from forum.letters.queries import letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from forum.people.actions import sanction
from forum.people.lifecycle import SanctionKind, SanctionReason
from forum.privacy.lifecycle import DataKind, DataState
from forum.privacy.models import DataRequest
from tests.cast import PASSWORD, Cast, make_comment
from tests.contests import stage as contests
from tests.ledger.stage import hide
from tests.legal import stage as legal
from tests.moderation.stage import SAID
from tests.orders import stage as orders
from tests.reply.test_reply import waits
from tests.security.forms import FORMS, Form

Stage = Callable[[Cast], str]
WRONG = "Redaksi keliru membaca: nomor itu milik saya sendiri."


def _taken_down(cast: Cast) -> int:
    letter = cast.letter()
    moderation.decide_letter(letter_for(cast.eko, letter.id), Move.TAKE_DOWN, by=cast.eko, reason=Reason.INSULT, message=SAID)
    return db.session.scalars(select(Event.id).where(Event.kind == Kind.LETTER_TAKEN_DOWN)).one()


def _appeal(cast: Cast) -> str:
    made = appeals.appeal(db.session.get_one(Event, _taken_down(cast)), by=cast.ana, text=WRONG)
    return f"/moderation/appeals/{made.id}"


def _contest(path: str) -> Stage:
    def stage(cast: Cast) -> str:
        return path.format(contests.contest(contests.whole(cast), cast.citra, Ground.FALSE_FACT).id)

    return stage


def _checked(cast: Cast) -> str:
    order = orders.entered(cast.eko, f"/letters/{cast.letter().id}")
    orders.actions.check(order, by=cast.eko)
    return f"/moderation/orders/{order.id}"


def _carried_out(path: str) -> Stage:
    return lambda cast: path.format(orders.carried_out(cast.eko, f"/letters/{cast.letter().id}").id)


def _notice(cast: Cast) -> str:
    return f"/moderation/legal/{legal.receive(cast, cast.letter(), by=cast.eko).id}"


def _held(cast: Cast) -> str:
    return f"/moderation/legal/holds/{legal.hold(cast, cast.letter()).id}/release"


@unit_of_work
def _correction(cast: Cast) -> str:
    made = DataRequest(
        kind=DataKind.CORRECTION, state=DataState.WAITING, user_id=cast.ana.id, text="Nama saya keliru.", proved_at=utcnow()
    )
    db.session.add(made)
    db.session.flush()
    return f"/moderation/data-requests/{made.id}"


def _warned(cast: Cast) -> str:
    sanction(cast.citra, by=cast.eko, kind=SanctionKind.WARNING, reason=SanctionReason.SPAM, message=SAID)
    return f"/moderation/people/{cast.citra.id}"


def _ordered(cast: Cast) -> str:
    return f"/moderation/identity-orders/{legal.order(cast, cast.ana, by=cast.eko).id}"


def _row(cast: Cast) -> str:
    hide(cast, "comment", make_comment(cast.letter(author=cast.fajar), cast.citra))
    return "/ledger/1/correct"


def _page(path: str) -> Stage:
    return lambda _cast: path


def _letter(path: str) -> Stage:
    return lambda cast: path.format(cast.letter().id)


def _local(**ago: float) -> str:
    return (utcnow() - timedelta(**ago)).strftime("%Y-%m-%dT%H:%M")


ROOMS: dict[str, Form] = {
    "contest": Form(
        "citra",
        lambda cast: f"/letters/{contests.whole(cast).id}/contest",
        {"ground": "false_fact", "passages": contests.THEFT, "text": contests.WRONG, "name": "Zulkarnain Akbar"},
    ),
    "answer contest": Form("ana", _contest("/contests/{}/answer"), {"text": "Saya melihatnya sendiri hari itu."}),
    "decide contest": Form(
        "dewi",
        _contest("/moderation/contests/{}"),
        {"decision": "reject", "reason": REJECTED_FOR[Ground.FALSE_FACT][0].value, "message": SAID},
        r"decide$",
        brief=True,
    ),
    "right of reply": Form(
        None,
        _letter("/letters/{}/right-of-reply"),
        {"name": "Zulkarnain Akbar", "name_shown": "full", "place": "Saya kurir itu.", "text": contests.WRONG * 2, "email": "zul@mail.example"},
        done="Tautan sedang dikirim ke",
    ),
    "decide reply": Form(
        "dewi", lambda cast: f"/moderation/right-of-reply/{waits(cast.letter()).id}", {"decision": "publish"}, r"decide$", brief=True
    ),
    "appeal": Form("ana", lambda cast: f"/decisions/{_taken_down(cast)}", {"text": WRONG}),
    "judge appeal": Form("dewi", _appeal, {"decision": "grant", "answer": SAID}, r"decide$", brief=True),
    "enter order": Form(
        "dewi",
        _page("/moderation/orders/new"),
        {
            "kind": "ministry", "authority": orders.AUTHORITY, "reference": "B-77/DJAI/2026", "received": _local(hours=1),
            "hours": "normal", "ground": "gambling", "words": "Pasal 27 ayat (2).", "addresses": "/letters/99", "elsewhere": "y",
        },
    ),
    "carry out order": Form("dewi", _checked, {"decision": "carry_out", "message": orders.MESSAGE}, r"decide$"),
    "object to order": Form("ana", _carried_out("/orders/{}"), {"text": orders.OBJECTION}),
    "settle order": Form("dewi", _carried_out("/moderation/orders/{}"), {"end": "court_lifted", "message": orders.MESSAGE}, r"settle$"),
    "record notice": Form(
        "dewi",
        lambda cast: cast.letter(id=77) and "/moderation/legal/new",
        {
            "sender": "business", "name": legal.NAME, "counsel": legal.COUNSEL, "email": legal.ADDRESS, "demands": ["remove", "identity"],
            "received_on": f"{utcnow():%Y-%m-%d}", "text": legal.TEXT, "things": "/letters/77",
        },
    ),
    "answer notice": Form("dewi", _notice, {"outcome": "stands", "text": "Surat itu tetap berdiri; lihat alasannya."}, r"answer$"),
    "hold": Form("dewi", lambda cast: cast.letter(id=77) and "/moderation/legal/holds", {"thing": "/letters/77", "why": legal.WHY}, r"holds$"),
    "release hold": Form("eko", _held, {"why": legal.WHY}),
    "ask about data": Form("ana", _page("/settings/data"), {"kind": "correction", "text": "Nama saya keliru ditulis.", "current_password": PASSWORD}),
    "ask about data as guest": Form(None, _page("/privacy/request"), {"kind": "correction", "text": "Nama saya keliru ditulis.", "email": "x@mail.example"}, done="Tautan dikirim ke"),
    "decide data request": Form("dewi", _correction, {"decision": "done", "message": SAID}, r"decide$"),
    "sanction": Form(
        "dewi",
        lambda cast: f"/moderation/people/{cast.citra.id}",
        {"kind": "limit", "scope": "comments", "days": "7", "reason": "spam", "message": SAID},
        r"sanctions$",
    ),
    "lift": Form("dewi", _warned, {"message": SAID}, r"lift$"),
    "ask for rights": Form(
        "surya",
        lambda cast: f"/moderation/people#{cast.citra.id}",
        {"email": "citra@surat.example", "standing": "moderator", "why": "Antrean bertambah setiap pekan."},
        r"people$",
    ),
    "ask for an identity": Form("dewi", _ordered, {"why": legal.WHY}, r"ask$"),
    "term": Form("dewi", _page("/moderation/words"), {"term": "jasa gestun kilat", "list": "other", "why": "Iklan berulang."}, r"words$"),
    "remove term": Form("dewi", _page("/moderation/words/remove?key=slot+gacor"), {"why": "Terlalu luas."}, r"remove"),
    "redact": Form(
        "dewi",
        lambda cast: f"/redact/letters/{cast.letter(text=contests.TEXT).id}",
        {"words": contests.PHONE, "label": "phone", "reason": "own_data", "do": "preview"},
        done="tempat akan diganti",
    ),
    "correct the ledger": Form("dewi", _row, {"why": "wrong_reason", "reason": "hate"}),
    "announcement": Form(
        "surya", _page("/console/announcements"), {"indonesian": "Situs pindah.", "level": "info", "starts_at": "2027-01-01T00:00"}, r"announcements$"
    ),
    "category": Form("surya", _page("/console/categories/penipuan"), {"indonesian": "Penipuan", "english": "Fraud", "position": "20"}, r"penipuan$"),
    "limit": Form("surya", _page("/console/limits/comment"), {"number": "20", "why": "Banjir komentar."}, r"comment$"),
    "read-only": Form("surya", _page("/console/read-only"), {"why": "Pindah server."}, r"read-only$"),
}
EVERY = FORMS | ROOMS
