"""Whoever has a part in a matter decides nothing in it: one rule, asked by every way of deciding that the desk has."""

from typing import Any

import pytest

from forum.accounts.conflict import Matter, Part, part_in
from forum.accounts.models import Guest
from forum.core.db import db, unit_of_work
from forum.core.errors import NotAllowed
from forum.letters.lifecycle import Move, Publication
from forum.letters.models import Letter
from forum.letters.policy import matter_of, may_moderate
from forum.letters.queries import letter_for
from forum.moderation import actions, policy
from forum.moderation.lifecycle import Reason
from forum.moderation.queries.claims import objection_for, plea, protest
from forum.moderation.queries.things import whole
from tests.cast import make_comment, represent
from tests.moderation.stage import (
    SAID,
    make_claim,
    make_file,
    make_objection,
    make_report,
    make_response,
    make_revision,
    thing,
)

OWN, REPORTED, BUSINESS, RIVAL, NAMED = Part.OWN, Part.REPORTED, Part.BUSINESS, Part.RIVAL, Part.NAMED
PARTS = (OWN, REPORTED, BUSINESS, RIVAL, NAMED)
LETTERS = {
    # route of the desk that decides under a letter: its address and the field that says what
    "moderation.decide": ("/moderation/letters/{letter}/decide", {"decision": "publish"}),
    "moderation.return_letter": ("/moderation/letters/{letter}/return", {"decision": "return"}),
    "moderation.lock_thread": ("/moderation/letters/{letter}/comments", {"decision": "lock"}),
    "moderation.read_details": ("/moderation/letters/{letter}/details", {"why": "complaint"}),
    "moderation.decide_revision": ("/moderation/revisions/{revision}/decide", {"decision": "accept"}),
    "moderation.decide_thing": ("/moderation/comments/{comment}/reports/decide", {"decision": "hide"}),
    "moderation.decide_held": ("/moderation/held/{comment}/decide", {"decision": "publish"}),
    "moderation.check_file": ("/moderation/files/{file}/check", {"shows": "invoice"}),
    "moderation.cover_file": ("/moderation/files/{file}/cover", {}),
    "moderation.uncover_file": ("/moderation/files/{file}/uncover", {}),
    "moderation.open_original": ("/moderation/files/{file}/original", {}),
    "redactions.redact": ("/redact/letters/{letter}", {}),
}


@pytest.fixture
def scene(cast) -> dict[str, Any]:
    letter = cast.letter(details={"order": "INV-1"})
    return {
        "letter": letter,
        "revision": make_revision(letter),
        "comment": make_comment(letter, cast.citra),
        "file": make_file(letter),
        "response": make_response(letter, cast.bima),
    }


def give(cast, scene: dict[str, Any], part: Part) -> None:
    """Let Dewi have this part in everything of the scene."""
    @unit_of_work
    def write(**fields: Any) -> None:
        for name, value in fields.items():
            setattr(scene["letter"], name, value)

    if part is OWN:
        write(author_id=cast.dewi.id)
    elif part is REPORTED:
        for kind, row in (("letter", scene["letter"]), ("comment", scene["comment"]), ("attachment", scene["file"])):
            make_report(thing(cast.eko, kind, row), reporter=cast.dewi)
    elif part is BUSINESS:
        represent(cast.dewi, cast.shop)
    elif part is RIVAL:
        cast.letter(merchants=[cast.courier])  # of the same category
        represent(cast.dewi, cast.courier)
    else:
        write(text=f"{scene['letter'].text} Yang melayani saya bernama dewi  LESTARI dari kantor itu.")
    db.session.expire_all()


@pytest.mark.parametrize("part", PARTS)
def test_every_route_refuses_whoever_has_a_part(cast, browse, scene, part: Part) -> None:
    give(cast, scene, part)
    dewi = browse(cast.dewi)
    page = dewi.open(f"/moderation/letters/{scene['letter'].id}")
    token = page.find("input", name="csrf_token")[0].get("value")
    ids = {name: row.id for name, row in scene.items()}
    for endpoint, (url, data) in LETTERS.items():
        if part is REPORTED and endpoint in {"moderation.decide_revision", "moderation.decide_held"}:
            continue  # what was reported is the letter, not what comes new
        if part is OWN and endpoint == "redactions.redact":
            continue  # authors cover their own words, and no others
        got = dewi.request("POST", url.format(**ids), data={**data, "csrf_token": token, "message": SAID, "reason": "insult"})
        assert got.status == 403, (endpoint, got.status)


@pytest.mark.parametrize("part", PARTS)
def test_the_actions_refuse_as_well(cast, scene, part: Part) -> None:
    give(cast, scene, part)
    letter = letter_for(cast.eko, scene["letter"].id)
    with pytest.raises(NotAllowed):
        actions.decide_letter(letter, Move.TAKE_DOWN, by=cast.dewi, reason=Reason.INSULT, message=SAID)
    letter = letter_for(cast.eko, letter.id)
    actions.decide_letter(letter, Move.TAKE_DOWN, by=cast.eko, reason=Reason.INSULT, message=SAID)


@pytest.mark.parametrize("part", [None, *PARTS])
def test_the_rule_tells_which_part(cast, scene, part: Part | None) -> None:
    if part is not None:
        give(cast, scene, part)
    letter: Letter = letter_for(cast.eko, scene["letter"].id)
    assert part_in(cast.dewi, policy.matter_of(whole(letter))) == part
    assert part_in(cast.eko, policy.matter_of(whole(letter))) is None
    assert part_in(Guest(), matter_of(letter)) is None
    assert may_moderate(cast.eko, letter)


def test_a_rival_is_of_the_same_trade_and_categories_of_all_trades_make_none(cast) -> None:
    cast.letter(merchants=[cast.courier], category="ekspedisi")
    cast.letter(merchants=[cast.courier], category="penipuan")
    represent(cast.dewi, cast.courier)
    for category, free in (("toko-online", True), ("penipuan", True), ("ekspedisi", False)):
        letter = cast.letter(category=category, publication=Publication.SUBMITTED)
        assert may_moderate(cast.dewi, letter_for(cast.eko, letter.id)) is free, category


@pytest.mark.parametrize(("text", "named"), [("Dewi dari kasir ramah.", False), ("Ibu Dewi Lestari menolak.", True), ("Dewi Lestarini.", False)])
def test_only_a_whole_name_of_two_words_names_somebody(cast, text: str, named: bool) -> None:
    assert (part_in(cast.dewi, Matter(texts=(text,))) is NAMED) is named


def test_claims_and_objections_are_not_decided_by_rivals_critics_or_who_asked(cast) -> None:
    claim = make_claim(cast.citra, cast.shop)
    assert policy.may_decide_claim(cast.dewi, plea(claim))
    cast.letter(merchants=[cast.shop])
    cast.letter(merchants=[cast.courier])
    represent(cast.dewi, cast.courier)
    assert not policy.may_decide_claim(cast.dewi, plea(claim))
    assert policy.may_decide_claim(cast.eko, plea(claim))
    cast.letter(author=cast.eko)
    assert not policy.may_decide_claim(cast.eko, plea(claim))
    own = objection_for(cast.surya, make_objection(cast.surya, represent(cast.bima, cast.courier)).id)
    assert not policy.may_decide_objection(cast.surya, protest(own))


def test_who_asked_by_mail_is_known_by_the_address(cast) -> None:
    matter = Matter(addresses=frozenset({"Dewi@surat.example", ""}))
    assert part_in(cast.dewi, matter) is OWN
    assert part_in(cast.eko, matter) is None


def test_the_first_judge_is_told_apart(cast) -> None:
    assert part_in(cast.dewi, Matter(deciders=frozenset({cast.dewi.id}))) is Part.DECIDED
