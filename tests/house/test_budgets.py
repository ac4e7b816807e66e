"""What each page may ask of the database: no more than MOST, but for those named with their own number.

Every page of the access table, opened by somebody for whom it opens. That a longer list costs no more is tried in its room.
"""

import pytest
from flask import Flask

from tests.browser import Browser
from tests.cast import Cast
from tests.house import scene as scenes
from tests.house.test_access import ADMINISTRATORS, PEOPLE, TABLE, address

pytestmark = pytest.mark.once
MOST = 14
DEARER = {
    # an item of the desk, with the queue, earlier decisions, hints and versions around it (ADR 31)
    "appeals.judge": 26,
    "contests.desk": 21,
    "moderation.claim": 20,
    "moderation.held_comment": 17,
    "moderation.letter": 25,
    "moderation.objection": 15,
    "moderation.revision": 16,
    "moderation.thing": 18,
    "people.person": 19,
    "redactions.redact": 16,
    # all of a case, all of a business
    "desk.case": 21,
    "pages.merchant": 17,
}
READERS = [row.split()[1] for row in sorted(TABLE) if row.startswith("GET ") and ("OK" in TABLE[row] or TABLE[row] == ADMINISTRATORS)]


@pytest.mark.parametrize("blueprint", sorted({endpoint.split(".")[0] for endpoint in READERS}))
def test_no_page_asks_more_than_it_may(app: Flask, cast: Cast, blueprint: str) -> None:
    scene, dear = scenes.build(cast), {}
    for endpoint in READERS:
        if endpoint.split(".")[0] == blueprint:
            browser, url = Browser(app, _reader(cast, endpoint)), address(app, scene, endpoint)
            browser.request("GET", url)  # what is kept is made
            asked = len(browser.request("GET", url).queries)
            if asked > DEARER.get(endpoint, MOST):
                dear[endpoint] = asked
    assert not dear


def _reader(cast: Cast, endpoint: str) -> object:
    """Who has most to see there."""
    column = TABLE[f"GET {endpoint}"].split()
    names = [name for name, outcome in zip(PEOPLE, column, strict=True) if outcome == "OK"]
    return None if names == ["guest"] else cast.surya if not names else getattr(cast, names[-1])
