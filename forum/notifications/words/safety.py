"""What people are told of the second factors of their account; the mails are part of the act itself (forum/accounts)."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.notifications.subjects import Subject
from forum.notifications.words.form import Words, path


def _factors(line: str) -> Words:
    return Words(
        line,
        (_("If it was not you, look at your second factors and choose a new password at once."),),
        path=path("accounts.second_factor"),
        button=_("Open the settings"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "second_factor_added": lambda _s: _factors(_("A second factor was added to your account.")),
    "second_factor_removed": lambda _s: _factors(_("A second factor was removed from your account.")),
    "recovery_code_used": lambda s: _factors(
        _("One of your recovery codes was used; %(left)s are left.", left=int(s.event.data.get("left") or 0))
    ),
    "recovery_codes_renewed": lambda _s: _factors(_("Your recovery codes are new; the old ones do not work any more.")),
    "second_factor_reset": lambda _s: _factors(_("The operators took away your second factor, as it was asked of them.")),
}
