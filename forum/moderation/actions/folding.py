"""Two cases of one letter become one, when their businesses do; and what must be known to part them again."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Table, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from forum.core.clock import utcnow
from forum.core.db import Base, db
from forum.handover.models import Pack
from forum.letters.lifecycle import Outcome, ResponseState, Untold
from forum.letters.models import Case, Question
from forum.letters.promises import PromiseVerdict
from forum.responses.models import Response, ResponseDraft

EARLIEST = ("started_at", "notified_at", "opened_at", "acknowledged_at", "due_on")
OF_THE_ANSWER = ("response", "outcome", "answered_at", "outcome_at", "uniform_at", "promise_due", "promise_verdict")
IN_HAND = ("agent_id", "assigned_at")
SCALARS = (*EARLIEST, *OF_THE_ANSWER, *IN_HAND, "untold")
DATES = {"due_on", "promise_due"}
CHOICES = {"response": ResponseState, "outcome": Outcome, "promise_verdict": PromiseVerdict, "untold": Untold}
RANKS = {
    ResponseState.AWAITING: 0,
    ResponseState.ACKNOWLEDGED: 1,
    ResponseState.ASKED: 2,
    ResponseState.ANSWERED: 3,
}


def fold(gone: Case, kept: Case) -> dict[str, Any]:
    """Let the case `kept` take up the other one, whose row goes; returns both as they were. Not both have responses.

    The dates are the earliest of both, so no clock begins anew; but a clock that waits for the business to be told gives way to
    one that runs. What the business did is that of the case with a response, else of the one that is further. A uniform response
    moved nothing, so beside it the other case may be further. Private details are joined, questions, drafts and events of the
    other come along; who has the other in hand has this one, when nobody has.
    """
    before: dict[str, Any] = {"gone": _as_it_is(gone), "kept": _as_it_is(kept), "rows": {}, "closed": []}
    answered = before["answered"] = has_response(gone.id)
    main = gone if answered or (not has_response(kept.id) and RANKS[gone.response] > RANKS[kept.response]) else kept
    other = gone if main is kept else kept
    further = other if RANKS[other.response] > RANKS[main.response] else main
    values: dict[str, Any] = {name: getattr(main, name) for name in OF_THE_ANSWER}
    values["response"] = further.response
    for name in EARLIEST:
        values[name] = min((at for at in (getattr(gone, name), getattr(kept, name)) if at is not None), default=None)
    begun = gone if kept.waits else kept
    if gone.waits != kept.waits:
        values["started_at"], values["due_on"] = begun.started_at, begun.due_on
    values["untold"] = None if values["notified_at"] is not None else begun.untold or kept.untold or gone.untold
    hands = gone if kept.agent_id is None else kept
    values |= {name: getattr(hands, name) for name in IN_HAND}
    values["details"] = _joined(kept.details, gone.details)
    before["closed"] = _close_questions(further, gone if further is kept else kept)
    for name, value in values.items():
        setattr(kept, name, value)
    kept.version += 1
    before["version"] = kept.version
    db.session.flush()
    _join_drafts(gone.id, kept.id)
    _number_packs_on(gone.id, kept.id)
    for table, column in hanging():
        moved = _hang(table, column, gone.id, kept.id)
        if moved:
            before["rows"][table.name] = moved
    db.session.execute(delete(Case).where(Case.id == gone.id))
    db.session.expunge(gone)
    return before


def unfold(case_id: int, kept: Case, before: dict[str, Any], merchant_id: int) -> None:
    """Make the case that went again, with what hung on it, for the business that it was about.

    What happened to the answered case since, as the author's verdict, goes with the answer.
    """
    values = _read(before["gone"])
    untouched = kept.version == before["version"]
    if before["answered"] and not untouched:
        values |= {name: getattr(kept, name) for name in OF_THE_ANSWER}
    db.session.execute(
        Case.__table__.insert().values(  # type: ignore[attr-defined]
            id=case_id,
            letter_id=kept.letter_id,
            merchant_id=merchant_id,
            category=kept.category,
            version=1,
            **values,
        )
    )
    tables = {table.name: (table, column) for table, column in hanging()}
    for name, ids in before["rows"].items():
        if name in tables and ids:
            table, column = tables[name]
            db.session.execute(
                update(table).where(table.c.id.in_(ids), column == kept.id).values({column.name: case_id})
            )
    if untouched or before["answered"]:
        for name, value in _read(before["kept"]).items():
            setattr(kept, name, value)
    elif kept.response is ResponseState.ASKED and not _is_asked(kept.id):
        kept.response = ResponseState.ACKNOWLEDGED
    kept.version += 1
    db.session.flush()
    db.session.execute(update(Question).where(Question.id.in_(before["closed"])).values(resumed_at=None))
    db.session.expire_all()


def _is_asked(case_id: int) -> bool:
    open_ones = select(Question.id).where(Question.case_id == case_id, Question.resumed_at.is_(None))
    return db.session.scalar(open_ones.limit(1)) is not None


def hanging() -> list[tuple[Table, Column[Any]]]:
    """Return every column that names a case, of whichever room."""
    return [
        (table, key.parent)
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == Case.__tablename__
    ]


def has_response(case_id: int) -> bool:
    """Whether somebody answered the case, whether or not it counts or is shown."""
    return db.session.scalar(select(Response.id).where(Response.case_id == case_id).limit(1)) is not None


def _as_it_is(case: Case) -> dict[str, Any]:
    kept: dict[str, Any] = {"details": case.details, "position": case.position}
    for name in SCALARS:
        value = getattr(case, name)
        kept[name] = value.isoformat() if isinstance(value, date) else value
    return kept


def _read(kept: dict[str, Any]) -> dict[str, Any]:
    values = dict(kept)
    for name in SCALARS:
        value = values[name]
        if value is None:
            continue
        if name in DATES:
            values[name] = date.fromisoformat(value)
        elif name.endswith("_at"):
            values[name] = datetime.fromisoformat(value)
        elif name in CHOICES:
            values[name] = CHOICES[name](value)
    return values


def _joined(one: dict[str, str] | None, other: dict[str, str] | None) -> dict[str, str] | None:
    """Both cases' private details; where they differ, both stand."""
    if not one or not other:
        return one or other
    joined = dict(one)
    for name, value in other.items():
        known = joined.get(name)
        joined[name] = value if not known or known == value else f"{known} / {value}"
    return joined


def _close_questions(main: Case, other: Case) -> list[int]:
    """One question may be open, and none on an answered case: those of the other case wait for nobody any more."""
    open_ones = [Question.case_id == other.id, Question.resumed_at.is_(None)]
    if main.response is not ResponseState.ASKED and main.response is not ResponseState.ANSWERED:
        return []
    ids = list(db.session.scalars(select(Question.id).where(*open_ones)))
    db.session.execute(update(Question).where(Question.id.in_(ids)).values(resumed_at=utcnow()))
    return ids


def _join_drafts(gone_id: int, kept_id: int) -> None:
    """Who wrote a response to each case keeps every word, in one draft."""
    drafts: dict[int, dict[int, ResponseDraft]] = {}
    for draft in db.session.scalars(select(ResponseDraft).where(ResponseDraft.case_id.in_((gone_id, kept_id)))):
        drafts.setdefault(draft.author_id, {})[draft.case_id] = draft
    for pair in drafts.values():
        if len(pair) < 2:
            continue
        gone, kept = pair[gone_id], pair[kept_id]
        words = [*kept.fields.get("text", []), *gone.fields.get("text", [])]
        kept.fields = {**gone.fields, **kept.fields, "text": ["\n\n".join(dict.fromkeys(word for word in words if word))]}
        kept.claim_id = kept.claim_id or gone.claim_id
        db.session.delete(gone)
    db.session.flush()


def _number_packs_on(gone_id: int, kept_id: int) -> None:
    """Give the packs taken of one case numbers after those of the other, so that each stays to be had."""
    taken = db.session.scalar(select(func.max(Pack.number)).where(Pack.case_id == kept_id)) or 0
    for pack in db.session.scalars(select(Pack).where(Pack.case_id == gone_id).order_by(Pack.number.desc())).all():
        pack.number += taken
        db.session.flush()


def _hang(table: Table, column: Column[Any], gone_id: int, kept_id: int) -> list[int]:
    """Hang a table's rows on the other case; a row of which that case has its own already goes. Returns those that moved."""
    if "id" not in table.c or column.primary_key:
        _or_drop(table, column == gone_id, {column.name: kept_id})
        return []
    ids = list(db.session.scalars(select(table.c.id).where(column == gone_id).order_by(table.c.id)))
    return [one for one in ids if _or_drop(table, table.c.id == one, {column.name: kept_id})]


def _or_drop(table: Table, condition: Any, values: dict[str, int]) -> bool:
    try:
        with db.session.begin_nested():
            db.session.execute(update(table).where(condition).values(values))
    except IntegrityError:
        db.session.execute(delete(table).where(condition))
        return False
    return True
