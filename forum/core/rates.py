"""Every limit of how often something may be done: the one table that code, documents and the words of a refusal go by."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Final

from forum.config import settings
from forum.core import steering

A_MINUTE: Final = timedelta(minutes=1)
A_QUARTER: Final = timedelta(minutes=15)
AN_HOUR: Final = timedelta(hours=1)
A_DAY: Final = timedelta(days=1)


class Who(StrEnum):
    """Who is counted."""

    ACCOUNT = "account"
    ADDRESS = "address"  # of the network; IPv6 by its /64, which one household shares
    PAIR = "pair"  # an account as seen from one network address
    MAIL = "mail"  # a mail address
    BUSINESS = "business"
    KEY = "key"  # a mailed link, a token, a session
    SITE = "site"  # everybody together


@dataclass(frozen=True)
class Limit:
    """At most so many in a window; `most` is a number or the setting that holds it, `counted` says what counts, in English.

    Administrators may set another number while the site runs, from 1 to `loosest` times that; 1 for what guards accounts and links.
    """

    who: Who
    most: int | str
    window: timedelta
    counted: str
    loosest: int = 10
    name: str = ""

    @property
    def usual(self) -> int:
        """The number of the table or of the setting."""
        return getattr(settings(), self.most) if isinstance(self.most, str) else self.most

    @property
    def number(self) -> int:
        """The most of it that a window takes at present: what an administrator set, within the bounds, else the usual number."""
        set_now = steering.value(steering.LIMIT + self.name)
        least, most = self.bounds
        return self.usual if set_now is None else min(max(int(set_now), least), most)

    @property
    def bounds(self) -> tuple[int, int]:
        """From and up to which number administrators may set it."""
        return 1, self.usual * self.loosest

    @property
    def code(self) -> str:
        """The code of the refusal: whose patience is asked for."""
        return {
            Who.ADDRESS: "too_many_from_here",
            Who.BUSINESS: "too_many_of_business",
            Who.SITE: "too_many_at_all",
        }.get(self.who, "too_many")


MAX_BYTES_PER_DAY: Final = 200 * 1024**2
_TABLE: Final[dict[str, Limit]] = {
    "sign-up": Limit(Who.ADDRESS, "sign_ups_per_hour", AN_HOUR, "forms of signing up"),
    "sign-up-unproven": Limit(Who.ADDRESS, 2, AN_HOUR, "sign-ups without the proof of work, while it is asked for", loosest=1),
    "sign-up-site": Limit(Who.SITE, "site_sign_ups_per_hour", AN_HOUR, "forms of signing up"),
    "work": Limit(Who.KEY, 1, A_QUARTER, "uses of one solved sum", loosest=1),
    "sign-in": Limit(Who.PAIR, 5, A_QUARTER, "tries of a password; 2 while the account is under attack", loosest=1),
    "wrong-account": Limit(Who.ACCOUNT, 20, AN_HOUR, "wrong passwords from everywhere; beyond it the account is under attack", loosest=1),
    "wrong-address": Limit(Who.ADDRESS, 100, A_QUARTER, "wrong passwords; many share one address on a mobile network", loosest=1),
    "re-entry": Limit(Who.KEY, 5, A_QUARTER, "tries of the own password before something grave", loosest=1),
    "second-factor": Limit(Who.ACCOUNT, 5, A_QUARTER, "tries of a code", loosest=1),
    # Three of a million codes are right at a time: 30 tries a day find one in about thirty years.
    "wrong-codes": Limit(Who.ACCOUNT, 30, A_DAY, "wrong codes", loosest=1),
    "forgot": Limit(Who.ADDRESS, 30, AN_HOUR, "requests for a new password"),
    "mail-sign-up": Limit(Who.MAIL, "mails_per_hour", AN_HOUR, "mails of signing up"),
    "mail-reset": Limit(Who.MAIL, "mails_per_hour", AN_HOUR, "mails for a new password"),
    "mail-confirm": Limit(Who.MAIL, "mails_per_hour", AN_HOUR, "mails to confirm the address"),
    "mail-change": Limit(Who.MAIL, "mails_per_hour", AN_HOUR, "mails to a new address"),
    "park": Limit(Who.ADDRESS, 100, AN_HOUR, "forms kept while somebody signs in"),
    "guest-body": Limit(Who.ADDRESS, 20, AN_HOUR, "large forms of guests: of members whose session ended meanwhile"),
    "hints": Limit(Who.ADDRESS, 600, AN_HOUR, "looks of the script for private data in a guest's draft"),
    "letter": Limit(Who.ACCOUNT, "letters_per_day", A_DAY, "new letters"),
    "letter-address": Limit(Who.ADDRESS, 60, A_DAY, "new letters"),
    "letter-business": Limit(Who.BUSINESS, "business_letters_per_hour", AN_HOUR, "new letters about it"),
    "letter-site": Limit(Who.SITE, "site_letters_per_hour", AN_HOUR, "new letters"),
    "files": Limit(Who.ACCOUNT, 60, AN_HOUR, "files"),
    "files-address": Limit(Who.ADDRESS, 300, AN_HOUR, "files"),
    "documents": Limit(Who.ACCOUNT, 20, AN_HOUR, "documents of a claim"),
    "documents-address": Limit(Who.ADDRESS, 60, AN_HOUR, "documents of a claim"),
    "file-bytes": Limit(Who.ACCOUNT, MAX_BYTES_PER_DAY, A_DAY, "bytes of files"),
    "comment": Limit(Who.ACCOUNT, "comments_per_hour", AN_HOUR, "comments"),
    "comment-address": Limit(Who.ADDRESS, "address_comments_per_hour", AN_HOUR, "comments"),
    "comment-site": Limit(Who.SITE, "site_comments_per_hour", AN_HOUR, "comments"),
    "report": Limit(Who.ADDRESS, "reports_per_hour", AN_HOUR, "reports"),
    "report-site": Limit(Who.SITE, "site_reports_per_hour", AN_HOUR, "reports"),
    "contest": Limit(Who.ADDRESS, 10, AN_HOUR, "contests of passages"),
    "contest-mail": Limit(Who.MAIL, 3, AN_HOUR, "mailed links that prove the address of who contests"),
    "reply": Limit(Who.ADDRESS, 10, AN_HOUR, "rights of reply"),
    "reply-mail": Limit(Who.MAIL, 3, AN_HOUR, "mailed links that prove the address of who replies"),
    "data-request": Limit(Who.ACCOUNT, 5, A_DAY, "requests about the own data"),
    "data-address": Limit(Who.ADDRESS, 10, AN_HOUR, "requests about data without an account"),
    "data-mail": Limit(Who.MAIL, 3, A_DAY, "mailed links that prove the address of who asks about their data"),
    "data-copy": Limit(Who.KEY, 10, A_DAY, "fetchings of one copy"),
    "appeal": Limit(Who.ACCOUNT, 20, A_DAY, "appeals; without an account, from one network address"),
    "objection": Limit(Who.ACCOUNT, "reports_per_hour", AN_HOUR, "objections to the proof of a business"),
    "claim": Limit(Who.ACCOUNT, "mails_per_hour", AN_HOUR, "claims of a business"),
    "look-up": Limit(Who.ACCOUNT, 30, AN_HOUR, "look-ups of the record that proves a domain"),
    "contact": Limit(Who.ACCOUNT, "mails_per_hour", AN_HOUR, "addresses at which a business is told"),
    "invite": Limit(Who.BUSINESS, 30, AN_HOUR, "invitations to its team"),
    "mail-again": Limit(Who.ACCOUNT, 100, AN_HOUR, "mails sent again by an administrator"),
    "desk-export": Limit(Who.ACCOUNT, 20, AN_HOUR, "lists of cases taken away"),
    "pack": Limit(Who.ACCOUNT, 12, AN_HOUR, "hand-over packs"),
    "redact": Limit(Who.ACCOUNT, 60, AN_HOUR, "coverings of own words"),
    "webhook-test": Limit(Who.BUSINESS, 20, AN_HOUR, "tests of its webhooks"),
    "webhook-resend": Limit(Who.ACCOUNT, 20, AN_HOUR, "messages of webhooks sent again"),
    "api": Limit(Who.KEY, 120, A_MINUTE, "calls of the interface"),
    "api-wrong": Limit(Who.ADDRESS, 60, AN_HOUR, "calls with a wrong token", loosest=1),
    "answer-guess": Limit(Who.ADDRESS, 30, AN_HOUR, "mailed links that are none of ours", loosest=1),
    "answer-save": Limit(Who.KEY, 600, AN_HOUR, "savings of a response by a mailed link"),
    "answer-send": Limit(Who.KEY, 60, AN_HOUR, "sendings of a response by a mailed link"),
}
LIMITS: Final = {name: replace(limit, name=name) for name, limit in _TABLE.items()}
"""By name, as the counters of the database and of Redis call them."""
