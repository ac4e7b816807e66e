"""Why a comment waits, in words."""

from flask_babel import gettext as _

from forum.comments.lifecycle import HeldFor
from forum.config import settings


def waits_words(held_for: HeldFor) -> str:
    """Return what its author is told: that it waits, why, and until when."""
    why = {
        HeldFor.FIRST: _("The first comments of an account are read by the editors before others see them."),
        HeldFor.LINK: _("Comments with links of a new account are read by the editors before others see them."),
        HeldFor.WORDS: _("It holds words or a link that advertisers use often, so the editors read it before others see it."),
        HeldFor.SPAM: _("It is nearly the same as an advertisement, so the editors read it before others see it."),
    }[held_for]
    return str(
        _(
            "Your comment is waiting for review, within %(hours)s hours. %(why)s You see it in its place already.",
            hours=settings().held_hours,
            why=why,
        )
    )


def held_words(held_for: HeldFor | None) -> str:
    """Return in short why it waits, for moderators."""
    if held_for is None:
        return ""
    return str(
        {
            HeldFor.FIRST: _("First comment of an account"),
            HeldFor.LINK: _("Link of a new account"),
            HeldFor.WORDS: _("Words of the lists"),
            HeldFor.SPAM: _("Like known advertising"),
        }[held_for]
    )
