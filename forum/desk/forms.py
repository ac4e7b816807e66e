"""Forms of the desk, and its refusals in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import InputRequired

from forum.core.db import LARGEST_ID
from forum.core.errors import Stale
from forum.core.forms import Characters, Form, LineField, OnceField, SeenField, TextField
from forum.core.sentences import sentences
from forum.desk.lifecycle import MINE, MOST_SELECTED, NOBODY, Show, Wanted
from forum.desk.models import NOTE_CHARACTERS, TEMPLATE_CHARACTERS, TEMPLATE_NAME_CHARACTERS
from forum.letters import categories

LONGEST_QUESTION_CHARACTERS = 160

sentences(
    {
        "placeholder_left": lambda facts: _(
            "Not published: %(found)s in line %(line)s is not filled in (“%(around)s”). Please put the real words in its "
            "place. All your words are still here.",
            found=facts["found"],
            line=facts["line"],
            around=facts["around"],
        ),
        "not_of_team": lambda _facts: _("This person is not an owner or agent of the business any more."),
        "has_draft": lambda _facts: _(
            "This person has begun a response to this letter too, so your draft stays with you. The case was not handed over."
        ),
        "too_many_selected": lambda facts: _("At most %(most)s letters at once.", most=facts["most"]),
        "too_many_templates": lambda facts: _(
            "There are %(most)s templates already. Please take one out of use first.", most=facts["most"]
        ),
    }
)


def wanted_of(args: Any) -> Wanted:
    """Return what an address or a form asks for; what is no choice of ours counts as not chosen."""
    show, category, agent = args.get("show", ""), args.get("category", ""), args.get("agent", "")
    return Wanted(
        show=Show(show) if show in set(Show) else Show.DUE,
        category=category if categories.find(category) else "",
        agent=agent if agent in {MINE, NOBODY} or _number(agent) else "",
        merchant=_number(args.get("merchant", "")),
        q=" ".join(args.get("q", "").split())[:LONGEST_QUESTION_CHARACTERS],
    )


def numbers_of(values: list[str]) -> list[int]:
    """Return the numbers among the values sent, each once, one more than may be selected at most."""
    found = dict.fromkeys(number for value in values if (number := _number(value)))
    return list(found)[: MOST_SELECTED + 1]


def _number(text: str) -> int | None:
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None


def person_chosen(value: str) -> int | None:
    """Return the person chosen, None for nobody; 0, whom no team knows, for what is no number."""
    return None if value in {"", "None", NOBODY} else _number(value) or 0


class NoteForm(Form):
    """A note for the team."""

    text = TextField(_l("Note for the team"), [InputRequired(), Characters(NOTE_CHARACTERS)])
    once = OnceField()


class AssignForm(Form):
    """Who has the case in hand; empty is nobody."""

    agent_id = SelectField(_l("In the hands of"), choices=[], validate_choice=False)
    with_draft = BooleanField(_l("Hand my draft over as well"))

    @property
    def to(self) -> int | None:
        """The person chosen, as `person_chosen` says."""
        return person_chosen(self.agent_id.data or "")


class TemplateForm(Form):
    """A template and its name."""

    name = LineField(_l("Name of the template"), [InputRequired(), Characters(TEMPLATE_NAME_CHARACTERS)])
    text = TextField(
        _l("Text"),
        [InputRequired(), Characters(TEMPLATE_CHARACTERS)],
        description=_l(
            "Placeholders in braces are filled in for each letter. Anything else in braces stays and must be replaced before "
            "the response can be published. Names, numbers and details of a person do not belong here."
        ),
    )
    seen = SeenField()
    once = OnceField()

    def explain(self, problem: Any) -> None:
        """Show a refusal; after a change by somebody else the next try is on the new version."""
        super().explain(problem)
        if isinstance(problem, Stale) and "now" in problem.facts:
            self.seen.raw_data, self.seen.data = None, problem.facts["now"]
