"""One business is merged into another, and a wrong merge is undone: set by set, whatever the number of letters."""

from typing import Any

from sqlalchemy import func, insert, literal, null, select, update
from sqlalchemy.orm import aliased

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.models import Case
from forum.merchants.lifecycle import ClaimState, NameKind, NameState
from forum.merchants.models import Claim, Contact, Merchant, MerchantName, Representative
from forum.merchants.queries import OPEN_CLAIMS
from forum.moderation import policy
from forum.moderation.actions.carrying import WITHOUT_SESSION, carry, forget_telling
from forum.moderation.actions.folding import fold, has_response, unfold
from forum.moderation.actions.reach import move_reach
from forum.moderation.lifecycle import MERGE_REASONS, JoinReason
from forum.moderation.models import Merge, MergedCase
from forum.moderation.queries.businesses import MOST_DOUBLE, SHOWN_LETTERS, both, pair
from forum.responses.models import Response

BACK = {MerchantName: "names", Claim: "claims", Representative: "voices_moved", Contact: "contacts"}


@unit_of_work
def merge(
    source: Merchant, target: Merchant, *, by: User, reason: JoinReason, kind: NameKind, voices: bool = False
) -> Merge:
    """Merge `source` into `target`: letters with their contests, names and open claims go over, its address leads on, its name is another one.

    Who speaks for `source` does not speak for `target`, unless the moderator says so with `voices`: else they end. Merging the same
    two again changes nothing. Raises NotAllowed, Invalid("same_business"), NotNow: merged_already, both_answered (with `letters`, the
    numbers of letters whose both cases have responses), too_many_double.
    """
    if source.id == target.id:
        raise Invalid("same_business", field="source")
    for one in sorted((source, target), key=lambda one: one.id):
        lock(one, references=True)
    ensure(policy.may_join, by, pair(source, target))
    if source.merged_into_id == target.id:
        return db.session.scalars(select(Merge).where(Merge.from_id == source.id, Merge.undone_at.is_(None))).one()
    if source.merged_into_id is not None or target.merged_into_id is not None:
        raise NotNow("merged_already")
    if reason not in MERGE_REASONS:
        raise Invalid(field="reason")
    folded = _fold_doubles(source, target)
    made = Merge(from_id=source.id, into_id=target.id, reason=reason, by_id=by.id, at=utcnow())
    db.session.add(made)
    db.session.flush()
    db.session.add_all(
        MergedCase(merge_id=made.id, case_id=gone, kept_id=kept, before=before) for gone, kept, before in folded
    )
    db.session.flush()
    made.letters = len(folded) + _move_cases(made, source, target)
    made.moved = {
        "names": _move_names(source, target, kind, by),
        **_move_voices(made, source, target, voices=voices),
        "claims": _move_claims(source, target, by),
        "contacts": move_reach(source, target, voices=voices),
    }
    _point_doubts(source, target)
    source.merged_into_id = target.id
    db.session.flush()
    record(
        Kind.MERCHANT_MERGED,
        by=by,
        role=Role.MODERATOR,
        merchant_id=target.id,
        about=f"merchant:{target.id}",
        merge_id=made.id,
        source_id=source.id,
        name="" if kind is NameKind.MISSPELLING else source.name,
        reason=reason.value,
        letters=made.letters,
    )
    return made


@unit_of_work
def undo_merge(done: Merge, *, by: User) -> int:
    """Part what a merge joined: the remembered letters, names, voices and claims go back; returns how many letters.

    A letter that the other business answered since stays with it. Undoing it twice changes nothing. Raises NotAllowed, or
    NotNow("merged_further") when the business has been merged into a third one since.
    """
    source, target = db.session.get_one(Merchant, done.from_id), db.session.get_one(Merchant, done.into_id)
    for one in sorted((source, target), key=lambda one: one.id):
        lock(one, references=True)
    lock(done)
    ensure(policy.may_join, by, pair(source, target))
    if done.undone_at is not None:
        return 0
    if target.merged_into_id is not None:
        raise NotNow("merged_further")
    letters = _unfold_doubles(done, source, target) + _cases_back(done, source, target)
    moved = done.moved
    db.session.execute(
        MerchantName.__table__.delete().where(  # type: ignore[attr-defined]
            MerchantName.merchant_id == target.id, MerchantName.merged_from_id == source.id
        )
    )
    for model, name in BACK.items():
        _back(model, moved.get(name, []), source, target)
    db.session.execute(
        update(Representative)
        .where(Representative.id.in_(moved["voices_ended"]), Representative.ended_at == done.at)
        .values(ended_at=None)
        .execution_options(**WITHOUT_SESSION)
    )
    source.merged_into_id = None
    done.undone_at, done.undone_by_id = utcnow(), by.id
    db.session.flush()
    db.session.expire_all()
    record(
        Kind.MERCHANT_SPLIT,
        by=by,
        role=Role.MODERATOR,
        merchant_id=target.id,
        about=f"merchant:{target.id}",
        merge_id=done.id,
        other_id=source.id,
        name=source.name,
        reason=JoinReason.WRONG_MERGE.value,
        letters=letters,
    )
    return letters


def _fold_doubles(source: Merchant, target: Merchant) -> list[tuple[int, int, dict[str, Any]]]:
    pairs = db.session.execute(both(source.id, target.id).order_by("gone").limit(MOST_DOUBLE + 1)).all()
    if len(pairs) > MOST_DOUBLE:
        raise NotNow("too_many_double", most=MOST_DOUBLE)
    cases = {
        case.id: case
        for case in db.session.scalars(
            select(Case)
            .where(Case.id.in_([one for row in pairs for one in (row.gone, row.kept)]))
            .order_by(Case.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    }
    answered = [row for row in pairs if has_response(row.gone) and has_response(row.kept)]
    if answered:
        letters = [cases[row.gone].letter_id for row in answered[:SHOWN_LETTERS]]
        raise NotNow("both_answered", letters=letters, number=len(answered))
    return [(row.gone, row.kept, fold(cases[row.gone], cases[row.kept])) for row in pairs]


def _unfold_doubles(done: Merge, source: Merchant, target: Merchant) -> int:
    number = 0
    for one in db.session.scalars(
        select(MergedCase).where(MergedCase.merge_id == done.id, MergedCase.kept_id.is_not(None))
    ).all():
        kept = db.session.get(Case, one.kept_id, with_for_update={"key_share": True}, populate_existing=True)
        if kept is not None and kept.merchant_id == target.id and one.before is not None:
            unfold(one.case_id, kept, one.before, source.id)
            number += 1
    return number


def _move_cases(made: Merge, source: Merchant, target: Merchant) -> int:
    mine = select(literal(made.id), Case.id, null(), null()).where(Case.merchant_id == source.id)
    db.session.execute(
        insert(MergedCase).from_select(["merge_id", "case_id", "kept_id", "before"], mine, include_defaults=False)
    )
    return carry(Case.merchant_id == source.id, target)


def _cases_back(done: Merge, source: Merchant, target: Merchant) -> int:
    remembered = select(MergedCase.case_id).where(MergedCase.merge_id == done.id, MergedCase.kept_id.is_(None))
    voices = select(Representative.user_id).where(
        (Representative.merchant_id == source.id)
        | Representative.id.in_([*done.moved["voices_moved"], *done.moved["voices_ended"]])
    )
    answered_since = select(Response.case_id).where(Response.created_at > done.at, Response.author_id.not_in(voices))
    theirs = Case.id.in_(remembered) & (Case.merchant_id == target.id) & Case.id.not_in(answered_since)
    forget_telling(theirs & (Case.notified_at >= done.at))
    return carry(theirs, source)


def _ids_moved(model: Any, column: Any, source: Merchant, target: Merchant, *conditions: Any) -> list[int]:
    ids = list(db.session.scalars(select(model.id).where(column == source.id, *conditions).order_by(model.id)))
    db.session.execute(
        update(model)
        .where(column == source.id, *conditions)
        .values(merchant_id=target.id)
        .execution_options(**WITHOUT_SESSION)
    )
    return ids


def _back(model: Any, ids: list[int], source: Merchant, target: Merchant) -> None:
    db.session.execute(
        update(model)
        .where(model.id.in_(ids), model.merchant_id == target.id)
        .values(merchant_id=source.id)
        .execution_options(**WITHOUT_SESSION)
    )


def _move_names(source: Merchant, target: Merchant, kind: NameKind, by: User) -> list[int]:
    accepted = MerchantName.state == NameState.ACCEPTED
    moved = _ids_moved(MerchantName, MerchantName.merchant_id, source, target, accepted)
    db.session.add(
        MerchantName(
            merchant_id=target.id,
            kind=kind,
            state=NameState.ACCEPTED,
            name=source.name,
            key=source.key,
            merged_from_id=source.id,
            decided_by_id=by.id,
            decided_at=utcnow(),
        )
    )
    return moved


def _move_voices(made: Merge, source: Merchant, target: Merchant, *, voices: bool) -> dict[str, list[int]]:
    """End who speaks for the source, or let them speak for the target when the moderator says so; nobody stands there twice."""
    theirs, ours = aliased(Representative), aliased(Representative)
    found = db.session.execute(
        select(theirs.id, theirs.user_id, func.max(ours.id).label("double"))
        .outerjoin(
            ours, (ours.user_id == theirs.user_id) & (ours.merchant_id == target.id) & ours.ended_at.is_(None)
        )
        .where(theirs.merchant_id == source.id, theirs.ended_at.is_(None))
        .group_by(theirs.id, theirs.user_id)
    ).all()
    moved = [row.id for row in found if voices and row.double is None]
    ended = [row.id for row in found if row.id not in set(moved)]
    for ids, values in ((moved, {"merchant_id": target.id}), (ended, {"ended_at": made.at})):
        db.session.execute(
            update(Representative)
            .where(Representative.id.in_(ids))
            .values(values)
            .execution_options(**WITHOUT_SESSION)
        )
    return {"voices_moved": moved, "voices_ended": ended}


def _move_claims(source: Merchant, target: Merchant, by: User) -> list[int]:
    """Undecided claims go to a moderator anew: no link, first approval or open page was about the target; a second one ends."""
    theirs, ours = aliased(Claim), aliased(Claim)
    double = list(
        db.session.scalars(
            select(theirs.id)
            .join(ours, (ours.user_id == theirs.user_id) & (ours.merchant_id == target.id) & ours.state.in_(OPEN_CLAIMS))
            .where(theirs.merchant_id == source.id, theirs.state.in_(OPEN_CLAIMS))
        )
    )
    void, anew = {"token_hash": None, "expires_at": None}, {"first_by_id": None, "first_at": None, "first_note": ""}
    db.session.execute(
        update(Claim)
        .where(Claim.id.in_(double))
        .values(state=ClaimState.REFUSED, decided_at=utcnow(), decided_by_id=by.id, **void)
        .execution_options(**WITHOUT_SESSION)
    )
    waiting = Claim.state.in_(OPEN_CLAIMS)
    db.session.execute(
        update(Claim)
        .where(Claim.merchant_id == source.id, waiting)
        .values(state=ClaimState.WAITING_MODERATOR, version=Claim.version + 1, **anew, **void)
        .execution_options(**WITHOUT_SESSION)
    )
    return _ids_moved(Claim, Claim.merchant_id, source, target, waiting)


def _point_doubts(source: Merchant, target: Merchant) -> None:
    """Whoever passed for the source passes for the target now; the source's own name is settled."""
    source.suspect_of_id = source.suspect_since = None
    if target.suspect_of_id == source.id:
        target.suspect_of_id = target.suspect_since = None
    db.session.flush()
    db.session.execute(
        update(Merchant)
        .where(Merchant.suspect_of_id == source.id)
        .values(suspect_of_id=target.id)
        .execution_options(**WITHOUT_SESSION)
    )
