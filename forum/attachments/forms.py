"""Files in forms: what proves a claim, who sees a file, what of it is covered."""

import json
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Field, HiddenField, RadioField, SelectChoice

from forum.attachments.areas import MOST_AREAS, WHOLE_PAGE
from forum.attachments.kinds import MOST_DOCUMENTS
from forum.attachments.models import FileAudience
from forum.attachments.words import audience_words
from forum.core.errors import Invalid
from forum.core.forms import Form, LineField
from forum.core.sentences import sentences

LONGEST_AREAS_CHARACTERS = 20_000

sentences(
    {
        "document_needed": lambda _facts: _("Please choose a document first."),
        "too_many_documents": lambda facts: _(
            "A claim holds %(most)s files at most.", most=facts.get("most", MOST_DOCUMENTS)
        ),
        "no_audience": lambda _facts: _("Please choose who may see the file."),
        "not_sure": lambda _facts: _("More people would see the file. Please confirm that first."),
        "no_areas": lambda _facts: _("Please draw over the picture first, or say in figures what to cover."),
        "too_many_areas": lambda facts: _(
            "A file holds %(most)s covered parts at most. Cover larger parts instead.",
            most=facts.get("most", MOST_AREAS),
        ),
        "bad_areas": lambda _facts: _(
            "These parts do not lie on the page. Figures are in percent of its width and height, from 0 to 100."
        ),
        "not_ready": lambda _facts: _("The file is being processed or cannot be shown. Please try again in a minute."),
        "data_held": lambda _facts: _("The data of this letter are kept for a legal matter, so nothing of it can be deleted now."),
        "original_gone": lambda _facts: _("The original is deleted already: its time was over."),
    }
)


class FilesField(Field):
    """Files chosen on the writer's device; `data` lists those that were really sent."""

    def widget(self, field: Field, **_kwargs: Any) -> str:
        return ""

    def process_data(self, value: Any) -> None:
        self.data: list[FileStorage] = []

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [one for one in valuelist if isinstance(one, FileStorage) and one.filename]


class DocumentsForm(Form):
    """The files that prove a claim."""

    file_fields = ("files",)
    files = FilesField(_l("Documents"))


class AudienceForm(Form):
    """Who may see a file; `seen` is who might when the page was drawn, `sure` the wider choice that was confirmed."""

    audience = RadioField(_l("Who may see it from now on"), validate_choice=False)
    seen = HiddenField()
    sure = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.audience.choices = [SelectChoice(one.value, audience_words(one)) for one in FileAudience]

    @property
    def chosen(self) -> FileAudience | None:
        """The choice, None for none."""
        return FileAudience(self.audience.data) if self.audience.data in set(FileAudience) else None

    @property
    def now(self) -> FileAudience | None:
        """Who might see it when the page was drawn; None where that was not sent."""
        return FileAudience(self.seen.data) if self.seen.data in set(FileAudience) else None


class CoverForm(Form):
    """Parts of a file to cover: drawn (JSON in `areas`), one in figures of percent, and whole pages by their numbers."""

    areas = HiddenField(_l("Covered parts"), default="[]")
    page = LineField(_l("Page"), default="1")
    left = LineField(_l("From the left, %"))
    top = LineField(_l("From the top, %"))
    width = LineField(_l("Width, %"))
    height = LineField(_l("Height, %"))
    pages = LineField(_l("Whole pages"), description=_l("Numbers with commas, for example 2, 5. They become black."))

    def chosen(self) -> list[list[float]]:
        """All that is to be covered; raises Invalid("bad_areas") for what cannot be read."""
        found = _drawn(self.areas.data or "[]")
        figures = [one.data or "" for one in (self.left, self.top, self.width, self.height)]
        if any(figures):
            page = _number(self.page.data or "1", "page")
            found.append([page, *(_number(one, "left") / 100 for one in figures)])
        found += [[_number(one, "pages"), *WHOLE_PAGE] for one in (self.pages.data or "").replace(",", " ").split()]
        return found


def chosen_areas(values: Sequence[str]) -> set[tuple[float, ...]]:
    """Return the covered parts that were ticked, each sent as JSON; raises Invalid("bad_areas")."""
    return {tuple(area) for value in values[:MOST_AREAS] for area in _drawn(f"[{value}]")}


def _drawn(text: str) -> list[list[float]]:
    try:
        found = json.loads(text) if len(text) <= LONGEST_AREAS_CHARACTERS else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(
        isinstance(area, list) and all(_is_figure(one) for one in area) for area in found
    ):
        raise Invalid("bad_areas")
    return found


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(text: str, field: str) -> float:
    try:
        return float(text.strip().rstrip("%").replace(",", "."))
    except ValueError as problem:
        raise Invalid("bad_areas", field=field) from problem
