"""What is found in the words of a response before they are published, as its form shows it."""

from typing import Any

from flask import flash, g, url_for
from flask_babel import gettext as _

from forum.core.text import slug
from forum.letters.models import Case
from forum.responses import queries
from forum.responses.boilerplate import Sketch, equal_parts
from forum.responses.forms import ResponseForm
from forum.responses.guard import Found, GuardStopped
from forum.responses.lifecycle import MOST_SAME_LETTERS
from forum.responses.words import private_words

GUARDED = ("text", "promise", "signatory", "job_title", "goods", "offer", "ground_words")


def mask(case: Case, form: ResponseForm) -> None:
    """Mask in the form whatever is private: what is shown is what is masked."""
    typed = {name: value for name in GUARDED if isinstance(value := form[name].data, str) and value}
    form.mask(queries.private_places(case, case.letter, typed))
    flash(_("What looked private is masked. Please read it once more, then publish."), "success")


def is_uniform(case: Case, form: ResponseForm, sketch: Sketch) -> bool:
    """Whether many letters got these words and the writer has not heard of it yet; remembers which for `checked`."""
    alike = queries.alike(case, sketch)
    if alike is None or alike.others <= MOST_SAME_LETTERS or form.same.data == "1":
        return False
    g.alike = alike
    return True


def explain_guard(form: ResponseForm, problem: GuardStopped) -> None:
    """Tell at each field what was found in it, and remember where for `checked`."""
    g.private_found = problem.facts["found"]
    kinds: dict[str, dict[str, None]] = {}
    for one in problem.facts["found"]:
        kinds.setdefault(one.field, {})[one.kind] = None
    for field, found in kinds.items():
        form.explain(GuardStopped(field=field, kinds=tuple(found)))


def checked(form: ResponseForm, names: list[str]) -> dict[str, Any]:
    """Return what `responses/_checked.html` takes; `names` are those of the files that go with the response."""
    alike, text = g.get("alike"), form.text.data or ""
    return {
        "marked": _marked(form, names),
        "alike": alike,
        "alike_letters": [(_letter_address(number, title), title) for number, title in alike.letters] if alike else [],
        "equal": pieces(text, [(*part, "equal") for part in equal_parts(text, alike.text)]) if alike else [],
    }


def _marked(form: ResponseForm, names: list[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return each field in which something private was found, in pieces: (words, what they are or "")."""
    shown: dict[str, list[Found]] = {}
    for one in g.get("private_found", ()):
        shown.setdefault(one.field, []).append(one)
    texts = {name: "\n".join(names) if name == "files" else str(form[name].data or "") for name in shown}
    return [
        (
            str(form[name].label.text),
            pieces(texts[name], [(one.start, one.end, private_words(one.kind)) for one in found]),
        )
        for name, found in shown.items()
    ]


def pieces(text: str, marks: list[tuple[int, int, str]]) -> list[tuple[str, str]]:
    """Return the text in pieces, each with its mark or "", as a template draws them."""
    found: list[tuple[str, str]] = []
    at = 0
    for start, end, what in sorted(marks):
        found += [(text[at:start], ""), (text[start:end], what)]
        at = end
    return [(words, what) for words, what in [*found, (text[at:], "")] if words]


def _letter_address(letter_id: int, title: str) -> str:
    """Return the address of a letter."""
    return url_for("letters.read", letter_id=letter_id, slug=slug(title))
