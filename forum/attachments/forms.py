"""Files in forms, and the form of what proves a claim."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Field

from forum.attachments.kinds import MOST_DOCUMENTS
from forum.core.forms import Form
from forum.core.sentences import sentences

sentences(
    {
        "document_needed": lambda _facts: _("Please choose a document first."),
        "too_many_documents": lambda facts: _(
            "A claim holds %(most)s files at most.", most=facts.get("most", MOST_DOCUMENTS)
        ),
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
