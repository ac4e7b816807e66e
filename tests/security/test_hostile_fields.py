"""Each field of each form of the site, filled with what nobody sends by accident: told in words, never lost, never a crash."""

import re
from typing import Any

import pytest

from forum.core.text import clean
from tests.browser import Browser
from tests.cast import Cast
from tests.security.forms import Form
from tests.security.hostile import (
    FILE,
    MISSING,
    OVERRIDE,
    REFUSED,
    SCRIPT,
    TEXTS,
    TWICE,
    TYPED,
    Controls,
    Target,
    get,
    send,
    target,
    tries,
    undone,
)
from tests.security.rooms import EVERY

KEEPS = {"text", "textarea", "email", "tel", "search", "number", "date"}
SHORT_ENOUGH = 1_000  # of what is shown again


@pytest.fixture(autouse=True)
def unlimited(setting: Any) -> None:
    setting(letters_per_day=1000, comments_per_hour=100000, reports_per_hour=1000, sign_ups_per_hour=10000)


@pytest.mark.parametrize("name", EVERY)
def test_no_value_of_any_field_breaks_anything(app: Any, cast: Cast, browse: Any, name: str) -> None:
    browser, aim = _at(EVERY[name], cast, browse)
    problems: list[str] = []
    tried = 0
    for field, label in tries(aim, brief=EVERY[name].brief):
        with undone():
            fault = _fault(browser, aim, field, label, EVERY[name].done)
        tried += 1
        if fault:
            problems.append(f"{field} = {label}: {fault}")
    assert tried >= 8
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", EVERY)
def test_what_an_honest_person_sends_is_taken(app: Any, cast: Cast, browse: Any, name: str) -> None:
    """Or the walk above would only meet the first refusal."""
    browser, aim = _at(EVERY[name], cast, browse)
    answer = send(browser, aim, "no such field at all", MISSING)
    page, done = answer.get_data(as_text=True), EVERY[name].done
    assert answer.status_code in {302, 303} or (done and done in page), " ".join(re.sub(r"(?s)<[^>]*>", " ", page).split())[:2000]


def _at(form: Form, cast: Cast, browse: Any) -> tuple[Browser, Target]:
    """A browser in front of the form, and the form as it stands there."""
    cast.ana, cast.bima, cast.citra, cast.dewi  # noqa: B018 - makes them
    url = form.stage(cast)
    browser = browse(getattr(cast, form.person) if form.person else None)
    return browser, target(browser, url, form.action, form.given)


def _fault(browser: Browser, aim: Target, field: str, label: str, done: str | None) -> str:
    answer = send(browser, aim, field, label)
    page = answer.get_data(as_text=True)
    if answer.status_code in {302, 303}:
        followed = get(browser, answer.headers["Location"])
        if followed.status_code >= 500:
            return f"then {followed.status_code} at {answer.headers['Location'][:200]}"
        return _shown(followed.get_data(as_text=True))
    if answer.status_code not in REFUSED | {200}:
        return f"{answer.status_code}"
    if done and done in page:
        return _shown(page)
    return _shown(page) or _lost(page, answer.status_code, aim, field, label)


def _shown(page: str) -> str:
    for word in (SCRIPT, 'onerror=alert(1)>" ', "Traceback", "sqlalchemy", "49 49"):
        if word in page:
            return f"shows {word!r}"
    return "shows an override" if OVERRIDE in page else ""


def _lost(page: str, status: int, aim: Target, field: str, label: str) -> str:
    """Which typed word the page that is shown again has lost; a refusal of the whole request shows no form."""
    shown = Controls(page).values
    if status == 413 or not set(aim.names) & set(shown):
        return "" if status in REFUSED else "no form again"
    for name in aim.names:
        if aim.kinds[name] not in KEEPS or name == field:
            continue
        for value in aim.honest.get(name, []):
            if value and _bare(value) not in [_bare(one) for one in shown.get(name, [])]:
                return f"{name} lost {value[:60]!r}, shows {str(shown.get(name))[:100]}"
    if label in {FILE, MISSING, TWICE} or label not in TEXTS or aim.kinds[field] not in KEEPS & TYPED:
        return ""
    typed = TEXTS[label]
    if isinstance(typed, bytes) or len(typed) > SHORT_ENOUGH or label in {"nul", "override", "marks"}:
        return ""
    if _bare(typed) and _bare(typed) not in [_bare(one) for one in shown.get(field, [])]:
        return f"typed {typed[:60]!r}, shows {str(shown.get(field))[:100]}"
    return ""


def _bare(value: str) -> str:
    return " ".join(clean(value).split())
