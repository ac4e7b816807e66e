"""What the browser test of the desk finds on the site: run as a program in the site's environment. `mixed` or `storm`."""

import sys

from sqlalchemy import select

from forum.accounts.models import User
from forum.app import create_app
from forum.comments.lifecycle import CommentState, HeldFor
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.text import slug
from forum.letters.lifecycle import Publication
from forum.moderation.lifecycle import ReportReason
from forum.moderation.models import Report
from tests.cast import Cast, make_comment, make_person
from tests.moderation.stage import make_claim, make_objection, make_report, make_revision, thing

STORM = 200


@unit_of_work
def hold(comment: Comment) -> None:
    comment.state, comment.held_for, comment.held_at = CommentState.HELD, HeldFor.LINK, utcnow()
    db.session.add(comment)


def mixed() -> None:
    """Thirty items of six kinds: letters, new versions, held comments, reports, claims, objections."""
    cast = Cast()
    for number in range(10):
        cast.letter(publication=Publication.SUBMITTED, title=f"Surat nomor {number} yang menunggu keputusan")
    letters = [cast.letter(title=f"Surat nomor {number} yang sudah dimuat") for number in range(4)]
    for letter in letters:
        make_revision(letter, title=f"Versi baru dari surat {letter.id}")
    for number in range(6):
        hold(make_comment(letters[number % 4], cast.citra, text=f"Komentar nomor {number} yang ditahan: lihat halaman toko."))
    for number in range(6):
        comment = make_comment(letters[number % 4], cast.citra, text=f"Komentar nomor {number} yang dilaporkan beberapa orang.")
        for _ in range(1 + number % 3):
            make_report(thing(cast.dewi, "comment", comment))
    make_claim(cast.person("Gita"), cast.shop)
    make_claim(cast.person("Hadi"), cast.courier)
    make_objection(cast.citra, cast.bima.representations[0])
    make_objection(cast.citra, cast.fajar.representations[0])


def storm() -> None:
    """Two hundred new accounts report one comment as an insult; the path of its letter is said."""
    cast = Cast()
    letter = cast.letter(title="Surat di tengah badai laporan")
    comment = make_comment(letter, cast.citra, text="Pendapat saya: tokonya lambat.")
    reported = thing(cast.dewi, "comment", comment)
    first = make_person("Pelapor 0")
    _report(reported, first.password_hash)
    print(f"/letters/{letter.id}-{slug(letter.title)}")


@unit_of_work
def _report(reported, password_hash: str) -> None:
    people = [
        User(
            name=f"Pelapor {number}",
            email=f"pelapor{number}@surat.example",
            password_hash=password_hash,
            language="id",
            confirmed_at=utcnow(),
            adult_declared_at=utcnow(),
            rules_version="2026-11",
        )
        for number in range(1, STORM)
    ]
    db.session.add_all(people)
    db.session.flush()
    people.append(db.session.scalars(select(User).where(User.name == "Pelapor 0")).one())
    db.session.add_all(
        Report(
            number=f"L-{number:08}",
            about=reported.about,
            letter_id=reported.letter.id,
            reason=ReportReason.INSULT,
            snapshot=reported.text,
            reporter_id=person.id,
            weight=10,
        )
        for number, person in enumerate(people)
    )


if __name__ == "__main__":
    with create_app().app_context():
        {"mixed": mixed, "storm": storm}[sys.argv[1]]()
