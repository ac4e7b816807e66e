"""The mailed link of a right of reply: it proves the address, and later shows its writer how it stands."""

from forum.core import mail
from forum.core.mailing import absolute, compose
from forum.core.secrecy import sign, signed_by_us
from forum.reply.models import Reply

PURPOSE = "right-of-reply"


def opens(reply_id: int, key: str) -> bool:
    """Whether this key is that of this right of reply."""
    return signed_by_us(PURPOSE, str(reply_id), key)


def path_of(reply: Reply) -> str:
    """Return the path of the page that is its writer's alone."""
    return f"/right-of-reply/{reply.id}/{sign(PURPOSE, str(reply.id))}"


def mail_link(reply: Reply, *, title: str, days: int) -> None:
    """Mail the link in the present unit of work, once."""
    if reply.email is None:
        return
    subject, text, html = compose("reply_link", reply.language, url=absolute(path_of(reply)), title=title, days=days)
    mail.send(reply.email, kind="reply_link", subject=subject, text=text, html=html, dedupe=f"reply_link:{reply.id}")
