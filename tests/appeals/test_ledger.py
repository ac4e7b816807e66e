"""Appeals and measures about accounts in the public ledger: what was done and how it ended, never whose account it is."""

from sqlalchemy import select

from forum.appeals import actions
from forum.core.db import db
from forum.core.events import Kind
from forum.ledger.models import LedgerRow
from forum.letters.lifecycle import Move
from forum.letters.queries import letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from forum.people import actions as people
from forum.people.lifecycle import SanctionKind, SanctionReason
from forum.people.queries.people import sanction_for
from tests.moderation.stage import SAID, events

JUDGED = "Kami membaca ulang dan menimbang keterangan Anda."


def rows() -> list[tuple[str, str, str, str | None, str]]:
    found = db.session.scalars(select(LedgerRow).order_by(LedgerRow.id))
    return [(one.act, one.about.partition(":")[0], one.asked_by, one.reason, one.outcome) for one in found]


def test_an_appeal_is_two_rows(cast) -> None:
    letter = cast.letter()
    moderation.decide_letter(
        letter_for(cast.dewi, letter.id), Move.TAKE_DOWN, by=cast.dewi, reason=Reason.INSULT, message=SAID
    )
    (event,) = events(Kind.LETTER_TAKEN_DOWN)
    made = actions.appeal(event, by=cast.ana, text="Redaksi keliru membaca surat saya.")
    actions.decide(made, grant=False, by=cast.eko, answer=JUDGED)
    assert rows()[1:] == [
        ("appeal_opened", "appeal", "author", "insult", "open"),
        ("appeal_decided", "appeal", "author", "insult", "dismissed"),
    ]


def test_a_measure_is_a_row_without_its_person(cast, browse) -> None:
    given = people.sanction(
        cast.citra, by=cast.dewi, kind=SanctionKind.SUSPENSION, reason=SanctionReason.SPAM, message=SAID, days=3
    )
    people.sanction(cast.citra, by=cast.dewi, kind=SanctionKind.WARNING, reason=SanctionReason.INSULTS, message=SAID)
    people.lift(sanction_for(cast.dewi, given.id), by=cast.eko, message=SAID)
    assert rows() == [
        ("account_suspended", "sanction", "moderator", "spam", "done"),
        ("account_warned", "sanction", "moderator", "insults", "done"),
        ("account_freed", "sanction", "moderator", "spam", "restored"),
    ]
    page = browse().open("/ledger")
    assert "spam atau iklan" in page
    assert "Citra" not in page
