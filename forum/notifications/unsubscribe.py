"""The way out of a kind of mail: a signed address that needs no sign-in and no time limit."""

from dataclasses import dataclass

from forum.core.errors import Missing
from forum.core.mailing import absolute
from forum.core.secrecy import digest, sign, signed_by_us
from forum.notifications.choices import Choice

PURPOSE = "unsubscribe"


@dataclass(frozen=True)
class WayOut:
    """Whose mails of which choice: a person's, or those to the contact address of a business (`address` is its mark)."""

    choice: Choice
    user_id: int | None = None
    merchant_id: int | None = None
    contact_id: int | None = None
    address: str = ""

    @property
    def of_business(self) -> bool:
        """Whether it is about a contact address."""
        return self.user_id is None


def mark(address: str) -> str:
    """Return a short hash of an address: a link sent to an earlier contact does not remove a later one."""
    return digest(address)[:12]


def for_person(user_id: int, choice: Choice) -> str:
    """Return the address that switches these mails off for a person."""
    return _address(f"u{user_id}.{choice}")


def for_contact(contact_id: int, address: str, choice: Choice) -> str:
    """Return the address by which a contact address of a business refuses mail."""
    return _address(f"c{contact_id}.{choice}.{mark(address)}")


def _address(value: str) -> str:
    return absolute(f"/unsubscribe/{value}.{sign(PURPOSE, value)}")


def read(token: str) -> WayOut:
    """Return what a token of ours switches off; raises Missing for any other."""
    value, _dot, signature = token.rpartition(".")
    if not value.isascii() or not signed_by_us(PURPOSE, value, signature):
        raise Missing
    whose, choice, *address = value.split(".")
    number = int(whose[1:])
    if whose.startswith("u"):
        return WayOut(Choice(choice), user_id=number)
    if whose.startswith("c"):
        return WayOut(Choice(choice), contact_id=number, address=address[0])
    return WayOut(Choice(choice), merchant_id=number, address=address[0])  # of mails sent before contacts had numbers
