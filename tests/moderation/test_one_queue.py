"""The one queue: every kind, by deadline, each target once, a page by key; and whose hands an item is in."""

import random
from datetime import timedelta

import pytest

from forum.appeals.lifecycle import Side
from forum.appeals.models import Appeal
from forum.contests.lifecycle import Ground
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, Missing, NotAllowed, NotNow
from forum.core.events import Kind, Role, record
from forum.letters.lifecycle import Move, Publication
from forum.letters.queries import letter_for
from forum.merchants.actions import find_or_add
from forum.moderation import actions
from forum.moderation.models import Hold, Report
from forum.moderation.queries import whole
from forum.moderation.queries.sources import SOURCES
from forum.moderation.queries.things import thing_for
from forum.reply import actions as replies
from forum.reply.queries import reply_with_letter
from tests.cast import Cast, make_comment
from tests.contests.stage import contest
from tests.moderation.stage import ANSWER, again, make_claim, make_objection, make_report, make_revision, thing
from tests.reply.test_reply import write


@unit_of_work
def make_appeal(cast: Cast, letter) -> Appeal:
    decision = record(Kind.LETTER_RETURNED, by=cast.eko, role=Role.MODERATOR, letter_id=letter.id, reason="unclear")
    appeal = Appeal(event_id=decision.id, side=Side.CONCERNED if hasattr(Side, "CONCERNED") else next(iter(Side)), by_id=cast.ana.id, text="x" * 30)
    db.session.add(appeal)
    return appeal


def fill(cast: Cast) -> None:
    """One of nearly every kind."""
    cast.letter(publication=Publication.SUBMITTED, title="Surat yang menunggu")
    letter = cast.letter(title="Surat yang dimuat")
    make_revision(letter)
    make_claim(cast.citra, cast.shop)
    comment = make_comment(letter, cast.citra)
    for _ in range(3):
        make_report(thing(cast.dewi, "comment", comment))
    find_or_add("T0ko Melati", by=cast.ana, another=True)
    make_objection(cast.citra, cast.bima.representations[0])
    contest(letter, cast.person("Gita"), Ground.PERSONAL_DATA, again(letter).title)
    replies.prove(reply_with_letter(write(letter).id))
    make_appeal(cast, letter)


def everything(who, size: int = 200):
    return list(whole.waiting(who, size=size).items)


def test_every_kind_waits_in_one_list_and_every_item_opens(cast, browse) -> None:
    fill(cast)
    rows = everything(cast.dewi)
    assert {row.kind for row in rows} >= {
        "letter", "revision", "claim", "report", "doubted", "objection", "contest", "reply", "appeal",
    }  # fmt: skip
    (report,) = [row for row in rows if row.kind == "report"]
    assert report.number == 3
    page = browse(cast.dewi).open("/moderation")
    links = [one.get("href") for one in page.find("a", class_="queue__item")]
    assert len(links) == len(rows)
    for link in links:
        assert browse(cast.dewi).open(link).status == 200
    counts = ["".join(one.itertext()) for one in page.find("span", class_="tabs__count")]
    assert counts[0] == str(len(rows))
    for source in SOURCES.values():
        assert browse(cast.dewi).open(f"/moderation?kind={source.tab}").status == 200


@pytest.mark.parametrize("size", [1, 2, 7])
def test_pages_follow_by_deadline_over_all_kinds(cast, size: int) -> None:
    chance, now = random.Random(size), utcnow()
    letter = cast.letter()
    for number in range(12):
        cast.letter(publication=Publication.SUBMITTED, title=f"Surat {number}", published_at=now - timedelta(hours=chance.randrange(200)))
    for _ in range(12):
        make_report(thing(cast.dewi, "comment", make_comment(letter, cast.citra)), created_at=now - timedelta(hours=chance.randrange(200)))
    for number in range(3):  # of the very same moment
        cast.letter(publication=Publication.SUBMITTED, title=f"Serentak {number}", published_at=now - timedelta(hours=50))
        make_report(thing(cast.dewi, "comment", make_comment(letter, cast.citra)), created_at=now - timedelta(hours=50))
    whole_list = everything(cast.dewi)
    assert len(whole_list) == 30
    dues = [SOURCES[row.kind].deadline.due(row.since) for row in whole_list]
    assert dues == sorted(dues)
    paged, after = [], None
    while True:
        page = whole.waiting(cast.dewi, after, size=size)
        paged += page.items
        if page.next is None:
            break
        after = page.next
    assert [row.item for row in paged] == [row.item for row in whole_list]


def test_a_thousand_reports_of_new_accounts_are_one_item_and_hide_nothing(cast) -> None:
    letter = cast.letter()
    first = make_report(thing(cast.dewi, "letter", letter), created_at=utcnow() - timedelta(hours=3))
    comment = make_comment(letter, cast.citra)
    reported = thing(cast.dewi, "comment", comment)
    storm(reported, 1000)
    rows = [row for row in everything(cast.dewi) if row.kind == "report"]
    assert [(row.item, row.number) for row in rows] == [(f"report:{first.about}", 1), (f"report:comment:{comment.id}", 1000)]
    assert again(comment).state == "visible"


@unit_of_work
def storm(reported, number: int) -> None:
    db.session.add_all(
        Report(number=f"L-{one:08}", about=reported.about, letter_id=reported.letter.id, reason="insult", text="", snapshot="", weight=10)
        for one in range(number)
    )


def test_what_one_has_in_hand_another_does_not_decide(cast) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    item = f"letter:{letter.id}"
    actions.take(item, by=cast.dewi)
    with pytest.raises(NotNow, match="in_other_hands"):
        actions.decide_letter(letter_for(cast.eko, letter.id), Move.PUBLISH, by=cast.eko)
    assert again(letter).publication is Publication.SUBMITTED
    with pytest.raises(NotNow, match="in_other_hands"):
        actions.take(item, by=cast.eko)
    with pytest.raises(NotNow, match="in_other_hands"):
        actions.release(item, by=cast.eko)
    (row,) = everything(cast.eko)
    assert (row.held_by, row.is_mine) == (cast.dewi.name, False)
    actions.decide_letter(letter_for(cast.dewi, letter.id), Move.PUBLISH, by=cast.dewi)
    assert db.session.get(Hold, item) is None


def test_reports_in_other_hands_are_not_decided_either(cast) -> None:
    reported = thing(cast.dewi, "letter", cast.letter())
    make_report(reported)
    actions.take(f"report:{reported.about}", by=cast.dewi)
    with pytest.raises(NotNow, match="in_other_hands"):
        actions.dismiss(thing_for(cast.eko, reported.kind, reported.row.id), by=cast.eko, answer=ANSWER)
    actions.dismiss(thing_for(cast.dewi, reported.kind, reported.row.id), by=cast.dewi, answer=ANSWER)
    assert everything(cast.dewi) == []


def test_a_hold_lapses_by_itself(cast, setting) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    item = f"letter:{letter.id}"
    lapse(actions.take(item, by=cast.dewi))
    assert everything(cast.eko)[0].held_by == ""
    assert actions.take(item, by=cast.eko).user_id == cast.eko.id
    lapse(db.session.get(Hold, item))
    actions.decide_letter(letter_for(cast.dewi, letter.id), Move.PUBLISH, by=cast.dewi)
    assert db.session.get(Hold, item) is None


@unit_of_work
def lapse(hold: Hold) -> None:
    hold.until = utcnow() - timedelta(seconds=1)
    db.session.add(hold)


def test_lapsed_holds_are_forgotten(cast) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    lapse(actions.take(f"letter:{letter.id}", by=cast.dewi))
    actions.prune_holds()
    assert db.session.get(Hold, f"letter:{letter.id}") is None


def test_handed_on_with_a_word(cast) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    item = f"letter:{letter.id}"
    hold = actions.hand_on(item, by=cast.dewi, to=cast.eko, note="Anda kenal toko ini?")
    assert (hold.user_id, hold.from_id, hold.note) == (cast.eko.id, cast.dewi.id, "Anda kenal toko ini?")
    with pytest.raises(NotNow, match="in_other_hands"):
        actions.hand_on(item, by=cast.dewi, to=cast.surya)
    for nobody in (None, cast.ana, cast.eko):
        with pytest.raises(Invalid, match="no_such_moderator"):
            actions.hand_on(item, by=cast.eko, to=nobody)
    with pytest.raises(Invalid, match="length"):
        actions.hand_on(item, by=cast.eko, to=cast.dewi, note="x" * 501)


def test_only_what_waits_is_taken_and_only_by_moderators(cast) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    for who in (cast.ana, cast.bima, cast.citra):
        for act in (actions.take, actions.release, actions.see):
            with pytest.raises(NotAllowed):
                act(f"letter:{letter.id}", by=who)
    for nothing in ("letter:999", "letter:x", "nothing:1", "", "report:comment:1", "letter:" + "9" * 30):
        with pytest.raises(Missing):
            actions.take(nothing, by=cast.dewi)


def test_an_author_withdraws_what_a_moderator_reads(cast) -> None:
    from forum.letters import actions as letters

    letter = cast.letter(publication=Publication.SUBMITTED)
    actions.take(f"letter:{letter.id}", by=cast.dewi)
    letters.withdraw(letter_for(cast.ana, letter.id), by=cast.ana)
    assert db.session.get(Hold, f"letter:{letter.id}") is None


def test_mine_alone(cast) -> None:
    one = cast.letter(publication=Publication.SUBMITTED)
    cast.letter(publication=Publication.SUBMITTED, title="Surat yang lain lagi")
    reported = thing(cast.dewi, "letter", cast.letter(title="Surat yang dilaporkan"))
    make_report(reported)
    actions.take(f"letter:{one.id}", by=cast.dewi)
    actions.take(f"report:{reported.about}", by=cast.dewi)
    assert {row.item for row in whole.waiting(cast.dewi, mine=True).items} == {f"letter:{one.id}", f"report:{reported.about}"}
    assert whole.number_in_hand(cast.dewi) == 2
    assert not whole.waiting(cast.eko, mine=True).items


def test_seen_within_the_day_stops_the_alarm_and_it_still_waits(cast) -> None:
    reported = thing(cast.dewi, "letter", cast.letter())
    report = make_report(reported, created_at=utcnow() - timedelta(hours=30))
    (row,) = everything(cast.dewi)
    assert row.alarm
    actions.see(row.item, by=cast.dewi)
    (row,) = everything(cast.dewi)
    assert (row.alarm, row.late) == (False, False)
    assert (again(report).seen_by_id, again(report).state) == (cast.dewi.id, "open")
    make_report(reported, created_at=utcnow() - timedelta(hours=25))
    assert everything(cast.dewi)[0].alarm


def test_the_next_one_is_free_and_not_my_own_matter(cast, browse) -> None:
    now = utcnow()
    own, other, mine, last = (
        cast.letter(author=author, publication=Publication.SUBMITTED, title=f"Surat nomor {number}", published_at=now - timedelta(days=20 - number * 5))
        for number, author in enumerate((cast.dewi, cast.ana, cast.ana, cast.ana))
    )
    actions.take(f"letter:{other.id}", by=cast.eko)
    actions.take(f"letter:{mine.id}", by=cast.dewi)
    assert whole.onward(cast.dewi, None).id == mine.id
    place = whole.waiting_item(cast.dewi, f"letter:{mine.id}").place
    assert whole.onward(cast.dewi, place).id == last.id
    place = whole.waiting_item(cast.dewi, f"letter:{last.id}").place
    assert whole.onward(cast.dewi, place).id == mine.id  # round again
    went = browse(cast.dewi).request("GET", f"/moderation/next?after={place}")
    assert went.response.headers["Location"].endswith(f"/moderation/letters/{mine.id}")
    assert own.id


def test_the_cost_does_not_grow_with_what_waits(cast, browse) -> None:
    fill(cast)
    few = len(browse(cast.dewi).open("/moderation").queries)
    for number in range(30):
        cast.letter(publication=Publication.SUBMITTED, title=f"Surat nomor {number}")
        make_report(thing(cast.dewi, "letter", cast.letter(title=f"Dilaporkan {number}")))
    assert len(browse(cast.dewi).open("/moderation").queries) <= few <= 8


def test_the_buttons_of_holding(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    item, dewi, eko = f"letter:{letter.id}", browse(cast.dewi), browse(cast.eko)
    here = f"/moderation/letters/{letter.id}"
    page = dewi.submit(here, form=f"/moderation/items/{item}/take")
    assert "di tangan Anda" in page
    assert "Dewi Lestari" in eko.open("/moderation")
    refused = eko.open(f"/moderation/letters/{letter.id}")
    assert "Dewi Lestari" in refused
    page = dewi.submit(here, form=f"/moderation/items/{item}/hand-on", to=str(cast.eko.id), note="Tolong lihat")
    assert db.session.get(Hold, item).user_id == cast.eko.id
    assert "Tolong lihat" in eko.open(f"/moderation/letters/{letter.id}")
    eko.submit(here, form=f"/moderation/items/{item}/release")
    assert db.session.get(Hold, item) is None
    assert page.status == 200
