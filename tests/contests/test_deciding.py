"""The decision: a closed reason, words, what follows; heard first, by nobody who has a part in it, once."""

import pytest
from sqlalchemy import select

from forum.contests import actions
from forum.contests.actions import Verdict
from forum.contests.lifecycle import EFFECTS, ContestState, Effect, Finding, Ground
from forum.core.db import db
from forum.core.errors import Invalid, NotAllowed, NotNow, Stale
from forum.core.events import Kind
from forum.letters.lifecycle import Publication
from forum.letters.models import Revision
from forum.redactions.models import Redaction
from forum.redactions.queries import redaction_for
from tests.cast import make_comment, represent
from tests.contests.stage import (
    PHONE,
    SAID,
    TEXT,
    THEFT,
    again,
    case_of,
    contest,
    decide,
    earlier,
    not_our_customer,
    whole,
)
from tests.moderation.stage import events, make_revision

ANSWER = "Saya melihatnya sendiri, dan rekamannya saya lampirkan."


def test_an_unproved_statement_is_covered_everywhere(cast) -> None:
    letter = whole(cast)
    comment = make_comment(letter, cast.citra, f"Benarkah “{THEFT}”?")
    make_revision(letter)
    made = contest(letter, cast.person("Gita"))
    actions.answer(again(made), by=cast.ana, text=ANSWER)
    decide(made, cast.dewi, uphold=True)
    db.session.expire_all()
    assert THEFT not in letter.text + letter.html + comment.text
    assert all(THEFT not in one.text for one in db.session.scalars(select(Revision)))
    assert "[bagian ini disamarkan]" in letter.text
    assert letter.publication is Publication.PUBLISHED
    assert letter.contested_at is None
    (event,) = events(Kind.CONTEST_DECIDED)
    assert {name: event.data[name] for name in ("decision", "reason", "effect", "asked_by", "ground")} == {
        "decision": "upheld", "reason": "not_proved", "effect": "cover", "asked_by": "person_named", "ground": "false_fact",
    }  # fmt: skip


def test_a_rejected_one_shows_again_what_it_covered(cast) -> None:
    letter = whole(cast)
    decide(contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE), cast.dewi, uphold=False)
    assert letter.text == TEXT
    (event,) = events(Kind.WORDS_RESTORED)
    assert event.data["asked_by"] == "person_named"


def test_an_upheld_one_keeps_it_covered_for_its_own_reason(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE)
    decide(made, cast.dewi, uphold=True)
    assert PHONE not in letter.text
    redaction = redaction_for(again(made).redaction_id, letter.id)
    assert (redaction.reason, redaction.by_id, redaction.waits) == ("others_data", cast.dewi.id, False)


@pytest.mark.parametrize(("ground", "reason"), [(Ground.NOT_OUR_CUSTOMER, "not_customer"), (Ground.DUPLICATE, "duplicate")])
def test_some_grounds_take_the_letter_down(cast, ground, reason) -> None:
    letter = whole(cast)
    not_our_customer(letter, cast.bima)
    made = contest(letter, cast.bima, ground, case=case_of(letter))
    other = contest(letter, cast.citra)
    earlier(made, hours=49)
    actions.lapse(again(made))
    decide(made, cast.dewi, uphold=True)
    assert letter.publication is Publication.TAKEN_DOWN
    assert (letter.reason, letter.message) == (reason, SAID)
    (event,) = events(Kind.LETTER_TAKEN_DOWN)
    assert (event.data["asked_by"], event.data["contest_id"]) == ("business", made.id)
    assert again(other).state is ContestState.CLOSED
    assert again(made).state is ContestState.UPHELD


def test_the_author_is_heard_before_it_is_upheld_but_it_may_be_rejected_at_once(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra)
    with pytest.raises(NotNow) as caught:
        decide(made, cast.dewi, uphold=True)
    assert caught.value.code == "author_not_heard"
    assert letter.text == TEXT
    decide(made, cast.dewi, uphold=False)
    assert again(made).state is ContestState.REJECTED


def test_whoever_has_a_part_in_it_does_not_decide(cast) -> None:
    letter = whole(cast)
    personal = contest(letter, cast.eko, Ground.PERSONAL_DATA, PHONE)
    ours = contest(letter, cast.bima, Ground.DUPLICATE, case=case_of(letter))
    cast.letter(author=cast.dewi, title="Surat redaktur tentang toko ini")  # Dewi wrote against the shop
    for made, who in ((personal, cast.eko), (ours, cast.dewi), (ours, cast.citra), (ours, cast.ana), (ours, cast.bima)):
        with pytest.raises(NotAllowed):
            decide(made, who, uphold=False)
    represent(cast.eko, cast.shop)
    with pytest.raises(NotAllowed):
        decide(ours, cast.eko, uphold=False)
    decide(personal, cast.dewi, uphold=False)


def test_a_moderator_who_contested_as_a_guest_does_not_decide(cast) -> None:
    from forum.accounts.models import Guest

    made = contest(whole(cast), Guest(), Ground.PERSONAL_DATA, PHONE, email=cast.eko.email)
    actions.prove(again(made))
    with pytest.raises(NotAllowed):
        decide(made, cast.eko, uphold=True)


def test_two_moderators_decide_once(cast) -> None:
    made = contest(whole(cast), cast.citra, Ground.PERSONAL_DATA, PHONE)
    seen = made.version
    decide(made, cast.dewi, uphold=True, seen=seen)
    with pytest.raises(NotNow):
        decide(made, cast.eko, uphold=False, seen=seen)
    other = contest(again(made).letter, cast.citra)
    seen = other.version
    actions.answer(again(other), by=cast.ana, text=ANSWER)
    with pytest.raises(Stale):
        decide(other, cast.eko, uphold=False, seen=seen)


@pytest.mark.parametrize(
    ("finding", "message", "effect", "field"),
    [(None, SAID, Effect.COVER, "reason"), (Finding.OPINION, SAID, Effect.COVER, "reason"), (Finding.PRIVATE, "Ya", Effect.COVER, "message"),
     (Finding.PRIVATE, SAID, None, "effect")],
)  # fmt: skip
def test_it_takes_a_reason_of_its_ground_words_and_what_follows(cast, finding, message, effect, field) -> None:
    made = contest(whole(cast), cast.citra, Ground.PERSONAL_DATA, PHONE)
    with pytest.raises(Invalid) as caught:
        actions.decide(again(made), Verdict(True, finding, message, effect), by=cast.dewi)
    assert caught.value.field == field
    assert again(made).is_open


def test_every_ground_knows_what_fits_it() -> None:
    assert all(set(EFFECTS[ground]) == set(Effect) for ground in Ground)


def test_what_a_contest_covers_is_undone_by_its_decision_alone(cast) -> None:
    from forum.moderation.lifecycle import ThingKind
    from forum.moderation.queries.things import thing_for
    from forum.redactions.actions import undo

    letter = whole(cast)
    made = contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE)
    redaction = db.session.get_one(Redaction, made.redaction_id)
    thing = thing_for(cast.dewi, ThingKind.LETTER, letter.id)
    with pytest.raises(NotNow) as caught:
        undo(redaction, by=cast.dewi, thing=thing)
    assert caught.value.code == "contest_open"
    decide(made, cast.dewi, uphold=True)
    assert undo(redaction, by=cast.eko, thing=thing) > 0
    assert letter.text == TEXT
