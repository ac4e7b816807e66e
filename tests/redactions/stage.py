"""What the tests of redaction share: a letter with the same number everywhere, and the verbs in short."""

from typing import Any

from sqlalchemy import select

from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.core.text import RENDERER, render
from forum.letters.lifecycle import RevisionState
from forum.letters.models import Letter, Question, Revision, Update
from forum.moderation.models import Report
from forum.moderation.queries.things import ThingKind, thing_for
from forum.redactions import actions
from forum.redactions.lifecycle import Label, Reason
from forum.redactions.models import Redaction
from forum.responses.models import Response
from tests.cast import TEXT, make_comment
from tests.moderation.stage import make_file, make_report, make_response

PHONE = "0812-3456-7890"
MARK = "[nomor telepon disamarkan]"
OTHERWISE = ("081234567890", "+62 812 3456 7890", "(0812) 3456.7890")


def whole(cast: Any, **fields: Any) -> Letter:
    """A published letter with the number in every place that holds words."""
    values = {"title": f"Penipu memakai {PHONE}", "text": f"{TEXT}\n\nNomornya {PHONE}.", "ask": f"Blokir {PHONE}"}
    letter = cast.letter(**{**values, **fields})
    make_comment(letter, cast.citra, f"Saya juga ditelepon {OTHERWISE[0]}.")
    make_comment(letter, cast.ana, f"Benar, {OTHERWISE[1]} itu.")
    response = make_response(letter, cast.bima, f"Nomor {OTHERWISE[2]} bukan milik kami, dan sudah kami laporkan.")
    file = make_file(letter)
    make_report(thing_for(cast.dewi, ThingKind.LETTER, letter.id))
    _rest(letter, response, file)
    return letter


@unit_of_work
def _rest(letter: Letter, response: Response, file: Attachment) -> None:
    response.promise, response.promise_done, response.proposal = (
        f"{what} {PHONE}" for what in ("Janji", "Sudah", "Usul")
    )
    response.promise_due = response.created_at.date()
    response.how = {"what": f"Pengganti untuk {PHONE}", "on": "2026-03-20"}
    file.name = f"bukti {PHONE}.webp"
    said = f"Apakah {PHONE} nomor Anda?"
    db.session.add_all(
        [
            Revision(letter_id=letter.id, state=RevisionState.ACCEPTED, title=letter.title, text=letter.text),
            Revision(
                letter_id=letter.id,
                state=RevisionState.WAITING,
                title=letter.title,
                text=letter.text,
                why=f"Ganti {PHONE}",
            ),
            Update(
                letter_id=letter.id, text=f"Hari ini {PHONE} lagi.", html=render(f"{PHONE} lagi."), renderer=RENDERER
            ),
            Question(
                case_id=response.case_id,
                text=said,
                html=render(said),
                answer=f"Ya, {PHONE}.",
                answer_html=render(f"Ya, {PHONE}."),
                resumed_at=response.created_at,
                renderer=RENDERER,
            ),
        ]
    )


def words_under(letter: Letter) -> dict[str, str]:
    """Every text column of every row under the letter, as the database has it."""
    db.session.expire_all()
    found: dict[str, str] = {}
    for model in (Letter, Revision, Update, Question, Response, Comment, Attachment, Report):
        for row in db.session.scalars(select(model)).unique():
            for column in model.__table__.columns:
                value = getattr(row, column.key)
                if isinstance(value, str | dict) and column.key not in {"token", "full_key"}:
                    found[f"{model.__tablename__}:{row.id}.{column.key}"] = str(value)
    return found


def holding(letter: Letter, *numbers: str) -> set[str]:
    """Which columns under the letter hold one of these numbers, however written."""
    digits = "81234567890"
    return {
        name
        for name, value in words_under(letter).items()
        if digits in "".join(filter(str.isdigit, value)) or any(one in value for one in numbers)
    }


def cover(
    who: Any, letter: Letter, words: str = PHONE, *, kind: str = "letter", row: Any = None, **more: Any
) -> Redaction:
    """Cover words from the page of the letter or of something under it."""
    label, reason = more.pop("label", Label.PHONE), more.pop("reason", Reason.OTHERS_DATA)
    db.session.expire_all()
    thing = thing_for(who, ThingKind(kind), (row or letter).id)
    return actions.redact(thing, {label: [words]}, by=who, reason=reason, **more)[0]


def uncover(who: Any, redaction: Redaction) -> int:
    """Put the words back from the page of the letter."""
    db.session.expire_all()
    return actions.undo(redaction, by=who, thing=thing_for(who, ThingKind.LETTER, redaction.letter_id))


def told(kind: Kind) -> list[Event]:
    """The events of a kind, oldest first."""
    return list(db.session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)))
