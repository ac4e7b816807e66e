"""Whoever has a part in a matter decides nothing in it: asked of every route that takes something from moderators alone.

The routes come from the app and the access table, so a new one that decides without asking `accounts/conflict.py` fails here.
"""

import pytest
from flask import Flask

from forum.accounts import conflict
from forum.accounts.conflict import Part
from tests.browser import Browser
from tests.cast import Cast
from tests.house import scene as scenes
from tests.house.test_access import ADMINISTRATORS, PEOPLE, TABLE, address, undone

NO_MATTER = {
    "comments.vote": "a member's vote, only not on the own comment, as the scene has it for Citra",
    "crowds.remove_term": "lists of words",
    "crowds.terms": "lists of words",
    "handover.add_body": "bodies outside this site",
    "handover.edit_body": "bodies outside this site",
    "handover.order_bodies": "bodies outside this site",
    "moderation.hand_on": "in whose hands; decides nothing",
    "moderation.release": "in whose hands; decides nothing",
    "moderation.see": "in whose hands; decides nothing",
    "moderation.take": "in whose hands; decides nothing",
    "moderation.reject_spam": "each item of it is decided, and refused, as if alone: tried below",
    "legal.holds": "known only from the form: tried below",
    "legal.record": "known only from the form: tried below",
    "orders.enter": "puts on record; checking and carrying out are refused",
    "people.ask_rights": "an office is no matter of anybody but its holder, who is known only from the form",
    "privacy.export": "the processing log",
}
"""Routes of an office that refuse nobody with a part in the matter, each with the reason."""
OPERATING = "console."  # runs the site, and decides on nobody's words



def _of_offices() -> list[str]:
    """The endpoints of which an office may send the form, and a member with no part in anything may not."""
    found = []
    for row, column in TABLE.items():
        method, endpoint = row.split()
        allowed = dict(zip(PEOPLE, column.split(), strict=True))
        office = column == ADMINISTRATORS or (allowed["dewi"] == "OK" and allowed["citra"] != "OK")
        if method == "POST" and office and not endpoint.startswith(OPERATING):
            found.append(endpoint)
    return sorted(set(found))


def test_every_route_of_an_office_asks_for_a_part_in_the_matter(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    scene = scenes.build(cast)
    monkeypatch.setattr(conflict, "part_in", lambda *_: Part.OWN)
    browser = Browser(app, cast.surya)
    token = browser.open("/about").find("input", name="csrf_token")[0].get("value")
    open_to_all = set()
    for endpoint in _of_offices():
        with undone():
            page = browser.request("POST", address(app, scene, endpoint), data={"csrf_token": token})
        if page.status != 403:
            open_to_all.add(endpoint)
    assert open_to_all == NO_MATTER.keys(), open_to_all ^ NO_MATTER.keys()
