"""What owners of a business are told of the doors to its own systems: webhooks and tokens."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.notifications.subjects import Subject
from forum.notifications.words.form import Words, path


def _page(s: Subject) -> str:
    return path("webhooks.webhooks", slug=s.merchant.slug) if s.merchant is not None else ""


def _webhook_added(s: Subject) -> Words:
    return Words(
        _("A webhook of %(business)s was added.", business=s.business),
        (_("From now on a system outside this site is told of each letter about the business. If nobody of yours added it, end it at once."),),
        path=_page(s),
        button=_("Look at the webhooks"),
    )


def webhook_end_words(reason: str) -> str:
    """Return why a webhook ended; `reason` is a value of its EndReason."""
    words = {
        "failing": _("It took nothing for five days. What it missed stands on the response desk."),
        "gone": _("Its server answered that it is gone (410)."),
        "unproven": _("Who added it does not speak for the business any more. An owner may add it again."),
        "removed": _("An owner removed it."),
    }
    return str(words.get(reason, words["removed"]))


def _webhook_ended(s: Subject) -> Words:
    return Words(
        _("A webhook of %(business)s was ended.", business=s.business),
        (webhook_end_words(s.data("reason")),),
        path=_page(s),
        button=_("Look at the webhooks"),
    )


def _token_made(s: Subject) -> Words:
    return Words(
        _("A token for the interface of %(business)s was made.", business=s.business),
        (
            _(
                "Whoever holds “%(name)s” reaches the cases of the business with it; the page of tokens says how far. "
                "If nobody of yours made it, end it at once.",
                name=s.data("name"),
            ),
        ),
        path=path("api.tokens", slug=s.merchant.slug) if s.merchant is not None else "",
        button=_("Look at the tokens"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "webhook_added": _webhook_added,
    "webhook_ended": _webhook_ended,
    "token_made": _token_made,
}
