"""Whether words that go to many are nobody's: the reply guard against every author the business has lately heard from."""

import re

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.db import db
from forum.letters import hints
from forum.letters.models import Case, Letter
from forum.responses import guard

NEWEST_CASES = 2_000
_NOT_A_WORD = re.compile(r"[\W_]+")


def ensure_impersonal(merchant_id: int, **texts: str) -> None:
    """Raise GuardStopped, at its field, when the words hold a number of a person, or a name or detail of an earlier case.

    Looks at the NEWEST_CASES newest cases of the business. A name of one word counts only where the text addresses
    somebody by it ("Bapak Suparman"), since many such names are words.
    """
    guard.check(texts, details=None, email=None, hidden_name=None)
    for field, text in texts.items():
        if any(hint.kind in {hints.Kind.NAME, hints.Kind.ORDER, hints.Kind.TRACKING} for hint in hints.find(text)):
            kinds = {hint.kind for hint in hints.find(text)}
            raise guard.GuardStopped(field=field, kind="name" if hints.Kind.NAME in kinds else "order")
        _ensure_of_nobody(merchant_id, field, text)


def _ensure_of_nobody(merchant_id: int, field: str, text: str) -> None:
    words = f" {_plain(text)} "
    squeezed = words.replace(" ", "")
    rows = db.session.execute(
        select(Case.details, User.name, User.email)
        .join(Letter, Letter.id == Case.letter_id)
        .join(User, User.id == Letter.author_id)
        .where(Case.merchant_id == merchant_id)
        .order_by(Case.id.desc())
        .limit(NEWEST_CASES)
    ).all()
    for row in rows:
        name = _plain(row.name)
        named = " " in name and f" {name} " in words
        details = {
            key: value
            for key, value in (row.details or {}).items()
            if value and _plain(value).replace(" ", "").removeprefix("62").removeprefix("0") in squeezed
        }
        mailed = row.email and _plain(row.email).replace(" ", "") in squeezed
        if named or details or mailed:
            guard.check(
                {field: text},
                details=details,
                email=row.email if mailed else None,
                hidden_name=row.name if named else None,
            )


def _plain(text: str) -> str:
    return _NOT_A_WORD.sub(" ", text.casefold()).strip()
