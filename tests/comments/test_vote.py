"""Finding a comment helpful."""

import pytest

from forum.comments import actions
from forum.comments.queries import comment_for
from forum.core.errors import NotAllowed
from forum.letters.lifecycle import Publication
from tests.cast import make_comment


def votes(comment):
    from forum.core.db import db

    db.session.expire_all()
    return comment.votes


def test_one_person_counts_once(cast):
    comment = make_comment(cast.letter(), cast.citra)
    for _ in range(2):
        actions.vote(comment_for(cast.ana, comment.id), by=cast.ana)
    actions.vote(comment_for(cast.bima, comment.id), by=cast.bima)
    assert votes(comment) == 2
    for _ in range(2):
        actions.vote(comment_for(cast.ana, comment.id), by=cast.ana, helpful=False)
    assert votes(comment) == 1


def test_not_for_oneself_nor_without_a_confirmed_address_nor_out_of_print(cast):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    with pytest.raises(NotAllowed):
        actions.vote(comment_for(cast.citra, comment.id), by=cast.citra)
    unconfirmed = cast.person("Umi", confirmed=False)
    with pytest.raises(NotAllowed):
        actions.vote(comment_for(unconfirmed, comment.id), by=unconfirmed)
    withdrawn = make_comment(cast.letter(publication=Publication.WITHDRAWN), cast.citra)
    with pytest.raises(NotAllowed):
        actions.vote(comment_for(cast.ana, withdrawn.id), by=cast.ana)
    assert votes(comment) == votes(withdrawn) == 0


def test_the_button_votes_and_takes_back_and_comes_back_to_the_page(cast, browse):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    make_comment(letter, cast.citra)
    ana = browse(cast.ana)
    for pressed, count in (("true", 1), ("false", 0)):
        page = ana.open(f"/letters/{letter.id}?sort=helpful")
        [button] = page.find("button", formaction=f"/comments/{comment.id}/vote")
        [form] = page.find("form", id="on-comment")
        data = {field.get("name"): field.get("value") for field in form.iter() if field.get("name")}
        sent = ana.request("POST", button.get("formaction"), data={**data, button.get("name"): button.get("value")})
        assert sent.response.headers["Location"].endswith(f"?sort=helpful#c{comment.id}")
        page = ana.follow(sent)
        assert page.find("button", formaction=f"/comments/{comment.id}/vote")[0].get("aria-pressed") == pressed
        assert votes(comment) == count


def test_a_guest_is_led_through_sign_in(cast, browse):
    comment = make_comment(cast.letter(), cast.citra)
    sent = browse().request("POST", f"/comments/{comment.id}/vote", data={"on": "1"})
    assert sent.status == 302
    assert "/sign-in?next=/comments/" in sent.response.headers["Location"].replace("%2F", "/")


def test_coming_back_goes_nowhere_else(cast, browse):
    letter = cast.letter()
    comment = make_comment(letter, cast.citra)
    ana = browse(cast.ana)
    token = ana.open(f"/letters/{letter.id}").find("input", name="csrf_token")[0].get("value")
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        sent = ana.request("POST", f"/comments/{comment.id}/vote", data={"csrf_token": token, "back": target})
        assert sent.response.headers["Location"] == f"/comments/{comment.id}"
