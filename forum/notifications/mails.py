"""A notice as a mail: composed in the recipient's language, with its way out."""

from dataclasses import dataclass

from flask_babel import force_locale, gettext

from forum.core import mail
from forum.core.mailing import absolute, compose
from forum.notifications import unsubscribe
from forum.notifications.audiences import Recipient, Why
from forum.notifications.choices import Choice
from forum.notifications.subjects import Subject
from forum.notifications.words import Words, words_of
from forum.notifications.words.business import by_link

LONGEST_QUOTE_CHARACTERS = 2_000


@dataclass(frozen=True)
class Composed:
    """A mail ready to be written."""

    to: str
    kind: str
    user_id: int | None
    subject: str
    text: str
    html: str
    unsubscribe: str

    def write(self, dedupe: str) -> bool:
        """Write it in the present transaction, once; returns whether it was."""
        return mail.send(
            self.to,
            kind=self.kind,
            subject=self.subject,
            text=self.text,
            html=self.html,
            user_id=self.user_id,
            unsubscribe=self.unsubscribe,
            dedupe=dedupe,
        )


def composed(
    kind: str, choice: Choice | None, recipient: Recipient, subject: Subject, *, token: str | None = None
) -> Composed:
    """Return the mail of a notice; the recipient must have an address, the subject be as they may know of it.

    With the `token` of a mailed link its button opens the response form without an account.
    """
    with force_locale(recipient.language):
        words = words_of(kind, subject)
        if token is not None:
            words = by_link(words, token)
    return compose_words(kind, choice, recipient, words)


def compose_words(kind: str, choice: Choice | None, recipient: Recipient, words: Words) -> Composed:
    """Return a mail with these words, which are in the recipient's language."""
    out = _way_out(choice, recipient)
    with force_locale(recipient.language):
        why = _why(recipient)
    subject, text, html = compose(
        "notice",
        recipient.language,
        name=recipient.name,
        line=words.line,
        more=words.more,
        quote=words.quote[:LONGEST_QUOTE_CHARACTERS],
        url=absolute(words.path) if words.path else "",
        button=words.button,
        appeal=absolute(words.appeal) if words.appeal else "",
        appeal_button=words.appeal_button,
        why=why,
        unsubscribe=out or None,
        choices=absolute("/notifications/settings") if recipient.user is not None else None,
    )
    return Composed(
        to=recipient.address or "",
        kind=kind,
        user_id=None if recipient.user is None else recipient.user.id,
        subject=subject,
        text=text,
        html=html,
        unsubscribe=out,
    )


def _way_out(choice: Choice | None, recipient: Recipient) -> str:
    if choice is None:
        return ""
    if recipient.user is not None:
        return unsubscribe.for_person(recipient.user.id, choice)
    if recipient.contact_id is not None:
        return unsubscribe.for_contact(recipient.contact_id, recipient.address or "", choice)
    return ""


def _why(recipient: Recipient) -> str:
    business = recipient.merchant.name if recipient.merchant is not None else ""
    return str(
        {
            Why.AUTHOR: lambda: gettext("You get this mail because you wrote the letter."),
            Why.COMMENTER: lambda: gettext("You get this mail because you wrote the comment."),
            Why.REPRESENTATIVE: lambda: gettext(
                "You get this mail because you speak for %(business)s.", business=business
            ),
            Why.CONTACT: lambda: gettext(
                "You get this mail because this is the address known for %(business)s.", business=business
            ),
            Why.WRITER: lambda: gettext(
                "You get this mail because an official response was written by a link mailed to this address."
            ),
            Why.MODERATOR: lambda: gettext("You get this mail because you are one of the editors."),
            Why.CLAIMANT: lambda: gettext("You get this mail because you claimed a business."),
            Why.REPORTER: lambda: gettext("You get this mail because you reported something."),
            Why.OBJECTOR: lambda: gettext("You get this mail because you objected to a proof."),
            Why.OWNER: lambda: gettext("You get this mail because it is about your account."),
            Why.CHALLENGER: lambda: gettext("You get this mail because you contest passages of a letter."),
            Why.NAMED: lambda: gettext("You get this mail because you used the right of reply to a letter."),
            Why.APPELLANT: lambda: gettext("You get this mail because you appealed against a decision of the editors."),
            Why.COUNSEL: lambda: gettext("You get this mail because you sent us a legal notice."),
            Why.TEAM: lambda: gettext("You get this mail because you are of the team of a business."),
        }[recipient.why]()
    )
