"""What a writer sees before sending: the letter as it will look, and stretches that seem private, to be masked or left."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from forum.accounts.models import Visitor
from forum.core.clock import utcnow
from forum.letters import hints
from forum.letters.forms import LetterForm
from forum.letters.hints import Hint
from forum.letters.words import kind_words, place_words, writes_as_words

HINTED = ("title", "text", "ask")


def preview_of(form: LetterForm, who: Visitor) -> dict[str, Any] | None:
    """Return what `letters/_body.html` draws, None while the form does not hold."""
    if not form.validate():
        return None
    content = form.content()
    return {
        "title": content.title,
        "byline": content.byline(who.name),
        "html": content.html,
        "place_words": place_words(content),
        "at": utcnow(),
        "kind_words": kind_words(content.kind),
        "writes_as_words": writes_as_words(content.writes_as),
        "event_on": content.event_on,
        "loss": content.loss,
        "ask": content.ask,
        "merchants": [{"name": name} for name in content.merchants],
    }


def hints_of(form: LetterForm, who: Visitor) -> list[dict[str, str]]:
    """Return the proposals to mask, each with the value of its checkbox."""
    return [
        {
            "value": _key(name, hint),
            "found": hint.found,
            "mask": hint.mask,
            "kind": hint_words(hint.kind),
            "where": str(form[name].label.text),
        }
        for name, hint in _found(form, who)
    ]


def masked(form: LetterForm, chosen: Sequence[str]) -> dict[str, list[str]]:
    """Return the form as typed with the chosen stretches masked; what has changed since is left alone."""
    fields, wanted = form.typed(), set(chosen)
    for name in HINTED:
        text = form[name].data or ""
        taken = [hint for hint in hints.find(text) if _key(name, hint) in wanted]
        if taken:
            fields[name] = [hints.mask_all(text, taken)]
    return fields


def for_script(text: str, who: Visitor) -> list[dict[str, Any]]:
    """Return the proposals as the writer's script needs them; `start` counts UTF-16 units, as browsers do."""
    return [
        {
            "start": len(text[: hint.start].encode("utf-16-le")) // 2,
            "text": hint.found,
            "mask": hint.mask,
            "kind": hint_words(hint.kind),
        }
        for hint in hints.find(text, known_names=[who.name])
    ]


def hint_words(kind: hints.Kind) -> str:
    """Return what a hint seems to be."""
    words = {
        hints.Kind.EMAIL: _("e-mail address"),
        hints.Kind.ORDER: _("order number"),
        hints.Kind.TRACKING: _("tracking number"),
        hints.Kind.PHONE: _("phone number"),
        hints.Kind.NIK: _("identity number"),
        hints.Kind.CARD: _("card number"),
        hints.Kind.ACCOUNT: _("account number"),
        hints.Kind.PLATE: _("number plate"),
        hints.Kind.NAME: _("name of a person"),
    }
    return str(words[kind])


def _found(form: LetterForm, who: Visitor) -> Iterator[tuple[str, Hint]]:
    known = [who.name, *form.merchants.data]
    for name in HINTED:
        for hint in hints.find(form[name].data or "", known_names=known):
            yield name, hint


def _key(name: str, hint: Hint) -> str:
    return f"{name}|{hint.start}|{hint.found}"
