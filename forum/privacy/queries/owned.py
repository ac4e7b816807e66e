"""Which rows are a person's, by the registry: the one question that the copy and the deletion ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select

from forum.accounts.models import User
from forum.core.db import Base, db
from forum.core.secrecy import sign
from forum.privacy.held import HELD, Match, Owner
from forum.privacy.models import DataRequest

AT_ONCE = 500


@dataclass(frozen=True)
class Person:
    """Whose rows are looked for: the number of an account, a proved address, or both."""

    user_id: int | None
    email: str | None


def person_of(request: DataRequest) -> Person:
    """Return whose data a request is about; an account's address counts once it was confirmed."""
    if request.user_id is None:
        return Person(None, request.email)
    user = db.session.get_one(User, request.user_id)
    return Person(user.id, user.email if user.is_confirmed else None)


def owns(person: Person, name: str) -> ColumnElement[bool]:
    """Return the condition of the rows of a table that are the person's."""
    table = Base.metadata.tables[name]
    return or_(false(), *(_matches(person, table, owner) for owner in HELD[name].owners))


def _matches(person: Person, table: Table, owner: Owner) -> ColumnElement[bool]:
    column = table.c[owner.column]
    if owner.match is Match.USER:
        return false() if person.user_id is None else column == person.user_id
    if owner.match is Match.ROW:
        parent = Base.metadata.tables[owner.of]
        return column.in_(select(parent.c.id).where(owns(person, owner.of)))
    if person.email is None:
        return false()
    if owner.match is Match.MAIL:
        return column == person.email
    if owner.match is Match.KEYED:
        return column == sign(owner.of, person.email)
    return table.c.id.in_(_opened(table, column, person.email))


def _opened(table: Table, column: Any, email: str) -> list[int]:
    """Return the rows whose sealed address is this one, opened in batches: the seal is another each time, so nothing else finds them."""
    found: list[int] = []
    after = 0
    while True:
        rows = db.session.execute(
            select(table.c.id, column)
            .where(column.is_not(None), table.c.id > after)
            .order_by(table.c.id)
            .limit(AT_ONCE)
        ).all()
        found += [number for number, address in rows if address == email]
        if len(rows) < AT_ONCE:
            return found
        after = rows[-1][0]


def rows_of(person: Person, name: str) -> Sequence[Any]:
    """Return what the copy gives of a table: mappings of the columns that the registry gives, in the order of the key."""
    table = Base.metadata.tables[name]
    columns = [table.c[column] for column in HELD[name].given.split()]
    found = select(*columns).where(owns(person, name), ~_kept_quietly(name)).order_by(*table.primary_key)
    return db.session.execute(found).mappings().all()


def _kept_quietly(name: str) -> ColumnElement[bool]:
    """The rows that their owner gave up and a quiet hold alone keeps: a row of them in the copy would tell of the hold."""
    held, table = HELD[name], Base.metadata.tables[name]
    letter = Base.metadata.tables["letter"]
    found: list[ColumnElement[bool]] = []
    if held.quiet:
        column = table.c[held.quiet]
        found.append(and_(column.is_not(None), column.in_(select(letter.c.id).where(letter.c.held_quietly))))
    for owner in held.owners:
        if owner.match is Match.ROW:
            parent = Base.metadata.tables[owner.of]
            column = table.c[owner.column]
            found.append(and_(column.is_not(None), column.in_(select(parent.c.id).where(_kept_quietly(owner.of)))))
    return or_(false(), *found)


def held_letters() -> Select[Any]:
    """Return the question which letters are under a legal hold."""
    letter = Base.metadata.tables["letter"]
    since = letter.c.get("held_since")
    return select(letter.c.id).where(false() if since is None else since.is_not(None))
