"""What the moderators' own side shows in the demo: appeals that wait and that are decided, a warning, a limit, a suspension."""

from datetime import timedelta

from sqlalchemy import select

from forum.accounts.lifecycle import Scope
from forum.accounts.models import User
from forum.appeals import actions as appeals
from forum.appeals.models import Appeal, last_moment
from forum.appeals.queries import verdict_of
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.console import actions as console
from forum.console.lifecycle import Level
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason, ThingKind
from forum.moderation.queries.things import thing_for
from forum.people import actions as people
from forum.people.lifecycle import SanctionKind, SanctionReason


def write(cast: dict[str, User]) -> None:
    """Leave an appeal for the moderators, decide another one, warn, limit and suspend somebody."""
    _appeal(
        Kind.LETTER_TAKEN_DOWN,
        "Surat saya diturunkan karena menyebut nama kurir, padahal nama itu sudah saya samarkan pada perubahan kedua. Mohon dibaca ulang.",
    )
    refused = _appeal(
        Kind.LETTER_REJECTED,
        "Saya hanya ingin menolong pembaca yang mencari panel surya murah; menurut saya itu bukan iklan.",
    )
    if refused is not None:
        event, made = refused
        judge = next(cast[key] for key in ("eko", "dewi", "surya") if cast[key].id != event.by_id)
        appeals.decide(
            made,
            grant=False,
            by=judge,
            answer="Kami membaca ulang suratnya. Isinya menawarkan barang dan tidak mengadukan atau menanyakan apa pun kepada sebuah usaha.",
        )
    _hide_a_comment(cast)
    people.sanction(
        cast["dodi"],
        by=cast["dewi"],
        kind=SanctionKind.WARNING,
        reason=SanctionReason.INSULTS,
        message="Komentar Anda pada surat tentang kurir berisi hinaan kepada pembaca lain. Komentar itu disembunyikan.",
    )
    people.sanction(
        cast["hasan"],
        by=cast["eko"],
        kind=SanctionKind.LIMIT,
        scope=Scope.REPORTS,
        days=14,
        reason=SanctionReason.REPORT_ABUSE,
        message="Dua belas laporan Anda dalam sepekan menyangkut surat yang sama dan tidak satu pun dikabulkan.",
    )
    people.sanction(
        cast["rusli"],
        by=cast["dewi"],
        kind=SanctionKind.SUSPENSION,
        days=30,
        reason=SanctionReason.SPAM,
        message="Akun ini mengirim ajakan pencairan dana yang sama di bawah enam surat.",
    )
    _run_the_site(cast["surya"])


def _run_the_site(surya: User) -> None:
    """Announce something for next week, and let an administrator change a limit."""
    begins = utcnow().replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=7)
    console.announce(
        "Situs ini dipindahkan ke server yang lebih besar pada pukul 22.00–23.00 WIB. Selama itu surat hanya dapat dibaca.",
        "This site moves to a bigger server from 22:00 to 23:00 WIB. Meanwhile letters can only be read.",
        level=Level.WARNING,
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        by=surya,
    )
    console.set_limit("report", 15, by=surya, why="Laporan dari satu sekolah yang memakai satu alamat jaringan.", seen=0)


def _hide_a_comment(cast: dict[str, User]) -> None:
    """Let a moderator hide a comment of the one who is warned, who appeals."""
    comment = db.session.scalars(
        select(Comment)
        .join(Letter, Letter.id == Comment.letter_id)
        .where(
            Comment.author_id == cast["dodi"].id,
            Comment.state == CommentState.VISIBLE,
            Letter.publication == Publication.PUBLISHED,
        )
        .order_by(Comment.id.desc())
        .limit(1)
    ).one()
    moderation.hide(
        thing_for(cast["dewi"], ThingKind.COMMENT, comment.id),
        by=cast["dewi"],
        reason=Reason.INSULT,
        message="Komentar Anda menyerang pembaca lain, bukan membahas suratnya.",
    )
    event = db.session.scalars(
        select(Event).where(Event.kind == Kind.COMMENT_HIDDEN, Event.about == f"comment:{comment.id}")
    ).one()
    appeals.appeal(event, by=cast["dodi"], text="Saya membalas tuduhan yang lebih dahulu ditujukan kepada saya; mohon utas itu dibaca dari awal.")


def _appeal(kind: Kind, text: str) -> tuple[Event, Appeal] | None:
    """Let the author appeal against the newest decision of this kind that stands; None when the story has none."""
    for event in db.session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id.desc())):
        verdict = verdict_of(event)
        if verdict is not None and verdict.stands and last_moment(event) > utcnow():
            author = db.session.get_one(User, db.session.get_one(Letter, event.letter_id).author_id)
            return event, appeals.appeal(event, by=author, text=text)
    return None
