"""The queue and the desk open for moderators only."""

import pytest

from forum.letters.lifecycle import Publication


@pytest.mark.parametrize("path", ["/moderation", "/moderation/revisions", "/moderation/claims", "/moderation/reports"])
def test_only_moderators_open_the_desk(cast, browse, path: str) -> None:
    for who in (cast.ana, cast.bima, cast.citra, cast.fajar):
        assert browse(who).open(path).status == 403
    assert browse(cast.dewi).open(path).status == 200
    guest = browse().request("GET", path)
    assert guest.status == 302
    assert "/sign-in" in guest.response.headers["Location"]


def test_a_letter_is_read_and_decided(cast, browse) -> None:
    letter = cast.letter(publication=Publication.SUBMITTED)
    page = browse(cast.dewi).open(f"/moderation/letters/{letter.id}")
    assert page.status == 200
    assert letter.title in page
