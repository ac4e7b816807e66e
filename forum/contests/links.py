"""The mailed link of a person without an account: it proves the address, and later shows how the contest stands."""

from forum.contests.models import Contest
from forum.core import mail
from forum.core.mailing import absolute, compose
from forum.core.secrecy import sign, signed_by_us

PURPOSE = "contest"


def opens(contest_id: int, key: str) -> bool:
    """Whether this key is that of this contest."""
    return signed_by_us(PURPOSE, str(contest_id), key)


def path_of(contest: Contest) -> str:
    """Return the path of the page that is the challenger's alone."""
    return f"/contests/{contest.id}/{sign(PURPOSE, str(contest.id))}"


def mail_link(contest: Contest, *, title: str, days: int) -> None:
    """Mail the link in the present unit of work, once."""
    if contest.email is None:
        return
    url = absolute(path_of(contest))
    subject, text, html = compose("contest_link", contest.language, url=url, title=title, days=days)
    mail.send(contest.email, kind="contest_link", subject=subject, text=text, html=html, dedupe=f"contest_link:{contest.id}")
