"""Files sent with a contest or its answer: received, or refused in words at their field."""

from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

from forum.attachments.receive import Received
from forum.attachments.sent import take, why_not
from forum.contests.models import MOST_FILES
from forum.core.errors import DomainError
from forum.core.forms import Form


def received(form: Form, field: MultipleFileField) -> list[Received]:
    """Take in the files of a valid form, MOST_FILES at most; what cannot be taken is said at the field."""
    sent = [one for one in field.data or () if isinstance(one, FileStorage) and one.filename] if form.validate() else []
    taken: list[Received] = []
    problems: list[str] = []
    for one in sent[:MOST_FILES]:
        try:
            taken.append(take(one))
        except DomainError as problem:
            problems.append(why_not(one, problem))
    if problems:
        field.errors = [*field.errors, *problems]
    return taken
