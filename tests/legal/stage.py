"""What the tests of legal matters share: a notice that came in, an order on record, the verbs in short."""

from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy.orm import joinedload

from forum.attachments.receive import Received as File
from forum.attachments.receive import receive as take_in
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.db import db
from forum.core.secrecy import new_token
from forum.legal import actions, queries
from forum.legal.actions import Received, Thing
from forum.legal.lifecycle import Demand, Sender
from forum.legal.models import LegalHold, LegalNotice
from forum.letters.models import Letter
from forum.people import actions as people
from forum.people.lifecycle import Authority
from forum.people.models import IdentityOrder
from tests.attachments import hostile

WHY = "Penyidik memintanya untuk perkara ini."
TEXT = "Surat itu menyebut toko kami menipu. Kami minta surat itu dihapus dan penulisnya disebutkan."
NAME, COUNSEL, ADDRESS = "PT Melati Jaya", "Kantor Hukum Zainal", "zainal@hukum.example"


def today() -> date:
    return local_date(utcnow(), settings().time_zone)


def file(data: bytes | None = None, name: str = "somasi.jpg") -> File:
    """A document as it was received."""
    return take_in(data or hostile.jpeg(), name, current_app.extensions["storage"])


def said(*letters: Letter, **values: Any) -> Received:
    """A notice by a business about these letters, unless told otherwise."""
    known: dict[str, Any] = {
        "sender": Sender.BUSINESS,
        "name": NAME,
        "counsel": COUNSEL,
        "email": ADDRESS,
        "reference": "012/SOM/XI/2026",
        "received_on": today(),
        "demands": [Demand.REMOVE, Demand.IDENTITY],
        "text": TEXT,
        "things": [Thing(letter.id) for letter in letters],
    }
    return Received(**{**known, **values})


def receive(
    cast: Any, *letters: Letter, by: Any = None, files: tuple[File, ...] = (), once: str | None = None, **values: Any
) -> LegalNotice:
    """Put a notice on record, by Dewi."""
    made = actions.receive(said(*letters, **values), files, by=by or cast.dewi, once=once or new_token()[:32])
    return queries.notice_by_id(made.id)


def hold(cast: Any, letter: Letter, **values: Any) -> LegalHold:
    """Hold a letter by hand, by Dewi."""
    found = queries.letter_to_hold(letter.id)
    assert found is not None
    return actions.hold(found, by=cast.dewi, why=WHY, **values)


def release(cast: Any, made: LegalHold) -> None:
    """Let go, by two."""
    found = queries.hold_for(cast.dewi, made.id)
    people.confirm(actions.ask_release(found, by=cast.dewi, why=WHY), by=cast.eko)


def ordered(**values: Any) -> people.Ordered:
    known: dict[str, Any] = {
        "authority": Authority.COURT,
        "name": "Pengadilan Negeri Jakarta Selatan",
        "reference": "77/Pdt.G/2026/PN Jkt.Sel",
        "dated_on": today() - timedelta(days=1),
        "forbids_telling": False,
        "silent_until": None,
    }
    return people.Ordered(**{**known, **values})


def order(cast: Any, user: Any, *, by: Any = None, once: str | None = None, **values: Any) -> IdentityOrder:
    """An order on record about somebody, by Dewi, with its document."""
    return again(record_order(cast, user, by=by, once=once, **values))


def record_order(cast: Any, user: Any, *, by: Any = None, once: str | None = None, **values: Any) -> IdentityOrder:
    """The same, as it was made."""
    return people.record_order(
        user, ordered(**values), [file(name="penetapan.jpg")], by=by or cast.dewi, once=once or new_token()[:32]
    )


def again(row: Any) -> Any:
    """The row as the database has it."""
    db.session.expire_all()
    if isinstance(row, LegalNotice):
        return queries.notice_by_id(row.id)
    if isinstance(row, IdentityOrder):
        return db.session.get_one(IdentityOrder, row.id, options=[joinedload(IdentityOrder.user)])
    return db.session.get_one(type(row), row.id)
