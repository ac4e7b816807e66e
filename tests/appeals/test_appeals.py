"""Appeals: by either side, in time, once; decided by another moderator, or openly by the same; granted ones undo the decision."""

from datetime import timedelta
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import select, update

from forum.accounts.models import Guest, Scope, User
from forum.accounts.rights import Standing
from forum.appeals import actions, reactions  # noqa: F401 - enters the kinds
from forum.appeals.decisions import kinds
from forum.appeals.lifecycle import AppealState, Side
from forum.appeals.models import Appeal
from forum.appeals.queries import hearing_for, waiting_appeals
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, Missing, NotAllowed, NotNow
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.letters.lifecycle import Move, Publication
from forum.letters.models import Letter, Revision
from forum.letters.queries import letter_for
from forum.merchants.lifecycle import ClaimReason
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason, ReportReason
from forum.moderation.queries import desk
from forum.notifications import alarms
from forum.notifications.deliver import deliver
from forum.people import actions as people
from forum.people.lifecycle import SanctionKind, SanctionReason
from forum.redactions.actions import redact
from forum.redactions.lifecycle import Label
from forum.redactions.lifecycle import Reason as WhyCovered
from tests.appeals.stage import JUDGED, REQUESTS, WRONG
from tests.attachments.rows import stored
from tests.cast import make_comment
from tests.moderation.stage import (
    ANSWER,
    SAID,
    again,
    events,
    make_claim,
    make_file,
    make_response,
    make_revision,
    thing,
)

REASONED: dict[str, Any] = {"reason": Reason.PERSONAL_DATA, "message": SAID}


def last(kind: Kind) -> Event:
    return db.session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id.desc()).limit(1)).one()


def taken_down(cast) -> tuple[Letter, Event]:
    letter = cast.letter()
    moderation.decide_letter(letter_for(cast.dewi, letter.id), Move.TAKE_DOWN, by=cast.dewi, **REASONED)
    return letter, last(Kind.LETTER_TAKEN_DOWN)


def lost(cast, kind: Kind) -> tuple[User | None, Any]:
    """Decide against somebody by Dewi; returns who may appeal, None for who has no account, and a question whether all is as before."""
    letter = cast.letter()
    dewi = cast.dewi
    if kind in {Kind.LETTER_RETURNED, Kind.LETTER_REJECTED}:
        waiting = cast.letter(publication=Publication.SUBMITTED)
        move = Move.RETURN if kind is Kind.LETTER_RETURNED else Move.REJECT
        moderation.decide_letter(letter_for(dewi, waiting.id), move, by=dewi, **REASONED)
        return cast.ana, lambda: again(waiting).publication is Publication.SUBMITTED
    if kind is Kind.LETTER_TAKEN_DOWN:
        moderation.decide_letter(letter_for(dewi, letter.id), Move.TAKE_DOWN, by=dewi, **REASONED)
        return cast.ana, lambda: again(letter).publication is Publication.PUBLISHED
    if kind is Kind.REVISION_REFUSED:
        revision = make_revision(letter)
        moderation.decide_revision(desk.revision_for(dewi, revision.id), accept=False, by=dewi, **REASONED)
        return cast.ana, lambda: db.session.get(Revision, revision.id).state == "waiting"
    if kind is Kind.COMMENTS_LOCKED:
        moderation.lock_comments(letter_for(dewi, letter.id), by=dewi, **REASONED)
        return cast.ana, lambda: again(letter).comments_locked_at is None
    if kind is Kind.COMMENT_HIDDEN:
        comment = make_comment(letter, cast.citra)
        moderation.hide(thing(dewi, "comment", comment), by=dewi, **REASONED)
        return cast.citra, lambda: again(comment).state == "visible"
    if kind is Kind.RESPONSE_HIDDEN:
        response = make_response(letter, cast.bima)
        moderation.hide(thing(dewi, "response", response), by=dewi, **REASONED)
        return cast.bima, lambda: again(response).hidden_at is None
    if kind is Kind.ATTACHMENT_HIDDEN:
        file = make_file(letter)
        moderation.hide(thing(dewi, "attachment", file), by=dewi, **REASONED)
        return cast.ana, lambda: again(file).hidden_at is None
    if kind is Kind.FILE_COVERED:
        file = stored(cast.ana, letter)
        box = [1, 0.1, 0.2, 0.3, 0.4]
        storage = current_app.extensions["storage"]
        moderation.cover_file(thing(dewi, "attachment", file), [box], by=dewi, storage=storage, **REASONED)
        return cast.ana, lambda: not again(file).areas
    if kind is Kind.WORDS_REDACTED:
        redact(thing(dewi, "letter", letter), {Label.NAME: ["kipas"]}, by=dewi, reason=WhyCovered.NAMED_PERSON)
        return cast.ana, lambda: "kipas" in again(letter).text
    if kind is Kind.REPORT_DECIDED:
        found = thing(cast.citra, "letter", letter)
        report = moderation.report(found, by=cast.citra, reason=ReportReason.INSULT, address="192.0.2.1")
        moderation.dismiss(thing(dewi, "letter", letter), by=dewi, answer=ANSWER)
        return cast.citra, lambda: again(report).state == "open"
    if kind is Kind.CLAIM_REFUSED:
        claim = make_claim(cast.citra, cast.shop)
        moderation.decide_claim(claim, approve=False, by=dewi, reason=ClaimReason.NOT_PROVED, message=SAID)
        return cast.citra, lambda: again(claim).state == "waiting_moderator"
    if kind in REQUESTS:
        return REQUESTS[kind](cast, letter)
    people.sanction(
        cast.citra,
        by=dewi,
        kind=SanctionKind.LIMIT,
        scope=Scope.COMMENTS,
        days=5,
        reason=SanctionReason.SPAM,
        message=SAID,
    )
    return cast.citra, lambda: again(cast.citra).comments_until is None


def appeal(event: Event, by: User | None) -> Appeal:
    if by is None:
        return actions.appeal_by_mail(event, text=WRONG, address="192.0.2.8")
    return actions.appeal(event, by=by, text=WRONG)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_granted_appeal_undoes_each_kind_of_decision(cast, kind: Kind) -> None:
    cast.eko  # noqa: B018 - the other moderator
    who, undone = lost(cast, kind)
    event = last(kind)
    assert not undone()
    made = appeal(event, who)
    with pytest.raises(NotAllowed):  # not by who decided first
        actions.decide(made, grant=True, by=cast.dewi, answer=JUDGED)
    actions.decide(made, grant=True, by=cast.eko, answer=JUDGED)
    db.session.expire_all()
    assert undone()
    assert (again(made).state, made.alone, made.decided_by_id) == (AppealState.GRANTED, False, cast.eko.id)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_refused_appeal_leaves_each_decision(cast, kind: Kind) -> None:
    cast.eko  # noqa: B018
    who, undone = lost(cast, kind)
    made = appeal(last(kind), who)
    actions.decide(made, grant=False, by=cast.eko, answer=JUDGED)
    db.session.expire_all()
    assert not undone()
    assert again(made).state is AppealState.REFUSED


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_nobody_else_appeals(cast, kind: Kind) -> None:
    who, _undone = lost(cast, kind)
    for other in (cast.fajar, cast.eko, cast.dewi, cast.person("Gani")):
        assert who is None or other.id != who.id
        with pytest.raises(NotAllowed):
            actions.appeal(last(kind), by=other, text=WRONG)
    with pytest.raises(NotAllowed):
        actions.appeal(last(kind), by=Guest(), text=WRONG)


def test_one_appeal_of_each_side(cast) -> None:
    letter, event = taken_down(cast)
    made = actions.appeal(event, by=cast.ana, text=WRONG)
    assert actions.appeal(event, by=cast.ana, text=WRONG).id == made.id  # sent twice
    with pytest.raises(NotNow) as problem:
        actions.appeal(event, by=cast.ana, text=WRONG + " Sungguh.")
    assert problem.value.code == "appealed_already"
    assert letter.id


def test_the_days_are_those_of_the_settings(cast, setting) -> None:
    setting(appeal_days=3)
    _letter, event = taken_down(cast)
    _move(event, timedelta(days=3, minutes=1))
    with pytest.raises(NotNow) as problem:
        actions.appeal(event, by=cast.ana, text=WRONG)
    assert problem.value.code == "appeal_late"
    _move(event, -timedelta(minutes=2))
    actions.appeal(event, by=cast.ana, text=WRONG)


@unit_of_work
def _move(event: Event, back: timedelta) -> None:
    db.session.execute(update(Event).where(Event.id == event.id).values(at=event.at - back))
    db.session.expire(event)


def test_what_was_undone_needs_no_appeal(cast) -> None:
    letter, event = taken_down(cast)
    moderation.decide_letter(letter_for(cast.dewi, letter.id), Move.REINSTATE, by=cast.dewi)
    with pytest.raises(NotNow) as problem:
        actions.appeal(event, by=cast.ana, text=WRONG)
    assert problem.value.code == "decision_over"
    moderation.decide_letter(letter_for(cast.dewi, letter.id), Move.TAKE_DOWN, by=cast.dewi, **REASONED)
    with pytest.raises(NotNow):
        actions.appeal(event, by=cast.ana, text=WRONG)  # the older of two decisions
    actions.appeal(last(Kind.LETTER_TAKEN_DOWN), by=cast.ana, text=WRONG)


def test_granting_what_was_undone_meanwhile_changes_nothing_more(cast) -> None:
    letter, event = taken_down(cast)
    made = actions.appeal(event, by=cast.ana, text=WRONG)
    moderation.decide_letter(letter_for(cast.dewi, letter.id), Move.REINSTATE, by=cast.dewi)
    actions.decide(made, grant=True, by=cast.eko, answer=JUDGED)
    assert again(letter).publication is Publication.PUBLISHED
    assert len(events(Kind.LETTER_REINSTATED)) == 1


def test_an_authors_own_act_is_no_decision(cast) -> None:
    letter = cast.letter()
    redact(thing(cast.ana, "letter", letter), {Label.NAME: ["kipas"]}, by=cast.ana, reason=WhyCovered.OWN_DATA)
    with pytest.raises(Missing):
        actions.appeal(last(Kind.WORDS_REDACTED), by=cast.ana, text=WRONG)


@pytest.mark.parametrize("text", ["", "terlalu pendek", "x" * 4001])
def test_an_appeal_says_why(cast, text: str) -> None:
    _letter, event = taken_down(cast)
    with pytest.raises(Invalid) as problem:
        actions.appeal(event, by=cast.ana, text=text)
    assert problem.value.field == "text"


def test_with_one_moderator_the_same_decides_and_the_public_is_told(cast, browse) -> None:
    letter, event = taken_down(cast)
    page = browse(cast.ana).open(f"/decisions/{event.id}")
    assert "tidak ada redaksi lain yang dapat memutuskan" in page
    made = actions.appeal(event, by=cast.ana, text=WRONG)
    page = browse(cast.dewi).open(f"/moderation/appeals/{made.id}")
    assert "Anda yang memutuskan pertama" in page
    actions.decide(made, grant=True, by=cast.dewi, answer=JUDGED)
    assert again(made).alone
    page = browse().open(f"/letters/{letter.id}")
    assert "Hanya satu redaksi yang dapat memutuskan" in page
    assert WRONG not in page
    assert JUDGED not in page


def test_another_moderator_with_a_part_in_it_is_no_other(cast) -> None:
    letter = cast.letter(author=cast.eko)
    moderation.decide_letter(letter_for(cast.dewi, letter.id), Move.TAKE_DOWN, by=cast.dewi, **REASONED)
    made = actions.appeal(last(Kind.LETTER_TAKEN_DOWN), by=cast.eko, text=WRONG)
    with pytest.raises(NotAllowed):
        actions.decide(made, grant=True, by=cast.eko, answer=JUDGED)
    assert hearing_for(cast.dewi, made.id).alone
    cast.surya  # noqa: B018 - a third person
    db.session.expire_all()
    assert not hearing_for(cast.dewi, made.id).alone
    with pytest.raises(NotAllowed):
        actions.decide(made, grant=True, by=cast.dewi, answer=JUDGED)
    actions.decide(made, grant=True, by=cast.surya, answer=JUDGED)


def test_a_moderator_who_reported_it_judges_no_appeal(cast) -> None:
    letter = cast.letter()
    moderation.report(
        thing(cast.eko, "letter", letter), by=cast.eko, reason=ReportReason.INSULT, text="Kasar.", address="192.0.2.1"
    )
    moderation.uphold(thing(cast.dewi, "letter", letter), by=cast.dewi, answer=ANSWER, **REASONED)
    made = actions.appeal(last(Kind.LETTER_TAKEN_DOWN), by=cast.ana, text=WRONG)
    with pytest.raises(NotAllowed):
        actions.decide(made, grant=False, by=cast.eko, answer=JUDGED)
    actions.decide(made, grant=False, by=cast.surya, answer=JUDGED)


def test_an_appeal_is_decided_once(cast) -> None:
    _letter, event = taken_down(cast)
    made = actions.appeal(event, by=cast.ana, text=WRONG)
    actions.decide(made, grant=False, by=cast.eko, answer=JUDGED)
    with pytest.raises(NotNow):
        actions.decide(made, grant=True, by=cast.surya, answer=JUDGED)
    assert len(events(Kind.APPEAL_DECIDED)) == 1


def test_everybody_is_told_with_the_way_to_appeal(cast) -> None:
    letter, event = taken_down(cast)
    deliver(event.id)
    mail = _mail("taken_down")
    assert f"/decisions/{event.id}" in mail.content["text"]
    assert f"/decisions/{event.id}" in mail.content["html"]
    assert "banding sampai" in mail.content["text"]
    made = actions.appeal(event, by=cast.ana, text=WRONG)
    cast.eko  # noqa: B018
    deliver(last(Kind.APPEAL_MADE).id)
    waits = db.session.scalars(select(Mail).where(Mail.kind == "appeal_waits")).all()
    assert [one.user_id for one in waits] == [cast.eko.id]  # not who decided first
    actions.decide(made, grant=False, by=cast.eko, answer=JUDGED)
    deliver(last(Kind.APPEAL_DECIDED).id)
    mail = _mail("appeal_decided")
    assert mail.user_id == cast.ana.id
    assert JUDGED in mail.content["text"]
    assert letter.id


def _mail(kind: str) -> Mail:
    return db.session.scalars(select(Mail).where(Mail.kind == kind)).one()


def test_a_guest_appeals_with_the_number_of_the_report(cast, browse) -> None:
    letter = cast.letter()
    report = moderation.report(
        thing(Guest(), "letter", letter), by=Guest(), reason=ReportReason.INSULT, email="tamu@surat.example", address="192.0.2.1"
    )
    assert browse().open(f"/reports/{report.number}/appeal").status == 404  # nothing is decided yet
    moderation.dismiss(thing(cast.dewi, "letter", letter), by=cast.dewi, answer=ANSWER)
    event = last(Kind.REPORT_DECIDED)
    deliver(event.id)
    assert f"/reports/{report.number}/appeal" in _mail("report_decided").content["text"]
    guest = browse()
    guest.open(f"/reports/{report.number}")
    page = guest.open(guest.page.link("Ajukan banding"))
    assert ANSWER in page
    page = guest.submit(form="/appeal", text="pendek")
    assert page.find("div", class_="problems")
    assert "pendek" in page.text
    page = guest.submit(form="/appeal", text=WRONG)
    assert "menunggu keputusan" in page
    made = db.session.scalars(select(Appeal)).one()
    assert (made.side, made.by_id, made.report_id) == (Side.ASKER, None, report.id)
    actions.decide(made, grant=True, by=cast.eko, answer=JUDGED)
    assert again(report).state == "open"
    deliver(last(Kind.APPEAL_DECIDED).id)
    mail = _mail("appeal_decided")
    assert (mail.to, JUDGED in mail.content["text"]) == ("tamu@surat.example", True)
    assert f"/reports/{report.number}/appeal" in mail.content["text"]


def test_the_page_of_a_decision(cast, browse) -> None:
    _letter, event = taken_down(cast)
    cast.eko  # noqa: B018
    ana = browse(cast.ana)
    page = ana.open("/decisions")
    assert "Surat diturunkan" in page
    page = ana.open(f"/decisions/{event.id}")
    assert SAID in page
    assert "Saat ini tidak ada redaksi lain" not in page
    page = ana.submit(form="/appeal", text=WRONG)
    assert "menunggu keputusan" in page
    assert WRONG in page
    assert not page.find("form", action=f"/decisions/{event.id}/appeal")
    for other in (cast.citra, cast.bima):
        assert browse(other).open(f"/decisions/{event.id}").status == 404
    assert browse(cast.eko).open(f"/decisions/{event.id}").status == 200


def test_the_desk_judges(cast, browse) -> None:
    letter, event = taken_down(cast)
    actions.appeal(event, by=cast.ana, text=WRONG)
    dewi, eko = browse(cast.dewi), browse(cast.eko)
    page = dewi.open("/moderation/appeals")
    assert "Diputuskan anggota redaksi lain" in page
    page = dewi.open(dewi.page.link("Barang belum dikirim"))
    assert "Redaksi lain yang menilai" in page
    assert not page.find("button", name="decision")
    page = eko.open("/moderation/appeals")
    eko.open(eko.page.link("Barang belum dikirim"))
    page = eko.submit(form="/decide", button=("decision", "grant"), answer="pendek")
    assert page.find("div", class_="problems")
    assert again(letter).publication is Publication.TAKEN_DOWN
    page = eko.submit(form="/decide", button=("decision", "grant"), answer=JUDGED)
    assert "Banding dikabulkan" in page
    assert again(letter).publication is Publication.PUBLISHED
    assert "mengabulkan banding" in browse().open(f"/letters/{letter.id}")


def test_a_decision_nobody_sees_has_no_public_appeal(cast, browse) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    moderation.hide(thing(cast.dewi, "comment", comment), by=cast.dewi, **REASONED)
    actions.appeal(last(Kind.COMMENT_HIDDEN), by=cast.citra, text=WRONG)
    assert last(Kind.APPEAL_MADE).letter_id is None
    assert "banding" not in browse().open(f"/letters/{letter.id}").words


def test_a_waiting_appeal_alarms_once(cast, setting) -> None:
    setting(appeal_alarm_days=2)
    _letter, event = taken_down(cast)
    cast.eko  # noqa: B018
    made = actions.appeal(event, by=cast.ana, text=WRONG)
    alarms.alarm_queue()
    assert not events(Kind.QUEUE_ALARM)
    _age(made, timedelta(days=2, minutes=1))
    for _again in range(2):
        alarms.alarm_queue()
    (alarm,) = events(Kind.QUEUE_ALARM)
    deliver(alarm.id)
    assert [one.user_id for one in db.session.scalars(select(Mail).where(Mail.kind == "appeal_alarm"))] == [cast.eko.id]
    (row,) = waiting_appeals(cast.eko).items
    assert (row.alarm, row.late) == (True, False)
    _age(made, timedelta(days=5))
    (row,) = waiting_appeals(cast.eko).items
    assert row.late


@unit_of_work
def _age(made: Appeal, by: timedelta) -> None:
    made.made_at = made.made_at - by


def test_a_suspended_person_appeals(cast, browse) -> None:
    people.sanction(
        cast.citra, by=cast.dewi, kind=SanctionKind.SUSPENSION, days=None, reason=SanctionReason.SPAM, message=SAID
    )
    cast.eko  # noqa: B018
    citra = browse(cast.citra)
    citra.open("/sanctions")
    citra.open(citra.page.link("Keputusan dan cara mengajukan banding"))
    page = citra.submit(form="/appeal", text=WRONG)
    assert "menunggu keputusan" in page
    actions.decide(db.session.scalars(select(Appeal)).one(), grant=True, by=cast.eko, answer=JUDGED)
    assert not again(cast.citra).is_suspended


def test_a_business_appeals_for_its_response(cast) -> None:
    letter = cast.letter()
    response = make_response(letter, cast.bima)
    moderation.hide(thing(cast.dewi, "response", response), by=cast.dewi, **REASONED)
    made = actions.appeal(last(Kind.RESPONSE_HIDDEN), by=cast.bima, text=WRONG)
    (event,) = events(Kind.APPEAL_MADE)
    assert (event.role, event.data["asked_by"], event.letter_id) == ("business", "business", letter.id)
    assert made.side is Side.CONCERNED


def test_offices_that_judge(cast) -> None:
    assert cast.surya.standing is Standing.ADMINISTRATOR
    _letter, event = taken_down(cast)
    made = actions.appeal(event, by=cast.ana, text=WRONG)
    actions.decide(made, grant=True, by=cast.surya, answer=JUDGED)
    assert utcnow() >= again(made).decided_at
