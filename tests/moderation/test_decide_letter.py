"""Publish, return, reject, take down, put back: who may, what is told, and what two at once see."""

import pytest

from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Kind
from forum.letters.lifecycle import Move, Publication, Visibility
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.moderation import actions
from forum.moderation.lifecycle import Reason
from tests.cast import represent
from tests.moderation.stage import SAID, again, events

FROM = {
    Move.PUBLISH: Publication.SUBMITTED,
    Move.RETURN: Publication.SUBMITTED,
    Move.REJECT: Publication.SUBMITTED,
    Move.TAKE_DOWN: Publication.PUBLISHED,
    Move.REINSTATE: Publication.TAKEN_DOWN,
}
BECOMES = {
    Move.PUBLISH: (Publication.PUBLISHED, Visibility.PUBLIC, Kind.LETTER_PUBLISHED),
    Move.RETURN: (Publication.RETURNED, Visibility.AUTHOR_ONLY, Kind.LETTER_RETURNED),
    Move.REJECT: (Publication.REJECTED, Visibility.AUTHOR_ONLY, Kind.LETTER_REJECTED),
    Move.TAKE_DOWN: (Publication.TAKEN_DOWN, Visibility.TOMBSTONE, Kind.LETTER_TAKEN_DOWN),
    Move.REINSTATE: (Publication.PUBLISHED, Visibility.PUBLIC, Kind.LETTER_REINSTATED),
}


def loaded(cast, letter: Letter) -> Letter:
    return letter_for(cast.dewi, letter.id)


def decide(cast, letter: Letter, move: Move, by=None, **said) -> None:
    said = {"reason": Reason.PERSONAL_DATA, "message": SAID, **said}
    actions.decide_letter(loaded(cast, letter), move, by=by or cast.dewi, **said)


@pytest.mark.parametrize("move", list(FROM))
def test_each_decision_moves_the_letter_and_is_an_event(cast, move: Move) -> None:
    letter = cast.letter(publication=FROM[move])
    decide(cast, letter, move)
    publication, visibility, kind = BECOMES[move]
    assert (again(letter).publication, letter.visibility) == (publication, visibility)
    (event,) = events(kind)
    assert (event.by_id, event.role, event.letter_id) == (cast.dewi.id, "moderator", letter.id)
    assert event.data["message"] == SAID
    if move in actions.AGAINST:
        assert event.data["reason"] == "personal_data"
        assert (letter.reason, letter.message) == ("personal_data", SAID)


@pytest.mark.parametrize("move", list(FROM))
@pytest.mark.parametrize("name", ["ana", "bima", "citra", "fajar"])
def test_only_moderators_decide(cast, browse, name: str, move: Move) -> None:
    letter = cast.letter(publication=FROM[move])
    who = getattr(cast, name)
    with pytest.raises(NotAllowed):
        decide(cast, letter, move, by=who)
    assert browse(who).open(f"/moderation/letters/{letter.id}").status == 403
    url = f"/moderation/letters/{letter.id}/decide"
    page = browse(who).request("POST", url, data={"decision": move.value})
    assert page.status in {403, 409}  # 409: without the token of a form nothing is carried out
    assert again(letter).publication is FROM[move]


def test_nobody_decides_on_an_own_letter(cast, browse) -> None:
    letter = cast.letter(author=cast.dewi, publication=Publication.SUBMITTED)
    with pytest.raises(NotAllowed):
        decide(cast, letter, Move.PUBLISH)
    page = browse(cast.dewi).open(f"/moderation/letters/{letter.id}")
    assert page.status == 200
    assert "Anda tidak dapat memutuskan di sini" in page
    assert not page.find("button", name="decision")
    decide(cast, letter, Move.PUBLISH, by=cast.eko)
    assert again(letter).publication is Publication.PUBLISHED


def test_nobody_decides_about_a_business_they_speak_for(cast, browse) -> None:
    represent(cast.eko, cast.shop)
    letter = cast.letter(publication=Publication.SUBMITTED)
    with pytest.raises(NotAllowed):
        decide(cast, letter, Move.REJECT, by=cast.eko)
    page = browse(cast.eko).open(f"/moderation/letters/{letter.id}")
    assert "Anda tidak dapat memutuskan di sini" in page
    assert not page.find("button", name="decision")


@pytest.mark.parametrize("move", sorted(actions.AGAINST))
def test_a_decision_against_somebody_needs_a_reason_and_words(cast, move: Move) -> None:
    letter = cast.letter(publication=FROM[move])
    for said, field in (
        ({"reason": None}, "reason"),
        ({"message": " singkat "}, "message"),
        ({"message": "x" * 2001}, "message"),
    ):
        with pytest.raises(Invalid) as problem:
            decide(cast, letter, move, **said)
        assert problem.value.field == field
    assert again(letter).publication is FROM[move]
    decide(cast, letter, move, message="x" * 10)


def test_who_is_not_up_to_date_is_told(cast) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    seen = letter.version
    decide(cast, letter, Move.RETURN, seen=seen)
    with pytest.raises(Stale):
        decide(cast, letter, Move.REJECT, by=cast.eko, seen=seen)


@pytest.mark.parametrize("move", list(FROM))
def test_twice_is_refused(cast, move: Move) -> None:
    letter = cast.letter(publication=FROM[move])
    decide(cast, letter, move)
    with pytest.raises(NotNow):
        decide(cast, letter, move)
    assert len(events(BECOMES[move][2])) == 1


def test_withdrawing_is_not_a_moderators_move(cast) -> None:
    with pytest.raises(NotNow):
        decide(cast, cast.letter(), Move.WITHDRAW)


def test_the_desk_publishes(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    page = browse(cast.dewi).submit(f"/moderation/letters/{letter.id}", form="/decide", button=("decision", "publish"))
    assert "Surat sudah dimuat." in page
    assert again(letter).publication is Publication.PUBLISHED


def test_the_desk_keeps_every_word_of_a_stale_decision(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    dewi, eko = browse(cast.dewi), browse(cast.eko)
    url = f"/moderation/letters/{letter.id}"
    dewi.open(url)
    eko.open(url)
    eko.submit(form="/decide", button=("decision", "publish"))
    page = dewi.submit(form="/decide", button=("decision", "reject"), reason="insult", message=SAID)
    assert "berubah" in page  # told in words
    assert SAID in page
    assert again(letter).publication is Publication.PUBLISHED
    page = dewi.submit(form="/decide", button=("decision", "take_down"))
    assert again(letter).publication is Publication.TAKEN_DOWN
    assert letter.message == SAID


def test_a_second_click_is_told_and_changes_nothing(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    dewi = browse(cast.dewi)
    first = dewi.open(f"/moderation/letters/{letter.id}")
    fields = {"form": "/decide", "button": ("decision", "publish")}
    dewi.submit(follow=False, **fields)
    dewi.page = first
    page = dewi.submit(**fields)
    assert page.status == 200
    assert len(events(Kind.LETTER_PUBLISHED)) == 1


def test_an_empty_message_becomes_a_proposal_to_read_first(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    dewi = browse(cast.dewi)
    page = dewi.submit(
        f"/moderation/letters/{letter.id}", form="/decide", button=("decision", "return"), reason="named_person"
    )
    assert "Ini usulan pesannya" in page
    assert again(letter).publication is Publication.SUBMITTED
    dewi.submit(form="/decide", button=("decision", "return"))
    assert again(letter).publication is Publication.RETURNED
    assert "inisial" in letter.message


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "withdraw"},
        {"decision": "drop table"},
        {"decision": ""},
        {"decision": "reject", "reason": "no such", "message": SAID},
        {"decision": "reject", "reason": "insult", "message": "x" * 100_000},
        {"decision": "publish", "seen": "9" * 40},
        {"decision": "publish", "seen": "-1"},
        {"decision": "publish", "seen": "{{7*7}}"},
    ],
)
def test_junk_is_refused_in_words(cast, browse, fields: dict[str, str]) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    dewi = browse(cast.dewi)
    page = dewi.submit(
        f"/moderation/letters/{letter.id}", form="/decide", button=("decision", fields.pop("decision")), **fields
    )
    assert page.status == 200
    assert page.find("div", class_="problems")
    assert "49" not in page.words.split()
    assert again(letter).publication is Publication.SUBMITTED


def test_hostile_words_are_shown_as_words(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    said = "<script>alert(1)</script> {{7*7}} \u202eterbalik"
    browse(cast.dewi).submit(
        f"/moderation/letters/{letter.id}", form="/decide", button=("decision", "reject"), reason="insult", message=said
    )
    assert again(letter).publication is Publication.REJECTED
    assert "\u202e" not in letter.message
    page = browse(cast.eko).open(f"/moderation/letters/{letter.id}")
    assert "<script>alert(1)</script> {{7*7}}" in page
    assert "<script>alert" not in page.text


def test_a_letter_that_is_not_there(cast, browse) -> None:
    assert browse(cast.dewi).open("/moderation/letters/999999").status == 404
    assert browse(cast.dewi).open(f"/moderation/letters/{2**63}").status == 404
