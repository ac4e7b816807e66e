"""What reports weigh: the order of the queue and nothing else, whatever their number."""

from datetime import timedelta

from forum.comments.lifecycle import CommentState
from forum.core.clock import utcnow
from forum.core.db import unit_of_work
from forum.moderation import actions
from forum.moderation.lifecycle import ReportReason
from forum.moderation.queries.queue_of_reports import waiting_reports
from forum.moderation.weighing import GUEST, MEMBER, NEW, Record, weight_of
from tests.cast import make_comment, make_person
from tests.moderation.stage import ANSWER, again, make_report, thing


@unit_of_work
def grow_old(*people) -> None:
    for person in people:
        person.created_at = utcnow() - timedelta(days=100)


@unit_of_work
def storm(what, people, number) -> None:
    for at in range(number):
        make_report(what, reporter=people[at % len(people)]).weight = NEW


def report(cast, what, by):
    return actions.report(what, by=by, reason=ReportReason.INSULT, text="Ada hinaan.", address="192.0.2.1")


def test_a_thousand_reports_by_new_accounts_change_nothing_but_the_order(cast, browse) -> None:
    letter = cast.letter()
    stormed, meant = make_comment(letter, cast.citra, "Yang diserbu."), make_comment(letter, cast.citra, "Yang dilaporkan orang lama.")
    people = [make_person(f"Akun{number} Baru") for number in range(5)]
    grow_old(cast.fajar)
    storm(thing(cast.fajar, "comment", stormed), people, 1000)
    page = browse().open(f"/letters/{letter.id}")
    assert "Yang diserbu." in page
    assert again(stormed).state is CommentState.VISIBLE
    report(cast, thing(cast.fajar, "comment", meant), cast.fajar)
    assert [(row.id, row.number) for row in waiting_reports(cast.dewi).items] == [(meant.id, 1), (stormed.id, 1000)]


def test_what_waits_beyond_its_alarm_goes_before_all_that_is_fresh(cast) -> None:
    letter = cast.letter()
    old, fresh = make_comment(letter, cast.citra), make_comment(letter, cast.citra)
    make_report(thing(cast.fajar, "comment", old), created_at=utcnow() - timedelta(hours=25))
    grow_old(cast.fajar)
    report(cast, thing(cast.fajar, "comment", fresh), cast.fajar)
    assert [row.id for row in waiting_reports(cast.dewi).items] == [old.id, fresh.id]


def test_whose_reports_were_mostly_dismissed_weighs_less_and_moderators_see_it(cast, browse) -> None:
    letter = cast.letter()
    grow_old(cast.fajar)
    open_one = report(cast, thing(cast.fajar, "letter", letter), cast.fajar)
    assert open_one.weight == MEMBER
    for _ in range(4):
        found = thing(cast.fajar, "comment", make_comment(letter, cast.citra))
        report(cast, found, cast.fajar)
        actions.dismiss(thing(cast.dewi, "comment", found.row), by=cast.dewi, answer=ANSWER)
    assert again(open_one).weight == weight_of(Record(0, 4), guest=False, new=False) < NEW
    page = browse(cast.dewi).open(f"/moderation/letters/{letter.id}/reports")
    assert "laporan sebelumnya: diterima 0, ditolak 4" in page
    assert "bobotnya berkurang" in page


def test_a_good_record_counts_for_more_than_age() -> None:
    assert weight_of(Record(), guest=False, new=True) == NEW < weight_of(Record(6, 0), guest=False, new=True)
    assert weight_of(Record(), guest=True, new=True, proven=False) == GUEST / 2
    assert weight_of(Record(0, 1000), guest=False, new=False) >= 1
    assert weight_of(Record(1000, 0), guest=False, new=False) <= 200
    assert not Record(1, 2).mostly_dismissed
