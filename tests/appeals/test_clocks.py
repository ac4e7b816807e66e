"""What waits once more waits since then; what waits too long rings, each once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.appeals import actions
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Event, Kind
from forum.core.mail import Mail
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import ReportReason
from forum.moderation.queries.queue_of_reports import waiting_reports
from forum.notifications import alarms
from forum.notifications.deliver import deliver
from forum.reply import actions as replies
from tests.appeals.stage import JUDGED, WRONG
from tests.moderation.stage import ANSWER, again, events, thing
from tests.reply.test_reply import again as reply_again
from tests.reply.test_reply import waits


def test_a_report_that_is_open_again_is_not_late(cast) -> None:
    letter = cast.letter()
    made = moderation.report(
        thing(cast.citra, "letter", letter), by=cast.citra, reason=ReportReason.INSULT, address="192.0.2.1"
    )
    moderation.dismiss(thing(cast.dewi, "letter", letter), by=cast.dewi, answer=ANSWER)

    @unit_of_work
    def long_ago() -> None:
        made.created_at = utcnow() - timedelta(days=20)

    long_ago()
    event = db.session.scalars(select(Event).where(Event.kind == Kind.REPORT_DECIDED)).one()
    actions.decide(actions.appeal(event, by=cast.citra, text=WRONG), grant=True, by=cast.eko, answer=JUDGED)
    (row,) = waiting_reports(cast.dewi).items
    assert (row.late, row.alarm, row.since) == (False, False, again(made).reopened_at)
    alarms.alarm_queue()
    assert not events(Kind.QUEUE_ALARM)

    @unit_of_work
    def three_days() -> None:
        made.reopened_at -= timedelta(days=3)

    three_days()
    (row,) = waiting_reports(cast.dewi).items
    assert row.late
    for _again in range(3):
        alarms.alarm_queue()
    assert len(events(Kind.QUEUE_ALARM)) == 2  # nobody looked, nobody decided


@pytest.mark.parametrize("decided", [False, True])
def test_an_overdue_right_of_reply_rings_once(cast, setting, decided: bool) -> None:
    setting(reply_hours=48)
    cast.dewi  # noqa: B018
    reply = waits(cast.letter())
    alarms.alarm_queue()
    assert not events(Kind.QUEUE_ALARM)

    @unit_of_work
    def late() -> None:
        reply.proved_at -= timedelta(hours=49)

    late()
    if decided:
        replies.publish(reply_again(reply), by=cast.dewi)
    for _again in range(2):
        alarms.alarm_queue()
    assert len(events(Kind.QUEUE_ALARM)) == (0 if decided else 1)
    for event in events(Kind.QUEUE_ALARM):
        deliver(event.id)
        (mail,) = db.session.scalars(select(Mail).where(Mail.kind == "reply_alarm"))
        assert f"/moderation/right-of-reply/{reply.id}" in mail.content["text"]
        assert not db.session.scalars(select(Mail.id).where(Mail.kind == "report_alarm")).all()
