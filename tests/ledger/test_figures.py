"""The figures are counted from rows, each with its n."""

from datetime import timedelta

from sqlalchemy import select

from forum.appeals.actions import appeal
from forum.contests.lifecycle import Ground
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.events import Event, Kind
from forum.ledger.lifecycle import Act, Group
from forum.ledger.queries import figures
from forum.ledger.queries.figures import Waits
from forum.letters.lifecycle import Publication
from tests.appeals.stage import WRONG, hold
from tests.cast import make_comment
from tests.contests.stage import contest, whole
from tests.ledger.stage import taken_down, write_many
from tests.moderation.stage import make_claim, make_objection, make_report, make_revision, thing
from tests.reply.test_reply import waits


def test_by_month_by_requester_and_what_was_upheld(cast) -> None:
    write_many(2_400)  # 100 days from 4 March
    found = figures()
    assert [month for month, _counts in found.months] == ["2026-06", "2026-05", "2026-04", "2026-03"]
    assert sum(sum(counts.values()) for _month, counts in found.months) == found.rows == 2_400
    assert dict(found.months)["2026-04"] == {Group.REMOVED: 240, Group.REQUESTS: 240, Group.COVERED: 240}
    assert found.acts[Act.REPORTS_DECIDED] == 800
    assert sum(found.asked.values()) == 1_600
    (share,) = found.by_reason
    assert (share.act, share.key, share.rate.part, share.rate.n) == (Act.REPORTS_DECIDED, "false", 400, 800)
    assert {one.key: (one.rate.part, one.rate.n) for one in found.by_requester} == {
        "reader": (0, 200), "author": (0, 200), "business": (200, 200), "moderator": (200, 200),
    }  # fmt: skip


def test_shares_count_reports_and_not_rows(cast) -> None:
    write_many(2, act="reports_decided", outcome="upheld", reason="false", asked_by="reader", count=7)
    (share,) = figures().by_reason
    assert (share.rate.part, share.rate.n) == (14, 14)


def test_the_median_time_is_the_middle_one(cast) -> None:
    write_many(11)  # reports at 1, 4, 7, 10 hours, which took as many minutes
    (time,) = figures().times
    assert (time.act, time.n, time.median) == (Act.REPORTS_DECIDED, 4, timedelta(minutes=5.5))


def test_what_waits_and_how_long(cast) -> None:
    now = utcnow()
    for hours in (1, 5, 50):
        cast.letter(publication=Publication.SUBMITTED, submitted_at=now - timedelta(hours=hours))
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    for hours in (3, 9):
        make_report(thing(cast.dewi, "comment", comment), created_at=now - timedelta(hours=hours))
    make_revision(letter)
    make_claim(cast.citra, cast.courier)
    make_objection(cast.citra, cast.bima.representations[0])
    hold(make_comment(letter, cast.person("Gani")), letter)
    contest(whole(cast), cast.person("Gita"), Ground.UNLAWFUL)
    waits(letter)
    taken_down(cast)
    removal = db.session.scalars(select(Event).where(Event.kind == Kind.LETTER_TAKEN_DOWN)).one()
    appeal(removal, by=cast.ana, text=WRONG)
    found = {one.waits: one for one in figures().open}
    assert {waits: one.n for waits, one in found.items()} == {
        Waits.LETTERS: 3, Waits.REVISIONS: 1, Waits.REPORTS: 1, Waits.CLAIMS: 1, Waits.OBJECTIONS: 1, Waits.ANSWERS: 0,
        Waits.HELD: 1, Waits.CONTESTS: 1, Waits.REPLIES: 1, Waits.APPEALS: 1,
    }  # fmt: skip
    assert found[Waits.LETTERS].median // timedelta(hours=1) == 5
    assert found[Waits.LETTERS].oldest // timedelta(hours=1) == 50
    assert found[Waits.REPORTS].oldest // timedelta(hours=1) == 9  # since the first
    assert found[Waits.ANSWERS].oldest is None


def test_the_page_shows_them_with_their_n(browse, cast) -> None:
    taken_down(cast)
    write_many(30)
    page = browse().open("/ledger/figures")
    for words in ("Maret 2026", "n = 10", "selang 95", "Surat yang perlu ditinjau", "Atas permintaan siapa"):
        assert words in page
    assert page.response.headers.getlist("Set-Cookie") == []
