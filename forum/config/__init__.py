"""Settings from the environment: typed, checked once at start, documented in docs/operations.md."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields, replace
from pathlib import Path
from typing import Any

from forum.config import parsers, places
from forum.config.installation import Installation, setting
from forum.config.parsers import LANGUAGES

__all__ = ["LANGUAGES", "SHORTEST_SECRET_CHARACTERS", "BadSetting", "Settings", "activate", "settings"]

SHORTEST_SECRET_CHARACTERS = 32


class BadSetting(Exception):
    """A setting is missing or malformed; `str()` names the variable and what it wants."""


@dataclass(frozen=True, kw_only=True)
class Settings(Installation):
    """Everything an operator can set; each field carries its variable, default and meaning."""

    acknowledge_days: int = setting(
        "FORUM_ACKNOWLEDGE_DAYS", "5", parsers.whole(1, 365), "working days to acknowledge a letter"
    )
    answer_days: int = setting("FORUM_ANSWER_DAYS", "10", parsers.whole(1, 365), "working days to answer")
    very_late_days: int = setting("FORUM_VERY_LATE_DAYS", "20", parsers.whole(1, 365), "working days until very late")
    category_days: tuple[tuple[str, tuple[int, int, int]], ...] = setting(
        "FORUM_CATEGORY_DAYS", "", parsers.category_days, "other clocks for some categories, as `asuransi=5/15/30`, by commas"
    )
    reminder_days: tuple[int, ...] = setting(
        "FORUM_REMINDER_DAYS", "3,7,10", parsers.wholes, "working days after which the business is reminded; where a category has other days to answer, in proportion"
    )
    outcome_days: tuple[int, ...] = setting(
        "FORUM_OUTCOME_DAYS", "3,10,24", parsers.wholes, "days after a response on which the author is asked how it ended"
    )
    unconfirmed_days: int = setting(
        "FORUM_UNCONFIRMED_DAYS", "180", parsers.whole(1, 3650), "days after the first response until unconfirmed"
    )
    question_days: int = setting(
        "FORUM_QUESTION_DAYS", "7", parsers.whole(1, 90), "days a question to the author may stop the clock"
    )
    review_days: int = setting(
        "FORUM_REVIEW_DAYS", "1", parsers.whole(1, 90), "working days to review a letter, a new version or a claim"
    )
    review_alarm_hours: int = setting(
        "FORUM_REVIEW_ALARM_HOURS", "48", parsers.whole(1, 720), "hours after which a waiting letter alarms the moderators"
    )
    hold_minutes: int = setting(
        "FORUM_HOLD_MINUTES", "30", parsers.whole(1, 1440), "minutes for which a moderator who takes an item of the queue has it in hand"
    )
    report_alarm_hours: int = setting(
        "FORUM_REPORT_ALARM_HOURS", "24", parsers.whole(1, 720), "hours after which an open report alarms the moderators"
    )
    report_hours: int = setting("FORUM_REPORT_HOURS", "48", parsers.whole(1, 2160), "hours to decide a reader's report")
    contest_react_hours: int = setting("FORUM_CONTEST_REACT_HOURS", "48", parsers.whole(1, 720), "hours in which the author of a contested letter reacts")
    contest_answer_days: int = setting("FORUM_CONTEST_ANSWER_DAYS", "5", parsers.whole(1, 90), "days in which an author who reacted proves or changes the passage")
    contest_hours: int = setting("FORUM_CONTEST_HOURS", "48", parsers.whole(1, 2160), "hours to decide a contest once the author was heard, or from its filing when words are covered")
    order_objection_days: int = setting("FORUM_ORDER_OBJECTION_DAYS", "30", parsers.whole(1, 3650), "days in which those concerned may object to an order that was carried out")
    contests_per_business: int = setting("FORUM_CONTESTS_PER_BUSINESS", "10", parsers.whole(1, 10000), "contests of one business that may be open at a time")
    contests_per_person: int = setting("FORUM_CONTESTS_PER_PERSON", "3", parsers.whole(1, 1000), "contests of one person that may be open at a time")
    reply_hours: int = setting("FORUM_REPLY_HOURS", "48", parsers.whole(1, 2160), "hours to review a right of reply")
    urgent_order_hours: int = setting(
        "FORUM_URGENT_ORDER_HOURS", "4", parsers.whole(1, 720), "hours in which you carry out an urgent order, say the rules"
    )
    order_hours: int = setting(
        "FORUM_ORDER_HOURS", "24", parsers.whole(1, 720), "hours in which you carry out any other order, say the rules"
    )
    data_request_hours: int = setting(
        "FORUM_DATA_REQUEST_HOURS", "72", parsers.whole(1, 720), "hours to answer about somebody's data, says the privacy page"
    )
    data_copy_days: int = setting("FORUM_DATA_COPY_DAYS", "7", parsers.whole(1, 90), "days in which somebody may fetch the copy of their data")
    legal_answer_days: int = setting(
        "FORUM_LEGAL_ANSWER_DAYS", "5", parsers.whole(1, 90), "working days to answer a legal notice (somasi)"
    )
    legal_alarm_days: int = setting(
        "FORUM_LEGAL_ALARM_DAYS", "2", parsers.whole(0, 90), "working days before that day on which a legal notice without an answer alarms the moderators"
    )
    appeal_days: int = setting(
        "FORUM_APPEAL_DAYS", "30", parsers.whole(1, 365), "days after a decision in which those concerned may appeal"
    )
    appeal_decision_days: int = setting(
        "FORUM_APPEAL_DECISION_DAYS", "7", parsers.whole(1, 90), "days to decide on an appeal"
    )
    appeal_alarm_days: int = setting(
        "FORUM_APPEAL_ALARM_DAYS", "5", parsers.whole(1, 90), "days after which a waiting appeal alarms the moderators"
    )
    second_person_days: int = setting(
        "FORUM_SECOND_PERSON_DAYS", "7", parsers.whole(1, 90), "days in which a second person may confirm what needs two"
    )
    comment_edit_minutes: int = setting(
        "FORUM_COMMENT_EDIT_MINUTES", "15", parsers.whole(0, 1440), "minutes in which a comment may be edited"
    )
    two_moderators_letters: int = setting(
        "FORUM_TWO_MODERATORS_LETTERS",
        "50",
        parsers.whole(0, 1_000_000),
        "a claim on a business with more published letters than this needs two moderators",
    )
    document_days: int = setting(
        "FORUM_DOCUMENT_DAYS", "30", parsers.whole(1, 90), "days after the decision until the documents of a claim are deleted"
    )
    original_days: int = setting(
        "FORUM_ORIGINAL_DAYS", "730", parsers.whole(30, 36500), "days until the sealed original of a file is deleted; its receipt and what is shown of it stay"
    )
    mail_log_days: int = setting("FORUM_MAIL_LOG_DAYS", "30", parsers.whole(1, 3650), "days for which a mail that was sent stays in the log of mails")
    clamav: str = setting(
        "FORUM_CLAMAV", "", parsers.clamav, "clamd that looks through every file, as `127.0.0.1:3310` or `/run/clamav/clamd.ctl`; empty: none"
    )
    dns_servers: tuple[tuple[str, int], ...] = setting(
        "FORUM_DNS_SERVERS", "", parsers.name_servers, "addresses of DNS servers to ask, by commas, as `9.9.9.9` or `127.0.0.1:5300`; empty: those of the system"
    )
    letters_per_day: int = setting("FORUM_LETTERS_PER_DAY", "5", parsers.whole(1, 1000), "letters a person may send a day")
    comments_per_hour: int = setting(
        "FORUM_COMMENTS_PER_HOUR", "30", parsers.whole(1, 100000), "comments a person may write an hour"
    )
    address_comments_per_hour: int = setting("FORUM_ADDRESS_COMMENTS_PER_HOUR", "300", parsers.whole(1, 100000), "comments an hour from one network address")
    reports_per_hour: int = setting(
        "FORUM_REPORTS_PER_HOUR", "10", parsers.whole(1, 1000), "reports an address may send an hour"
    )
    business_letters_per_hour: int = setting("FORUM_BUSINESS_LETTERS_PER_HOUR", "200", parsers.whole(1, 100000), "letters about one business an hour, of everybody together")
    site_letters_per_hour: int = setting("FORUM_SITE_LETTERS_PER_HOUR", "1000", parsers.whole(1, 1000000), "letters an hour, of everybody together")
    site_comments_per_hour: int = setting("FORUM_SITE_COMMENTS_PER_HOUR", "10000", parsers.whole(1, 1000000), "comments an hour, of everybody together")
    site_reports_per_hour: int = setting("FORUM_SITE_REPORTS_PER_HOUR", "2000", parsers.whole(1, 1000000), "reports an hour, of everybody together")
    site_sign_ups_per_hour: int = setting("FORUM_SITE_SIGN_UPS_PER_HOUR", "1000", parsers.whole(1, 1000000), "forms of signing up an hour, of everybody together")
    first_comments: int = setting("FORUM_FIRST_COMMENTS", "1", parsers.whole(0, 100), "comments of an account that must have been published before its next ones need no review; `0`: none is held for being the first")
    held_hours: int = setting("FORUM_HELD_HOURS", "24", parsers.whole(1, 720), "hours in which a held comment is reviewed")
    new_account_days: int = setting("FORUM_NEW_ACCOUNT_DAYS", "7", parsers.whole(0, 365), "days in which an account is new: its comments with links are held, its voice in rankings is small")
    proof_of_work: str = setting("FORUM_PROOF_OF_WORK", "auto", parsers.one_of("off", "auto", "on"), "a sum that the browser does before a sign-up or a guest's report: `on`, `off`, or `auto`: while half of the hour's limit of the whole site is used up")
    least_form_seconds: int = setting("FORUM_LEAST_FORM_SECONDS", "3", parsers.whole(0, 60), "seconds in which nobody fills in the form of signing up or of a guest's report; it is shown again then")
    mails_per_hour: int = setting("FORUM_MAILS_PER_HOUR", "5", parsers.whole(1, 1000), "confirmation and reset mails to one address an hour")
    sign_ups_per_hour: int = setting(
        "FORUM_SIGN_UPS_PER_HOUR", "20", parsers.whole(1, 10000), "accounts opened from one network address an hour"
    )
    open_dir: Path = setting(
        "FORUM_OPEN_DIR",
        "{data_dir}/open",
        lambda value: Path(parsers.text(value)).resolve(),
        "folder of the open data, a ZIP a day; several nodes share one",
    )
    open_days: int = setting(
        "FORUM_OPEN_DAYS",
        "30",
        parsers.whole(1, 3650),
        "days for which the open data of each day is kept; the first of each month stays",
    )
    open_licence: str = setting(
        "FORUM_OPEN_LICENCE",
        "CC-BY-4.0",
        parsers.one_of(*parsers.OPEN_LICENCES),
        "licence of the open data: " + ", ".join(f"`{name}`" for name in parsers.OPEN_LICENCES),
    )
    field_key: str = setting(
        "FORUM_FIELD_KEY", "", str, "key of the encrypted private details; empty: derived from the secret key"
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check every setting; raises BadSetting that names the variable."""
        values: dict[str, Any] = {}
        for spec in fields(cls):
            values[spec.name] = _parsed(spec, environ, values)
        settings = cls(**values)
        return settings._complete(environ)

    def _complete(self, environ: Mapping[str, str]) -> "Settings":
        if not self.acknowledge_days <= self.answer_days <= self.very_late_days:
            raise BadSetting("FORUM_ANSWER_DAYS must lie between FORUM_ACKNOWLEDGE_DAYS and FORUM_VERY_LATE_DAYS")
        if self.report_alarm_hours > self.report_hours:
            raise BadSetting("FORUM_REPORT_ALARM_HOURS must not be longer than FORUM_REPORT_HOURS")
        if self.appeal_alarm_days > self.appeal_decision_days:
            raise BadSetting("FORUM_APPEAL_ALARM_DAYS must not be longer than FORUM_APPEAL_DECISION_DAYS")
        if self.legal_alarm_days > self.legal_answer_days:
            raise BadSetting("FORUM_LEGAL_ALARM_DAYS must not be longer than FORUM_LEGAL_ANSWER_DAYS")
        if self.urgent_order_hours > self.order_hours:
            raise BadSetting("FORUM_URGENT_ORDER_HOURS must not be longer than FORUM_ORDER_HOURS")
        if self.s3_presign and not isinstance(self.storage, places.Bucket):
            raise BadSetting("FORUM_S3_PRESIGN needs a bucket in FORUM_STORAGE")
        if self.s3_presign and self.secure and not self.files_address.startswith("https://"):
            raise BadSetting("FORUM_S3_PRESIGN needs an https endpoint in FORUM_STORAGE, as the site itself is https")
        if self.environment == "production" and not environ.get("FORUM_SITE_URL"):
            raise BadSetting("FORUM_SITE_URL is required in production: the public address of the site")
        if self.secret_key:
            if len(self.secret_key) < SHORTEST_SECRET_CHARACTERS:
                raise BadSetting(f"FORUM_SECRET_KEY must have at least {SHORTEST_SECRET_CHARACTERS} characters")
            return self
        if self.environment == "production":
            raise BadSetting("FORUM_SECRET_KEY is required in production: make one with `openssl rand -hex 32`")
        return replace(self, secret_key=_kept_secret(self.data_dir))

    def clock_days(self, category: str) -> tuple[int, int, int]:
        """Return the working days to acknowledge, to answer and until very late for letters of this category."""
        return dict(self.category_days).get(category, (self.acknowledge_days, self.answer_days, self.very_late_days))

    @property
    def files_address(self) -> str:
        """Where browsers are sent for public files beside the site itself; empty: nowhere."""
        return self.storage.address if self.s3_presign and isinstance(self.storage, places.Bucket) else ""

    @property
    def secure(self) -> bool:
        """Whether readers reach the site by HTTPS."""
        return self.site_url.startswith("https://")


def _parsed(spec: Field[Any], environ: Mapping[str, str], known: Mapping[str, Any]) -> Any:
    variable, default = spec.metadata["variable"], spec.metadata["default"]
    text = environ.get(variable) or default
    for name in ("data_dir", "host", "port"):
        text = text.replace("{" + name + "}", str(known.get(name, "")))
    try:
        return spec.metadata["parse"](text)
    except ValueError as problem:
        raise BadSetting(f"{variable} {problem}") from problem


def _kept_secret(data_dir: Path) -> str:
    """Return the demo's own secret, made once with mode 0600; two processes at once get the same one."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "secret-key"
    if not path.exists():
        fresh = data_dir / f".secret-key-{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


_active: Settings | None = None


def activate(chosen: Settings) -> None:
    """Make these the settings of this process."""
    global _active
    _active = chosen


def settings() -> Settings:
    """Return the settings of this process; raises RuntimeError before `activate`."""
    if _active is None:
        raise RuntimeError("no settings yet: create_app activates them")
    return _active
