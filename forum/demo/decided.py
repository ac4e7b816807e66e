"""What moderators decided in the demo for others: a report by the business that failed, one by a person named that did not, a corrected row."""

from datetime import datetime, timedelta

from sqlalchemy import select

from forum.accounts.models import Guest, User
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db
from forum.demo import dates
from forum.demo.story import People
from forum.ledger import actions as ledger
from forum.ledger.lifecycle import Act, AskedBy, Outcome, Why
from forum.ledger.models import LedgerRow
from forum.letters.queries import letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason, ReportReason, ThingKind
from forum.moderation.models import Thing
from forum.moderation.queries.things import thing_for

ASKED_DAYS_AGO = (12, 8)


def write(letter_id: int, cast: People, business: User) -> None:
    """Write it, on the comments of the long thread."""
    comments = db.session.scalars(
        select(Comment.id).where(Comment.letter_id == letter_id).order_by(Comment.id).offset(6).limit(2)
    ).all()
    first, second = (utcnow() - timedelta(days=days) for days in ASKED_DAYS_AGO)
    _report(letter_id, comments[0], business, ReportReason.FALSE, "Angka pada komentar ini tidak sesuai catatan kami.", first)
    begun = utcnow()
    moderation.dismiss(
        _thing(cast["eko"], comments[0]),
        by=cast["eko"],
        answer="Komentar ini menceritakan pengalaman penulisnya; perusahaan dapat menjawabnya di bawah surat.",
    )
    dates.step(begun, first + timedelta(hours=19))
    _report(letter_id, comments[1], Guest(), ReportReason.ABOUT_ME, "Nama saya disebut lengkap di sini.", second)
    begun = utcnow()
    moderation.uphold(
        _thing(cast["eko"], comments[1]),
        by=cast["eko"],
        reason=Reason.NAMED_PERSON,
        message="Komentar ini menyebut nama lengkap seorang petugas. Silakan tulis lagi dengan inisial.",
        answer="Terima kasih. Komentar itu sudah kami sembunyikan.",
    )
    dates.step(begun, second + timedelta(hours=5))
    _correct(cast["eko"])


def _report(letter_id: int, comment_id: int, by: User | Guest, reason: ReportReason, text: str, at: datetime) -> None:
    begun = utcnow()
    letter, comment = letter_for(by, letter_id), db.session.get_one(Comment, comment_id)
    moderation.report(
        Thing(ThingKind.COMMENT, comment, letter),
        by=by,
        reason=reason,
        text=text,
        email="petugas@surat.example" if by.is_guest else "",
        address="192.0.2.3",
    )
    dates.step(begun, at)


def _thing(who: User, comment_id: int) -> Thing:
    return thing_for(who, ThingKind.COMMENT, comment_id)


def _correct(by: User) -> None:
    """The first letter that was taken down went at the request of a person named, and the row did not say so."""
    begun = utcnow()
    row = db.session.scalars(select(LedgerRow).where(LedgerRow.act == Act.LETTER_TAKEN_DOWN).order_by(LedgerRow.id)).first()
    if row is None:
        raise LookupError("no letter was taken down")
    ledger.correct(
        row, by=by, why=Why.WRONG_REQUESTER, asked_by=AskedBy.PERSON_NAMED, reason=row.reason, outcome=Outcome.REMOVED
    )
    dates.step(begun, utcnow() - timedelta(days=2))
