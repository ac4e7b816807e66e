"""Phone numbers that a business gives to everybody, so that the guard lets them stand in its answers."""

from sqlalchemy import delete, func, select

from forum.accounts.models import User
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, insert_once, lock, unit_of_work
from forum.core.errors import Invalid
from forum.merchants.models import Merchant
from forum.responses import numerals, policy
from forum.responses.guard import core_of
from forum.responses.models import PublicNumber

MOST_NUMBERS = 20
NUMBER_DIGITS = (7, 13)


@unit_of_work
def allow_number(merchant: Merchant, *, by: User, shown: str) -> PublicNumber:
    """Write down a public phone number of the business; the same again is one. An author's own number stays guarded all the same.

    Raises NotAllowed, Invalid("no_phone"), or Invalid("too_many_numbers") beyond MOST_NUMBERS.
    """
    lock(merchant)
    ensure(policy.may_manage_numbers, by, merchant)
    digits = core_of("".join(filter(str.isdigit, numerals.fold(shown).shown)))
    least, most = NUMBER_DIGITS
    if not least <= len(digits) <= most or len(shown) > 40:
        raise Invalid("no_phone", field="number")
    known = select(PublicNumber).where(PublicNumber.merchant_id == merchant.id, PublicNumber.digits == digits)
    found = db.session.scalar(known)
    if found is not None:
        return found
    if (
        db.session.scalar(select(func.count(PublicNumber.id)).where(PublicNumber.merchant_id == merchant.id)) or 0
    ) >= MOST_NUMBERS:
        raise Invalid("too_many_numbers", field="number", most=MOST_NUMBERS)
    insert_once(
        PublicNumber,
        index_elements=["merchant_id", "digits"],
        merchant_id=merchant.id,
        digits=digits,
        shown=shown,
        added_by_id=by.id,
        added_at=utcnow(),
    )
    return db.session.scalars(known).one()


@unit_of_work
def drop_number(merchant: Merchant, number_id: int, *, by: User) -> None:
    """Take a number off the list; raises NotAllowed."""
    ensure(policy.may_manage_numbers, by, merchant)
    db.session.execute(
        delete(PublicNumber).where(PublicNumber.merchant_id == merchant.id, PublicNumber.id == number_id)
    )
