"""New versions of published letters, and claims of businesses."""

import pytest

from forum.core.errors import Invalid, NotAllowed, NotNow
from forum.core.events import Kind
from forum.letters.lifecycle import Publication, RevisionState
from forum.merchants.lifecycle import ClaimReason, ClaimState
from forum.moderation import actions
from forum.moderation.lifecycle import Reason
from forum.moderation.queries.claims import claim_for
from forum.moderation.queries.desk import revision_for
from tests.cast import represent
from tests.moderation.stage import SAID, again, events, make_claim, make_revision
from tests.notifications.helping import mails, work


def test_a_new_version_is_compared_and_printed(cast, browse) -> None:
    letter = cast.letter()
    revision = make_revision(letter)
    page = browse(cast.dewi).open(f"/moderation/revisions/{revision.id}")
    assert "tiga" in "".join("".join(one.itertext()) for one in page.find("del"))
    come = "".join("".join(one.itertext()) for one in page.find("ins"))
    assert "empat" in come
    assert "Tambahan." in come
    assert "kipas" not in come
    browse(cast.dewi).submit(f"/moderation/revisions/{revision.id}", form="/decide", button=("decision", "accept"))
    assert again(revision).state is RevisionState.ACCEPTED
    assert again(letter).title == revision.title
    assert len(events(Kind.REVISION_ACCEPTED)) == 1


def test_a_new_version_is_refused_with_words(cast, browse) -> None:
    letter = cast.letter()
    title = letter.title
    revision = make_revision(letter)
    dewi = browse(cast.dewi)
    url = f"/moderation/revisions/{revision.id}"
    page = dewi.submit(url, form="/decide", button=("decision", "refuse"), message=SAID)
    assert "Mohon pilih alasannya" in page
    dewi.submit(url, form="/decide", button=("decision", "refuse"), reason="insult", message=SAID)
    assert again(revision).state is RevisionState.REFUSED
    assert again(letter).title == title
    (event,) = events(Kind.REVISION_REFUSED)
    assert (event.data["reason"], event.data["message"]) == ("insult", SAID)
    with pytest.raises(NotNow):
        actions.decide_revision(revision_for(cast.dewi, revision.id), accept=True, by=cast.dewi)
    assert dewi.open(url).status == 200


def test_who_may_decide_on_a_new_version(cast, browse) -> None:
    revision = make_revision(cast.letter())
    represent(cast.eko, cast.shop)
    for who in (cast.ana, cast.bima, cast.citra, cast.fajar, cast.eko):
        with pytest.raises(NotAllowed):
            actions.decide_revision(revision_for(cast.dewi, revision.id), accept=True, by=who)
    for who in (cast.ana, cast.bima, cast.citra, cast.fajar):
        assert browse(who).open(f"/moderation/revisions/{revision.id}").status == 403
    assert "Anda tidak dapat memutuskan di sini" in browse(cast.eko).open(f"/moderation/revisions/{revision.id}")
    assert browse(cast.dewi).open("/moderation/revisions/987654").status == 404


def test_the_slower_moderator_is_told_of_a_decided_version(cast, browse) -> None:
    revision = make_revision(cast.letter())
    url = f"/moderation/revisions/{revision.id}"
    dewi, eko = browse(cast.dewi), browse(cast.eko)
    dewi.open(url)
    eko.open(url)
    dewi.submit(form="/decide", button=("decision", "accept"))
    page = eko.submit(form="/decide", button=("decision", "refuse"), reason="insult", message=SAID)
    assert "sudah memutuskan" in page
    assert again(revision).state is RevisionState.ACCEPTED


def test_a_claim_is_approved(cast, browse) -> None:
    claim = make_claim(cast.citra, cast.shop)
    page = browse(cast.dewi).open(f"/moderation/claims/{claim.id}")
    for words in ("Citra", "humas@tempat-lain.example", "tokomelati.example", claim.statement):
        assert words in page
    browse(cast.dewi).submit(f"/moderation/claims/{claim.id}", form="/decide", button=("decision", "approve"))
    assert again(claim).state is ClaimState.APPROVED
    assert len(events(Kind.CLAIM_APPROVED)) == 1
    with pytest.raises(NotNow):
        actions.decide_claim(
            claim_for(cast.dewi, claim.id), approve=False, by=cast.dewi, reason=ClaimReason.DENIED, message=SAID
        )


def test_a_claim_is_refused_with_words(cast, browse) -> None:
    claim = make_claim(cast.citra, cast.shop)
    with pytest.raises(Invalid):
        actions.decide_claim(claim_for(cast.dewi, claim.id), approve=False, by=cast.dewi)
    url, dewi = f"/moderation/claims/{claim.id}", browse(cast.dewi)
    page = dewi.submit(url, form="/decide", button=("decision", "refuse"), message=SAID)
    assert "Mohon pilih alasannya" in page
    dewi.submit(url, form="/decide", button=("decision", "refuse"), reason="denied", message=SAID)
    assert again(claim).state is ClaimState.REFUSED
    assert claim.reason is ClaimReason.DENIED
    (event,) = events(Kind.CLAIM_REFUSED)
    assert again(claim).message == SAID
    assert event.by_id == cast.dewi.id


def test_a_refusal_says_what_its_reason_means_and_needs_no_more_words(cast, browse) -> None:
    claim = make_claim(cast.citra, cast.shop)
    url, dewi = f"/moderation/claims/{claim.id}", browse(cast.dewi)
    page = dewi.submit(url, form="/decide", button=("decision", "refuse"), message="x" * 3_000)
    assert page.find("div", id="reason-error")
    assert page.find("div", id="message-error")
    assert "x" * 3_000 in page.text
    assert "Mohon kirim foto yang tajam" in page  # what the mail will say, to read before
    dewi.submit(form="/decide", button=("decision", "refuse"), reason="unreadable", message="")
    assert again(claim).state is ClaimState.REFUSED
    work()
    (told,) = [one for one in mails("claim_refused") if one.to == cast.citra.email]
    assert "Mohon kirim foto yang tajam" in told.content["text"]
    assert "Mohon kirim foto yang tajam" in browse(cast.citra).open(f"/merchants/{cast.shop.slug}/claim")


def test_who_may_decide_on_a_claim(cast, browse) -> None:
    own = make_claim(cast.dewi, cast.courier)
    claim = make_claim(cast.citra, cast.shop)
    represent(cast.eko, cast.shop)
    for who, what in ((cast.dewi, own), (cast.eko, claim), (cast.citra, claim), (cast.bima, claim), (cast.ana, claim)):
        with pytest.raises(NotAllowed):
            actions.decide_claim(claim_for(cast.dewi, what.id), approve=True, by=who)
    for who in (cast.ana, cast.bima, cast.citra, cast.fajar):
        assert browse(who).open(f"/moderation/claims/{claim.id}").status == 403
    assert "Anda tidak dapat memutuskan di sini" in browse(cast.eko).open(f"/moderation/claims/{claim.id}")
    assert again(claim).state is ClaimState.WAITING_MODERATOR


@pytest.mark.parametrize("publication", list(Publication))
def test_who_wrote_against_a_business_does_not_decide_who_speaks_for_it(cast, browse, publication) -> None:
    cast.letter(author=cast.dewi, merchants=[cast.courier, cast.shop], publication=publication)
    claim, elsewhere = make_claim(cast.citra, cast.shop), make_claim(cast.citra, cast.merchant("Warung Sari"))
    with pytest.raises(NotAllowed):
        actions.decide_claim(
            claim_for(cast.dewi, claim.id), approve=False, by=cast.dewi, reason=ClaimReason.DENIED, message=SAID
        )
    dewi = browse(cast.dewi)
    page = dewi.open(f"/moderation/claims/{claim.id}")
    assert "Anda tidak dapat memutuskan di sini" in page
    assert not page.find("form", action=f"/moderation/claims/{claim.id}/decide")
    page = dewi.open("/moderation/claims")
    assert page.text.count("Diputuskan anggota redaksi lain") == 1
    actions.decide_claim(claim_for(cast.dewi, elsewhere.id), approve=True, by=cast.dewi)
    actions.decide_claim(claim_for(cast.eko, claim.id), approve=True, by=cast.eko)
    assert again(claim).state is ClaimState.APPROVED


def test_every_reason_has_words_and_a_proposal_that_may_be_sent(cast, browse, app) -> None:
    from flask_babel import force_locale

    from forum.moderation.lifecycle import ReportReason
    from forum.moderation.models import MESSAGE_CHARACTERS
    from forum.moderation.words import proposal, reason_words, report_reason_words

    for locale in ("id", "en"):
        with app.test_request_context(), force_locale(locale):
            for reason in Reason:
                assert reason_words(reason.value)
                assert MESSAGE_CHARACTERS[0] <= len(proposal(reason)) <= MESSAGE_CHARACTERS[1]
            assert all(report_reason_words(reason.value) for reason in ReportReason)
            assert reason_words(None) == reason_words("no such") == ""
