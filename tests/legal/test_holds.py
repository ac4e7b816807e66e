"""While a letter is held nothing of it is purged, whoever deletes; two persons release it, and only then goes what was given up."""

from datetime import timedelta
from typing import Any

import pytest
from flask import current_app
from sqlalchemy import func, select, update

from forum.accounts.actions import close_account
from forum.attachments import actions as attachments
from forum.attachments.actions.sweeping import sweep
from forum.attachments.models import Attachment
from forum.comments.actions import delete as delete_comment
from forum.comments.actions import edit as edit_comment
from forum.contests.actions import prune_contests
from forum.contests.lifecycle import ContestState
from forum.contests.models import Contest
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Kind, Role, record
from forum.desk.actions import add_note, delete_note
from forum.desk.actions.assign import clear_desk
from forum.legal import actions, queries
from forum.legal.models import LegalHold
from forum.letters import actions as letters
from forum.letters.kept import KeptWords
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter, LetterDraft
from forum.notifications.models import Notification
from forum.people import actions as people
from forum.people.lifecycle import RequestKind
from forum.privacy.queries.owned import Person, rows_of
from forum.reply.actions import prune_replies
from forum.reply.lifecycle import ReplyState
from forum.reply.models import Reply
from forum.responses.actions import drop_draft, prune_links, save_draft
from forum.responses.models import AnswerLink, ResponseDraft
from forum.webhooks.actions import prune_deliveries
from forum.webhooks.lifecycle import DeliveryState
from forum.webhooks.models import Webhook, WebhookDelivery
from tests.attachments.rows import file_row, keys_of, stored
from tests.cast import make_comment
from tests.contests.stage import case_of, contest, whole
from tests.legal import stage

LONG_AGO = timedelta(days=4000)


def kept() -> list[tuple[str, dict[str, Any]]]:
    return [(one.about, one.words) for one in db.session.scalars(select(KeptWords).order_by(KeptWords.id))]


@unit_of_work
def backdate(model: Any, column: str = "created_at", **more: Any) -> None:
    db.session.execute(update(model).values({column: utcnow() - LONG_AGO, **more}))


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def letter_again(letter: Letter) -> Letter:
    return db.session.get_one(Letter, letter.id, populate_existing=True)


def test_a_hold_is_released_by_two_and_not_by_the_author(cast) -> None:
    letter = cast.letter(author=cast.surya)
    made = stage.hold(cast, letter, quiet=True)
    assert letter_again(letter).held_quietly
    second = stage.hold(cast, letter)
    assert not letter_again(letter).held_quietly
    found = queries.hold_for(cast.dewi, made.id)
    with pytest.raises(NotAllowed):
        actions.ask_release(found, by=cast.surya, why=stage.WHY)  # wrote the letter
    request = actions.ask_release(found, by=cast.dewi, why=stage.WHY)
    assert request.kind is RequestKind.RELEASE_HOLD
    for one in (cast.dewi, cast.surya, cast.ana):
        with pytest.raises(NotAllowed):
            people.confirm(request, by=one)
    people.confirm(request, by=cast.eko)
    made = stage.again(made)
    assert (made.released_by_id, made.second_by_id) == (cast.dewi.id, cast.eko.id)
    assert letter_again(letter).held_since is not None  # the other one holds it still
    with pytest.raises(NotNow):
        actions.ask_release(queries.hold_for(cast.dewi, made.id), by=cast.dewi, why=stage.WHY)
    stage.release(cast, second)
    assert letter_again(letter).held_since is None


def test_only_who_has_no_part_in_it_holds(cast) -> None:
    letter = queries.letter_to_hold(cast.letter().id)
    for by in (cast.ana, cast.bima, cast.citra):
        with pytest.raises(NotAllowed):
            actions.hold(letter, by=by, why=stage.WHY)
    with pytest.raises(Invalid):
        actions.hold(letter, by=cast.dewi, why="x")
    once = "h" * 32
    assert (
        actions.hold(letter, by=cast.dewi, why=stage.WHY, once=once).id
        == actions.hold(letter, by=cast.dewi, why=stage.WHY, once=once).id
    )
    assert count(LegalHold) == 1


def test_originals_outlive_their_time(cast) -> None:
    held, free = cast.letter(), cast.letter(title="Surat lain yang juga panjang")
    one, other = stored(cast.ana, held), stored(cast.ana, free, name="lain.jpg", data=_other_picture())
    made = stage.hold(cast, held)
    backdate(Attachment)
    storage = current_app.extensions["storage"]
    assert attachments.forget_originals(storage) == 1
    assert stage.again(one).original_key is not None
    assert stage.again(other).original_key is None
    list(sweep(storage, older_than=timedelta(0)))
    assert all(storage.exists(key) for key in keys_of(stage.again(one)))
    with pytest.raises(NotNow) as problem:
        attachments.forget_original(one, by=cast.dewi, second=cast.eko)
    assert problem.value.code == "data_held"
    stage.release(cast, made)
    assert attachments.forget_originals(storage) == 1
    assert stage.again(one).original_key is None


def _other_picture() -> bytes:
    from PIL import Image

    from tests.attachments.hostile import jpeg

    return jpeg(image=Image.new("RGB", (60, 40), "navy"))


def test_originals_of_contests_responses_and_drafts_are_held_too(cast) -> None:
    """Whatever way a file hangs on a held letter."""
    letter = whole(cast)
    made = contest(letter, cast.citra)
    case = letter.cases[0]
    response_draft = save_draft(case_of(letter), by=cast.bima, fields={"text": ["Kami sedang memeriksanya."]})
    files = [stored(cast.ana, letter, data=_picture(number), name=f"{number}.jpg") for number in range(4)]
    _hang(files[1], letter_id=None, contest_id=made.id)
    _hang(files[2], letter_id=None, response_draft_id=response_draft.id)
    _hang(files[3], letter_id=letter.id, case_id=case.id)
    stage.hold(cast, letter)
    backdate(Attachment)
    assert attachments.forget_originals(current_app.extensions["storage"]) == 0


def _picture(number: int) -> bytes:
    from PIL import Image

    from tests.attachments.hostile import jpeg

    return jpeg(image=Image.new("RGB", (40 + number, 40), "white"))


@unit_of_work
def _hang(file: Attachment, **values: Any) -> None:
    db.session.execute(update(Attachment).where(Attachment.id == file.id).values(**values))


def test_the_last_picture_of_a_held_file_is_not_painted_over(cast) -> None:
    letter = cast.letter()
    file = stored(cast.ana, letter)
    attachments.forget_original(file, by=cast.dewi, second=cast.eko)
    stage.hold(cast, letter)
    with pytest.raises(NotNow) as problem:
        attachments.cover(file, [[1, 0.1, 0.1, 0.2, 0.2]], by=cast.ana, storage=current_app.extensions["storage"])
    assert problem.value.code == "data_held"


def test_a_withdrawn_letter_keeps_its_data(cast) -> None:
    letter = cast.letter(publication=Publication.RETURNED)
    draft = letters.mending_draft(letter, by=cast.ana, fields={"text": ["Isi yang diperbaiki."]})
    own, new = stored(cast.ana, letter), stored(cast.ana, draft=draft, name="baru.jpg", data=_other_picture())
    _hang(own, draft_id=draft.id)
    made = stage.hold(cast, letter)
    letters.withdraw(letter_again(letter), by=cast.ana)
    assert letter_again(letter).publication is Publication.WITHDRAWN  # the author may
    assert kept() == [(f"draft:{draft.id}", {"fields": {"text": ["Isi yang diperbaiki."]}})]
    assert stage.again(own).letter_id == letter.id
    file = stage.again(new)
    assert (file.draft_id, file.letter_id, file.kept_letter_id) == (None, None, letter.id)
    backdate(Attachment)
    assert attachments.forget_originals(current_app.extensions["storage"]) == 0
    stage.release(cast, made)
    assert kept() == []
    assert db.session.scalar(select(Attachment.id).where(Attachment.id == new.id)) is None
    assert stage.again(own).letter_id == letter.id  # that is the letter's


def test_a_file_taken_out_of_a_held_letter_is_kept_unseen(cast, browse) -> None:
    letter = cast.letter(publication=Publication.RETURNED)
    draft = letters.mending_draft(letter, by=cast.ana, fields={"text": ["Isi yang diperbaiki."]})
    file = stored(cast.ana, letter)
    _hang(file, draft_id=draft.id)
    stage.hold(cast, letter, quiet=True)
    attachments.remove(stage.again(file), by=cast.ana)
    found = stage.again(file)
    assert (found.letter_id, found.draft_id, found.kept_letter_id) == (None, None, letter.id)
    for who in (cast.ana, cast.dewi):
        assert browse(who).open(f"/files/{found.token}/full/{found.name}").status == 404


def test_without_a_hold_everything_goes(cast) -> None:
    letter = cast.letter(publication=Publication.RETURNED)
    draft = letters.mending_draft(letter, by=cast.ana, fields={"text": ["Isi yang diperbaiki."]})
    stored(cast.ana, draft=draft)
    letters.withdraw(letter_again(letter), by=cast.ana)
    assert (count(Attachment), count(LetterDraft), kept()) == (0, 0, [])


def test_a_closed_account_leaves_what_is_held(cast) -> None:
    letter = cast.letter(publication=Publication.RETURNED)
    draft = letters.mending_draft(letter, by=cast.ana, fields={"text": ["Isi yang diperbaiki."]})
    _told(cast.ana, letter)
    stage.hold(cast, letter)
    close_account(cast.ana, by=cast.ana, withdraw=True)
    found = dict(kept())
    assert found[f"draft:{draft.id}"] == {"fields": {"text": ["Isi yang diperbaiki."]}}
    assert found[f"user:{cast.ana.id}"]["name"] == "Ana Wijaya"
    assert found[f"user:{cast.ana.id}"]["email"] == "ana@surat.example"
    assert count(LetterDraft) == 0
    assert count(Notification) == 1
    raw = db.session.scalar(db.text("SELECT words FROM kept_words LIMIT 1"))
    assert raw.startswith("gAAAA")


@unit_of_work
def _told(user: Any, letter: Letter) -> None:
    event = record(Kind.LETTER_RETURNED, by=None, role=Role.MODERATOR, letter_id=letter.id)
    db.session.add(Notification(user_id=user.id, event_id=event.id, kind="returned", letter_id=letter.id))


def test_words_of_comments_stay_as_a_copy(cast) -> None:
    letter = cast.letter()
    comment = make_comment(letter, cast.citra, "Saya juga ditipu toko ini.")
    stage.hold(cast, letter)
    edit_comment(_whole(comment), by=cast.citra, text="Saya juga kecewa pada toko ini.", seen=comment.version)
    delete_comment(_whole(comment), by=cast.citra)
    assert [words["text"] for _about, words in kept()] == [
        "Saya juga ditipu toko ini.",
        "Saya juga kecewa pada toko ini.",
    ]
    assert stage.again(comment).text == ""


def _whole(comment: Any) -> Any:
    from sqlalchemy.orm import joinedload

    from forum.comments.models import Comment

    return db.session.get_one(
        Comment, comment.id, options=[joinedload(Comment.letter).selectinload(Letter.cases)], populate_existing=True
    )


def test_drafts_of_responses_and_notes_stay_as_a_copy(cast) -> None:
    letter = cast.letter()
    case = case_of(letter)
    save_draft(case, by=cast.bima, fields={"text": ["Kami sedang memeriksanya."]})
    first, second = (add_note(case, by=cast.bima, text=f"Catatan {one} gudang") for one in ("satu", "dua"))
    stage.hold(cast, letter)
    drop_draft(case_of(letter), by=cast.bima)
    delete_note(first, by=cast.bima)
    clear_desk(case.id)
    assert [about.partition(":")[0] for about, _words in kept()] == ["response_draft", "note", "note"]
    assert count(ResponseDraft) == 0
    assert second.id


@pytest.mark.parametrize("is_held", [True, False])
def test_what_the_worker_prunes_asks(cast, is_held: bool) -> None:
    """Mailed links, contests with their files, rights of reply, deliveries of webhooks."""
    letter = whole(cast)
    _old_rows(cast, letter, contest(letter, cast.citra))
    if is_held:
        stage.hold(cast, letter)
    for prune in (prune_links, prune_contests, prune_replies, prune_deliveries):
        prune()
    left = {model: count(model) for model in (AnswerLink, Reply, WebhookDelivery, Attachment)}
    assert left == dict.fromkeys(left, 1 if is_held else 0)
    assert (db.session.scalars(select(Contest.name)).one() is not None) is is_held


@unit_of_work
def _old_rows(cast: Any, letter: Letter, made: Contest) -> None:
    """Everything that is pruned, far beyond its time."""
    then, case = utcnow() - LONG_AGO, letter.cases[0]
    db.session.execute(
        update(Contest)
        .where(Contest.id == made.id)
        .values(state=ContestState.REJECTED, ended_at=then, name="Zulkarnain")
    )
    db.session.add(file_row(cast.citra.id, contest_id=made.id))
    db.session.add(AnswerLink(case_id=case.id, address="a@b.example", token_hash="t" * 64, expires_at=then, fields={}))
    reply = {"name": "Z", "byline": "Z", "place": "", "text": "x", "html": "x", "renderer": 1, "email_key": "k"}
    db.session.add(Reply(letter_id=letter.id, state=ReplyState.UNPROVEN, created_at=then, **reply))
    webhook = Webhook(merchant_id=cast.shop.id, url="https://toko.example/x", secret="s", created_by_id=cast.bima.id)
    event = record(Kind.LETTER_PUBLISHED, by=None, role=Role.MODERATOR, letter_id=letter.id)
    db.session.add(webhook)
    db.session.flush()
    delivered = {"state": DeliveryState.GIVEN_UP, "created_at": then, "body": "{}", "type": "x", "key": "k"}
    db.session.add(WebhookDelivery(webhook_id=webhook.id, event_id=event.id, **delivered))


@pytest.mark.parametrize("quiet", [True, False])
def test_what_a_quiet_hold_alone_keeps_is_in_no_copy(cast, quiet: bool) -> None:
    letter = cast.letter()
    file = stored(cast.ana, letter)
    stage.hold(cast, letter, quiet=quiet)
    _give_up(file)
    person = Person(cast.ana.id, cast.ana.email)
    assert bool(rows_of(person, "attachment")) is not quiet
    assert bool(rows_of(person, "attachment_copy")) is not quiet


@unit_of_work
def _give_up(file: Attachment) -> None:
    row = db.session.get_one(Attachment, file.id)
    row.kept_letter_id, row.letter_id = row.letter_id, None
