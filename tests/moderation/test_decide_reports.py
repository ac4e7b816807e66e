"""Deciding reports: all on one thing together, the act in the same transaction, everybody told."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from forum.comments.lifecycle import CommentState
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Kind
from forum.letters.lifecycle import Publication
from forum.moderation import actions
from forum.moderation.lifecycle import Reason, ReportState
from forum.moderation.models import Report
from tests.cast import make_comment, represent
from tests.moderation.stage import ANSWER, SAID, again, events, make_file, make_report, make_response, thing

KINDS = ["letter", "comment", "response", "attachment"]
ACTS = {
    "letter": Kind.LETTER_TAKEN_DOWN,
    "comment": Kind.COMMENT_HIDDEN,
    "response": Kind.RESPONSE_HIDDEN,
    "attachment": Kind.ATTACHMENT_HIDDEN,
}


def put(cast, kind: str):
    letter = cast.letter()
    return {
        "letter": lambda: letter,
        "comment": lambda: make_comment(letter, cast.citra),
        "response": lambda: make_response(letter, cast.bima),
        "attachment": lambda: make_file(letter),
    }[kind]()


def uphold(cast, kind: str, row, by=None, **said) -> list[Report]:
    said = {"reason": Reason.INSULT, "message": SAID, "answer": ANSWER, **said}
    return actions.uphold(thing(cast.dewi, kind, row), by=by or cast.dewi, **said)


def dismiss(cast, kind: str, row, by=None, **said) -> list[Report]:
    return actions.dismiss(thing(cast.dewi, kind, row), by=by or cast.dewi, **{"answer": ANSWER, **said})


def states() -> list[ReportState]:
    db.session.expire_all()
    return list(db.session.scalars(select(Report.state).order_by(Report.id)))


@pytest.mark.parametrize("kind", KINDS)
def test_upholding_takes_the_thing_away_and_answers_everybody(cast, kind: str) -> None:
    row = put(cast, kind)
    for who in (cast.fajar, None, cast.eko):
        make_report(thing(cast.dewi, kind, row), reporter=who)
    uphold(cast, kind, row)
    assert states() == [ReportState.UPHELD] * 3
    assert not thing(cast.dewi, kind, row).stands
    (act,) = events(ACTS[kind])
    assert (act.data["reason"], act.data["message"], act.by_id) == ("insult", SAID, cast.dewi.id)
    told = events(Kind.REPORT_DECIDED)
    assert [event.data["decision"] for event in told] == ["upheld"] * 3
    assert len({event.data["report_id"] for event in told}) == 3
    for event in told:
        assert event.data["reason"]
        assert event.data["message"] == ANSWER


@pytest.mark.parametrize("kind", KINDS)
def test_dismissing_leaves_everything_as_it_is(cast, kind: str) -> None:
    row = put(cast, kind)
    make_report(thing(cast.dewi, kind, row))
    dismiss(cast, kind, row)
    assert states() == [ReportState.DISMISSED]
    assert thing(cast.dewi, kind, row).stands
    (told,) = events(Kind.REPORT_DECIDED)
    assert (told.data["decision"], told.data["message"]) == ("dismissed", ANSWER)
    assert not events(ACTS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_but_a_moderator_decides_and_none_on_their_own(cast, kind: str) -> None:
    row = put(cast, kind)
    make_report(thing(cast.dewi, kind, row))
    represent(cast.eko, cast.shop)
    for who in (cast.ana, cast.bima, cast.citra, cast.fajar, cast.eko):
        with pytest.raises(NotAllowed):
            uphold(cast, kind, row, by=who)
        with pytest.raises(NotAllowed):
            dismiss(cast, kind, row, by=who)
        with pytest.raises(NotAllowed):
            actions.hide(thing(cast.dewi, kind, row), by=who, reason=Reason.INSULT, message=SAID)
    assert states() == [ReportState.OPEN]


def test_a_moderators_own_comment_is_for_another(cast, browse) -> None:
    comment = make_comment(cast.letter(), cast.dewi)
    make_report(thing(cast.dewi, "comment", comment))
    with pytest.raises(NotAllowed):
        dismiss(cast, "comment", comment)
    page = browse(cast.dewi).open(f"/moderation/comments/{comment.id}/reports")
    assert "Anda tidak dapat memutuskan di sini" in page
    dismiss(cast, "comment", comment, by=cast.eko)


@pytest.mark.parametrize("kind", KINDS)
def test_a_moderators_own_report_is_for_another(cast, browse, kind: str) -> None:
    row = put(cast, kind)
    before = thing(cast.dewi, kind, row)
    make_report(before, reporter=cast.citra)
    make_report(before, reporter=cast.dewi)
    before = replace(thing(cast.dewi, kind, row), reporter_ids=frozenset())
    with pytest.raises(NotAllowed):
        actions.dismiss(before, by=cast.dewi, answer=ANSWER)  # loaded before her report
    for decide in (uphold, dismiss):
        with pytest.raises(NotAllowed):
            decide(cast, kind, row)
    with pytest.raises(NotAllowed):
        actions.hide(thing(cast.dewi, kind, row), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    dewi = browse(cast.dewi)
    page = dewi.open(f"/moderation/{kind}s/{row.id}/reports")
    assert "Anda tidak dapat memutuskan di sini" in page
    assert not page.find("form", action=f"/moderation/{kind}s/{row.id}/reports/decide")
    assert "Diputuskan anggota redaksi lain" in dewi.open("/moderation/reports")
    assert "Diputuskan anggota redaksi lain" not in browse(cast.eko).open("/moderation/reports")
    dismiss(cast, kind, row, by=cast.eko)
    assert states() == [ReportState.DISMISSED] * 2


def test_the_second_moderator_is_told(cast) -> None:
    comment = put(cast, "comment")
    report = make_report(thing(cast.dewi, "comment", comment))
    uphold(cast, "comment", comment, seen=report.id)
    with pytest.raises(NotNow) as problem:
        dismiss(cast, "comment", comment, by=cast.eko, seen=report.id)
    assert problem.value.code == "already_decided"
    make_report(thing(cast.dewi, "comment", comment))
    with pytest.raises(NotNow):
        dismiss(cast, "comment", comment, by=cast.eko, seen=report.id)


def test_a_report_that_came_meanwhile_is_not_dismissed_unread(cast) -> None:
    comment = put(cast, "comment")
    first = make_report(thing(cast.dewi, "comment", comment))
    make_report(thing(cast.dewi, "comment", comment))
    dismiss(cast, "comment", comment, seen=first.id)
    assert states() == [ReportState.DISMISSED, ReportState.OPEN]


def test_what_is_gone_already_can_still_be_answered(cast) -> None:
    comment = put(cast, "comment")
    make_report(thing(cast.dewi, "comment", comment))
    actions.hide(thing(cast.dewi, "comment", comment), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    uphold(cast, "comment", comment, reason=None, message="")
    assert states() == [ReportState.UPHELD]
    assert len(events(Kind.COMMENT_HIDDEN)) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"answer": "ya"}, "answer"),
        ({"message": "ya"}, "message"),
        ({"reason": None}, "reason"),
        ({"answer": "x" * 2001}, "answer"),
    ],
)
def test_nothing_happens_without_words(cast, said, field: str) -> None:
    comment = put(cast, "comment")
    make_report(thing(cast.dewi, "comment", comment))
    with pytest.raises(Invalid) as problem:
        uphold(cast, "comment", comment, **said)
    assert problem.value.field == field
    assert states() == [ReportState.OPEN]
    assert again(comment).state is CommentState.VISIBLE
    assert not events(Kind.REPORT_DECIDED)


def test_the_desk_upholds_and_the_reporter_reads_the_answer(cast, browse) -> None:
    comment = put(cast, "comment")
    guest = browse()
    status = guest.submit(f"/report/comment/{comment.id}", reason="hate", text="Menghina suku.").url
    dewi = browse(cast.dewi)
    page = dewi.open(dewi.open("/moderation/reports").find("a", class_="queue__item")[0].get("href"))
    assert comment.text in page
    assert "Oleh Citra" in page
    assert "Menghina suku." in page
    page = dewi.submit(form="/decide", button=("decision", "uphold"), reason="hate", message=SAID, answer=ANSWER)
    assert "Laporan diterima" in page
    assert again(comment).state is CommentState.HIDDEN
    page = guest.open(status)
    assert "Diterima: tindakan sudah diambil" in page
    assert ANSWER in page
    assert SAID not in page


def test_the_desk_proposes_words_before_it_hides(cast, browse) -> None:
    comment = put(cast, "comment")
    make_report(thing(cast.dewi, "comment", comment))
    dewi = browse(cast.dewi)
    url = f"/moderation/comments/{comment.id}/reports"
    page = dewi.submit(url, form="/decide", button=("decision", "uphold"), reason="insult", answer=ANSWER)
    assert "Ini usulan pesannya" in page
    assert again(comment).state is CommentState.VISIBLE
    dewi.submit(form="/decide", button=("decision", "uphold"))
    assert again(comment).state is CommentState.HIDDEN


def test_the_desk_of_the_slower_moderator_says_so_and_keeps_the_words(cast, browse) -> None:
    comment = put(cast, "comment")
    make_report(thing(cast.dewi, "comment", comment))
    url = f"/moderation/comments/{comment.id}/reports"
    dewi, eko = browse(cast.dewi), browse(cast.eko)
    dewi.open(url)
    eko.open(url)
    dewi.submit(form="/decide", button=("decision", "dismiss"), answer=ANSWER)
    page = eko.submit(
        form="/decide", button=("decision", "uphold"), reason="insult", message="Kata Eko yang panjang.", answer=ANSWER
    )
    assert "Anggota redaksi lain sudah memutuskan lebih dulu" in page
    assert "Kata Eko yang panjang." in page
    assert again(comment).state is CommentState.VISIBLE


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_and_shown_again_without_a_report(cast, browse, kind: str) -> None:
    row = put(cast, kind)
    dewi = browse(cast.dewi)
    url = f"/moderation/{kind}s/{row.id}/reports"
    dewi.submit(url, form="/decide", button=("decision", "hide"), reason="order", message=SAID)
    assert not thing(cast.dewi, kind, row).stands
    with pytest.raises(NotNow):
        actions.hide(thing(cast.dewi, kind, row), by=cast.dewi, reason=Reason.INSULT, message=SAID)
    dewi.submit(url, form="/decide", button=("decision", "restore"))
    assert thing(cast.dewi, kind, row).stands
    with pytest.raises(NotNow):
        actions.restore(thing(cast.dewi, kind, row), by=cast.dewi)


def test_what_its_author_took_away_is_not_restored(cast) -> None:
    letter = cast.letter(publication=Publication.WITHDRAWN)
    with pytest.raises(NotNow):
        actions.restore(thing(cast.dewi, "letter", letter), by=cast.dewi)


def test_only_moderators_open_the_page(cast, browse) -> None:
    comment = put(cast, "comment")
    for who in (cast.ana, cast.bima, cast.citra, cast.fajar):
        assert browse(who).open(f"/moderation/comments/{comment.id}/reports").status == 403
    for number in (987654, 2**63):
        assert browse(cast.dewi).open(f"/moderation/comments/{number}/reports").status == 404


def test_a_thousand_reports_are_decided_at_once(cast, browse) -> None:
    comment = put(cast, "comment")
    seen = thing(cast.dewi, "comment", comment)
    for _ in range(200):
        make_report(seen)
    page = browse(cast.dewi).open(f"/moderation/comments/{comment.id}/reports")
    assert "200 laporan menunggu" in page
    assert len(page.queries) <= 20
    uphold(cast, "comment", comment)
    assert set(states()) == {ReportState.UPHELD}
    assert len(events(Kind.COMMENT_HIDDEN)) == 1
