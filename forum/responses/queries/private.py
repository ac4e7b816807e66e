"""What of somebody's private details stands in words that are about to be public."""

from collections.abc import Mapping

from sqlalchemy import select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.errors import Missing
from forum.letters.lifecycle import NameShown
from forum.letters.models import Case, Letter
from forum.merchants.models import Merchant
from forum.responses import guard
from forum.responses.guard import Found
from forum.responses.models import PublicNumber


def private_places(case: Case, letter: Letter, texts: Mapping[str, str], *, proven: bool = True) -> list[Found]:
    """Return every place of these public texts (field: words) that holds something private of the author or of the case.

    Who is not proven to be of the business must not learn by guessing what the author told it alone: for them only what is
    private in itself is found, as a phone number or NIK.
    """
    author = db.session.execute(select(User.name, User.email).where(User.id == letter.author_id)).one()
    hidden = proven and letter.name_shown is NameShown.INITIALS
    return guard.find(
        texts,
        details=case.details if proven else None,
        email=author.email if proven else None,
        hidden_name=author.name if hidden else None,
        allowed=db.session.scalars(
            select(PublicNumber.digits).where(PublicNumber.merchant_id == case.merchant_id)
        ).all(),
    )


def merchant_named(slug: str) -> Merchant:
    """Return the business with this name in addresses; raises Missing."""
    merchant = db.session.scalar(select(Merchant).where(Merchant.slug == slug))
    if merchant is None:
        raise Missing
    return merchant


def numbers_of(merchant_id: int) -> list[PublicNumber]:
    """Return the public phone numbers of a business, oldest first."""
    return list(
        db.session.scalars(
            select(PublicNumber).where(PublicNumber.merchant_id == merchant_id).order_by(PublicNumber.id)
        )
    )
