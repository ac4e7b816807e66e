"""What a writer sees before sending: the letter as it will look, and stretches that seem private, to be masked or left."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from forum.accounts.models import Visitor
from forum.core.clock import utcnow
from forum.core.text import one_line
from forum.core.web import visitor
from forum.letters import hints
from forum.letters.forms import LetterForm
from forum.letters.forms.fields import MOST_LINES
from forum.letters.hints import Hint
from forum.letters.queries.merchants import known as known_to
from forum.letters.words import kind_words, place_words, writes_as_words
from forum.merchants.models import LONGEST_MERCHANT_NAME_CHARACTERS
from forum.merchants.naming import known_keys, meant_by
from forum.merchants.queries import key_of

HINTED = ("title", "text", "ask")
MEANS = "means-"
"""Begins the value of a button that means another business than the one typed."""
LEAVES = "leave-"
"""Begins the value of a button that dismisses a hint; the stretch follows."""


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
            "leave": LEAVES + hint.found,
            "found": hint.found,
            "mask": hint.mask,
            "kind": hint_words(hint.kind),
            "where": str(form[name].label.text),
        }
        for name, hint in _found(form, who)
    ]


def doubts_of(form: LetterForm, who: Visitor) -> list[dict[str, Any]]:
    """Return the new names that look like a business's: which it may be, and whether the letter is stopped until the writer says.

    Each business has the value of the button that means it; the form is sent as it is once the writer said "another one".
    """
    names = [name for name in form.merchants.data or [] if len(name) <= LONGEST_MERCHANT_NAME_CHARACTERS]
    known = known_keys(names)
    new = [name for name in names if key_of(name) not in known]
    said = {key_of(name) for name in form.another.data or []}
    return [
        {
            "name": name,
            "meant": [{"name": one.name, "value": f"{MEANS}{names.index(name)}-{one.id}"} for one in meant],
            "stops": meant[0].proven,
            "proven": [one.name for one in meant if one.proven],
            "another": key_of(name) in said,
        }
        for name, meant in (meant_by(new, known_to(who)) if new else {}).items()
    ]


def meant(form: LetterForm, pressed: str) -> dict[str, list[str]]:
    """Return the form as typed with one business's name as that business has it; as typed when the button fits nothing."""
    fields, parts = form.typed(), pressed.removeprefix(MEANS).split("-")
    names = [name for name in form.merchants.data or [] if len(name) <= LONGEST_MERCHANT_NAME_CHARACTERS]
    if len(parts) == 2 and all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts) and int(parts[0]) < len(names):
        typed = names[int(parts[0])]
        real = next((one.name for one in meant_by([typed], known_to(visitor())).get(typed, []) if one.id == int(parts[1])), typed)
        for field in ("merchants", "details_for"):
            fields[field] = [real if key_of(one_line(value)) == key_of(typed) else value for value in fields.get(field, [])]
    return fields


def masked(form: LetterForm, chosen: Sequence[str]) -> dict[str, list[str]]:
    """Return the form as typed with the chosen stretches masked; what has changed since is left alone."""
    fields, wanted = form.typed(), set(chosen)
    for name in HINTED:
        text = form[name].data or ""
        taken = [hint for hint in hints.find(text) if _key(name, hint) in wanted]
        if taken:
            fields[name] = [hints.mask_all(text, taken)]
    return fields


def left_as_it_is(form: LetterForm, pressed: str) -> dict[str, list[str]]:
    """Return the form as typed, in whose draft the stretch of this button is no hint any more."""
    fields = form.typed()
    fields["left"] = list(dict.fromkeys([*fields.get("left", []), one_line(pressed.removeprefix(LEAVES))]))[-MOST_LINES:]
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
        hints.Kind.DOCUMENT: _("number of an identity paper"),
        hints.Kind.PLATE: _("number plate"),
        hints.Kind.NAME: _("name of a person"),
    }
    return str(words[kind])


def _found(form: LetterForm, who: Visitor) -> Iterator[tuple[str, Hint]]:
    """The hints of each field, without those that the writer dismissed in this draft."""
    known, left = [who.name, *form.merchants.data], set(form.left.data or [])
    for name in HINTED:
        for hint in hints.find(form[name].data or "", known_names=known):
            if one_line(hint.found) not in left:
                yield name, hint


def _key(name: str, hint: Hint) -> str:
    return f"{name}|{hint.start}|{hint.found}"
