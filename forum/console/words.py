"""What administrators see, in words."""

from datetime import datetime
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.console.health import Health
from forum.console.lifecycle import Jobs, Level, Mails, What
from forum.console.queries.changes import Change
from forum.core.formats import number
from forum.core.rates import A_DAY, A_MINUTE, A_QUARTER, AN_HOUR, LIMITS, Who
from forum.core.sentences import sentences
from forum.core.templating import moment
from forum.letters import categories

WHATS = {
    What.CATEGORY: _l("Category"),
    What.LIMIT: _l("Limit"),
    What.PROOF_OF_WORK: _l("Sum that is asked for"),
    What.ANNOUNCEMENT: _l("Announcement"),
    What.READ_ONLY: _l("Read-only mode"),
    What.JOB: _l("Job"),
    What.MAIL: _l("Mail"),
}
LEVELS = {Level.INFO: _l("For information"), Level.WARNING: _l("Warning"), Level.PROBLEM: _l("Something is wrong")}
JOBS = {Jobs.FAILED: _l("Failed"), Jobs.WAITING: _l("Waiting"), Jobs.RUNNING: _l("Running")}
MAILS = {Mails.QUEUED: _l("Queued"), Mails.SENT: _l("Sent"), Mails.REFUSED: _l("Refused")}
WHO = {
    Who.ACCOUNT: _l("account"),
    Who.ADDRESS: _l("network address"),
    Who.PAIR: _l("account at a network address"),
    Who.MAIL: _l("e-mail address"),
    Who.BUSINESS: _l("business"),
    Who.KEY: _l("link, token or session"),
    Who.SITE: _l("the whole site"),
}
WINDOWS = {A_MINUTE: _l("a minute"), A_QUARTER: _l("15 minutes"), AN_HOUR: _l("an hour"), A_DAY: _l("a day")}
MODES = {
    "": _l("As the setting of the server says"),
    "auto": _l("While the site gets much more than usual"),
    "on": _l("Always: the site is under attack"),
    "off": _l("Never"),
}
HEALTH = {
    Health.WELL: _l("well"),
    Health.WORRY: _l("look at it"),
    Health.BAD: _l("broken"),
    Health.UNUSED: _l("not used"),
}
PARTS = {
    "database": _l("Database"),
    "migrations": _l("Tables are those of this version"),
    "worker": _l("Worker, last seen"),
    "clock": _l("Clock of the database, seconds apart"),
    "chain": _l("Last published head of the chain"),
    "backup": _l("Last backup"),
    "storage": _l("Place for files"),
    "disk": _l("Free disk space, percent"),
    "redis": _l("Redis"),
    "smtp": _l("Mail server"),
    "clamav": _l("Virus scanner"),
}
VALUES = {
    "id": _l("Indonesian"),
    "en": _l("English"),
    "position": _l("Place"),
    "retired": _l("Retired"),
    "number": _l("Most"),
    "mode": _l("Asked for"),
    "level": _l("Level"),
    "from": _l("From"),
    "until": _l("Until"),
    "on": _l("Switched on"),
    "state": _l("State"),
    "error": _l("Error"),
    "attempts": _l("Tries"),
    "failed": _l("Failed"),
    "code": _l("Answer of the server"),
}


SAID: dict[str, dict[str, Any]] = {
    "level": {one.value: words for one, words in LEVELS.items()},
    "mode": MODES,
    "state": {one.value: words for one, words in (*JOBS.items(), *MAILS.items())},
}
"""Values of a change that have words of their own."""


def change_name(change: Change) -> str:
    """What was changed, by the name that people know it by: never a key."""
    if change.what is What.LIMIT and change.name in LIMITS:
        return str(_(LIMITS[change.name].counted))
    if change.what is What.CATEGORY and (category := categories.find(change.name)):
        return categories.name(category, str(get_locale()))
    number = change.name.rpartition(" ")[2]
    return str(_("no. %(number)s", number=number)) if number.isdigit() else change.name


def value_words(value: object, name: str) -> str:
    """A value of a change in words; `name` as in VALUES."""
    if value is None or value == "":
        return "–"
    if name in {"from", "until"}:
        return moment(datetime.fromisoformat(str(value)))
    if name in SAID:
        return str(SAID[name].get(str(value), value))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return number(value) if isinstance(value, int) else str(value)


sentences(
    {
        "limit_bounds": lambda facts: _(
            "This limit goes from %(least)s to %(most)s.", least=number(facts["least"]), most=number(facts["most"])
        ),
        "set_already": lambda _facts: _("It is so already; nothing was changed."),
        "category_known": lambda _facts: _("There is such a category already."),
        "last_category": lambda _facts: _("At least one category is needed for new letters."),
        "many_categories": lambda facts: _(
            "There are %(most)s categories already: nobody finds one among more.", most=facts["most"]
        ),
        "ends_before": lambda _facts: _("The end must come after the beginning."),
        "announcement_over": lambda _facts: _("This announcement is over."),
        "job_not_failed": lambda _facts: _("Nothing failed here any more."),
        "job_runs": lambda _facts: _("It runs at this moment or is done. Look at it again in a minute."),
        "mail_queued": lambda _facts: _("This mail waits to be sent already."),
    }
)
