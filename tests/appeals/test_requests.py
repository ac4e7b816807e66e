"""Appeals against decisions on contests, objections, rights of reply and responses by mail: what exactly is undone, who is told."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts.models import Guest
from forum.appeals import actions
from forum.appeals.lifecycle import Side
from forum.appeals.links import key_of
from forum.appeals.models import Appeal
from forum.contests import actions as contesting
from forum.contests import queries
from forum.contests.lifecycle import Effect, Ground
from forum.core.db import db
from forum.core.errors import Missing, NotAllowed, NotNow
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.ledger.models import LedgerRow
from forum.letters.lifecycle import Publication
from forum.letters.queries import letter_for
from forum.merchants.models import Representative
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from forum.moderation.queries import queue
from forum.moderation.queries.queue_of_claims import waiting_objections
from forum.notifications.deliver import deliver
from forum.reply import actions as replies
from forum.reply.queries import reply_with_letter
from forum.responses import actions as responses
from forum.responses.queries.mailed import answer_for, waiting_answers
from tests.appeals.stage import JUDGED, WRONG, answer_refused, objected, reply_refused
from tests.contests.stage import PHONE, TEXT, THEFT, again, case_of, contest, decide, earlier, not_our_customer, whole
from tests.moderation.stage import SAID, events
from tests.reply.test_reply import waits


def last(kind: Kind) -> Event:
    return db.session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id.desc()).limit(1)).one()


def granted(event: Event, who, judge) -> Appeal:
    made = actions.appeal(event, by=who, text=WRONG)
    actions.decide(made, grant=True, by=judge, answer=JUDGED)
    db.session.expire_all()
    return made


def mail_to(address: str, kind: str) -> str:
    (found,) = [one for one in db.session.scalars(select(Mail).where(Mail.kind == kind)) if one.to == address]
    return str(found.content["text"])


def upheld(cast, ground: Ground = Ground.FALSE_FACT, passage: str = THEFT, effect: Effect | None = None):
    letter = whole(cast)
    made = contest(letter, cast.person("Gita"), ground, passage)
    earlier(made, hours=49)
    contesting.lapse(again(made))
    decide(made, cast.dewi, uphold=True, effect=effect)
    return letter, made


def test_the_author_gets_the_covered_words_back_and_the_contest_is_open_again(cast) -> None:
    letter, made = upheld(cast)
    assert THEFT not in letter.text
    granted(last(Kind.CONTEST_DECIDED), cast.ana, cast.eko)
    assert letter.text == TEXT
    found = again(made)
    assert (found.state, found.finding, found.effect, found.message, found.ended_at) == ("heard", None, None, "", None)
    assert letter.contested_at == found.filed_at
    decide(made, cast.eko, uphold=True)  # decided once more, the words are covered anew
    db.session.expire_all()
    assert THEFT not in letter.text


def test_a_letter_that_a_contest_took_down_comes_back(cast) -> None:
    letter, made = upheld(cast, effect=Effect.TAKE_DOWN)
    assert letter.publication is Publication.TAKEN_DOWN
    with pytest.raises(Missing):  # there is one appeal, against the contest
        actions.appeal(last(Kind.LETTER_TAKEN_DOWN), by=cast.ana, text=WRONG)
    granted(last(Kind.CONTEST_DECIDED), cast.ana, cast.eko)
    assert (letter.publication, letter.visibility) == (Publication.PUBLISHED, "public")
    assert again(made).is_open


def test_a_letter_that_went_for_another_reason_stays_away(cast) -> None:
    letter, made = upheld(cast)
    event = last(Kind.CONTEST_DECIDED)
    appeal = actions.appeal(event, by=cast.ana, text=WRONG)
    moderation.decide_letter(letter_for(cast.dewi, letter.id), "take_down", by=cast.dewi, reason=Reason.INSULT, message=SAID)
    actions.decide(appeal, grant=True, by=cast.eko, answer=JUDGED)
    db.session.expire_all()
    assert letter.publication is Publication.TAKEN_DOWN
    assert not again(made).is_open


@pytest.mark.parametrize("uphold", [True, False])
def test_what_a_contest_covers_at_once_is_covered_until_it_is_decided_anew(cast, uphold: bool) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE)
    decide(made, cast.dewi, uphold=uphold)
    db.session.expire_all()
    assert (PHONE in letter.text) is not uphold
    granted(last(Kind.CONTEST_DECIDED), cast.ana if uphold else cast.citra, cast.eko)
    assert PHONE not in letter.text
    assert again(made).hides
    decide(made, cast.eko, uphold=False)
    db.session.expire_all()
    assert letter.text == TEXT


def test_a_business_appeals_for_its_contest_and_the_winner_does_not(cast) -> None:
    letter = whole(cast)
    not_our_customer(letter, cast.bima)
    made = contest(letter, cast.bima, Ground.NOT_OUR_CUSTOMER, case=case_of(letter))
    decide(made, cast.dewi, uphold=False)
    event = last(Kind.CONTEST_DECIDED)
    with pytest.raises(NotAllowed):
        actions.appeal(event, by=cast.ana, text=WRONG)
    appeal = granted(event, cast.bima, cast.eko)
    assert appeal.side is Side.ASKER
    rows = db.session.execute(select(LedgerRow.act, LedgerRow.asked_by, LedgerRow.outcome).order_by(LedgerRow.id)).all()
    assert ("appeal_decided", "business", "upheld") in [tuple(row) for row in rows]
    decide(made, cast.eko, uphold=False)
    with pytest.raises(NotNow):
        actions.appeal(event, by=cast.bima, text=WRONG + " Lagi.")


def test_a_reopened_contest_is_not_late(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE)
    earlier(made, days=9)
    decide(made, cast.dewi, uphold=False)
    granted(last(Kind.CONTEST_DECIDED), cast.citra, cast.eko)
    found = again(made)
    assert found.decision_due - found.reopened_at == timedelta(hours=48)
    assert not queries.overdue(found.reopened_at)
    (row,) = queries.waiting(None, size=5).items
    assert row.since == found.reopened_at


def test_a_guest_appeals_by_the_mailed_link(cast, browse) -> None:
    letter = whole(cast)
    made = contest(letter, Guest(), email="zul@mail.example")
    contesting.prove(again(made))
    decide(made, cast.dewi, uphold=False)
    event = last(Kind.CONTEST_DECIDED)
    deliver(event.id)
    path = re.search(r"http://localhost(/decisions/\S+)", mail_to("zul@mail.example", "contest_decision"))[1]
    assert "/decisions/" not in mail_to("ana@surat.example", "contest_decided")
    guest = browse()
    page = guest.open(path)
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    page = guest.submit(form="/decisions/", text="pendek")
    assert page.find("div", class_="problems")
    assert "pendek" in page.text
    page = guest.submit(form="/decisions/", text=WRONG)
    assert WRONG in page
    assert not guest.client.get_cookie("session")
    appeal = db.session.scalars(select(Appeal)).one()
    assert (appeal.by_id, appeal.side) == (None, Side.ASKER)
    assert last(Kind.APPEAL_MADE).data["asked_by"] == "person_named"
    dewi, eko = browse(cast.dewi), browse(cast.eko)
    assert "Redaksi lain yang menilai" in dewi.open(f"/moderation/appeals/{appeal.id}")
    eko.open(f"/moderation/appeals/{appeal.id}")
    eko.submit(form="/decide", button=("decision", "grant"), answer=JUDGED)
    assert again(made).is_open
    deliver(last(Kind.APPEAL_DECIDED).id)
    text = mail_to("zul@mail.example", "appeal_decided")
    assert JUDGED in text
    assert path in text
    deliver(last(Kind.DECISION_REOPENED).id)
    assert db.session.scalars(select(Mail.id).where(Mail.kind == "contest_again")).all()


@pytest.mark.parametrize("wrong", ["0" * 64, "x"])
def test_no_other_key_opens_it(cast, browse, wrong: str) -> None:
    reply_refused(cast, cast.letter())
    event = last(Kind.REPLY_REFUSED)
    assert browse().open(f"/decisions/{event.id}/{wrong}").status == 404
    assert browse().open(f"/decisions/{event.id}/{key_of(event.id + 1)}").status == 404
    assert browse().open(f"/decisions/{event.id}/{key_of(event.id)}").status == 200


def test_no_key_opens_the_decision_of_somebody_with_an_account(cast, browse) -> None:
    upheld(cast)
    event = last(Kind.CONTEST_DECIDED)
    assert browse().open(f"/decisions/{event.id}/{key_of(event.id)}").status == 404


def test_a_refused_reply_is_published_when_the_appeal_is_granted(cast, browse) -> None:
    letter = cast.letter()
    _nobody, undone = reply_refused(cast, letter)
    event = last(Kind.REPLY_REFUSED)
    deliver(event.id)
    path = re.search(r"http://localhost(/decisions/\S+)", mail_to("zul@mail.example", "reply_refused"))[1]
    assert path in browse().open(re.search(r"http://localhost(/right-of-reply/\S+)", mail_to("zul@mail.example", "reply_link"))[1]).text
    appeal = actions.appeal_by_mail(event, text=WRONG, address="192.0.2.8")
    with pytest.raises(NotNow):  # the desk alone does not publish what was refused
        replies.publish(reply_with_letter(int(event.about.partition(":")[2])), by=cast.eko)
    actions.decide(appeal, grant=True, by=cast.eko, answer=JUDGED)
    assert undone()
    page = browse().open(f"/letters/{letter.id}")
    assert "Hak jawab dari orang yang disebut" in page
    assert SAID not in page


def test_who_wrote_another_reply_meanwhile_needs_no_appeal(cast) -> None:
    letter = cast.letter()
    reply_refused(cast, letter)
    event = last(Kind.REPLY_REFUSED)
    waits(letter, text="Saya tidak bertugas pada hari itu, dan saya tidak pernah datang ke alamat yang disebut itu.")
    with pytest.raises(NotNow) as problem:
        actions.appeal_by_mail(event, text=WRONG, address="192.0.2.8")
    assert problem.value.code == "decision_over"


def test_a_withdrawn_proof_stands_again(cast) -> None:
    cast.eko  # noqa: B018
    made = objected(cast, uphold=True)
    bima = cast.bima
    db.session.expire_all()
    assert not bima.merchant_ids
    event = last(Kind.OBJECTION_DECIDED)
    deliver(event.id)
    assert f"/decisions/{event.id}" in mail_to(bima.email, "proof_decided")
    assert "/decisions/" not in mail_to(cast.citra.email, "objection_decided")
    granted(event, bima, cast.eko)
    voice = db.session.get_one(Representative, made.representative_id)
    assert (voice.ended_at, voice.end_reason) == (None, None)
    assert bima.merchant_ids
    assert (made.state, made.decided_by_id) == ("open", None)
    (row,) = waiting_objections(cast.eko).items
    assert (row.since, row.late) == (made.reopened_at, False)


def test_a_response_by_mail_waits_once_more(cast) -> None:
    letter = cast.letter()
    cast.bima, cast.eko  # noqa: B018
    answer_refused(cast, letter)
    event = last(Kind.ANSWER_DECIDED)
    deliver(event.id)
    assert f"/decisions/{event.id}/{key_of(event.id)}" in mail_to("toko.melati@gmail.example", "answer_decided")
    appeal = actions.appeal_by_mail(event, text=WRONG, address="192.0.2.8")
    actions.decide(appeal, grant=True, by=cast.eko, answer=JUDGED)
    deliver(last(Kind.APPEAL_DECIDED).id)
    assert JUDGED in mail_to("toko.melati@gmail.example", "appeal_decided")
    (found,) = waiting_answers().items
    assert found[0].reopened_at
    assert [one.late for one in queue.waiting_answers().items] == [False]
    moderation.decide_answer(answer_for(found[0].id), approve=False, by=cast.eko, message=SAID)
    assert len(events(Kind.ANSWER_DECIDED)) == 2
    responses.prune_links()
    assert answer_for(found[0].id)


def test_ones_own_list_holds_contests_and_objections(cast, browse) -> None:
    upheld(cast)
    objected(cast, uphold=True)
    assert "Sanggahan atas surat dikabulkan" in browse(cast.ana).open("/decisions")
    assert "Bukti dicabut setelah keberatan" in browse(cast.bima).open("/decisions")
    made = db.session.scalars(select(Event).where(Event.kind == Kind.CONTEST_DECIDED)).one()
    ana = browse(cast.ana)
    ana.open(f"/contests/{made.data['contest_id']}")
    page = ana.open(ana.page.link("Keputusan dan cara mengajukan banding"))
    assert page.find("form", action=f"/decisions/{made.id}/appeal")
