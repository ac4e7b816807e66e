"""Erasing a person: the account is closed as always, then each table as the registry says; what stays is told with its ground."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Table, and_, delete, func, not_, select, tuple_, update
from sqlalchemy.orm import joinedload

from forum.accounts.actions import close_account
from forum.accounts.models import User
from forum.attachments.models import Attachment, AttachmentCopy, FileState
from forum.core.clock import utcnow
from forum.core.db import Base, db, lock, unit_of_work
from forum.core.errors import NotAllowed
from forum.core.events import Kind, Role, record
from forum.letters.actions import withdraw
from forum.letters.models import Letter
from forum.letters.policy import may_withdraw
from forum.privacy.actions.logging import note
from forum.privacy.grounds import GROUNDS
from forum.privacy.held import HELD, Erase, Held
from forum.privacy.lifecycle import Act, DataKind, DataMove, Ground
from forum.privacy.links import tell
from forum.privacy.models import DataRequest
from forum.privacy.queries import Person, held_letters, owns, person_of
from forum.reply.actions import withdraw as withdraw_reply
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply


@unit_of_work
def erase(request: DataRequest, *, by: User | None) -> None:
    """Carry a deletion out; `by`: the second of two moderators when it takes what others see as well, None when it does not.

    Raises NotAllowed, NotNow, or what closing an account raises.
    """
    if request.kind is not DataKind.DELETION or (by is None) == request.everything:
        raise NotAllowed
    lock(request)
    request.move(DataMove.CARRY_OUT)
    person = person_of(request)
    user = None if person.user_id is None else lock(db.session.get_one(User, person.user_id))
    to = request.email if user is None else user.email
    _end_what_waits(person, user, everything=request.everything)
    found = {name: _primary(name, owns(person, name)) for name in HELD}  # before the columns go that say whose a row is
    _forget_files(person, everything=request.everything)
    if user is not None:
        close_account(user, by=user)
    db.session.flush()
    kept = [
        [name, ground.value]
        for name, keys in found.items()
        for ground in _erase(name, keys, everything=request.everything)
    ]
    db.session.expire_all()
    request.kept = kept
    request.decided_by_id, request.decided_at = None if by is None else by.id, utcnow()
    note(
        Act.ERASED,
        request,
        by=by,
        role=Role.SYSTEM if by is None else Role.MODERATOR,
        tables=len(found),
        kept=len(kept),
    )
    tell(request, "data_erased", to=to, kept=sorted({ground for _name, ground in kept}), grounds=GROUNDS)
    request.email = None


def _end_what_waits(person: Person, user: User | None, *, everything: bool) -> None:
    """Take back what nobody has decided yet, and where all is asked for, the letters as well; what a law holds stays."""
    waits = Reply.state.in_((ReplyState.UNPROVEN, ReplyState.WAITING))
    for number in db.session.scalars(select(Reply.id).where(owns(person, "reply"), waits)).all():
        withdraw_reply(db.session.get_one(Reply, number, options=[joinedload(Reply.letter)]))
    if user is None or not everything:
        return
    free = Letter.author_id == user.id, Letter.id.not_in(held_letters())
    for letter in db.session.scalars(select(Letter).where(*free).order_by(Letter.id)).all():
        if may_withdraw(user, letter):
            withdraw(letter, by=user)


def _primary(name: str, condition: ColumnElement[bool]) -> list[tuple[object, ...]]:
    table = Base.metadata.tables[name]
    return [tuple(row) for row in db.session.execute(select(*table.primary_key).where(condition))]


def _erase(name: str, keys: list[tuple[object, ...]], *, everything: bool) -> Iterator[Ground]:
    """Do what the registry says with these rows, and yield why any of them stays."""
    if not keys:
        return
    held, table = HELD[name], Base.metadata.tables[name]
    among = _among(table, keys)
    for ground, still in _holds(held, table):
        if db.session.scalar(select(func.count()).select_from(table).where(among, still)):
            yield ground
        among = and_(among, not_(still))
    if held.erase is Erase.ROWS:
        db.session.execute(delete(table).where(among))
        return
    values = {**held.blank, **(held.public if everything else {})}
    if held.erase is Erase.BLANK and values:
        db.session.execute(update(table).where(among).values(values))
    gone = everything and held.public
    if held.kept is not None and not gone:
        yield held.kept


def _among(table: Table, keys: list[tuple[object, ...]]) -> ColumnElement[bool]:
    columns = list(table.primary_key)
    return columns[0].in_([key[0] for key in keys]) if len(columns) == 1 else tuple_(*columns).in_(keys)


def _holds(held: Held, table: Table) -> Iterator[tuple[Ground, ColumnElement[bool]]]:
    """Yield what keeps a row as it is for now."""
    if held.letter:
        column = table.c[held.letter]
        yield Ground.LEGAL_HOLD, and_(column.is_not(None), column.in_(held_letters()))
    if held.settled:
        yield Ground.OPEN_MATTER, table.c[held.settled].is_(None)


def _forget_files(person: Person, *, everything: bool) -> None:
    """Give up the sealed originals of the person's own files, and where all is asked for, what is shown of them; not of official responses.

    The stored bytes go with the next sweep, which takes what no row names.
    """
    free = Attachment.letter_id.is_(None) | Attachment.letter_id.not_in(held_letters())
    mine = (
        select(Attachment)
        .where(owns(person, "attachment"), free, Attachment.response_id.is_(None))
        .order_by(Attachment.id)
    )
    for file in db.session.scalars(mine.with_for_update(key_share=True)).all():
        if file.original_key is not None:
            file.original_key, file.original_gone_at = None, utcnow()
            if file.letter_id is not None:
                about = f"attachment:{file.id}"
                record(
                    Kind.ORIGINAL_DELETED,
                    by=None,
                    role=Role.SYSTEM,
                    letter_id=file.letter_id,
                    about=about,
                    sha256=file.original_sha256,
                )
        if file.state is FileState.WAITING:
            file.state = FileState.REFUSED
        if everything:
            db.session.execute(delete(AttachmentCopy).where(AttachmentCopy.attachment_id == file.id))
    db.session.flush()
