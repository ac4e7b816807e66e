"""What is found in the words of a response before they are published, as its form shows it."""

from typing import Any

from flask import flash, g, request, url_for
from flask_babel import gettext as _

from forum.core.clock import utcnow
from forum.core.text import render, slug
from forum.letters.models import Case
from forum.responses import queries
from forum.responses.actions.saying import Words
from forum.responses.boilerplate import Sketch, equal_parts
from forum.responses.forms import ResponseForm
from forum.responses.guard import Found, GuardStopped
from forum.responses.lifecycle import MOST_SAME_LETTERS
from forum.responses.models import Remedy
from forum.responses.words import how_words, private_words, remedy_words

GUARDED = ("text", "promise", "signatory", "job_title", "goods", "offer", "ground_words")


def mask(case: Case, form: ResponseForm, *, proven: bool) -> None:
    """Mask in the form whatever is private: what is shown is what is masked."""
    typed = {name: value for name in GUARDED if isinstance(value := form[name].data, str) and value}
    form.mask(queries.private_places(case, case.letter, typed, proven=proven))
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


def previews() -> bool:
    """Whether the button was pressed that shows the response as it will look and publishes nothing."""
    return request.form.get("do") == "preview"


def checked(case: Case, form: ResponseForm, names: list[str]) -> dict[str, Any]:
    """Return what `_checked.html` and `_preview.html` take; `names` are those of the files that go with the response."""
    alike, text = g.get("alike"), form.text.data or ""
    return {
        "preview": _preview(case, form.words, names) if previews() and not (form.errors or alike) else None,
        "marked": _marked(form, names),
        "alike": alike,
        "alike_letters": [(_letter_address(number, title), title) for number, title in alike.letters] if alike else [],
        "equal": pieces(text, [(*part, "equal") for part in equal_parts(text, alike.text)]) if alike else [],
    }


def _preview(case: Case, words: Words, names: list[str]) -> dict[str, Any]:
    """Return what a letterhead shows of these words; `twice` is an amount both returned and promised."""
    amount = words.promise_amount
    return {
        "merchant": case.merchant.name,
        "signatory": words.signatory,
        "job_title": words.job_title,
        "at": utcnow(),
        "remedies": [remedy_words(words.remedy)],
        "how": how_words(words.remedy, words.how),
        "promise": {"words": words.promise, "due": words.promise_due, "amount": amount} if words.promise else None,
        "html": render(words.text),
        "files": names,
        "twice": amount if words.remedy is Remedy.REFUND and words.how.get("amount") == amount else None,
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
