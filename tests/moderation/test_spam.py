"""Advertisements rejected together: each as if alone, what fails is told."""

import pytest
from sqlalchemy import select

from forum.comments.lifecycle import CommentState, HeldFor
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import NotAllowed
from forum.core.events import Kind
from forum.letters.lifecycle import Publication
from forum.moderation import actions
from forum.moderation.lifecycle import Reason, ReportReason, ReportState
from forum.moderation.models import Report
from tests.cast import make_comment
from tests.moderation.stage import ANSWER, SAID, again, events, make_report, thing


@unit_of_work
def hold(comment):
    comment.state, comment.held_for, comment.held_at = CommentState.HELD, HeldFor.LINK, utcnow()
    db.session.add(comment)
    return comment


@unit_of_work
def about_advertising(report: Report) -> None:
    report.reason = ReportReason.ADVERTISING
    db.session.add(report)


def test_each_is_decided_as_if_alone_and_what_fails_is_told(cast) -> None:
    letter = cast.letter()
    one = cast.letter(publication=Publication.SUBMITTED, title="Slot gacor hari ini")
    two = cast.letter(publication=Publication.SUBMITTED, title="Pinjaman cair lima menit")
    held_by_eko = cast.letter(publication=Publication.SUBMITTED, title="Surat di tangan Eko")
    own = cast.letter(author=cast.dewi, publication=Publication.SUBMITTED, title="Surat Dewi sendiri")
    comment, reported, disputed = (make_comment(letter, cast.citra) for _ in range(3))
    hold(comment)
    about_advertising(make_report(thing(cast.dewi, "comment", reported)))
    make_report(thing(cast.dewi, "comment", disputed))
    actions.take(f"letter:{held_by_eko.id}", by=cast.eko)
    items = [
        *(f"letter:{one_letter.id}" for one_letter in (one, two, held_by_eko, own)),
        f"held:{comment.id}",
        f"report:comment:{reported.id}",
        f"report:comment:{disputed.id}",
        "letter:99999",
        "claim:1",
        "letter:" + "9" * 50,
    ]
    done = {one.item: one.problem for one in actions.reject_as_spam(items, by=cast.dewi, message=SAID, answer=ANSWER)}
    assert [done[item] for item in (items[0], items[1], items[4], items[5])] == [None] * 4
    assert [done[item].code for item in (items[2], items[3], items[6], items[7], items[8], items[9])] == [
        "in_other_hands",
        "not_allowed",
        "not_reported_as_spam",
        "missing",
        "missing",
        "missing",
    ]
    assert {again(one).publication, again(two).publication} == {Publication.REJECTED}
    assert again(held_by_eko).publication is Publication.SUBMITTED
    assert again(own).publication is Publication.SUBMITTED
    assert again(comment).state is CommentState.REFUSED
    assert again(reported).state is CommentState.HIDDEN
    assert again(disputed).state is CommentState.VISIBLE
    for kind, number in ((Kind.LETTER_REJECTED, 2), (Kind.COMMENT_REFUSED, 1), (Kind.COMMENT_HIDDEN, 1), (Kind.REPORT_DECIDED, 1)):
        found = events(kind)
        assert len(found) == number
        assert all(event.data["message"] for event in found)
    assert {event.data["reason"] for event in events(Kind.LETTER_REJECTED)} == {Reason.ADVERTISING}
    assert db.session.scalars(select(Report.state).order_by(Report.id)).all() == [ReportState.UPHELD, ReportState.OPEN]


def test_only_moderators(cast) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    for who in (cast.ana, cast.bima):
        with pytest.raises(NotAllowed):
            actions.reject_as_spam([f"letter:{letter.id}"], by=who, message=SAID, answer=ANSWER)
    assert again(letter).publication is Publication.SUBMITTED


def test_ticked_on_the_page(cast, browse) -> None:
    one = cast.letter(publication=Publication.SUBMITTED, title="Slot gacor hari ini")
    two = cast.letter(publication=Publication.SUBMITTED, title="Surat di tangan Eko")
    cast.letter(author=cast.dewi, publication=Publication.SUBMITTED, title="Surat Dewi sendiri")
    dewi = browse(cast.dewi)
    page = dewi.open("/moderation")
    assert len(page.find("input", type="checkbox")) == 2
    actions.take(f"letter:{two.id}", by=cast.eko)  # meanwhile
    token = page.find("input", name="csrf_token")[0].get("value")
    sent = {"csrf_token": token, "message": SAID, "answer": ANSWER, "item": [f"letter:{one.id}", f"letter:{two.id}"]}
    page = dewi.follow(dewi.request("POST", "/moderation/spam", data=sent))
    assert "1 ditolak sebagai iklan" in page
    assert "Surat di tangan Eko: Eko Prasetyo sedang memegang ini" in page
    assert "Tidak ada yang dicentang" in dewi.follow(dewi.request("POST", "/moderation/spam", data={"csrf_token": token}))
