"""Monday's mail to the owners and agents of businesses: what the week brings. Once a week, nothing when there is nothing."""

from datetime import date
from typing import cast

from flask_babel import force_locale
from sqlalchemy import select

from forum.accounts.models import User
from forum.config import settings
from forum.core import mail
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.mail import Mail
from forum.core.mailing import absolute, compose
from forum.desk.lifecycle import NOBODY, Show, Wanted
from forum.desk.queries.digest import Digest, digest_of, readers_of_digest
from forum.notifications import unsubscribe
from forum.notifications.choices import Choice
from forum.notifications.models import MailChoice
from forum.notifications.words.form import path

MONDAY, FROM_HOUR = 0, 7  # where the site is; a worker that was away sends it later on the same day


def send_digests() -> None:
    """Write the mails of this Monday that are not written yet; on any other day none. Safe to run twice."""
    now = utcnow().astimezone(settings().time_zone)
    if now.weekday() != MONDAY or now.hour < FROM_HOUR:
        return
    today = now.date()
    people = {_key(one.id, today): one.id for one in readers_of_digest()}
    done = set(db.session.scalars(select(Mail.dedupe).where(Mail.dedupe.in_(list(people)))))
    unwanted = set(
        db.session.scalars(select(MailChoice.user_id).where(MailChoice.kind == Choice.DESK_DIGEST.value))
    )
    db.session.rollback()
    for key, user_id in people.items():
        if key not in done and user_id not in unwanted:
            _send(user_id, today)


def _key(user_id: int, monday: date) -> str:
    return f"desk_digest:{monday.isoformat()}:{user_id}"


@unit_of_work
def _send(user_id: int, monday: date) -> None:
    who = db.session.get(User, user_id)
    if who is None or not who.email or not who.acting_ids:
        return
    with force_locale(who.language):
        found = digest_of(cast("User", who.as_if_secured), monday)  # it tells who needs a second factor as well what waits
    if found.is_empty:
        return
    out = unsubscribe.for_person(who.id, Choice.DESK_DIGEST)
    subject, text, html = compose(
        "desk_digest",
        who.language,
        name=who.name,
        week=found,
        several=len(who.acting_ids) > 1,
        urls=_urls(found),
        url=absolute(path("desk.board")),
        unsubscribe=out,
        choices=absolute("/notifications/settings"),
    )
    mail.send(
        who.email,
        kind="desk_digest",
        subject=subject,
        text=text,
        html=html,
        user_id=who.id,
        unsubscribe=out,
        dedupe=_key(who.id, monday),
    )


def _urls(found: Digest) -> dict[str | int, str]:
    """The addresses of the lists a figure counts, and of the cases that are named."""
    lists = {
        "overdue": Wanted(Show.OVERDUE),
        "promised": Wanted(Show.PROMISED),
        "unassigned": Wanted(agent=NOBODY),
        "new": Wanted(Show.ALL),
        "due": Wanted(),
    }
    urls: dict[str | int, str] = {
        name: absolute(path("desk.board", **wanted.but())) for name, wanted in lists.items()
    }
    return urls | {row.id: absolute(path("desk.case", case_id=row.id)) for row in found.first}
