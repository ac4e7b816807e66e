"""Drafts of one person, and letters like the one being written."""

import re
from collections.abc import Sequence

from sqlalchemy import exists, or_, select

from forum.accounts.models import Visitor
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters import policy
from forum.letters.models import Case, Letter, LetterDraft
from forum.letters.queries.lists import COLUMNS, LetterRow, listed, rows
from forum.merchants.lifecycle import NameState
from forum.merchants.models import Merchant, MerchantName
from forum.merchants.queries import key_of

MOST_SIMILAR = 3
LOOKED_AT = 100  # newest letters about the same businesses
SHORTEST_WORD_CHARACTERS = 4


def draft_for(who: Visitor, draft_id: int) -> LetterDraft:
    """Return a draft of this person; raises Missing for anybody else's."""
    draft = db.session.get(LetterDraft, draft_id)
    if draft is None or not policy.may_change_draft(who, draft):
        raise Missing
    return draft


def drafts_of(who: Visitor) -> Sequence[LetterDraft]:
    """Return the drafts of this person, last saved first."""
    return db.session.scalars(
        select(LetterDraft).where(LetterDraft.owner_id == who.id).order_by(LetterDraft.saved_at.desc(), LetterDraft.id)
    ).all()


def draft_with(who: Visitor, once: str) -> LetterDraft | None:
    """Return the draft of this person's form with this key, None when there is none."""
    return db.session.scalar(select(LetterDraft).where(LetterDraft.owner_id == who.id, LetterDraft.once == once))


def mending(letter: Letter) -> LetterDraft | None:
    """Return the draft in which this letter is being mended, None before it was begun."""
    return db.session.scalar(select(LetterDraft).where(LetterDraft.letter_id == letter.id))


def sent_as(who: Visitor, once: str) -> int | None:
    """Return the number of the letter that the form with this key became, None before."""
    return db.session.scalar(select(Letter.id).where(Letter.author_id == who.id, Letter.once == once))


def similar(title: str, merchants: Sequence[str]) -> list[LetterRow]:
    """Return up to MOST_SIMILAR public letters about one of these businesses that share most words of the title."""
    words = _words(title)
    keys = [key_of(name) for name in merchants]
    if not words or not keys:
        return []
    by_another_name = select(MerchantName.merchant_id).where(
        MerchantName.key.in_(keys), MerchantName.state == NameState.ACCEPTED
    )
    about = exists(
        select(Case.id)
        .join(Merchant, Merchant.id == Case.merchant_id)
        .where(Case.letter_id == Letter.id, or_(Merchant.key.in_(keys), Merchant.id.in_(by_another_name)))
    )
    found = db.session.execute(
        select(*COLUMNS).where(listed(), about).order_by(Letter.published_at.desc(), Letter.id.desc()).limit(LOOKED_AT)
    ).all()
    ranked = sorted(found, key=lambda row: -len(words & _words(row.title)))
    return rows([row for row in ranked if words & _words(row.title)][:MOST_SIMILAR])


def _words(title: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", title.lower()) if len(word) >= SHORTEST_WORD_CHARACTERS)
