"""A letter is sent once, whole, by somebody who may."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.config import settings
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, NotAllowed, TooMany
from forum.core.events import Event, Kind
from forum.letters import actions
from forum.letters.content import Content
from forum.letters.lifecycle import NameShown, Publication, Visibility
from forum.letters.models import Case, Letter, LetterDraft
from forum.merchants.models import Merchant
from tests.cast import TEXT
from tests.letters.files import kept_file

ONCE = "a-key-of-one-form-0001"


def content(**changes) -> Content:
    return Content(
        **{
            "title": "Barang belum dikirim",
            "text": TEXT,
            "merchants": ("Toko Melati",),
            "category": "toko-online",
            "place": "Surabaya",
            "province": "35",
            **changes,
        }
    )


def test_a_letter_is_sent_to_the_moderators(cast):
    letter = actions.submit(content(details=({"order": "INV-77", "phone": ""},)), by=cast.ana, once=ONCE)
    assert letter.publication is Publication.SUBMITTED
    assert letter.visibility is Visibility.AUTHOR_ONLY
    assert letter.byline == "Ana Wijaya"
    assert letter.html.startswith("<p>Saya membeli")
    assert letter.submitted_at
    assert letter.published_at is None
    case = db.session.scalars(select(Case).where(Case.letter_id == letter.id)).one()
    assert case.details == {"order": "INV-77"}
    assert case.started_at is None
    event = db.session.scalars(select(Event).where(Event.kind == Kind.LETTER_SUBMITTED)).one()
    assert (event.letter_id, event.by_id) == (letter.id, cast.ana.id)
    assert "INV-77" not in str(event.data)


def test_private_details_are_sealed_at_rest(cast):
    actions.keep_draft(by=cast.ana, once=ONCE, fields={"details_order": ["INV-77"]})
    sealed = db.session.connection().exec_driver_sql("SELECT fields FROM letter_draft").scalar_one()
    assert "INV-77" not in sealed
    actions.submit(content(details=({"order": "INV-77"},)), by=cast.ana, once=ONCE)
    sealed = db.session.connection().exec_driver_sql('SELECT details FROM "case"').scalar_one()
    assert "INV-77" not in sealed


def test_initials_when_the_author_wants_them(cast):
    letter = actions.submit(content(name_shown=NameShown.INITIALS), by=cast.ana, once=ONCE)
    assert letter.byline == "A. W."


def test_a_double_click_sends_once(cast):
    first = actions.submit(content(), by=cast.ana, once=ONCE)
    second = actions.submit(content(title="Judul lain sama sekali"), by=cast.ana, once=ONCE)
    assert second.id == first.id
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 1
    assert db.session.scalar(select(func.count()).select_from(Event).where(Event.kind == Kind.LETTER_SUBMITTED)) == 1


def test_the_same_key_of_two_people_is_two_letters(cast):
    first = actions.submit(content(), by=cast.ana, once=ONCE)
    assert actions.submit(content(), by=cast.citra, once=ONCE).id != first.id


def test_the_draft_ends_and_its_files_go_with_the_letter(cast):
    draft = actions.keep_draft(by=cast.ana, once=ONCE, fields={"title": ["x"]})
    file = kept_file(cast.ana, draft=draft)
    letter = actions.submit(content(), by=cast.ana, once=ONCE)
    assert db.session.scalar(select(func.count()).select_from(LetterDraft)) == 0
    db.session.refresh(file)
    assert (file.letter_id, file.draft_id) == (letter.id, None)


def test_several_businesses_make_several_cases_in_order(cast):
    letter = actions.submit(content(merchants=("Kurir Kilat", "Toko Baru Sekali")), by=cast.ana, once=ONCE)
    names = db.session.scalars(
        select(Merchant.name)
        .join(Case, Case.merchant_id == Merchant.id)
        .where(Case.letter_id == letter.id)
        .order_by(Case.position)
    ).all()
    assert names == ["Kurir Kilat", "Toko Baru Sekali"]


def test_unconfirmed_people_do_not_send_yet(cast):
    gita = cast.person("Gita", confirmed=False)
    actions.keep_draft(by=gita, once=ONCE, fields={"title": ["Kata saya"]})
    with pytest.raises(NotAllowed) as refused:
        actions.submit(content(), by=gita, once=ONCE)
    assert refused.value.code == "not_confirmed"
    assert db.session.scalars(select(LetterDraft)).one().fields == {"title": ["Kata saya"]}


def test_the_number_of_letters_a_day_is_limited(cast):
    for number in range(settings().letters_per_day):
        actions.submit(content(), by=cast.ana, once=f"{ONCE}{number}")
    with pytest.raises(TooMany) as refused:
        actions.submit(content(), by=cast.ana, once=f"{ONCE}x")
    assert 0 < refused.value.facts["retry_after"] <= 86_400
    _age(cast.ana.id)
    actions.submit(content(), by=cast.ana, once=f"{ONCE}x")


@unit_of_work
def _age(author_id: int) -> None:
    for letter in db.session.scalars(select(Letter).where(Letter.author_id == author_id)).all():
        letter.submitted_at = utcnow() - timedelta(days=1, minutes=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "abcd"}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"text": "x" * 49}, "text"),
        ({"text": "x" * 20_001}, "text"),
        ({"merchants": ()}, "merchants"),
        ({"merchants": tuple(f"Toko {n}" for n in range(6))}, "merchants"),
        ({"merchants": ("Toko Melati", "TOKO  melati")}, "merchants"),
        ({"merchants": ("!!!",)}, "merchants"),
        ({"category": "tidak-ada"}, "category"),
        ({"province": "99"}, "place"),
        ({"loss": -1}, "loss"),
        ({"loss": 2**63}, "loss"),
        ({"event_on": (utcnow() + timedelta(days=3)).date()}, "event_on"),
        ({"ask": "x" * 1_001}, "ask"),
        ({"details": ({"nik": "1"},)}, "details_order"),
        ({"details": ({"order": "x" * 101},)}, "details_order"),
    ],
)
def test_what_does_not_hold_is_refused_at_its_field(cast, changes, field):
    with pytest.raises(Invalid) as refused:
        actions.submit(content(**changes), by=cast.ana, once=ONCE)
    assert refused.value.field == field
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 0
