"""Forms of comments."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired

from forum.comments.models import COMMENT_CHARACTERS
from forum.config import settings
from forum.core.forms import Characters, Form, OnceField, SeenField, TextField
from forum.core.sentences import sentences

NOWHERE = -1
"""What a mangled number of a parent becomes: no comment has it, so the answer is told to stand alone."""

sentences(
    {
        "comments_locked": lambda _facts: _(
            "The editors have closed this thread. Your words are still here; you can copy them."
        ),
        "parent_gone": lambda _facts: _(
            "The comment you answer is no longer there. Your words are still here: send them again as a comment of their own."
        ),
        "comment_length": lambda facts: _(
            "A comment has %(least)s to %(most)s characters.", least=facts["least"], most=facts["most"]
        ),
        "too_many_links": lambda facts: _(
            "An account younger than a day may set %(most)s links in a comment.", most=facts["most"]
        ),
        "edit_over": lambda _facts: _(
            "A comment may be changed for %(minutes)s minutes, and they are over. You can answer it, or delete it.",
            minutes=settings().comment_edit_minutes,
        ),
    }
)


class ParentField(HiddenField):
    """The number of the comment that is answered, None for a comment of its own."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        text = valuelist[0] if valuelist else ""
        if not text:
            self.data = None
        else:
            self.data = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else NOWHERE

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class CommentForm(Form):
    """A comment or an answer to one."""

    text = TextField(_l("Your comment"), validators=[InputRequired(), Characters(COMMENT_CHARACTERS)])
    parent = ParentField()
    once = OnceField()


class EditForm(Form):
    """New words for a fresh comment."""

    text = TextField(_l("Your comment"), validators=[InputRequired(), Characters(COMMENT_CHARACTERS)])
    seen = SeenField()
