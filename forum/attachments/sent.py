"""Files as they come with a form: counted, received, or refused in words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import BinaryIO, Final, cast

from flask import current_app
from werkzeug.datastructures import FileStorage

from forum.attachments import actions
from forum.attachments.models import Prepared
from forum.attachments.receive import Received, receive
from forum.core import limits
from forum.core.errors import DomainError
from forum.core.sentences import sentence
from forum.core.text import one_line
from forum.core.web import remote_address, visitor

AN_HOUR = timedelta(hours=1)
PER_HOUR: Final = {"files": (60, 300), "documents": (20, 60)}
"""How many of each an hour takes, of one person and from one network address; many share one on a mobile network."""
LONGEST_SHOWN_FILE_NAME = 80


def take(sent: FileStorage, *, counted: str = "files", prepared: Prepared = Prepared.AS_IT_WAS) -> Received:
    """Receive one file that counts as one of PER_HOUR; raises Refused or TooMany."""
    of_person, of_address = PER_HOUR[counted]
    limits.allow(counted, str(visitor().id), most=of_person, window=AN_HOUR)
    limits.allow(f"{counted}-address", remote_address(), most=of_address, window=AN_HOUR)
    return receive(
        cast("BinaryIO", sent.stream), sent.filename or "", current_app.extensions["storage"], prepared=prepared
    )


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
