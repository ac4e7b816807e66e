"""A breach of data: whom it concerns, and the notice that article 46 of the law on personal data (UU 27/2022) asks for.

Within 3 × 24 hours, in writing, to the people and to the authority: which data, when and how, what was done about it.
"""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, or_, select

from forum.accounts.models import LoginSession, User
from forum.attachments.models import Attachment, FileAudience
from forum.core import mail
from forum.core.db import db, unit_of_work
from forum.core.mailing import compose
from forum.letters.models import Case, Letter

WITHIN: Final = timedelta(hours=72)
AT_ONCE = 200
LONGEST_WORDS_CHARACTERS = 5_000


class Exposed(StrEnum):
    """Kinds of data that may have been read by others."""

    ACCOUNTS = "accounts"
    DETAILS = "details"
    FILES = "files"
    SESSIONS = "sessions"


DATA: Final = {
    Exposed.ACCOUNTS: _l("name, e-mail address and the hash of the password"),
    Exposed.DETAILS: _l("private details of letters: order, tracking, ticket and customer numbers, telephone"),
    Exposed.FILES: _l("files that are not public, and the originals of files"),
    Exposed.SESSIONS: _l("sign-ins: time, network address and device"),
}


@dataclass(frozen=True)
class Breach:
    """What the operator knows; `how` and `done` are words by language."""

    kinds: tuple[Exposed, ...]
    since: datetime
    until: datetime
    found_at: datetime
    how: dict[str, str]
    done: dict[str, str]

    @property
    def reference(self) -> str:
        """The same for the same breach, so that nobody is told twice."""
        parts = "|".join([*sorted(self.kinds), *(at.isoformat() for at in (self.since, self.until, self.found_at))])
        return hashlib.sha256(parts.encode()).hexdigest()[:12]

    @property
    def due_at(self) -> datetime:
        """Until when people and authority must be told."""
        return self.found_at + WITHIN


@dataclass(frozen=True)
class Concerned:
    """One person; without an address where the account is closed."""

    id: int
    name: str
    email: str
    language: str
    kinds: tuple[Exposed, ...]


def concerned(kinds: Collection[Exposed], since: datetime, until: datetime) -> list[Concerned]:
    """Return whose data of these kinds were here at some moment between `since` and `until`, in the order of their numbers."""
    found: dict[int, list[Exposed]] = {}
    for kind in Exposed:
        if kind in kinds:
            for number in db.session.scalars(_WAYS[kind](since, until).distinct()):
                found.setdefault(number, []).append(kind)
    people: list[Concerned] = []
    ids = sorted(found)
    for start in range(0, len(ids), AT_ONCE):
        rows = db.session.execute(
            select(User.id, User.name, User.email, User.language).where(User.id.in_(ids[start : start + AT_ONCE])).order_by(User.id)
        )
        people += [Concerned(row.id, row.name, row.email or "", row.language, tuple(found[row.id])) for row in rows]
    db.session.rollback()
    return people


def _accounts(since: datetime, until: datetime) -> Select[Any]:
    return select(User.id).where(User.created_at <= until, _not_before(User.closed_at, since))


def _details(_since: datetime, until: datetime) -> Select[Any]:
    return select(Letter.author_id).join(Letter.cases).where(Case.details.is_not(None), Letter.created_at <= until)


def _files(since: datetime, until: datetime) -> Select[Any]:
    sealed = Attachment.original_key.is_not(None) | (Attachment.original_gone_at >= since)
    hidden = or_(Attachment.audience != FileAudience.PUBLIC, Attachment.letter_id.is_(None), Attachment.hidden_at.is_not(None))
    return select(Attachment.owner_id).where(Attachment.created_at <= until, or_(sealed, hidden))


def _sessions(since: datetime, until: datetime) -> Select[Any]:
    return select(LoginSession.user_id).where(LoginSession.created_at <= until, LoginSession.seen_at >= since)


def _not_before(column: Any, since: datetime) -> ColumnElement[bool]:
    return or_(column.is_(None), column >= since)


_WAYS: Final[dict[Exposed, Callable[[datetime, datetime], Select[Any]]]] = {
    Exposed.ACCOUNTS: _accounts,
    Exposed.DETAILS: _details,
    Exposed.FILES: _files,
    Exposed.SESSIONS: _sessions,
}


def notice_to(person: Concerned, breach: Breach) -> tuple[str, str, str]:
    """Return subject, text and HTML of the notice to one person, in their language, about their data alone."""
    return _composed("breach", person.language, breach, person.kinds, name=person.name)


def notice_to_all(language: str, breach: Breach) -> str:
    """Return the notice in a language as a text with its subject, as it goes to people; without a name."""
    subject, text, _html = _composed("breach", language, breach, breach.kinds)
    return f"{subject}\n\n{text}"


def notice_to_authority(language: str, breach: Breach, number: int) -> str:
    """Return the notice to the authority in a language as a text with its subject; `number`: people concerned."""
    subject, text, _html = _composed("breach_authority", language, breach, breach.kinds, number=number)
    return f"{subject}\n\n{text}"


def _composed(template: str, language: str, breach: Breach, kinds: Sequence[Exposed], **facts: Any) -> tuple[str, str, str]:
    language = language if language in breach.how else "id"
    with force_locale(language):
        data = [str(DATA[one]) for one in kinds]
        advice = [str(words) for kind, words in _ADVICE.items() if kind in kinds]
    return compose(
        template,
        language,
        since=breach.since,
        until=breach.until,
        found_at=breach.found_at,
        data=data,
        advice=advice,
        how=breach.how[language],
        done=breach.done[language],
        **facts,
    )


_ADVICE: Final = {
    Exposed.ACCOUNTS: _l("Change your password here, and everywhere else where you use the same one."),
    Exposed.SESSIONS: _l("Sign out everywhere on the page of your sign-ins, and sign in anew."),
    Exposed.DETAILS: _l("Be careful with calls and messages that name your order or ticket number."),
    Exposed.FILES: _l("If an identity paper was among your files, tell the office that issued it."),
}


@unit_of_work
def queue_mails(people: Sequence[Concerned], breach: Breach) -> int:
    """Write the notice to these people, each once for this breach; returns how many were written."""
    written = 0
    for person in people:
        if person.email:
            subject, text, html = notice_to(person, breach)
            key = f"breach:{breach.reference}:{person.id}"
            written += mail.send(person.email, kind="breach", subject=subject, text=text, html=html, user_id=person.id, dedupe=key)
    return written


def send(people: Sequence[Concerned], breach: Breach) -> int:
    """Write the notice to all of them, AT_ONCE in a transaction: stopped and called again, it goes on. Returns how many were written."""
    return sum(queue_mails(people[start : start + AT_ONCE], breach) for start in range(0, len(people), AT_ONCE))
