"""What stands beside each item of the desk: history with differences, earlier decisions, hints with rules, accounts nearby; at a bounded cost."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from forum.accounts.models import LoginSession, User
from forum.comments.lifecycle import CommentState, HeldFor
from forum.comments.models import Comment
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Kind
from forum.core.secrecy import new_token
from forum.letters.lifecycle import Move, Publication
from forum.letters.queries import letter_for
from forum.moderation import actions
from forum.moderation.lifecycle import Reason
from forum.moderation.queries.panel import A_CROWD, SHOWN_HINTS, panel_of, sighted
from forum.moderation.words import proposal
from tests.cast import make_comment
from tests.contests.stage import case_of, contest, whole
from tests.moderation.stage import (
    SAID,
    events,
    make_claim,
    make_objection,
    make_report,
    make_response,
    make_revision,
    thing,
)

ACCUSES = "Pak Budi Hartono itu penipu. Teleponnya 0812 3456 7890, lihat https://contoh.example/bukti sekarang juga."
BUDGET = 32


@unit_of_work
def signed_in(person: User, address: str, device: str = "Chrome · Android", *, days: int = 0) -> None:
    at = utcnow() - timedelta(days=days)
    db.session.add(LoginSession(user_id=person.id, token_hash=new_token(), address=address, device=device, seen_at=at))


def test_hints_name_kind_place_and_rule() -> None:
    found = sighted([("teks", ACCUSES)])
    assert [(one.kind, one.found, one.rule) for one in found] == [
        ("crime", "penipu", "persons"),
        ("name", "Budi Hartono", "persons"),
        ("phone", "0812 3456 7890", "private"),
        ("link", "https://contoh.example/bukti", "conduct"),
    ] or {one.kind for one in found} == {"crime", "name", "phone", "link"}
    assert len(sighted([("teks", "penipu https://a.example " * 800)])) <= SHOWN_HINTS
    assert not sighted([("teks", "Barang belum dikirim oleh Toko Melati.")], ["Toko Melati"])


def test_the_desk_of_a_letter_shows_hints_with_links_to_the_rules(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED, text=ACCUSES)
    page = browse(cast.dewi).open(f"/moderation/letters/{letter.id}")
    for words in ("Tuduhan tindak pidana", "Budi Hartono", "0812 3456 7890", "contoh.example/bukti", "Akun baru"):
        assert words in page, words
    assert page.find("a", href="/rules#persons")
    rules = browse().open("/rules")
    for anchor in ("belongs", "persons", "private", "conduct", "once", "contests"):
        assert f'id="{anchor}"' in rules.text


def test_earlier_decisions_on_person_and_business_are_listed_with_links(cast) -> None:
    old = cast.letter(publication=Publication.SUBMITTED, title="Surat lama yang ditolak")
    actions.decide_letter(letter_for(cast.dewi, old.id), Move.REJECT, by=cast.dewi, reason=Reason.DUPLICATE, message=SAID)
    panel = panel_of([], person_id=cast.ana.id, merchants=[cast.shop])
    assert panel.person is not None
    assert [(one.kind, one.letter_id, one.reason) for one in panel.person.before] == [(Kind.LETTER_REJECTED, old.id, "duplicate")]
    ((_business, past, before),) = panel.businesses
    assert past.rejected == 1
    assert [one.title for one in before] == [old.title]


def test_accounts_at_the_same_address_are_named_without_the_address(cast, browse) -> None:
    for person, device in ((cast.ana, "Chrome · Android"), (cast.citra, "Chrome · Android"), (cast.fajar, "Safari · iOS")):
        signed_in(person, "198.51.100.7", device)
    signed_in(cast.bima, "198.51.100.7", days=40)  # too long ago
    letter = cast.letter(publication=Publication.SUBMITTED)
    panel = panel_of([], person_id=cast.ana.id)
    assert panel.person is not None
    assert {(one.name, one.device) for one in panel.person.nearby} == {(cast.citra.name, True), (cast.fajar.name, False)}
    page = browse(cast.dewi).open(f"/moderation/letters/{letter.id}")
    assert "Masuk dari alamat jaringan yang sama dengan" in page
    assert "198.51.100.7" not in page.text
    for number in range(A_CROWD + 1):
        signed_in(cast.person(f"Orang{number} Ramai"), "198.51.100.7")
    crowded = panel_of([], person_id=cast.ana.id).person
    assert crowded is not None
    assert (crowded.nearby, crowded.crowd > A_CROWD) == ([], True)


def test_versions_tell_what_changed_from_one_to_the_next(cast) -> None:
    letter = cast.letter()
    revision = make_revision(letter)
    actions.decide_revision(thing(cast.dewi, "letter", letter) and _loaded(cast, revision), accept=True, by=cast.dewi)
    db.session.expire_all()
    panel = panel_of([], letter=letter_for(cast.dewi, letter.id))
    assert panel.versions[0].kind == "accepted"
    assert panel.versions[0].text == ()


def _loaded(cast, revision: Any) -> Any:
    from forum.moderation.queries.desk import revision_for

    db.session.expire_all()
    return revision_for(cast.dewi, revision.id)


@unit_of_work
def hold(comment: Comment) -> None:
    comment.state, comment.held_at, comment.held_for = CommentState.HELD, utcnow(), HeldFor.FIRST


def items(cast) -> dict[str, str]:
    """The address of one item of each kind."""
    letter = whole(cast)
    comment = make_comment(letter, cast.citra)
    held = make_comment(letter, cast.citra, "Komentar yang masih menunggu.")
    hold(held)
    response, revision = make_response(letter, cast.bima), make_revision(letter)
    make_report(thing(cast.dewi, "comment", comment))
    made = contest(letter, cast.bima, case=case_of(letter))
    claim = make_claim(cast.citra, cast.courier)
    objection = make_objection(cast.citra, cast.bima.representations[0])
    waiting = cast.letter(publication=Publication.SUBMITTED)
    return {
        "letter": f"/moderation/letters/{waiting.id}",
        "printed": f"/moderation/letters/{letter.id}",
        "revision": f"/moderation/revisions/{revision.id}",
        "held": f"/moderation/held/{held.id}",
        "comment": f"/moderation/comments/{comment.id}/reports",
        "response": f"/moderation/responses/{response.id}/reports",
        "contest": f"/moderation/contests/{made.id}",
        "claim": f"/moderation/claims/{claim.id}",
        "objection": f"/moderation/objections/{objection.id}",
    }


def test_every_kind_of_item_has_its_panel_within_the_budget(cast, browse) -> None:
    dewi = browse(cast.dewi)
    for name, url in items(cast).items():
        page = dewi.open(url)
        assert page.status == 200, name
        assert page.find("section", id="hints"), name
        assert len(page.queries) <= BUDGET, (name, len(page.queries))


@pytest.mark.parametrize("rows", [3, 30])
def test_it_costs_the_same_with_more_around_it(cast, browse, rows: int) -> None:
    for number in range(rows):
        letter = cast.letter(publication=Publication.SUBMITTED, title=f"Surat nomor {number} tentang toko")
        actions.decide_letter(letter_for(cast.dewi, letter.id), Move.REJECT, by=cast.dewi, reason=Reason.DUPLICATE, message=SAID)
        signed_in(cast.ana, f"198.51.100.{number}")
    letter = cast.letter(publication=Publication.SUBMITTED)
    page = browse(cast.dewi).open(f"/moderation/letters/{letter.id}")
    assert len(page.queries) <= BUDGET


def test_the_words_proposed_are_in_the_language_of_who_gets_them(cast, browse) -> None:
    @unit_of_work
    def speak(person: User, language: str) -> None:
        db.session.execute(update(User).where(User.id == person.id).values(language=language))

    speak(cast.ana, "en")
    letter = cast.letter(publication=Publication.SUBMITTED)
    dewi = browse(cast.dewi)
    url = f"/moderation/letters/{letter.id}"
    page = dewi.submit(url, form="/decide", button=("decision", "reject"), reason="duplicate", message="")
    assert "Ini usulan pesannya" in page
    proposed = page.find("textarea", name="message")[0].text_content()
    assert "The same matter has been sent here already" in proposed
    assert "The rule: " in proposed
    assert "/rules#once" in proposed
    edited = proposed.strip() + "\n\nThank you."
    dewi.submit(form="/decide", button=("decision", "reject"), message=edited)
    (event,) = events(Kind.LETTER_REJECTED)
    assert event.data["message"].replace("\r\n", "\n") == edited.replace("\r\n", "\n")  # what was sent stands with the decision


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_text_in_both_languages_within_the_limit(app, reason: Reason) -> None:
    with app.test_request_context("/"):
        texts = {language: proposal(reason, language) for language in ("id", "en")}
    assert texts["id"] != texts["en"]
    assert all(10 <= len(text) <= 2_000 for text in texts.values())
    assert all(("/rules#" in text) is (reason is not Reason.ORDER) for text in texts.values())
