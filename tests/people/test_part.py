"""Who has a part in a matter decides neither about the person nor in the legal matter; nor does who takes the second part in it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from forum.accounts.lifecycle import ReadingReason
from forum.core.db import db, unit_of_work
from forum.core.errors import NotAllowed
from forum.legal import actions as legal
from forum.legal import queries as matters
from forum.legal.lifecycle import NoticeOutcome
from forum.letters.lifecycle import Publication
from forum.letters.models import Letter
from forum.moderation.actions.spam import reject_as_spam
from forum.people import actions as people
from forum.people.lifecycle import RequestKind, SanctionKind, SanctionReason
from forum.privacy import actions as privacy
from forum.privacy.lifecycle import DataKind, DataState, Refusal
from forum.privacy.models import DataRequest
from tests.cast import Cast, represent
from tests.legal import stage
from tests.moderation.stage import again

SAID = "Kami sudah memeriksanya dengan saksama."


@unit_of_work
def _asked(user_id: int | None, **values: Any) -> DataRequest:
    waits = db.session.scalar(select(DataRequest).where(DataRequest.user_id == user_id).limit(1))
    made = waits or DataRequest(kind=DataKind.CORRECTION, state=DataState.WAITING, user_id=user_id, **values)
    db.session.add(made)
    return made


@unit_of_work
def _name(letter: Letter, name: str) -> None:
    letter.text = f"{letter.text} Yang melayani saya bernama {name}."


WAYS: dict[str, Callable[[Cast, Any], object]] = {
    "sanction": lambda cast, by: people.sanction(
        cast.ana, by=by, kind=SanctionKind.WARNING, reason=SanctionReason.SPAM, message=SAID
    ),
    "identity order": lambda cast, by: stage.order(cast, cast.ana, by=by),
    "identity": lambda cast, by: people.ask_identity(stage.order(cast, cast.ana, by=cast.eko), by=by, why=stage.WHY),
    "identity, second": lambda cast, by: people.confirm(
        people.ask_identity(stage.order(cast, cast.ana, by=cast.eko), by=cast.eko, why=stage.WHY), by=by
    ),
    "address": lambda cast, by: people.read_email(cast.ana, by=by, reason=ReadingReason.DATA_REQUEST),
    "correction": lambda cast, by: privacy.settle(_asked(cast.ana.id), by=by, message=SAID),
    "refusal": lambda cast, by: privacy.refuse(_asked(cast.ana.id), by=by, refusal=Refusal.NOT_WRONG, message=SAID),
    "erasing": lambda cast, by: people.ask(RequestKind.ERASE, by=by, why=SAID, user_id=cast.ana.id, data_request=1),
    "lifting": lambda cast, by: people.lift(
        people.sanction(cast.ana, by=cast.eko, kind=SanctionKind.WARNING, reason=SanctionReason.SPAM, message=SAID),
        by=by,
        message=SAID,
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_decides_about_who_wrote_against_their_business(cast: Cast, way: str) -> None:
    cast.letter()
    represent(cast.dewi, cast.shop)
    with pytest.raises(NotAllowed):
        WAYS[way](cast, again(cast.dewi))
    WAYS[way](cast, cast.surya)


def test_who_asked_about_their_data_by_mail_is_known_by_the_address(cast: Cast) -> None:
    asked = _asked(None, email=cast.dewi.email.upper())
    with pytest.raises(NotAllowed):
        privacy.settle(asked, by=cast.dewi, message=SAID)
    privacy.settle(asked, by=cast.eko, message=SAID)


def _business(cast: Cast, _letter: Letter) -> None:
    represent(cast.dewi, cast.shop)


def _rival(cast: Cast, _letter: Letter) -> None:
    cast.letter(merchants=[cast.courier])
    represent(cast.dewi, cast.courier)


def _named(cast: Cast, letter: Letter) -> None:
    _name(letter, cast.dewi.name)


PARTS = {"business": _business, "rival": _rival, "named": _named}


@pytest.mark.parametrize("part", PARTS)
def test_nobody_with_a_part_handles_a_legal_matter(cast: Cast, part: str) -> None:
    letter = cast.letter()
    notice = stage.receive(cast, letter, by=cast.eko)
    held = stage.hold(cast, letter)
    asked = legal.ask_release(matters.hold_for(cast.eko, held.id), by=cast.eko, why=SAID)
    PARTS[part](cast, letter)
    dewi = again(cast.dewi)
    notice, letter = stage.again(notice), matters.letter_to_hold(letter.id)
    ways: list[Callable[[], object]] = [
        lambda: stage.receive(cast, letter, by=dewi),
        lambda: matters.notice_for(dewi, notice.id),
        lambda: legal.answer(notice, by=dewi, outcome=NoticeOutcome.STANDS, text=SAID),
        lambda: legal.close(notice, by=dewi),
        lambda: legal.hold(letter, by=dewi, why=SAID),
        lambda: legal.ask_release(matters.hold_for(dewi, held.id), by=dewi, why=SAID),
        lambda: people.confirm(asked, by=dewi),
    ]
    for way in ways:
        with pytest.raises(NotAllowed):
            way()
    people.confirm(asked, by=cast.surya)


@pytest.mark.parametrize("values", [{"email": "Dewi@surat.example"}, {"counsel": "Dewi Lestari dan Rekan"}])
def test_who_sent_a_notice_does_not_handle_it(cast: Cast, values: dict[str, str]) -> None:
    letter = cast.letter()
    with pytest.raises(NotAllowed):
        stage.receive(cast, letter, by=cast.dewi, **values)
    notice = stage.receive(cast, letter, by=cast.eko, **values)
    with pytest.raises(NotAllowed):
        matters.notice_for(cast.dewi, notice.id)


@pytest.mark.parametrize("part", PARTS)
def test_several_rejected_together_leave_out_those_in_which_there_is_a_part(cast: Cast, part: str) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    PARTS[part](cast, letter)
    for by, problem in ((again(cast.dewi), "not_allowed"), (cast.eko, None)):
        (done,) = reject_as_spam([f"letter:{letter.id}"], by=by, message=SAID, answer=SAID)
        assert (done.problem and done.problem.code) == problem


def test_the_page_of_a_notice_says_who_handles_it_or_that_nobody_can(cast: Cast, browse) -> None:
    letter = cast.letter()
    notice = stage.receive(cast, letter, by=cast.dewi)
    _name(letter, cast.dewi.name)
    page = browse(cast.dewi).request("GET", f"/moderation/legal/{notice.id}")
    assert (page.status, "mintalah administrator menunjuk seorang lagi" in page) == (403, True)
    cast.eko  # noqa: B018 - makes him
    page = browse(cast.dewi).request("GET", f"/moderation/legal/{notice.id}")
    assert (page.status, "Redaksi lain yang menanganinya" in page) == (403, True)
