"""What the moderators' tests set on the stage beside the cast."""

from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import select

from forum.attachments.models import Attachment, FileAudience
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.core.text import RENDERER, render
from forum.letters.lifecycle import RevisionState
from forum.letters.models import Case, Letter, Revision
from forum.merchants.lifecycle import ClaimState, ObjectionReason, Proof
from forum.merchants.models import Claim, Merchant, Objection, Representative
from forum.moderation.lifecycle import ReportReason, ThingKind
from forum.moderation.models import Report, Thing
from forum.moderation.queries.things import thing_for
from forum.responses.models import Remedy, Response
from tests.attachments.rows import file_row

SAID = "Isinya memuat data pribadi; mohon disamarkan lebih dahulu."
ANSWER = "Terima kasih atas laporan Anda; kami sudah memeriksanya."


@unit_of_work
def make_response(
    letter: Letter, author: Any, text: str = "Kami sudah mengirim barang pengganti pada 20 Maret lalu."
) -> Response:
    response = Response(
        case_id=db.session.scalar(select(Case.id).where(Case.letter_id == letter.id)),
        author_id=author.id,
        signatory=author.name,
        job_title="Humas",
        proof=Proof.EMAIL,
        remedy=Remedy.REPLACEMENT,
        text=text,
        html=render(text),
        renderer=RENDERER,
    )
    db.session.add(response)
    return response


@unit_of_work
def make_file(letter: Letter, audience: FileAudience = FileAudience.PUBLIC) -> Attachment:
    file = file_row(letter.author_id, letter_id=letter.id, audience=audience)
    db.session.add(file)
    return file


@unit_of_work
def make_revision(letter: Letter, title: str = "Barang belum dikirim setelah empat minggu") -> Revision:
    revision = Revision(
        letter_id=letter.id,
        state=RevisionState.WAITING,
        title=title,
        text=letter.text + "\n\nTambahan.",
        why="Salah hitung",
    )
    db.session.add(revision)
    return revision


@unit_of_work
def make_claim(person: Any, merchant: Merchant) -> Claim:
    claim = Claim(
        merchant_id=merchant.id,
        user_id=person.id,
        work_email="humas@tempat-lain.example",
        job_title="Humas",
        statement="Saya bekerja di bagian humas; silakan telepon kantor kami.",
        state=ClaimState.WAITING_MODERATOR,
    )
    db.session.add(claim)
    return claim


@unit_of_work
def make_objection(person: Any, voice: Representative) -> Objection:
    objection = Objection(
        merchant_id=voice.merchant_id,
        representative_id=voice.id,
        user_id=person.id,
        reason=ObjectionReason.LEFT,
        text="Ia sudah pindah kerja sejak Maret lalu.",
    )
    db.session.add(objection)
    return objection


@unit_of_work
def make_report(thing: Thing, *, reporter: Any = None, created_at: datetime | None = None) -> Report:
    report = Report(
        number=f"L-{token_urlsafe(6)}",
        about=thing.about,
        letter_id=thing.letter.id,
        reason=ReportReason.INSULT,
        text="Ada hinaan.",
        snapshot=thing.text,
        reporter_id=reporter.id if reporter else None,
        created_at=created_at or utcnow(),
    )
    db.session.add(report)
    return report


def thing(who: Any, kind: str, row: Any) -> Thing:
    db.session.expire_all()
    return thing_for(who, ThingKind(kind), row.id)


def events(kind: Kind) -> list[Event]:
    return list(db.session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)))


def again(row: Any) -> Any:
    """The row as the database has it now."""
    db.session.refresh(row)
    return row
