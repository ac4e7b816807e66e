"""The queue: who sees it, in which order, what is late, and what it costs."""

from datetime import timedelta

import pytest

from forum import config
from forum.contests.lifecycle import Ground
from forum.core.clock import add_working_days, local_date, utcnow
from forum.core.db import db
from forum.letters.clocks import calendar
from forum.letters.lifecycle import Publication
from forum.merchants.actions import find_or_add
from forum.moderation.queries import queue_of_letters, queue_of_reports
from forum.reply import actions as replies
from forum.reply.queries import reply_with_letter
from tests.cast import make_comment
from tests.contests.stage import contest
from tests.moderation.stage import make_claim, make_objection, make_report, make_revision, thing
from tests.reply.test_reply import write

PATHS = [
    "/moderation",
    "/moderation/revisions",
    "/moderation/claims",
    "/moderation/reports",
    "/moderation/objections",
    "/moderation/names",
]


@pytest.mark.parametrize("path", PATHS)
def test_only_moderators_open_the_desk(cast, browse, path: str) -> None:
    for who in (cast.ana, cast.bima, cast.citra, cast.fajar):
        assert browse(who).open(path).status == 403
    assert browse(cast.dewi).open(path).status == 200
    guest = browse().request("GET", path)
    assert guest.status == 302
    assert "/sign-in" in guest.response.headers["Location"]


def titles(page) -> list[str]:
    return ["".join(item.itertext()) for item in page.find("b", class_="queue__title")]


def test_the_oldest_stands_first_and_pages_follow_by_key(cast, browse) -> None:
    now = utcnow()
    for hours in range(60):
        cast.letter(
            publication=Publication.SUBMITTED, title=f"Surat {hours:02} jam", published_at=now - timedelta(hours=hours)
        )
    cast.letter(title="Surat yang sudah dimuat")
    dewi = browse(cast.dewi)
    page = dewi.open("/moderation")
    found = titles(page)
    while page.find("a", rel="next"):
        page = dewi.open(page.find("a", rel="next")[0].get("href"))
        found += titles(page)
    assert found == [f"Surat {hours:02} jam" for hours in reversed(range(60))]


def test_age_and_alarm_are_said_in_words(cast, browse) -> None:
    cast.letter(publication=Publication.SUBMITTED, published_at=utcnow() - timedelta(hours=49))
    assert "Menunggu terlalu lama" in browse(cast.dewi).open("/moderation")


def test_no_alarm_for_what_came_just_now(cast, browse) -> None:
    cast.letter(publication=Publication.SUBMITTED, published_at=utcnow() - timedelta(minutes=5))
    page = browse(cast.dewi).open("/moderation")
    assert "Menunggu terlalu lama" not in page
    assert "Lewat harinya" not in page
    assert "putuskan paling lambat" in page


@pytest.mark.parametrize(
    ("hours", "alarm", "late"), [(23.9, False, False), (24.1, True, False), (47.9, True, False), (48.1, True, True)]
)
def test_a_report_is_due_by_the_hour(cast, hours: float, alarm: bool, late: bool) -> None:
    reported = thing(cast.dewi, "letter", cast.letter())
    since = utcnow() - timedelta(hours=hours)
    make_report(reported, created_at=since)
    make_report(reported)
    (row,) = queue_of_reports.waiting_reports(cast.dewi).items
    assert (row.alarm, row.late, row.due_at) == (alarm, late, since + timedelta(hours=48))


def test_deadlines_are_the_settings(cast, browse, setting) -> None:
    now = utcnow()
    cast.letter(publication=Publication.SUBMITTED, published_at=now)
    make_report(thing(cast.dewi, "letter", cast.letter()), created_at=now - timedelta(hours=5))
    setting(review_days=4, report_hours=4, report_alarm_hours=3, review_alarm_hours=1)
    (letter,) = queue_of_letters.waiting_letters().items
    today = local_date(now, config.settings().time_zone)
    assert letter.due == add_working_days(today, 4, calendar())
    (report,) = queue_of_reports.waiting_reports(cast.dewi).items
    assert (report.alarm, report.late, report.due_at) == (True, True, report.since + timedelta(hours=4))
    assert "Menunggu terlalu lama" in browse(cast.dewi).open("/moderation/reports")


def test_every_tab_counts_and_lists_its_own(cast, browse) -> None:
    cast.letter(publication=Publication.SUBMITTED)
    letter = cast.letter(title="Surat yang dimuat dan diubah")
    make_revision(letter)
    make_claim(cast.citra, cast.shop)
    comment = make_comment(letter, cast.citra)
    for _ in range(3):
        make_report(thing(cast.dewi, "comment", comment))
    make_report(thing(cast.dewi, "letter", letter))
    find_or_add("T0ko Melati", by=cast.ana, another=True)
    make_objection(cast.citra, cast.bima.representations[0])
    contest(letter, cast.person("Gita"), Ground.PERSONAL_DATA, letter.title)
    contest(letter, cast.person("Hadi"), Ground.FALSE_FACT, "pesan saya kepada toko")  # waits for its author
    replies.prove(reply_with_letter(write(letter).id))
    pages = [browse(cast.dewi).open(path) for path in (*PATHS, "/moderation/contests", "/moderation/right-of-reply")]
    counts = ["".join(one.itertext()) for one in pages[0].find("span", class_="tabs__count")]
    assert counts[:14] == ["9", "1", "1", "1", "2", "1", "1", "0", "0", "0", "0", "1", "1", "0"]
    db.session.refresh(letter)
    assert len(titles(pages[0])) == 9
    assert titles(pages[1]) == titles(pages[-2]) == titles(pages[-1]) == [letter.title]
    assert titles(pages[2]) == ["Toko Melati"]
    assert titles(pages[3]) == [letter.title, letter.title]
    assert "3 laporan" in pages[3]
    assert titles(pages[4]) == ["Toko Melati"]
    assert titles(pages[5]) == ["T0ko Melati"]
    for page in pages:
        (first, *_) = page.find("a", class_="queue__item")
        assert browse(cast.dewi).open(first.get("href")).status == 200


@pytest.mark.parametrize("after", ["x", "abc|def", "a" * 500, "{{7*7}}", "dDF8aTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk"])
def test_a_bad_cursor_is_a_bad_request(cast, browse, after: str) -> None:
    assert browse(cast.dewi).open(f"/moderation?after={after}").status == 400


def test_the_cost_does_not_grow(cast, browse) -> None:
    for path in (*PATHS, "/moderation/contests", "/moderation/right-of-reply"):
        few = len(browse(cast.dewi).open(path).queries)
        assert few <= 8, path
    for number in range(30):
        letter = cast.letter(publication=Publication.SUBMITTED, title=f"Surat nomor {number}")
        make_report(thing(cast.dewi, "letter", letter))
    for path in PATHS:
        assert len(browse(cast.dewi).open(path).queries) <= 8, path
