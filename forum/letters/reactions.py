"""What letters do when something happens elsewhere."""

from sqlalchemy import func, select, update

from forum.accounts.lifecycle import CLOSED_NAME
from forum.accounts.models import User
from forum.core.db import db
from forum.core.events import Event, Kind, on
from forum.letters import actions, policy
from forum.letters.lifecycle import Publication
from forum.letters.models import Case, Letter, LetterDraft
from forum.merchants.size import counts_letters


@counts_letters
def published_about(merchant_id: int) -> int:
    """Return how many published letters are about a business."""
    found = db.session.scalar(
        select(func.count())
        .select_from(Case)
        .join(Case.letter)
        .where(Case.merchant_id == merchant_id, Letter.publication == Publication.PUBLISHED)
    )
    return found or 0


@on(Kind.FILE_READY, Kind.FILE_REFUSED, Kind.FILE_AUDIENCE_CHANGED, Kind.FILE_COVERED, Kind.FILE_CHECKED)
def show_files_anew(happened: Event) -> None:
    """The page of a letter shows its files otherwise."""
    db.session.execute(
        update(Letter)
        .where(Letter.id == happened.letter_id)
        .values(page_version=Letter.page_version + 1)
        .execution_options(synchronize_session="fetch")
    )


@on(Kind.FILE_AUDIENCE_CHANGED)
def look_again(happened: Event) -> None:
    """A moderator who read a letter decides on what more people would see of it only after another look."""
    if happened.data.get("wider"):
        db.session.execute(
            update(Letter)
            .where(Letter.id == happened.letter_id, Letter.publication == Publication.SUBMITTED)
            .values(version=Letter.version + 1)
            .execution_options(synchronize_session="fetch")
        )


@on(Kind.ACCOUNT_CLOSED)
def leave(happened: Event) -> None:
    """Letters of a closed account stay under the name it now bears, or are withdrawn when its owner asked; drafts go."""
    person = db.session.get_one(User, happened.by_id)
    db.session.execute(
        update(Letter)
        .where(Letter.author_id == person.id)
        .values(byline=CLOSED_NAME, page_version=Letter.page_version + 1)
        .execution_options(synchronize_session="fetch")
    )
    actions.drop_drafts(LetterDraft.owner_id == person.id)
    if happened.data.get("withdraw"):
        for letter in db.session.scalars(select(Letter).where(Letter.author_id == person.id)).all():
            if policy.may_withdraw(person, letter):
                actions.withdraw(letter, by=person)
