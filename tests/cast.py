"""The named cast: Ana writes, Bima represents the shop, Citra is a stranger, Dewi and Eko moderate, Surya administers, Fajar represents another business."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp

from forum.accounts.models import Authenticator, User
from forum.accounts.rights import OFFICES, Standing
from forum.comments.models import SEGMENT_DIGITS, SHOWN_LEVELS, Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.text import RENDERER, excerpt, render, slug
from forum.desk.actions.due import last_day
from forum.letters.lifecycle import LetterKind, Publication, Visibility, WritesAs
from forum.letters.models import Case, Letter
from forum.merchants.lifecycle import ContactState, Proof, TeamRole
from forum.merchants.models import Contact, Merchant, Representative
from forum.merchants.team import note_first_answer

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "kopi tubruk tanpa gula"
TEXT = (
    "Saya membeli sebuah kipas angin pada 3 Maret seharga Rp105.000 dan membayarnya hari itu juga.\n\n"
    "Sampai hari ini barang belum dikirim, dan pesan saya kepada toko tidak dijawab."
)


class Cast:
    """People and businesses, made when first named."""

    def __init__(self) -> None:
        self._people: dict[str, User] = {}
        self._merchants: dict[str, Merchant] = {}

    @property
    def ana(self) -> User:
        return self.person("Ana Wijaya")

    @property
    def bima(self) -> User:
        return self.representative("Bima Santoso", self.shop)

    @property
    def citra(self) -> User:
        return self.person("Citra")

    @property
    def dewi(self) -> User:
        return self.person("Dewi Lestari", standing=Standing.MODERATOR)

    @property
    def eko(self) -> User:
        return self.person("Eko Prasetyo", standing=Standing.MODERATOR)

    @property
    def surya(self) -> User:
        """An administrator."""
        return self.person("Surya Adiputra", standing=Standing.ADMINISTRATOR)

    @property
    def fajar(self) -> User:
        return self.representative("Fajar Hidayat", self.courier)

    @property
    def shop(self) -> Merchant:
        return self.merchant("Toko Melati", domain="tokomelati.example")

    @property
    def courier(self) -> Merchant:
        return self.merchant("Kurir Kilat", domain="kurirkilat.example")

    def person(self, name: str, *, standing: Standing = Standing.MEMBER, confirmed: bool = True) -> User:
        if name not in self._people:
            self._people[name] = person = make_person(name, standing=standing, confirmed=confirmed)
            if standing in OFFICES:
                give_second_factor(person)
        return self._people[name]

    def merchant(self, name: str, *, domain: str | None = None) -> Merchant:
        if name not in self._merchants:
            self._merchants[name] = make_merchant(name, domain=domain)
        return self._merchants[name]

    def representative(self, name: str, merchant: Merchant) -> User:
        """An owner of the business's team, with an app for codes as it needs from the first answer on."""
        known = name in self._people
        person = self.person(name)
        if not known:
            represent(person, merchant)
            give_second_factor(person)
        return person

    def letter(self, **fields: Any) -> Letter:
        """A published letter of Ana's about the shop, unless told otherwise."""
        return make_letter(fields.pop("author", None) or self.ana, fields.pop("merchants", None) or [self.shop], **fields)


@unit_of_work
def make_person(name: str, *, standing: Standing = Standing.MEMBER, confirmed: bool = True) -> User:
    """A person with PASSWORD."""
    from forum.accounts.passwords import hash_password

    person = User(
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@surat.example",
        password_hash=hash_password(PASSWORD),
        standing=standing,
        language="id",
        confirmed_at=utcnow() if confirmed else None,
        adult_declared_at=utcnow(),
        rules_version="2026-11",
    )
    db.session.add(person)
    db.session.flush()
    db.session.refresh(person)
    return person


@unit_of_work
def make_merchant(name: str, *, domain: str | None = None) -> Merchant:
    merchant = Merchant(name=name, key=name.casefold(), slug=slug(name), domain=domain)
    db.session.add(merchant)
    return merchant


@unit_of_work
def represent(person: User, merchant: Merchant, role: TeamRole = TeamRole.OWNER) -> Representative:
    """Make a person the proven voice of a business."""
    voice = Representative(
        merchant_id=merchant.id,
        user_id=person.id,
        role=role,
        job_title="Humas",
        proof=Proof.EMAIL,
        proved_domain=merchant.domain,
    )
    db.session.add(voice)
    db.session.flush()
    db.session.expire(person, ["representations"])
    return voice


@unit_of_work
def make_contact(merchant: Merchant, email: str, **fields: Any) -> Contact:
    """A working contact address that a moderator found, unless told otherwise."""
    values: dict[str, Any] = {"state": ContactState.WORKING, "source": "situs resmi", **fields}
    contact = Contact(merchant_id=merchant.id, email=email, **values)
    db.session.add(contact)
    return contact


@unit_of_work
def give_second_factor(person: User) -> None:
    """Give a person an app for codes, whose secret is TOTP_SECRET."""
    person.second_factor_since = utcnow()
    db.session.add(Authenticator(user_id=person.id, secret=TOTP_SECRET))


@unit_of_work
def take_second_factor(person: User) -> None:
    """Take the app for codes away again."""
    from forum.accounts.actions.factors import forget_factors

    forget_factors(person)


def code_now(steps: int = 0) -> str:
    """What the app of the cast shows, now or so many steps away."""
    return pyotp.TOTP(TOTP_SECRET).generate_otp(int(utcnow().timestamp()) // 30 + steps)


@unit_of_work
def answers_letters(merchant: Merchant) -> None:
    """Let the business have answered before: from now on a second factor is needed."""
    note_first_answer(merchant.id)


@unit_of_work
def make_letter(
    author: User,
    merchants: list[Merchant],
    *,
    title: str = "Barang belum dikirim setelah tiga minggu",
    text: str = TEXT,
    publication: Publication = Publication.PUBLISHED,
    visibility: Visibility | None = None,
    published_at: datetime | None = None,
    details: dict[str, str] | None = None,
    **fields: Any,
) -> Letter:
    """A letter in any state, written straight into the table; events are not recorded."""
    was_published = publication in {Publication.PUBLISHED, Publication.WITHDRAWN, Publication.TAKEN_DOWN}
    if visibility is None:
        visibility = {
            Publication.PUBLISHED: Visibility.PUBLIC,
            Publication.WITHDRAWN: Visibility.TOMBSTONE,
            Publication.TAKEN_DOWN: Visibility.TOMBSTONE,
        }.get(publication, Visibility.AUTHOR_ONLY)
    at = published_at or datetime.now(UTC) - timedelta(days=1)
    values: dict[str, Any] = {
        "byline": author.name,
        "kind": LetterKind.COMPLAINT,
        "category": "toko-online",
        "writes_as": WritesAs.CONSUMER,
        "place": "Surabaya",
        "province": "35",
        "submitted_at": at,
        "published_at": at if was_published else None,
        **fields,
    }
    letter = Letter(
        author_id=author.id,
        title=title,
        text=text,
        html=render(text),
        renderer=RENDERER,
        excerpt=excerpt(text),
        publication=publication,
        visibility=visibility,
        **values,
    )
    letter.cases = [
        Case(
            merchant_id=merchant.id,
            category=values["category"],
            position=position,
            details=details,
            started_at=at if was_published else None,
            due_on=last_day(values["category"], at) if was_published else None,
            notified_at=at if was_published else None,
        )
        for position, merchant in enumerate(merchants)
    ]
    db.session.add(letter)
    return letter


@unit_of_work
def make_comment(letter: Letter, author: User, text: str = "Saya juga mengalami hal ini.", parent: Comment | None = None) -> Comment:
    """A comment written straight into the table, with its place in the thread."""
    letter.comment_number += 1
    letter.comment_count += 1
    own = _base36(letter.comment_number)
    kept = parent.path[: SEGMENT_DIGITS * (SHOWN_LEVELS - 1)] if parent else ""
    comment = Comment(
        letter_id=letter.id,
        number=letter.comment_number,
        parent_id=parent.id if parent else None,
        root_number=parent.root_number if parent else letter.comment_number,
        path=kept + own,
        depth=parent.depth + 1 if parent else 0,
        author_id=author.id,
        byline=author.name,
        text=text,
        html=render(text),
        renderer=RENDERER,
    )
    if parent:
        parent.reply_count += 1
    db.session.add(comment)
    return comment


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[rest] + digits
    return digits.rjust(SEGMENT_DIGITS, "0")
