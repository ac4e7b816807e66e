"""Sign-ins of the filled site: a person comes in as with a real browser, with the code of their app where one is asked."""

import json
from pathlib import Path
from typing import Any

from benchmarks.browser import Browser
from forum.accounts.totp import next_code

SECOND_STEP = "/sign-in/second"
Person = dict[str, Any]


def people(data: Path) -> list[Person]:
    """Return the sign-ins that the fill left in the data folder."""
    found: list[Person] = json.loads((data / "demo-accounts.json").read_text(encoding="utf-8"))
    return found


def sign_in(browser: Browser, person: Person) -> None:
    """Sign in with the password and, where it is asked, the code of the app; raises RuntimeError when either is refused."""
    form = browser.open("/sign-in").form("password")
    status = browser.submit(form, email=person["email"], password=person["password"])
    if status in {302, 303} and browser.led_to.startswith(SECOND_STEP):
        form = browser.open(browser.led_to).form("code")
        status = browser.submit(form, code=next_code(person["totp"], after=0))
    if status not in {302, 303}:
        raise RuntimeError(f"{person['email']} could not sign in")
