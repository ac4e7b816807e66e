"""Contesting passages: who may, on which ground, how many; the letter stays readable, but for private data and what is unlawful."""

import pytest
from sqlalchemy import select

from forum.accounts.models import Guest
from forum.contests import actions
from forum.contests.lifecycle import ContestState, Ground, Side
from forum.contests.models import Contest
from forum.core.db import db, unit_of_work
from forum.core.errors import Gone, Invalid, NotAllowed, NotNow, SecondFactorNeeded, TooMany
from forum.core.events import Kind
from forum.core.mail import Mail
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter, Question
from forum.redactions.models import Redaction
from tests.cast import answers_letters, make_comment, represent, take_second_factor
from tests.contests.stage import PHONE, TEXT, THEFT, again, case_of, contest, decide, earlier, not_our_customer, whole
from tests.moderation.stage import events


def test_a_person_named_contests_a_passage_and_the_letter_stays_readable(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra)
    assert (made.state, made.side, made.hides) == (ContestState.AUTHOR_ASKED, Side.PERSON, False)
    assert letter.contested_at == made.filed_at
    assert letter.text == TEXT
    (event,) = events(Kind.CONTEST_FILED)
    assert (event.data["ground"], event.data["asked_by"], event.about) == ("false_fact", "person_named", f"contest:{made.id}")
    assert "Zulkarnain" not in str(event.data)


def test_a_business_contests_in_its_case(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.bima, Ground.DUPLICATE, case=case_of(letter))
    assert (made.side, made.case_id, made.name, made.email_key) == (Side.BUSINESS, case_of(letter).id, None, None)
    (event,) = events(Kind.CONTEST_FILED)
    assert (event.case_id, event.merchant_id, event.data["asked_by"]) == (case_of(letter).id, cast.shop.id, "business")


@pytest.mark.parametrize("ground", [Ground.PERSONAL_DATA, Ground.UNLAWFUL])
def test_private_data_and_what_is_unlawful_is_covered_at_once(cast, ground) -> None:
    letter = whole(cast)
    comment = make_comment(letter, cast.citra, f"Nomor {PHONE} juga menelepon saya.")
    made = contest(letter, cast.citra, ground, PHONE)
    db.session.refresh(comment)
    assert made.hides
    assert PHONE not in letter.text + letter.html + comment.text
    assert THEFT in letter.text
    (event,) = events(Kind.WORDS_REDACTED)
    assert (event.data["reason"], event.data["asked_by"], event.by_id, event.data["contest_id"]) == ("contested", "person_named", None, made.id)


@pytest.mark.parametrize("ground", [Ground.FALSE_FACT, Ground.DUPLICATE, Ground.NOT_OUR_CUSTOMER])
def test_no_other_ground_covers_anything(cast, ground) -> None:
    letter = whole(cast)
    not_our_customer(letter, cast.bima)
    contest(letter, cast.bima, ground, PHONE, case=case_of(letter))
    assert letter.text == TEXT
    assert not db.session.scalars(select(Redaction)).all()


def test_at_once_no_more_than_a_part_of_the_letter_is_covered(cast) -> None:
    letter = whole(cast, title="Kurir mencuri paket dan menelepon saya berulang kali")
    with pytest.raises(Invalid) as caught:
        contest(letter, cast.citra, Ground.UNLAWFUL, letter.title, THEFT, "Saya membeli kipas angin pada 3 Maret.")
    assert (caught.value.code, caught.value.field) == ("too_much", "passages")
    assert letter.text == TEXT


@pytest.mark.parametrize(
    ("passages", "code"),
    [((), "no_passages"), ((" ",), "no_passages"), (("tidak ada di sini",), "words_not_found"), (("!!",), "passage_unfit"),
     (("x" * 1001,), "passage_unfit"), (tuple(f"kata {n}" for n in range(11)), "many_passages")],
)  # fmt: skip
def test_a_passage_must_stand_in_the_letter(cast, passages, code) -> None:
    letter = whole(cast)
    with pytest.raises(Invalid) as caught:
        actions.contest(letter, actions.Claimed(Ground.FALSE_FACT, passages, "x" * 40), by=cast.citra, name="Citra", address="192.0.2.7")
    assert (caught.value.code, caught.value.field) == (code, "passages")


def test_a_passage_is_found_in_title_text_and_request_whatever_its_white_space(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra, Ground.FALSE_FACT, "kurir  bernama\nZulkarnain", letter.title.upper(), "Zulkarnain ditegur", "kurir bernama zulkarnain")
    assert len(made.passages) == 3


@pytest.mark.parametrize("ground", [Ground.NOT_OUR_CUSTOMER, Ground.DUPLICATE])
def test_a_person_has_no_grounds_of_a_business(cast, ground) -> None:
    with pytest.raises(Invalid) as caught:
        contest(whole(cast), cast.citra, ground)
    assert caught.value.code == "ground_unfit"


def test_who_may_not(cast) -> None:
    letter, gone = whole(cast), cast.letter(title="Sudah diturunkan redaksi", publication=Publication.TAKEN_DOWN)
    for who, what, case in ((cast.ana, letter, None), (cast.fajar, letter, case_of(letter)), (cast.citra, gone, None)):
        with pytest.raises(NotAllowed):
            contest(what, who, case=case)
    reader = cast.person("Gita")
    represent(reader, cast.shop, "reader")
    with pytest.raises(NotAllowed):
        contest(letter, reader, Ground.DUPLICATE, case=case_of(letter))
    answers_letters(cast.shop)
    take_second_factor(cast.bima)
    db.session.expire(cast.bima, ["representations"])
    with pytest.raises(SecondFactorNeeded):
        contest(letter, cast.bima, Ground.DUPLICATE, case=case_of(letter))
    assert letter.contested_at is None


def test_the_same_form_twice_is_one_contest_and_the_same_passage_is_not_contested_twice(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra, once="k" * 20)
    assert contest(letter, cast.citra, once="k" * 20).id == made.id
    with pytest.raises(Invalid) as caught:
        contest(letter, cast.citra, Ground.FALSE_FACT, "Zulkarnain mencuri paket saya")
    assert caught.value.code == "contested_already"
    contest(letter, cast.citra, Ground.UNLAWFUL, "Zulkarnain mencuri paket saya")  # another ground


def test_what_was_decided_is_not_decided_again_for_the_same_side(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra)
    decide(made, cast.dewi, uphold=False)
    with pytest.raises(Invalid) as caught:
        contest(letter, cast.citra)
    assert caught.value.code == "decided_already"
    other = contest(letter, cast.person("Gita"))
    assert other.state is ContestState.AUTHOR_ASKED


def test_what_moderators_let_stand_once_is_not_covered_at_once_again(cast) -> None:
    letter = whole(cast)
    decide(contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE), cast.dewi, uphold=False)
    made = contest(letter, cast.person("Gita"), Ground.PERSONAL_DATA, PHONE)
    assert not made.hides
    assert PHONE in letter.text


def test_a_business_has_at_most_so_many_open_contests(cast, setting) -> None:
    setting(contests_per_business=2)
    letters = [whole(cast, title=f"Surat nomor {number} tentang paket") for number in range(3)]
    first, _second = (contest(one, cast.bima, Ground.DUPLICATE, case=case_of(one)) for one in letters[:2])
    with pytest.raises(TooMany) as caught:
        contest(letters[2], cast.bima, Ground.DUPLICATE, case=case_of(letters[2]))
    assert caught.value.code == "too_many_contests"
    assert letters[2].contested_at is None
    actions.withdraw(again(first), by=cast.bima)
    contest(letters[2], cast.bima, Ground.DUPLICATE, case=case_of(letters[2]))


def test_a_person_has_at_most_three_and_the_same_address_is_the_same_person(cast) -> None:
    letters = [whole(cast, title=f"Surat nomor {number} tentang paket") for number in range(4)]
    contest(letters[0], cast.citra)
    for letter in letters[1:3]:
        actions.prove(contest(letter, Guest(), email="Citra@surat.example"))
    made = contest(letters[3], Guest(), email="citra@surat.example")
    with pytest.raises(TooMany):
        actions.prove(again(made))


def test_a_guest_begins_a_contest_by_the_mailed_link_alone(cast) -> None:
    letter = whole(cast)
    made = contest(letter, Guest(), Ground.PERSONAL_DATA, PHONE, email="zul@mail.example")
    assert made.state is ContestState.UNPROVEN
    assert letter.text == TEXT
    assert letter.contested_at is None
    (mail,) = db.session.scalars(select(Mail).where(Mail.kind == "contest_link")).all()
    assert mail.to == "zul@mail.example"
    assert f"/contests/{made.id}/" in mail.content["text"]
    actions.prove(again(made))
    actions.prove(again(made))
    assert made.state is ContestState.AUTHOR_ASKED
    assert PHONE not in letter.text
    assert len(events(Kind.CONTEST_FILED)) == 1


def test_a_link_that_is_old_begins_nothing_and_is_forgotten(cast) -> None:
    made = contest(whole(cast), Guest(), email="zul@mail.example")
    earlier(made, days=8)
    with pytest.raises(Gone):
        actions.prove(again(made))
    actions.prune_contests()
    assert not db.session.scalars(select(Contest)).all()


def test_names_and_addresses_are_forgotten_in_time(cast) -> None:
    made = contest(whole(cast), Guest(), email="zul@mail.example")
    actions.prove(again(made))
    decide(made, cast.dewi, uphold=False)
    actions.prune_contests()
    assert again(made).email
    earlier(made, days=181)
    actions.prune_contests()
    assert (again(made).name, again(made).email) == (None, None)


def test_not_our_customer_comes_after_the_official_response_that_asks(cast) -> None:
    letter = whole(cast)

    def refused() -> str:
        with pytest.raises(Invalid) as caught:
            contest(letter, cast.bima, Ground.NOT_OUR_CUSTOMER, case=case_of(letter))
        assert caught.value.field == "ground"
        return caught.value.code

    assert refused() == "say_it_first"
    not_our_customer(letter, cast.bima)
    question = asked(letter)
    assert refused() == "author_is_asked"
    answered(question, proof=True)
    assert refused() == "deal_was_shown"
    answered(question, proof=False)
    before = case_of(letter).response, case_of(letter).answered_at
    made = contest(letter, cast.bima, Ground.NOT_OUR_CUSTOMER, case=case_of(letter))
    assert made.is_open
    assert (case_of(letter).response, case_of(letter).answered_at) == before, "no axis crosses another"


@unit_of_work
def asked(letter: Letter) -> Question:
    from forum.responses.models import Response

    response = db.session.scalars(select(Response)).one()
    question = Question(case_id=case_of(letter).id, text="", html="", renderer=1, proof_for_id=response.id)
    db.session.add(question)
    return question


@unit_of_work
def answered(question: Question, *, proof: bool) -> None:
    question.resumed_at, question.proof_given = question.asked_at, proof


def test_taking_it_back_shows_again_what_it_covered(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE)
    with pytest.raises(NotAllowed):
        actions.withdraw(again(made), by=cast.fajar)
    actions.withdraw(again(made), by=cast.citra)
    actions.withdraw(again(made), by=cast.citra)
    assert letter.text == TEXT
    assert letter.contested_at is None
    assert len(events(Kind.CONTEST_WITHDRAWN)) == 1
    with pytest.raises(NotNow):
        decide(made, cast.dewi, uphold=True)


def test_a_colleague_may_take_back_what_the_business_contests(cast) -> None:
    letter = whole(cast)
    made = contest(letter, cast.bima, Ground.DUPLICATE, case=case_of(letter))
    colleague = cast.person("Gita")
    represent(colleague, cast.shop)
    actions.withdraw(again(made), by=colleague)
    assert again(made).state is ContestState.WITHDRAWN


def test_a_letter_out_of_print_ends_its_contests_and_what_was_covered_stays_so(cast) -> None:
    from forum.letters import actions as letters

    letter = whole(cast)
    made = contest(letter, cast.citra, Ground.PERSONAL_DATA, PHONE)
    letters.take_down(letter, by=cast.dewi, reason="order", message="Perintah pengadilan.")
    assert again(made).state is ContestState.CLOSED
    assert letter.contested_at is None
    letters.reinstate(letter, by=cast.dewi)
    assert PHONE not in letter.text
    assert not db.session.get_one(Redaction, made.redaction_id).waits
