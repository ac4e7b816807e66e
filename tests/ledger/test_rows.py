"""Each public decision becomes one row, in its transaction: what, whose request, why, how it ended, how long it took."""

from datetime import timedelta

import pytest

from forum.accounts.models import Scope
from forum.appeals import actions as appeals
from forum.attachments.models import FileAudience
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind, Role, record
from forum.letters import actions as letters
from forum.letters.lifecycle import Publication
from forum.merchants.lifecycle import NameKind
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import JoinReason, Reason, ReportReason
from forum.people import actions as people
from forum.people.lifecycle import SanctionKind, SanctionReason
from forum.redactions.lifecycle import Label
from forum.redactions.lifecycle import Reason as Why
from tests.cast import make_comment
from tests.contests.stage import contest, whole
from tests.contests.stage import decide as decide_contest
from tests.ledger.stage import hide, restore, rows, said, taken_down
from tests.moderation.stage import ANSWER, SAID, make_file, make_objection, make_report, make_response, thing
from tests.redactions.stage import cover, uncover
from tests.reply.test_reply import published

LONG_AGO = timedelta(hours=30)


@unit_of_work
def change(row, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def reported(cast, kind: str, row, **values):
    report = make_report(thing(cast.dewi, kind, row), created_at=utcnow() - LONG_AGO)
    change(report, **values)
    return report


def uphold(cast, kind: str, row, reason: Reason = Reason.INSULT) -> None:
    moderation.uphold(thing(cast.dewi, kind, row), by=cast.dewi, reason=reason, message=SAID, answer=ANSWER)


def dismiss(cast, kind: str, row) -> None:
    moderation.dismiss(thing(cast.dewi, kind, row), by=cast.dewi, answer=ANSWER)


@pytest.mark.parametrize(
    ("kind", "put", "hidden", "shown"),
    [
        ("letter", lambda cast, letter: letter, "letter_taken_down", "letter_reinstated"),
        ("comment", lambda cast, letter: make_comment(letter, cast.citra), "comment_hidden", "comment_restored"),
        ("response", lambda cast, letter: make_response(letter, cast.bima), "response_hidden", "response_restored"),
        ("attachment", lambda cast, letter: make_file(letter, FileAudience.PUBLIC), "file_hidden", "file_restored"),
    ],
)
def test_what_is_taken_away_and_put_back_has_a_row_each(cast, kind: str, put, hidden: str, shown: str) -> None:
    letter = cast.letter(merchants=[cast.shop, cast.courier])
    row = put(cast, letter)
    hide(cast, kind, row)
    restore(cast, kind, row)
    away, back = rows()
    assert said(away) == (hidden, "moderator", "insult", "removed", 1)
    assert said(back)[:2] == (shown, "moderator")
    assert back.outcome == "restored"
    assert (away.about, away.letter_id, away.took_seconds) == (f"{kind}:{row.id}", letter.id, None)
    of_response = [cast.shop.id]
    assert away.merchants == (of_response if kind == "response" else [cast.shop.id, cast.courier.id])


def test_nothing_of_the_words_or_of_a_person_is_in_a_row(cast) -> None:
    comment = make_comment(cast.letter(title="Judul rahasia"), cast.citra, "Kata rahasia")
    hide(cast, "comment", comment)
    written = str([[getattr(row, column.key) for column in row.__table__.columns] for row in rows()])
    for word in ("rahasia", cast.citra.name, cast.ana.name, cast.dewi.name, SAID):
        assert word not in written


def test_a_withdrawn_letter_has_a_row_only_if_it_was_in_print(cast) -> None:
    letters.withdraw(cast.letter(publication=Publication.SUBMITTED), by=cast.ana)
    assert rows() == []
    letters.withdraw(cast.letter(), by=cast.ana)
    assert [said(row) for row in rows()] == [("letter_withdrawn", "author", None, "removed", 1)]


@pytest.mark.parametrize(
    ("values", "asked_by"),
    [
        ([{}], "reader"),
        ([{}, {"reason": ReportReason.ABOUT_ME}], "person_named"),
    ],
)
def test_a_removal_after_reports_names_the_weightiest_of_who_asked_and_the_time_since_the_first(cast, values, asked_by) -> None:
    comment = make_comment(cast.letter(), cast.citra)
    for one in values:
        reported(cast, "comment", comment, **one)
    uphold(cast, "comment", comment)
    away = rows()[0]
    assert (away.act, away.asked_by) == ("comment_hidden", asked_by)
    assert away.took_seconds == pytest.approx(LONG_AGO.total_seconds(), abs=60)


def test_an_order_is_the_authoritys_request(cast) -> None:
    taken = cast.letter()
    hide(cast, "letter", taken, Reason.ORDER)
    assert rows()[0].asked_by == "authority"


def test_reports_decided_together_are_a_row_for_each_reason_and_sort_of_requester(cast) -> None:
    comment = make_comment(cast.letter(), cast.citra)
    for _ in range(3):
        reported(cast, "comment", comment)
    reported(cast, "comment", comment, reason=ReportReason.ABOUT_ME)
    dismiss(cast, "comment", comment)
    assert [said(row) for row in rows()] == [
        ("reports_decided", "reader", "insult", "dismissed", 3),
        ("reports_decided", "person_named", "about_me", "dismissed", 1),
    ]
    assert rows()[0].took_seconds == pytest.approx(LONG_AGO.total_seconds(), abs=60)


def test_reports_decided_later_are_rows_of_their_own(cast) -> None:
    comment = make_comment(cast.letter(), cast.citra)
    for _ in range(2):
        reported(cast, "comment", comment)
        dismiss(cast, "comment", comment)
    assert [said(row)[3:] for row in rows()] == [("dismissed", 1), ("dismissed", 1)]


def test_covered_words_say_what_kind_how_many_and_who_asked(cast) -> None:
    letter = cast.letter(text="Telepon 0812-3456-7890, ya, 0812-3456-7890. Sampai hari ini barang saya belum datang juga.")
    covered = cover(cast.dewi, letter, reason=Why.ASKED)
    uncover(cast.dewi, covered)
    away, back = rows()
    assert said(away) == ("words_covered", "person_named", "asked", "removed", covered.count)
    assert (away.detail, covered.count > 1) == (Label.PHONE, True)
    assert said(back)[:4] == ("words_restored", "person_named", "asked", "restored")
    comment = make_comment(letter, cast.citra, "Nomor saya 0811-2222-3333.")
    cover(cast.citra, letter, "0811-2222-3333", kind="comment", row=comment, reason=Why.OWN_DATA)
    assert said(rows()[2]) == ("words_covered", "author", "own_data", "removed", 1)


def test_a_letter_that_was_not_in_print_names_no_business(cast) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED, text="Telepon 0812-3456-7890 saya tidak pernah dijawab oleh toko itu.")
    cover(cast.dewi, letter)
    assert rows()[0].merchants == []


def test_comments_locked_and_opened(cast) -> None:
    letter = cast.letter()
    moderation.lock_comments(letter, by=cast.dewi, reason=Reason.HATE, message=SAID)
    moderation.unlock_comments(letter, by=cast.dewi)
    assert [said(row)[:4] for row in rows()] == [
        ("comments_locked", "moderator", "hate", "done"),
        ("comments_unlocked", "moderator", "hate", "restored"),
    ]
    assert rows()[0].about == f"letter:{letter.id}"


def test_merging_and_parting_concern_both_businesses(cast) -> None:
    cast.letter(merchants=[cast.courier])
    done = moderation.merge(cast.courier, cast.shop, by=cast.dewi, reason=JoinReason.BRAND, kind=NameKind.ALIAS)
    moderation.undo_merge(done, by=cast.dewi)
    assert [said(row) for row in rows()] == [
        ("businesses_merged", "moderator", "brand", "done", 1),
        ("business_split", "moderator", "wrong_merge", "done", 1),
    ]
    assert [row.merchants for row in rows()] == [[cast.shop.id, cast.courier.id]] * 2


def test_an_objection_that_was_decided(cast) -> None:
    objection = make_objection(cast.citra, cast.bima.representations[0])
    change(objection, created_at=utcnow() - LONG_AGO)
    moderation.decide_objection(objection, uphold=False, by=cast.dewi, message=SAID)
    (row,) = rows()
    assert said(row) == ("objection_decided", "reader", "left", "dismissed", 1)
    assert row.merchants == [cast.shop.id]
    assert row.took_seconds == pytest.approx(LONG_AGO.total_seconds(), abs=60)


@unit_of_work
def _decide_by_facts(letter) -> None:
    """As an action of a room that comes later records it: who asked, and since when, among the facts."""
    asked_at = (utcnow() - LONG_AGO).isoformat()
    record(
        Kind.LETTER_TAKEN_DOWN, by=None, role=Role.MODERATOR, letter_id=letter.id, reason="unlawful", asked_by="business", asked_at=asked_at
    )


def test_the_facts_of_an_event_say_who_asked_and_since_when(cast) -> None:
    _decide_by_facts(cast.letter())
    (row,) = rows()
    assert (row.asked_by, row.reason) == ("business", "unlawful")
    assert row.took_seconds == pytest.approx(LONG_AGO.total_seconds(), abs=60)


def test_what_is_rolled_back_has_no_row(cast) -> None:
    letter = cast.letter()

    @unit_of_work
    def fails() -> None:
        record(Kind.LETTER_TAKEN_DOWN, by=None, role=Role.MODERATOR, letter_id=letter.id, reason="insult")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()
    assert rows() == []
    taken_down(cast)
    assert [row.id for row in rows()] == [1]


def test_rows_are_written_as_the_last_thing_of_a_transaction(cast) -> None:
    letter, seen = cast.letter(), []

    @unit_of_work
    def decide() -> None:
        record(Kind.LETTER_TAKEN_DOWN, by=None, role=Role.MODERATOR, letter_id=letter.id, reason="insult")
        db.session.flush()
        seen.append(len(rows()))

    decide()
    assert (seen, len(rows())) == ([0], 1)


def test_an_appeal_is_a_row_and_its_decision_another(cast) -> None:
    letter = cast.letter()
    hide(cast, "letter", letter)
    decision = db.session.scalars(db.select(Event).where(Event.kind == Kind.LETTER_TAKEN_DOWN)).one()
    made = appeals.appeal(decision, by=cast.ana, text="Redaksi keliru membaca: kata itu bukan hinaan.")
    change(made, made_at=utcnow() - LONG_AGO)
    cast.eko  # noqa: B018 - another moderator
    appeals.decide(made, grant=True, by=cast.eko, answer=SAID)
    _down, opened, back, decided = rows()
    assert said(opened) == ("appeal_opened", "author", "insult", "open", 1)
    assert said(back)[0] == "letter_reinstated"
    assert said(decided) == ("appeal_decided", "author", "insult", "upheld", 1)
    assert (opened.about, opened.letter_id, opened.merchants) == (f"appeal:{made.id}", letter.id, [cast.shop.id])
    assert decided.took_seconds == pytest.approx(LONG_AGO.total_seconds(), abs=60)


@pytest.mark.parametrize(
    ("kind", "act", "values"),
    [
        (SanctionKind.WARNING, "account_warned", {}),
        (SanctionKind.LIMIT, "account_limited", {"scope": Scope.COMMENTS, "days": 5}),
        (SanctionKind.SUSPENSION, "account_suspended", {"days": 5}),
    ],
)
def test_what_is_done_about_an_account_names_nobody(cast, kind, act, values) -> None:
    given = people.sanction(cast.citra, by=cast.dewi, kind=kind, reason=SanctionReason.SPAM, message=SAID, **values)
    people.lift(given, by=cast.dewi, message=SAID)
    done, freed = rows()
    assert said(done) == (act, "moderator", "spam", "done", 1)
    assert said(freed) == ("account_freed", "moderator", "spam", "restored", 1)
    assert {done.about, freed.about} == {f"sanction:{given.id}"}
    assert (done.letter_id, done.merchants) == (None, [])


def test_a_contest_is_a_row_when_it_is_filed_and_one_when_it_is_decided(cast) -> None:
    made = contest(whole(cast), cast.citra)
    decide_contest(made, cast.dewi, uphold=False)
    opened, decided = rows()
    assert (said(opened), opened.about) == (("contest_opened", "person_named", "false_fact", "open", 1), f"contest:{made.id}")
    assert said(decided) == ("contest_decided", "person_named", "proved", "dismissed", 1)
    assert decided.took_seconds is not None


def test_a_right_of_reply_is_a_row(cast) -> None:
    published(cast, cast.letter())
    assert [said(row) for row in rows()] == [("reply_published", "person_named", None, "done", 1)]
