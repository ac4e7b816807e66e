"""Reports: made by anybody who sees the thing, decided together, never acting by themselves."""

import secrets
from dataclasses import replace

from sqlalchemy import select, update

from forum.accounts.addresses import normal_email
from forum.accounts.models import Guest, Scope, User, Visitor
from forum.comments.holding import is_new
from forum.core import limits
from forum.core.access import ensure, ensure_free
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, Missing, NotAllowed, NotNow
from forum.core.events import Kind, Role, record
from forum.moderation import policy
from forum.moderation.actions.explain import ensure_words
from forum.moderation.actions.things import hide
from forum.moderation.lifecycle import Reason, ReportMove, ReportReason, ReportState
from forum.moderation.models import REPORT_CHARACTERS, Report, Thing
from forum.moderation.queries.reports import records_of
from forum.moderation.weighing import Record, weight_of

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER_CHARACTERS = 8  # 40 bits


@unit_of_work
def report(
    thing: Thing,
    *,
    by: Visitor,
    reason: ReportReason,
    text: str = "",
    email: str = "",
    language: str = "id",
    once: str | None = None,
    address: str,
    proven: bool = True,
) -> Report:
    """Tell the moderators of something; nothing is hidden by it. The same form sent again is the same report.

    What it weighs is its place in the queue; `proven` is False when a guest's browser did not do the sum that was asked for.
    `email` is where a guest wants the answer; a member is answered in the site. `address` is the network address.
    Raises Missing when this person does not see the thing, TooMany, or Invalid (length, e-mail, no words for another reason).
    """
    lock(thing.letter)
    if not policy.shows(by, thing):
        raise Missing
    ensure_free(by, Scope.REPORTS)
    if len(text) > REPORT_CHARACTERS[1]:
        raise Invalid("length", field="text", length=len(text), least=0, most=REPORT_CHARACTERS[1])
    if reason is ReportReason.OTHER and not text.strip():
        raise Invalid("say_what", field="text")
    reporter_id = None if by.is_guest else by.id
    email = normal_email(email) if email and reporter_id is None else ""
    known = _sent_before(once)
    if known is not None:
        if (known.about, known.reporter_id, known.reason, known.text) == (thing.about, reporter_id, reason, text):
            return known
        once = None  # the page was sent again with other words: another report
    limits.permit_each(("report", address), ("report-site", ""))
    made = Report(
        number=f"L-{''.join(secrets.choice(CROCKFORD) for _ in range(NUMBER_CHARACTERS))}",
        about=thing.about,
        letter_id=thing.letter.id,
        reason=reason,
        text=text,
        snapshot=thing.text,
        reporter_id=reporter_id,
        email=email or None,
        language=language,
        once=once,
        weight=_weight(by, proven=proven),
    )
    db.session.add(made)
    db.session.flush()
    record(
        Kind.REPORT_MADE,
        by=by,
        role=Role.READER,
        letter_id=thing.letter.id,
        about=thing.about,
        report_id=made.id,
        reason=reason.value,
    )
    return made


@unit_of_work
def uphold(
    thing: Thing, *, by: User, reason: Reason | None, message: str, answer: str, seen: int | None = None
) -> list[Report]:
    """Agree with every open report on the thing and take it away, unless that was done already.

    `message` goes to the person whose it is, `answer` to the reporters; `seen` is the last report that was read.
    Raises NotAllowed, NotNow when another moderator decided first, or Invalid.
    """
    waiting = _begin(thing, by, seen)
    answer = ensure_words(answer, field="answer")
    lock(thing.row)
    if thing.stands:
        hide(thing, by=by, reason=reason, message=message)
    return _decide(waiting, ReportMove.UPHOLD, thing, by, answer)


@unit_of_work
def dismiss(thing: Thing, *, by: User, answer: str, seen: int | None = None) -> list[Report]:
    """Let the thing stand and answer the open reports on it up to `seen`; later ones were not read yet and wait.

    Raises NotAllowed, NotNow when another moderator decided first, or Invalid.
    """
    waiting = [one for one in _begin(thing, by, seen) if seen is None or one.id <= seen]
    return _decide(waiting, ReportMove.DISMISS, thing, by, ensure_words(answer, field="answer"))


@unit_of_work
def reopen_report(report: Report, *, by: User, message: str = "") -> None:
    """Let a dismissed report be decided once more; raises NotAllowed for the reporter, NotNow when it is not dismissed."""
    lock(report)
    ensure(policy.may_open_desk, by, None)
    if report.reporter_id == by.id:
        raise NotAllowed
    report.move(ReportMove.REOPEN)
    report.answer, report.decided_at, report.decided_by_id, report.reopened_at = "", None, None, utcnow()
    record(
        Kind.REPORT_REOPENED,
        by=by,
        role=Role.MODERATOR,
        letter_id=report.letter_id,
        about=report.about,
        report_id=report.id,
        message=message,
    )


def _begin(thing: Thing, by: User, seen: int | None) -> list[Report]:
    lock(thing.letter)
    waiting = list(
        db.session.scalars(
            select(Report)
            .where(Report.state == ReportState.OPEN, Report.about == thing.about)
            .order_by(Report.id)
            .with_for_update(key_share=True)
        )
    )
    reporters = thing.reporter_ids | {one.reporter_id for one in waiting}
    ensure(policy.may_decide_thing, by, replace(thing, reporter_ids=reporters))
    if not waiting or (seen is not None and waiting[0].id > seen):
        raise NotNow("already_decided")
    return waiting


def _decide(waiting: list[Report], move: ReportMove, thing: Thing, by: User, answer: str) -> list[Report]:
    now = utcnow()
    for one in waiting:
        one.move(move)
        one.answer, one.decided_at, one.decided_by_id = answer, now, by.id
        record(
            Kind.REPORT_DECIDED,
            by=by,
            role=Role.MODERATOR,
            letter_id=thing.letter.id,
            about=thing.about,
            report_id=one.id,
            decision=one.state.value,
            reason=one.reason.value,
            message=answer,
        )
    db.session.flush()
    _weigh_again({one.reporter_id for one in waiting if one.reporter_id is not None})
    return waiting


def _weight(by: Visitor, *, proven: bool) -> int:
    if isinstance(by, Guest):
        return weight_of(Record(), guest=True, new=True, proven=proven)
    return weight_of(records_of({by.id}).get(by.id, Record()), guest=False, new=is_new(by))


def _weigh_again(reporter_ids: set[int]) -> None:
    """Let the reports of these people that still wait weigh what their record says now."""
    if not reporter_ids:
        return
    records = records_of(reporter_ids)
    for person in db.session.scalars(select(User).where(User.id.in_(reporter_ids))):
        weight = weight_of(records.get(person.id, Record()), guest=False, new=is_new(person))
        db.session.execute(
            update(Report)
            .where(Report.reporter_id == person.id, Report.state == ReportState.OPEN, Report.weight != weight)
            .values(weight=weight)
        )


def _sent_before(once: str | None) -> Report | None:
    return None if once is None else db.session.scalar(select(Report).where(Report.once == once))
