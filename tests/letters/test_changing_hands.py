"""What other rooms keep at a case comes along, or is taken away, when its business becomes or is another one."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import NotNow
from forum.core.secrecy import digest
from forum.desk import actions as desk
from forum.desk.models import CaseNote
from forum.handover.models import Pack
from forum.letters.lifecycle import ResponseState, Untold
from forum.letters.models import Case, Question
from forum.letters.promises import PromiseVerdict
from forum.merchants.lifecycle import NameKind, TeamRole
from forum.moderation import actions
from forum.moderation.lifecycle import JoinReason
from forum.responses.actions import make_link
from forum.responses.lifecycle import LinkState
from forum.responses.queries.mailed import opened
from tests.cast import represent
from tests.moderation.stage import make_response
from tests.moderation.test_merge import case_of, change, question

ADDRESS = "pengaduan@tokomelati.example"


@pytest.fixture
def letter(cast):
    return cast.letter(merchants=[cast.shop, cast.courier])


def merge(cast):
    return actions.merge(cast.courier, cast.shop, by=cast.dewi, reason=JoinReason.SAME_BUSINESS, kind=NameKind.ALIAS)


def split(cast, letter):
    return actions.split(
        cast.shop,
        by=cast.dewi,
        to="Kurir Kilat",
        case_ids=[case_of(letter, cast.shop).id],
        reason=JoinReason.WRONG_BUSINESS,
    )


def test_a_uniform_response_is_shown_after_the_merge_and_goes_back_with_its_case(cast, letter, browse):
    respond_uniformly(letter, cast.courier, cast.fajar)
    done = merge(cast)
    kept = case_of(letter, cast.shop)
    assert (kept.uniform_at is None, kept.response) == (False, ResponseState.AWAITING)
    assert (kept.promise_due, kept.promise_verdict) == (utcnow().date(), PromiseVerdict.KEPT)
    assert "barang pengganti pada 20 Maret" in browse().open(f"/letters/{letter.id}")
    actions.undo_merge(done, by=cast.dewi)
    back = case_of(letter, cast.courier)
    assert (back.uniform_at is None, back.promise_due, back.promise_verdict) == (False, utcnow().date(), PromiseVerdict.KEPT)
    assert case_of(letter, cast.shop).uniform_at is None
    assert "barang pengganti pada 20 Maret" in browse().open(f"/letters/{letter.id}")


def test_beside_a_uniform_response_the_open_question_stands(cast, letter):
    respond_uniformly(letter, cast.courier, cast.fajar)
    question(case_of(letter, cast.shop), cast.bima)
    change(case_of(letter, cast.shop), response=ResponseState.ASKED)
    merge(cast)
    kept = case_of(letter, cast.shop)
    assert (kept.response, kept.uniform_at is None) == (ResponseState.ASKED, False)
    assert db.session.scalars(select(Question.resumed_at).where(Question.case_id == kept.id)).all() == [None]


@pytest.mark.parametrize(("told", "untold"), [(False, Untold.FAILED), (True, None)])
def test_a_business_of_two_names_was_told_when_one_of_them_was(cast, letter, told, untold):
    change(case_of(letter, cast.shop), notified_at=utcnow() if told else None)
    change(case_of(letter, cast.courier), notified_at=None, untold=Untold.FAILED)
    done = merge(cast)
    assert case_of(letter, cast.shop).untold is untold
    actions.undo_merge(done, by=cast.dewi)
    assert (case_of(letter, cast.courier).untold, case_of(letter, cast.shop).untold) == (Untold.FAILED, None)


def test_who_has_the_other_case_in_hand_has_the_one_that_is_left(cast, letter):
    due = case_of(letter, cast.shop).due_on
    change(case_of(letter, cast.courier), agent_id=cast.fajar.id, assigned_at=utcnow(), due_on=due - timedelta(days=2))
    done = merge(cast)
    assert (case_of(letter, cast.shop).agent_id, case_of(letter, cast.shop).due_on) == (cast.fajar.id, due - timedelta(days=2))
    actions.undo_merge(done, by=cast.dewi)
    assert (case_of(letter, cast.shop).agent_id, case_of(letter, cast.shop).due_on) == (None, due)
    assert (case_of(letter, cast.courier).agent_id, case_of(letter, cast.courier).due_on) == (cast.fajar.id, due - timedelta(days=2))


def test_no_pack_of_either_case_is_lost(cast, letter):
    for merchant in (cast.shop, cast.courier):
        for number in (1, 2):
            take(case_of(letter, merchant), number)
    merge(cast)
    kept = case_of(letter, cast.shop)
    assert db.session.scalars(select(Pack.number).where(Pack.case_id == kept.id).order_by(Pack.number)).all() == [1, 2, 3, 4]


def test_another_team_reads_no_note_and_finds_the_case_in_nobodys_hands(cast, browse):
    letter = cast.letter(published_at=utcnow() - timedelta(days=30))
    stranger = cast.fajar
    agent = represent(cast.person("Gita Permata"), cast.shop, TeamRole.AGENT).user_id
    case = case_of(letter, cast.shop)
    late_on = case.due_on
    desk.add_note(case, text="Penulis ini pernah kami beri ganti rugi.", by=cast.bima, once="n" * 20)
    desk.assign(case, to=agent, by=cast.bima)
    change(case_of(letter, cast.shop), untold=Untold.NO_ADDRESS, notified_at=None)
    split(cast, letter)
    moved = case_of(letter, cast.courier)
    assert (moved.agent_id, moved.assigned_at, moved.untold) == (None, None, None)
    assert moved.due_on > max(late_on, utcnow().date())
    assert db.session.scalar(select(func.count(CaseNote.id))) == 0
    assert "pernah kami beri" not in browse(stranger).open(f"/desk/cases/{moved.id}")


def test_a_link_mailed_to_the_first_business_is_over(cast):
    letter = cast.letter()
    link = make_link(case_of(letter, cast.shop), address=ADDRESS, token_hash=digest("t" * 40), language="id")
    assert opened(link).over is None
    split(cast, letter)
    db.session.expire_all()
    assert opened(link).over is not None


def test_a_response_by_mail_that_waits_for_a_look_holds_the_letter(cast):
    letter = cast.letter()
    link = make_link(case_of(letter, cast.shop), address=ADDRESS, token_hash=digest("t" * 40), language="id")
    change(link, state=LinkState.WAITING, sent_at=utcnow())
    with pytest.raises(NotNow) as refused:
        split(cast, letter)
    assert refused.value.code == "answered_here"


def test_the_desk_calls_nobody_untold_who_was_told(cast, browse):
    letter = cast.letter()
    change(case_of(letter, cast.shop), untold=Untold.NO_ADDRESS, notified_at=None)
    assert "belum pernah dihubungi" in browse(cast.bima).open("/desk")
    change(case_of(letter, cast.shop), notified_at=utcnow())
    assert "belum pernah dihubungi" not in browse(cast.bima).open("/desk")


def respond_uniformly(letter, merchant, by):
    """A response of many words alike: it is shown, and moves nothing; its promise was kept."""
    case = case_of(letter, merchant)
    change(make_response(letter, by), case_id=case.id, counts=False, promise_due=utcnow().date(), promise_verdict=PromiseVerdict.KEPT)
    change(case, uniform_at=utcnow(), promise_due=utcnow().date(), promise_verdict=PromiseVerdict.KEPT)


@unit_of_work
def take(case: Case, number: int) -> None:
    db.session.add(Pack(case_id=case.id, number=number, language="id", once=f"{case.id}-{number}", made_at=utcnow()))
