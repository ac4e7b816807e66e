"""Warnings, limits, suspensions: told in words, with an end and a way to appeal; reading and own data stay."""

from datetime import timedelta

import pytest

from forum.accounts.models import Guest, Scope
from forum.accounts.policy import may_change
from forum.comments import actions as comments
from forum.core.access import ensure
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import Invalid, Limited, NotAllowed, NotNow, Suspended
from forum.core.events import Kind
from forum.core.mail import Mail
from forum.letters.queries import letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import ReportReason
from forum.notifications.deliver import deliver
from forum.people import actions
from forum.people.lifecycle import SanctionKind, SanctionReason
from forum.people.models import UNTIL_LIFTED, Sanction
from tests.moderation.stage import again, events, thing

SAID = "Komentar Anda pada tiga surat berisi hinaan kepada kurir."


def give(cast, kind=SanctionKind.SUSPENSION, *, by=None, whom=None, **values):
    values = {"reason": SanctionReason.INSULTS, "message": SAID, "days": 7, **values}
    return actions.sanction(whom or cast.citra, by=by or cast.dewi, kind=kind, **values)


@unit_of_work
def let_pass(given: Sanction) -> None:
    """The days of a sanction are over."""
    ended = utcnow() - timedelta(seconds=1)
    given.ends_at = ended
    given.user.suspended_until = given.user.comments_until = ended


def test_a_suspended_person_reads_and_writes_nothing(cast, browse) -> None:
    letter = cast.letter()
    given = give(cast)
    citra = browse(cast.citra)
    page = citra.open(f"/letters/{letter.id}")
    assert page.status == 200
    assert "Akun Anda ditangguhkan" in page
    page = citra.submit(form="/comments", text="Saya juga mengalami hal yang sama di toko ini.")
    assert page.status == 403
    assert "ditangguhkan sampai" in page
    assert "Saya juga mengalami hal yang sama di toko ini." in page  # every word is still there
    assert "/sanctions" in page.links()
    with pytest.raises(Suspended):
        comments.post(letter_for(cast.citra, letter.id), by=cast.citra, text="Saya juga mengalami hal ini.")
    let_pass(given)
    page = citra.open(f"/letters/{letter.id}")
    assert "ditangguhkan" not in page
    comments.post(letter_for(cast.citra, letter.id), by=cast.citra, text="Saya juga mengalami hal ini.")


def test_what_a_suspended_person_keeps(cast, browse) -> None:
    letter = cast.letter(author=cast.citra)
    give(cast, days=None)
    assert again(cast.citra).suspended_until == UNTIL_LIFTED
    citra = browse(cast.citra)
    for url in ("/letters/mine", "/settings", "/sanctions", "/decisions", "/notifications", f"/letters/{letter.id}"):
        assert citra.open(url).status == 200, url
    assert citra.submit("/settings", form="/settings", name="Citra Dewanti").status == 200
    assert again(cast.citra).name == "Citra Dewanti"
    page = citra.submit(f"/letters/{letter.id}/withdraw", form="withdraw")
    assert page.status == 200
    assert again(letter).publication == "withdrawn"
    assert citra.submit("/settings", form="/sign-out").status == 200


def test_rules_refuse_a_suspended_person_by_themselves(cast) -> None:
    give(cast)

    @unit_of_work
    def act(rule) -> None:
        ensure(rule, again(cast.citra), cast.citra)

    with pytest.raises(Suspended):
        act(lambda _who, _thing: True)
    act(may_change)


def test_a_limit_takes_one_thing_away(cast, browse) -> None:
    letter = cast.letter()
    give(cast, SanctionKind.LIMIT, scope=Scope.COMMENTS, days=3)
    citra = browse(cast.citra)
    page = citra.open(f"/letters/{letter.id}")
    assert "Untuk sementara tidak dapat berkomentar" in page
    page = citra.submit(form="/comments", text="Saya juga mengalami hal yang sama di toko ini.")
    assert page.status == 422
    assert "Saya juga mengalami hal yang sama di toko ini." in page.text
    assert "sampai" in page
    with pytest.raises(Limited):
        comments.post(letter_for(cast.citra, letter.id), by=cast.citra, text="Saya juga mengalami hal ini.")
    made = moderation.report(
        thing(cast.citra, "letter", letter), by=cast.citra, reason=ReportReason.INSULT, address="192.0.2.1"
    )
    assert made.reporter_id == cast.citra.id  # the other things stay


def test_a_limit_of_reports(cast) -> None:
    letter = cast.letter()
    give(cast, SanctionKind.LIMIT, scope=Scope.REPORTS, days=3)
    with pytest.raises(Limited):
        moderation.report(thing(cast.citra, "letter", letter), by=again(cast.citra), reason=ReportReason.INSULT, address="192.0.2.1")
    moderation.report(thing(Guest(), "letter", letter), by=Guest(), reason=ReportReason.INSULT, address="192.0.2.1")


def test_a_warning_takes_nothing_away_and_is_told(cast, browse) -> None:
    given = give(cast, SanctionKind.WARNING)
    assert given.ends_at is None
    assert not given.holds
    assert again(cast.citra).suspended_until is None
    (event,) = events(Kind.SANCTION_GIVEN)
    assert (event.about, event.data["reason"], event.data["asked_by"]) == (f"user:{cast.citra.id}", "insults", "moderator")
    deliver(event.id)
    mail = db.session.query(Mail).filter(Mail.kind == "sanctioned").one()
    assert SAID in mail.content["text"]
    assert f"/decisions/{event.id}" in mail.content["text"]  # the way to appeal
    assert "hinaan" in mail.content["text"]
    page = browse(cast.citra).open("/sanctions")
    assert "Peringatan" in page
    assert SAID in page


def test_of_several_the_longest_holds_and_lifting_one_leaves_the_other(cast) -> None:
    short, long = give(cast, days=2), give(cast, days=9)
    assert again(cast.citra).suspended_until == again(long).ends_at
    actions.lift(people_sanction(cast, long), by=cast.eko, message="Ternyata bukan Anda yang menulisnya.")
    assert again(cast.citra).suspended_until == again(short).ends_at
    actions.lift(people_sanction(cast, short), by=cast.eko, message="Ternyata bukan Anda yang menulisnya.")
    assert again(cast.citra).suspended_until is None
    with pytest.raises(NotNow):
        actions.lift(people_sanction(cast, short), by=cast.eko, message="Ternyata bukan Anda yang menulisnya.")


def people_sanction(cast, given) -> Sanction:
    from forum.people.queries.people import sanction_for

    db.session.expire_all()
    return sanction_for(cast.dewi, given.id)


@pytest.mark.parametrize("name", ["ana", "bima", "citra"])
def test_only_moderators_sanction(cast, name: str) -> None:
    whom = cast.person("Gani")
    with pytest.raises(NotAllowed):
        give(cast, by=getattr(cast, name), whom=whom)


@pytest.mark.parametrize("name", ["dewi", "eko", "surya"])
def test_nobody_with_an_office_is_sanctioned_by_one_alone(cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        give(cast, whom=getattr(cast, name))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": None}, "kind"),
        ({"reason": None}, "reason"),
        ({"message": "singkat"}, "message"),
        ({"message": "x" * 2001}, "message"),
        ({"kind": SanctionKind.LIMIT, "scope": None}, "scope"),
        ({"kind": SanctionKind.LIMIT, "scope": Scope.LETTERS, "days": None}, "days"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
    ],
)
def test_junk_is_refused_at_its_field(cast, values: dict, field: str) -> None:
    with pytest.raises(Invalid) as problem:
        give(cast, **{"kind": SanctionKind.SUSPENSION, **values})
    assert problem.value.field == field


def test_the_desk_sanctions_and_keeps_what_was_typed(cast, browse) -> None:
    citra, dewi = cast.citra, browse(cast.dewi)
    page = dewi.submit(f"/moderation/people/{citra.id}", form="/sanctions", kind="limit", reason="insults", message=SAID)
    assert page.find("div", class_="problems")
    assert SAID in page.text
    page = dewi.submit(form="/sanctions", scope="letters", days="5")
    assert "Batasan: tidak dapat menulis surat baru" in page
    assert again(citra).letters_until is not None
    page = browse(citra).open("/letters/write")
    assert "sampai" in page
    page = dewi.submit(form="/lift", message="Salah orang; mohon maaf.")
    assert again(citra).letters_until is None
    assert "dicabut pada" in page


def test_the_page_of_a_person_tells_no_private_data(cast, browse) -> None:
    cast.letter(author=cast.citra, byline="C. D.", name_shown="initials", title="Judul surat yang panjang")
    page = browse(cast.dewi).open(f"/moderation/people/{cast.citra.id}")
    assert page.status == 200
    assert "C. D." in page
    assert "citra@surat.example" not in page.text
    assert "Judul surat yang panjang" in page
    assert len(page.queries) < 25
    assert browse(cast.ana).open(f"/moderation/people/{cast.citra.id}").status == 403


def test_own_measures_are_seen_by_their_person_alone(cast, browse) -> None:
    given = give(cast)
    assert browse(cast.citra).open(f"/sanctions/{given.id}").status == 200
    assert browse(cast.ana).open(f"/sanctions/{given.id}").status == 404
    assert SAID not in browse(cast.ana).open("/sanctions")
