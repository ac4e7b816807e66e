"""Words and links are put into the lists and taken out, with a reason, each time as an event."""

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, lock, unit_of_work
from forum.core.errors import Invalid, NotNow
from forum.core.events import Kind, Role, record
from forum.crowds import policy
from forum.crowds.lifecycle import TermList
from forum.crowds.matching import is_link, key_of
from forum.crowds.models import TERM_CHARACTERS, WHY_CHARACTERS, Term
from forum.crowds.queries.terms import started

LEAST_LETTERS = 4  # a shorter word stands in too many that mean no harm


@unit_of_work
def add_term(shown: str, *, to: TermList, by: User, why: str) -> Term:
    """Look for a word or link from now on. Raises NotAllowed, Invalid (length, term_too_short, why) or NotNow("term_known")."""
    ensure(policy.may_keep_lists, by, None)
    shown = " ".join(shown.split())
    if not TERM_CHARACTERS[0] <= len(shown) <= TERM_CHARACTERS[1]:
        raise Invalid("words_needed", field="term", least=TERM_CHARACTERS[0], most=TERM_CHARACTERS[1])
    key = key_of(shown)
    if not is_link(key) and len(key.replace(" ", "")) < LEAST_LETTERS:
        raise Invalid("term_too_short", field="term", least=LEAST_LETTERS)
    why = _why(why)
    return _put(key, shown, to, by=by, why=why, active=True)


@unit_of_work
def remove_term(key: str, *, by: User, why: str) -> Term:
    """Look for it no more. Raises NotAllowed, Invalid (why) or NotNow("term_gone")."""
    ensure(policy.may_keep_lists, by, None)
    known = started().get(key)
    if known is None and db.session.scalar(select(Term.id).where(Term.key == key)) is None:
        raise NotNow("term_gone")
    return _put(key, known.shown if known else key, known.list if known else TermList.OTHER, by=by, why=_why(why), active=False)


def _put(key: str, shown: str, one: TermList, *, by: User, why: str, active: bool) -> Term:
    """Hold the row of the key, made if it is not there; another moderator may do the same at once."""
    made = insert_once(Term, index_elements=["key"], key=key, shown=shown, list=one, active=active, why=why, by_id=by.id, version=0)
    row = lock(db.session.scalars(select(Term).where(Term.key == key)).one())
    if (key in started() if made else row.active) == active:
        raise NotNow("term_known" if active else "term_gone")
    if active or made:
        row.shown, row.list = shown, one
    row.active, row.why, row.by_id, row.at = active, why, by.id, utcnow()
    row.version += 1
    record(
        Kind.TERM_ADDED if active else Kind.TERM_REMOVED,
        by=by,
        role=Role.MODERATOR,
        about=f"term:{row.id}",
        shown=row.shown,
        list=row.list.value,
        why=why,
    )
    return row


def _why(why: str) -> str:
    why = why.strip()
    if not WHY_CHARACTERS[0] <= len(why) <= WHY_CHARACTERS[1]:
        raise Invalid("words_needed", field="why", least=WHY_CHARACTERS[0], most=WHY_CHARACTERS[1])
    return why
