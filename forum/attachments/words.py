"""What a moderator saw in a file, and who opened it, in the reader's language."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.attachments.models import Attachment, FileAudience, FileKind, Matches, Shows
from forum.attachments.queries.openings import Opening
from forum.core.events import Role
from forum.core.formats import day

SHOWS = {
    Shows.INVOICE: _l("Invoice"),
    Shows.PAYMENT: _l("Proof of payment"),
    Shows.CHAT: _l("Conversation"),
    Shows.DELIVERY: _l("Proof of delivery"),
    Shows.PRODUCT: _l("Picture of the goods"),
    Shows.CONTRACT: _l("Contract or booking"),
    Shows.OTHER: _l("Other document"),
}
MATCHES = {
    Matches.NAME: _l("name matches"),
    Matches.DATE: _l("date matches"),
    Matches.AMOUNT: _l("amount matches"),
}


def kind_words(file: Attachment) -> str:
    """Return what the file is: a picture, or a document with its pages."""
    if file.kind is FileKind.IMAGE:
        return str(_("Picture"))
    return str(ngettext("PDF, %(num)d page", "PDF, %(num)d pages", file.pages))


def audience_words(audience: FileAudience | str) -> str:
    """Return who may open the file."""
    words = {
        FileAudience.PUBLIC: _("Everybody can see it"),
        FileAudience.BUSINESS: _("Only the business and the editors can see it"),
        FileAudience.MODERATORS: _("Only the editors can see it"),
    }
    return str(words[FileAudience(audience)])


def audience_now(file: Attachment) -> str:
    """Return who may open the file as things stand: a hidden one nobody but its owner and the editors."""
    return str(_("Hidden by the editors")) if file.hidden_at is not None else audience_words(file.audience)


def who_sees(audience: FileAudience, businesses: Sequence[str], *, in_print: bool) -> str:
    """Return who will see a file, before that is so; `businesses` are those of its letter that it is for.

    `in_print`: the letter was published, so that it holds at once.
    """
    named = ", ".join(businesses) or _("the businesses of this letter")
    words = {
        (FileAudience.PUBLIC, True): _(
            "From now on everybody can open this file without an account, and anybody can keep a copy. You can take that back, but not the copies."
        ),
        (FileAudience.PUBLIC, False): _(
            "Once the letter is published, everybody can open this file without an account, and anybody can keep a copy. You can take that back, but not the copies."
        ),
        (FileAudience.BUSINESS, True): _(
            "From now on the proven representatives of %(businesses)s can open this file, and keep a copy. You will see here when they do.",
            businesses=named,
        ),
        (FileAudience.BUSINESS, False): _(
            "Once the letter is published, the proven representatives of %(businesses)s can open this file, and keep a copy. You will see here when they do.",
            businesses=named,
        ),
    }
    return str(words.get((audience, in_print)) or audience_words(audience))


def checked_words(file: Attachment) -> str:
    """Return what a moderator saw in a file and when, empty when none looked or what they saw is void."""
    seen = file.checked
    if file.checked_at is None or seen is None:
        return ""
    words = str(
        _(
            "%(what)s seen, checked by a moderator on %(date)s",
            what=SHOWS[Shows(seen["shows"])],
            date=day(file.checked_at),
        )
    )
    matching = ", ".join(str(MATCHES[Matches(one)]) for one in seen["matches"])
    return f"{words} · {matching}" if matching else words


def opener_words(one: Opening) -> str:
    """Return who opened a file, as its owner may know it: no more of a person than the office."""
    if one.mailed:
        return str(_("%(business)s, by the link in a mail", business=one.business))
    if one.role is Role.BUSINESS:
        return f"{one.business}, {one.job_title}" if one.job_title else one.business
    return str(
        {
            Role.MODERATOR: _("The editors"),
            Role.AUTHOR: _("The author of the letter"),
        }.get(one.role, _("Somebody else"))
    )
