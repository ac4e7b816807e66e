"""What each role may do, as a table: every role × every act, called directly and as a page."""

import pytest
from sqlalchemy import select

from forum.attachments.models import Attachment, FileAudience
from forum.comments import actions as comments
from forum.contests import actions as contests
from forum.contests.actions import Claimed
from forum.contests.lifecycle import Ground
from forum.core.db import db, unit_of_work
from forum.core.errors import NotAllowed
from forum.letters.policy import may_moderate, may_see_details, may_see_file
from forum.letters.queries import case_for, letter_for
from forum.merchants import actions as merchants
from forum.merchants.lifecycle import TeamRole
from forum.merchants.models import Representative
from forum.responses import actions
from forum.team import actions as team
from forum.team import policy
from forum.team.queries import invitation_to
from tests.cast import give_second_factor, represent
from tests.responses.words import said

COMMENT = "Kami akan memeriksa ini bersama gudang kami besok pagi."
ROLES = ("owner", "agent", "reader", "ended", "stranger")


@pytest.fixture
def stage(cast):
    """The shop's team: Bima owns it, Gita plays each role; Hadi is there to be changed."""

    class Stage:
        def __init__(self, role):
            self.cast = cast
            self.gita = cast.person("Gita Permata")
            self.hadi = represent(cast.person("Hadi"), cast.shop, TeamRole.AGENT)
            give_second_factor(self.gita)
            assert cast.bima
            if role in set(TeamRole):
                represent(self.gita, cast.shop, TeamRole(role))
            if role == "ended":
                merchants.end_representation(represent(self.gita, cast.shop), by=cast.bima)
            self.case_id = cast.letter(details={"order": "TM-1"}).cases[0].id
            team.invite(cast.shop, by=cast.bima, email="x@tokomelati.example", role=TeamRole.AGENT, job_title="Humas")

        @property
        def case(self):
            return case_for(self.gita, self.case_id)

    return Stage


def contest(s):
    claimed = Claimed(Ground.DUPLICATE, [s.case.letter.title], "x" * 30)
    return contests.contest(s.case.letter, claimed, by=s.gita, case=s.case, address="::1").is_open


# act → (what is done; False or NotAllowed: not possible), and who may
ACTS = {
    "respond": (lambda s: actions.respond(s.case, said(), by=s.gita), "owner agent"),
    "acknowledge": (lambda s: actions.acknowledge(s.case, by=s.gita) is None, "owner agent"),
    "ask": (lambda s: actions.ask(s.case, by=s.gita, text="Berapa nomor pesanan Anda?"), "owner agent"),
    "comment as the business": (
        lambda s: comments.post(s.case.letter, by=s.gita, text=COMMENT).merchant_name is not None, "owner agent",
    ),
    "contest as the business": (contest, "owner agent"),
    "keep a draft": (lambda s: actions.save_draft(s.case, by=s.gita, fields={}), "owner agent ended stranger"),
    "read private details": (lambda s: may_see_details(s.gita, s.case), "owner agent reader"),
    "open a business file": (
        lambda s: may_see_file(
            s.gita, Attachment(audience=FileAudience.BUSINESS), letter_for(s.gita, s.case.letter_id)
        ), "owner agent reader",
    ),
    "moderate the letter as an editor": (
        lambda s: may_moderate(as_moderator(s.gita), letter_for(s.gita, s.case.letter_id)), "ended stranger",
    ),
    "see the team": (lambda s: policy.may_see_team(s.gita, s.cast.shop), "owner"),
    "invite": (
        lambda s: team.invite(s.cast.shop, by=s.gita, email="y@z.example", role=TeamRole.AGENT, job_title="Humas"), "owner",
    ),
    "cancel an invitation": (
        lambda s: team.cancel_invitation(invitation_to(s.cast.shop.id, "x@tokomelati.example"), by=s.gita) is None, "owner",
    ),
    "change a role": (lambda s: team.change_role(s.hadi, by=s.gita, role=TeamRole.READER) is None, "owner"),
    "end a member": (lambda s: merchants.end_representation(s.hadi, by=s.gita) is None, "owner"),
    "leave": (
        lambda s: merchants.end_representation(own(s.gita), by=s.gita) is None, "owner agent reader",
    ),
}  # fmt: skip


def own(person):
    return db.session.scalars(
        select(Representative).where(Representative.user_id == person.id).order_by(Representative.id.desc())
    ).first() or db.session.scalars(select(Representative)).first()


@unit_of_work
def as_moderator(person):
    from forum.accounts.rights import Standing

    person.standing = Standing.MODERATOR
    return person


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ACTS)
def test_every_role_does_what_the_table_says(stage, role, act):
    do, allowed = ACTS[act]
    try:
        done = bool(do(stage(role)))
    except NotAllowed:
        done = False
    if act == "leave" and role == "ended":
        return  # ended twice is ended once
    assert done is (role in allowed.split())


PAGES = {
    "/cases/{case}/respond": {"owner": 200, "agent": 200, "reader": 403},
    "/cases/{case}/ask": {"owner": 200, "agent": 200, "reader": 403},
    "/merchants/toko-melati/team": {"owner": 200, "agent": 403, "reader": 403},
    "/desk/cases/{case}": {"owner": 200, "agent": 200, "reader": 200},
}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ROLES[:3])
def test_pages_open_for_those_who_may(stage, browse, role, path):
    made = stage(role)
    page = browse(made.gita).open(path.format(case=made.case_id))
    assert page.status == PAGES[path][role]
    if path.startswith("/desk"):
        acts = {a.get("href") for a in page.find("a")} & {f"/cases/{made.case_id}/{what}" for what in ("respond", "ask")}
        assert bool(acts) is (role != "reader")
        assert "TM-1" in page


def test_a_reader_is_no_voice_on_the_public_pages_and_gets_no_call_to_answer(stage, browse, cast):
    from forum.core.events import Kind
    from forum.notifications.deliver import tellings_of
    from forum.notifications.subjects import load
    from tests.notifications.helping import happen

    made = stage("reader")
    assert "G. P." not in browse().open("/merchants/toko-melati/proof")
    letter = letter_for(cast.ana, made.case.letter_id)
    event = happen(Kind.LETTER_PUBLISHED, letter=letter)
    told = {one.recipient.name for one in tellings_of(load([event])[event.id])}
    assert {"Bima Santoso", "Hadi"} <= told
    assert "Gita Permata" not in told
