"""Orders of authorities: entered once, carried out in one go, answered 451, objected to, put back; conflicts of interest and clocks."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.ledger.lifecycle import Act, AskedBy, Outcome
from forum.ledger.models import LedgerRow
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import ThingKind
from forum.moderation.queries.things import thing_for
from forum.orders import actions, jobs, queries
from forum.orders.lifecycle import Hours, OrderReason, OrderState
from forum.orders.models import Order
from tests.cast import make_comment
from tests.notifications.helping import work
from tests.orders.stage import MESSAGE, OBJECTION, again, carried_out, entered, entry


def rows_of(order: Order) -> list[tuple[Act, AskedBy, str | None, Outcome]]:
    found = select(LedgerRow).where(LedgerRow.about == order.about).order_by(LedgerRow.id)
    return [(one.act, one.asked_by, one.reason, one.outcome) for one in db.session.scalars(found)]


def test_an_order_takes_everything_it_names_in_one_go_and_the_ledger_tells_whose_request_it_was(cast) -> None:
    letter, other = cast.letter(), cast.letter(title="Surat lain tentang toko yang sama")
    comment = make_comment(other, cast.citra, "Main slot di situs ini saja.")
    order = carried_out(
        cast.dewi, f"http://localhost/letters/{letter.id}-apa-saja", f"/letters/{other.id}-x#c{comment.id}"
    )
    db.session.expire_all()
    assert order.state is OrderState.CARRIED_OUT
    assert order.decided_by_id == cast.dewi.id
    assert db.session.get(Letter, letter.id).publication is Publication.TAKEN_DOWN
    assert db.session.get(Letter, other.id).publication is Publication.PUBLISHED
    assert db.session.get(Comment, comment.id).state is CommentState.HIDDEN
    assert rows_of(order) == [
        (Act.ORDER_RECEIVED, AskedBy.AUTHORITY, "gambling", Outcome.OPEN),
        (Act.ORDER_DECIDED, AskedBy.AUTHORITY, "gambling", Outcome.UPHELD),
    ]
    taken = select(LedgerRow.asked_by).where(LedgerRow.act.in_((Act.LETTER_TAKEN_DOWN, Act.COMMENT_HIDDEN)))
    assert db.session.scalars(taken).all() == [AskedBy.AUTHORITY, AskedBy.AUTHORITY]


def test_the_same_reference_of_the_same_authority_is_entered_once(cast) -> None:
    letter = cast.letter()
    first = entered(cast.dewi, f"/letters/{letter.id}")
    with pytest.raises(Invalid) as refused:
        actions.enter(
            entry(
                f"/letters/{letter.id}", authority="kementerian  komunikasi DAN digital", reference="b-77/djai/2026 "
            ),
            by=cast.eko,
        )
    assert (refused.value.code, refused.value.facts["order_id"]) == ("order_known", first.id)
    entered(cast.eko, f"/letters/{letter.id}", reference="B-78/DJAI/2026")


@pytest.mark.parametrize(
    "address",
    [
        "https://lain.example/letters/1",
        "javascript:alert(1)",
        "http://[",
        "/letters/99999999999999",
        "/comments/0",
        "/files/" + "x" * 43 + "/full/a.jpg",
        "data:text/html,1",
    ],
)
def test_what_is_nothing_of_this_site_is_told_and_kept_only_on_purpose(cast, address: str) -> None:
    cast.letter()
    with pytest.raises(Invalid) as refused:
        actions.enter(entry(address), by=cast.dewi)
    assert refused.value.facts["addresses"] == [address]
    order = entered(cast.dewi, address, elsewhere=True)
    assert (order.targets, order.elsewhere) == ([], address)
    actions.check(order, by=cast.dewi)
    with pytest.raises(NotNow):
        actions.carry_out(again(order), by=cast.dewi, message=MESSAGE)
    actions.refuse(again(order), by=cast.dewi, reason=OrderReason.NOT_OURS, message="Alamat itu bukan di situs ini.")
    assert rows_of(order)[-1][2:] == ("not_ours", Outcome.DISMISSED)


def test_not_checked_is_not_carried_out_and_what_is_decided_stays(cast) -> None:
    letter = cast.letter()
    order = entered(cast.dewi, f"/letters/{letter.id}")
    with pytest.raises(NotNow):
        actions.carry_out(order, by=cast.dewi, message=MESSAGE)
    db.session.rollback()


def test_two_moderators_at_once_are_one_decision(cast) -> None:
    letter = cast.letter()
    order = entered(cast.dewi, f"/letters/{letter.id}")
    actions.check(order, by=cast.dewi)
    seen = again(order).version
    actions.carry_out(again(order), by=cast.dewi, message=MESSAGE, seen=seen)
    with pytest.raises((Stale, NotNow)):
        actions.refuse(again(order), by=cast.eko, reason=OrderReason.NO_GROUND, message=MESSAGE, seen=seen)


def test_nobody_handles_an_order_about_their_own_words_or_business_and_no_member_any(cast) -> None:
    mine = cast.letter(author=cast.dewi)
    order = entered(cast.dewi, f"/letters/{mine.id}")
    for who in (cast.dewi, cast.ana, cast.bima):
        with pytest.raises(NotAllowed):
            actions.check(again(order), by=who)
    with pytest.raises(NotAllowed):
        actions.enter(entry("/letters/1"), by=cast.ana)
    actions.check(again(order), by=cast.eko)


def test_what_an_order_keeps_away_comes_back_by_the_order_alone(cast) -> None:
    letter = cast.letter()
    order = carried_out(cast.dewi, f"/letters/{letter.id}")
    thing = thing_for(cast.eko, ThingKind.LETTER, letter.id)
    with pytest.raises(NotNow) as refused:
        moderation.restore(thing, by=cast.eko)
    assert refused.value.code == "under_order"
    db.session.rollback()
    assert queries.holds(f"letter:{letter.id}")
    assert again(order).state is OrderState.CARRIED_OUT


def test_a_counter_notice_is_decided_by_another_moderator_and_puts_everything_back(cast) -> None:
    letter = cast.letter()
    cast.eko  # noqa: B018 - makes him
    order = carried_out(cast.dewi, f"/letters/{letter.id}")
    with pytest.raises(NotAllowed):
        actions.object_to(again(order), by=cast.citra, text=OBJECTION)
    actions.object_to(again(order), by=cast.ana, text=OBJECTION)
    with pytest.raises(NotNow):
        actions.object_to(again(order), by=cast.ana, text=OBJECTION)
    with pytest.raises(NotAllowed):
        actions.settle(again(order), by=cast.dewi, end=OrderReason.COURT_LIFTED, message=MESSAGE)
    actions.settle(
        again(order), by=cast.eko, end=OrderReason.COURT_LIFTED, message="Pengadilan membatalkan perintah itu."
    )
    db.session.expire_all()
    assert db.session.get(Letter, letter.id).publication is Publication.PUBLISHED
    assert queries.blocked(f"letter:{letter.id}") is None
    assert rows_of(order)[-1] == (Act.ORDER_DECIDED, AskedBy.AUTHOR, "court_lifted", Outcome.UPHELD)


def test_an_objection_that_is_refused_leaves_the_order_standing(cast) -> None:
    letter = cast.letter()
    cast.eko  # noqa: B018 - makes him
    order = carried_out(cast.dewi, f"/letters/{letter.id}")
    actions.object_to(again(order), by=cast.ana, text=OBJECTION)
    actions.settle(again(order), by=cast.eko, end=OrderReason.ORDER_HOLDS, message="Perintah itu sah dan jelas.")
    assert again(order).state is OrderState.STANDS
    assert queries.blocked(f"letter:{letter.id}") is not None
    actions.settle(
        again(order), by=cast.eko, end=OrderReason.AUTHORITY_WITHDREW, message="Kementerian mencabut perintahnya."
    )
    assert db.session.get(Letter, letter.id, populate_existing=True).publication is Publication.PUBLISHED


def test_with_one_moderator_the_same_one_decides(cast) -> None:
    letter = cast.letter()
    order = carried_out(cast.dewi, f"/letters/{letter.id}")
    actions.object_to(again(order), by=cast.ana, text=OBJECTION)
    actions.settle(again(order), by=cast.dewi, end=OrderReason.OUR_MISTAKE, message="Kami salah membaca alamatnya.")
    assert again(order).state is OrderState.RESTORED


def test_after_the_days_nobody_objects(cast) -> None:
    letter = cast.letter()
    order = carried_out(cast.dewi, f"/letters/{letter.id}")
    order.decided_at = utcnow() - timedelta(days=31)
    db.session.commit()
    with pytest.raises(NotNow) as late:
        actions.object_to(again(order), by=cast.ana, text=OBJECTION)
    assert late.value.code == "objection_late"


def test_what_two_orders_name_comes_back_when_both_are_lifted(cast) -> None:
    letter = cast.letter()
    cast.eko  # noqa: B018 - makes him
    first = carried_out(cast.dewi, f"/letters/{letter.id}")
    second = carried_out(cast.dewi, f"/letters/{letter.id}", reference="PN-1/2026")
    actions.settle(again(first), by=cast.eko, end=OrderReason.AUTHORITY_WITHDREW, message="Perintah pertama dicabut.")
    assert db.session.get(Letter, letter.id, populate_existing=True).publication is Publication.TAKEN_DOWN
    actions.settle(again(second), by=cast.eko, end=OrderReason.AUTHORITY_WITHDREW, message="Perintah kedua dicabut.")
    assert db.session.get(Letter, letter.id, populate_existing=True).publication is Publication.PUBLISHED


def test_what_moderators_took_before_does_not_come_back_with_the_order(cast) -> None:
    letter = cast.letter(publication=Publication.TAKEN_DOWN)
    cast.eko  # noqa: B018 - makes him
    order = carried_out(cast.dewi, f"/letters/{letter.id}")
    assert queries.blocked(f"letter:{letter.id}") is not None
    actions.settle(again(order), by=cast.eko, end=OrderReason.AUTHORITY_WITHDREW, message="Perintah itu dicabut.")
    assert db.session.get(Letter, letter.id, populate_existing=True).publication is Publication.TAKEN_DOWN


@pytest.mark.parametrize(("hours", "span"), [(Hours.URGENT, 4), (Hours.NORMAL, 24)])
def test_moderators_and_administrators_are_alarmed_at_half_time_and_when_it_is_over(cast, hours, span) -> None:
    letter = cast.letter()
    cast.eko, cast.surya  # noqa: B018 - makes them
    order = entered(cast.dewi, f"/letters/{letter.id}", hours=hours)
    assert order.due_at - order.received_at == timedelta(hours=span)

    def alarms() -> int:
        jobs.wind()
        jobs.wind()
        return db.session.scalar(
            select(func.count(Event.id)).where(Event.kind == Kind.QUEUE_ALARM, Event.about == order.about)
        )

    def shift(by: timedelta) -> None:
        moved = again(order)
        moved.received_at, moved.half_at, moved.due_at = moved.received_at - by, moved.half_at - by, moved.due_at - by
        for event in db.session.scalars(select(Event).where(Event.about == order.about)):
            event.at -= by
        db.session.commit()

    assert alarms() == 0
    shift(timedelta(hours=span) / 2)
    assert alarms() == 1
    work()
    mailed = [one for one in db.session.scalars(select(Mail)) if one.content["subject"].startswith("Setengah waktu")]
    assert {one.to for one in mailed} == {cast.dewi.email, cast.eko.email, cast.surya.email}
    shift(timedelta(hours=span) / 2)
    assert alarms() == 2
