"""The canary: words that only some may read are looked for in every answer to everybody."""

import pytest
from flask import Flask

from forum.core.text import slug
from tests.browser import Browser
from tests.cast import Cast
from tests.house import scene as scenes
from tests.house.test_access import PEOPLE, address, routes

MAY_READ: dict[str, set[str]] = {
    scenes.DETAIL: {"ana", "bima", "fajar"},  # moderators with a reason
    "zqdikembalikan": {"ana", "dewi"},
    "zqbanding": {"ana", "dewi"},
    "zqperingatan": {"citra", "dewi"},
    "zqsebab": {"dewi"},
    scenes.HIDDEN_LETTER: {"ana", "dewi"},
    scenes.WAITING_LETTER: {"ana", "dewi"},
    scenes.DRAFT: {"ana"},
    scenes.HIDDEN_COMMENT: {"citra", "dewi"},
    scenes.HELD_COMMENT: {"citra", "dewi"},
    scenes.HIDDEN_RESPONSE: {"bima", "dewi"},
    scenes.WAITING_REVISION: {"ana", "dewi"},
    scenes.BUSINESS_FILE: {"ana", "bima", "fajar", "dewi"},
    scenes.MODERATORS_FILE: {"ana", "dewi"},
    scenes.GONE_FILE: {"ana", "dewi"},
    scenes.REPORT_TEXT: {"dewi"},
    scenes.WAITING_RESPONSE: {"citra"},
    scenes.TEAM_NOTE: {"bima"},
    scenes.TEMPLATE: {"bima"},
    scenes.HIDDEN_RESPONSE_FILE: {"bima", "dewi"},
    scenes.WAITING_RESPONSE_FILE: {"citra"},
    scenes.PROPOSED_NAME: {"bima", "dewi"},
    scenes.DOCUMENT: {"dewi"},
    scenes.CLAIM_WORDS: {"citra", "dewi"},
    scenes.OBJECTION_TEXT: {"dewi"},
    scenes.WAITING_MAIL: {"dewi"},
    scenes.CONTACT: {"bima", "dewi"},
    scenes.COVERED: {"dewi"},
    scenes.INVITED: {"bima", "dewi"},
    scenes.ORDERED: {"citra", "dewi"},
    scenes.ORDER_WORDS: {"citra", "dewi"},
    scenes.CONTEST_TEXT: {"ana", "citra", "dewi"},
    scenes.CONTESTED: {"ana", "citra", "dewi"},
    scenes.CHALLENGER: {"dewi"},
    scenes.WAITING_REPLY: {"dewi"},
    scenes.REPLY_ADDRESS: {"dewi"},
    "ana@surat.example": {"ana"},
    "citra@surat.example": {"citra"},
}


def _addresses(app: Flask, scene: scenes.Scene) -> list[str]:
    found = [address(app, scene, endpoint) for method, endpoint in routes(app) if method == "GET"]
    for number, title in scene.unseen:
        found += [f"/letters/{number}-{slug(title)}", f"/letters/{number}", f"/letters/{number}/history"]
        found += [f"/report/letter/{number}", f"/moderation/letters/{number}"]
    found += [f"/report/comment/{scene.hidden_comment}", f"/comments/{scene.hidden_comment}"]
    found += [f"/report/response/{scene.hidden_response}", f"/comments/{scene.hidden_comment}/reply"]
    found += [f"/moderation/comments/{scene.hidden_comment}/reports"]
    ordered = scene.places["orders"]["comment_id"]
    found += [f"/comments/{ordered}", f"/report/comment/{ordered}", f"/moderation/comments/{ordered}/reports"]
    held = scene.held_comment
    found += [f"/report/comment/{held}", f"/comments/{held}", f"/comments/{held}/reply", f"/comments/{held}/edit"]
    found += [f"/moderation/comments/{held}/reports", f"/search?q={scenes.HELD_COMMENT}"]
    found += [f"/moderation/responses/{scene.hidden_response}/reports"]
    found.append(f"/cases/{scene.other_case}/respond")
    found += [f"/moderation/claims/{scene.documents_claim}", "/merchants/kurir-kilat/claim", "/merchants/kurir-kilat/proof"]
    hidden = (scenes.HIDDEN_LETTER, scenes.WAITING_LETTER, scenes.WAITING_REVISION, scenes.COVERED)
    found += [f"/search?q={word}" for word in hidden]
    found += [f"/merchants/suggest?q={scenes.HIDDEN_LETTER}", "/sanctions", "/decisions"]
    for number, token, name in scene.files:
        found += [f"/files/{token}/full/{name}", f"/report/attachment/{number}", f"/files/{token}", f"/moderation/files/{number}"]
    for number, token, name in scene.hung:
        found += [f"/files/{token}/full/{name}", f"/report/attachment/{number}", f"/files/{token}", f"/moderation/files/{number}"]
    return found


def browser_of(app: Flask, cast: Cast, name: str) -> Browser:
    if name == "guest":
        return Browser(app)
    return Browser(app, cast.person("Umar", confirmed=False) if name == "unconfirmed" else getattr(cast, name))


@pytest.mark.once
@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_reads_what_is_not_theirs(app: Flask, cast: Cast, name: str) -> None:
    scene = scenes.build(cast)
    browser = browser_of(app, cast, name)
    seen: set[str] = set()
    leaks = []
    for url in _addresses(app, scene):
        echoed = url.split("q=")[-1] if "q=" in url else url.rsplit("/", 1)[-1]
        text = browser.open(url).text.replace(echoed, "")
        for word, readers in MAY_READ.items():
            if word in text:
                seen.add(word)
                if name not in readers:
                    leaks.append((word, url))
    assert not leaks
    missing = {word for word, readers in MAY_READ.items() if name in readers} - seen
    assert not missing, "these should have been found, or the canary proves nothing"


@pytest.mark.parametrize("name", PEOPLE)
def test_files_open_for_their_audience_only(app: Flask, cast: Cast, name: str) -> None:
    scene = scenes.build(cast)
    browser = browser_of(app, cast, name)
    allowed = {
        "public": set(PEOPLE),
        "business": {"ana", "bima", "fajar", "dewi"},
        "moderators": {"ana", "dewi"},
        "gone": {"ana", "dewi"},
        "claim": set(),  # moderators open these in another way
    }
    for (_number, token, file), audience in zip(scene.files, ("public", "business", "moderators", "gone", "claim"), strict=True):
        for method in ("GET", "HEAD"):
            for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"}):
                status = browser.request(method, f"/files/{token}/full/{file}", headers=headers).status
                assert (status in {200, 206, 304}) == (name in allowed[audience]), (method, headers, audience, status)


@pytest.mark.parametrize("name", PEOPLE)
def test_files_of_a_response_are_hidden_with_it(app: Flask, cast: Cast, name: str) -> None:
    scene = scenes.build(cast)
    browser = browser_of(app, cast, name)
    allowed = (set(PEOPLE), {"bima", "dewi"}, {"citra"})
    for (_number, token, file), who in zip(scene.hung, allowed, strict=True):
        status = browser.request("GET", f"/files/{token}/full/{file}").status
        assert (status == 200) == (name in who), (file, status)


@pytest.mark.parametrize(("place", "shown"), [(0, set()), (1, {scenes.DETAIL, scenes.BUSINESS_FILE})])
def test_a_mailed_link_shows_what_its_address_proves_and_nothing_else(
    app: Flask, cast: Cast, place: int, shown: set[str]
) -> None:
    """The stranger's link as every reader; the one at the proven domain also what the business may see of this case."""
    scene = scenes.build(cast)
    browser, url = browser_of(app, cast, "guest"), f"/answer/{scene.links[place]}"
    browser.request("POST", f"{url}/open")
    text = browser.open(url).text.replace(f"{scenes.CONTACT}@tokomelati.example", "")  # its own address
    assert 'name="signatory"' in text
    assert {word for word in MAY_READ if word in text} == shown
    for number, _token, name in scene.files:
        answer = browser.request("GET", f"{url}/files/{number}/full")
        assert (answer.status == 200) == (place == 1 and name.startswith(("bukti", scenes.BUSINESS_FILE))), name
