"""Files as they come with a form: counted, received, or refused in words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, cast

from flask import current_app
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

from forum.attachments import actions
from forum.attachments.models import Prepared
from forum.attachments.receive import Received, receive
from forum.core import limits
from forum.core.errors import DomainError
from forum.core.forms import Form
from forum.core.sentences import sentence
from forum.core.text import one_line
from forum.core.web import remote_address, visitor

LONGEST_SHOWN_FILE_NAME = 80


def take(sent: FileStorage, *, counted: str = "files", prepared: Prepared = Prepared.AS_IT_WAS) -> Received:
    """Receive one file that counts as one of these; raises Refused or TooMany."""
    limits.allow(counted, str(visitor().id))
    limits.allow(f"{counted}-address", remote_address())
    return receive(
        cast("BinaryIO", sent.stream), sent.filename or "", current_app.extensions["storage"], prepared=prepared
    )


def received(form: Form, field: MultipleFileField, *, most: int) -> list[Received]:
    """Take in the files of a valid form, `most` at most; what cannot be taken is said at the field."""
    sent = [one for one in field.data or () if isinstance(one, FileStorage) and one.filename] if form.validate() else []
    found: list[Received] = []
    problems: list[str] = []
    for one in sent[:most]:
        try:
            found.append(take(one))
        except DomainError as problem:
            problems.append(why_not(one, problem))
    if problems:
        field.errors = [*field.errors, *problems]
    return found


@contextmanager
def taken(sent: FileStorage, *, counted: str = "files", prepared: Prepared = Prepared.AS_IT_WAS) -> Iterator[Received]:
    """Receive one file as `take` for the rows that are made meanwhile; where none names it, nothing of it stays stored."""
    received = take(sent, counted=counted, prepared=prepared)
    try:
        yield received
    finally:
        let_go([received])


def let_go(received: Sequence[Received]) -> None:
    """Remove again what was stored and no row names: the same bytes sent twice, or what was refused after it was received."""
    if received:
        actions.discard([one.key for one in received], current_app.extensions["storage"])


def why_not(sent: FileStorage, problem: DomainError) -> str:
    """Return the name of a file and why it cannot be taken."""
    return f"{one_line(sent.filename or '')[:LONGEST_SHOWN_FILE_NAME]}: {sentence(problem)}"
