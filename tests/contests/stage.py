"""What the tests of contests share: a letter with something to contest, and the verbs in short."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from forum.accounts.models import Guest
from forum.contests import actions, queries
from forum.contests.actions import Claimed, Verdict
from forum.contests.lifecycle import EFFECTS, REJECTED_FOR, UPHELD_FOR, Effect, Ground
from forum.contests.models import Contest
from forum.core.db import db, unit_of_work
from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case, Letter
from forum.letters.queries import case_for
from forum.responses.models import Remedy
from tests.moderation.stage import make_response

PHONE = "0812-3456-7890"
THEFT = "Kurir bernama Zulkarnain mencuri paket saya."
TEXT = f"Saya membeli kipas angin pada 3 Maret. {THEFT} Nomornya {PHONE}, dan ia tidak menjawab.\n\nMohon tanggapan dari toko."
WRONG = "Tidak benar: hari itu saya tidak bertugas, dan paketnya diterima tetangga."
SAID = "Kalimat itu tidak dibuktikan oleh penulis."


def whole(cast: Any, **fields: Any) -> Letter:
    """A published letter that accuses somebody by name."""
    cast.bima, cast.dewi, cast.eko  # noqa: B018 - makes them
    return cast.letter(**{"text": TEXT, "ask": "Mohon Zulkarnain ditegur.", **fields})


def contest(letter: Letter, by: Any, ground: Ground = Ground.FALSE_FACT, *passages: str, case: Any = None, **more: Any) -> Contest:
    """Contest passages; for the business with `case`."""
    claimed = Claimed(ground, passages or (THEFT,), more.pop("text", WRONG))
    values = {"address": "192.0.2.7", "name": "Zulkarnain Akbar", **more}
    return actions.contest(letter, claimed, by=by, case=case, **values)


def case_of(letter: Letter) -> Case:
    """The first case of the letter, as the database has it, with its letter."""
    db.session.expire_all()
    case = db.session.scalars(select(Case).where(Case.letter_id == letter.id).order_by(Case.position)).first()
    return case_for(Guest(), case.id)


def again(row: Contest) -> Contest:
    """The contest as the database has it."""
    db.session.expire_all()
    return queries.contest_by_id(row.id)


def decide(made: Contest, by: Any, *, uphold: bool, effect: Effect | None = None, **more: Any) -> None:
    """Decide with the first finding of its ground and what usually follows."""
    ground = made.ground
    finding = (UPHELD_FOR if uphold else REJECTED_FOR)[ground][0]
    follows = effect or EFFECTS[ground][0] if uphold else None
    actions.decide(again(made), Verdict(uphold, finding, SAID, follows), by=by, **more)


@unit_of_work
def earlier(made: Contest, **by: float) -> None:
    """Let everything that happened to the contest have happened so much earlier, as `hours=49`."""
    made = again(made)
    for name in ("made_at", "filed_at", "asked_at", "reminded_at", "reacted_at", "heard_at", "ended_at"):
        value = getattr(made, name)
        if value is not None:
            setattr(made, name, value - timedelta(**by))


@unit_of_work
def not_our_customer(letter: Letter, by: Any) -> None:
    """The business has said publicly that the author is not its customer, and the author has shown nothing."""
    response = make_response(letter, by)
    response.remedy = Remedy.NOT_OUR_CUSTOMER
    db.session.get(Case, response.case_id).response = ResponseState.ANSWERED
