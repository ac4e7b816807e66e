"""Files of a response or an answer as they come with a form."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from werkzeug.datastructures import FileStorage

from forum.attachments import actions as attachments
from forum.attachments.addresses import address
from forum.attachments.models import Attachment, FileState
from forum.attachments.queries import of_response_draft
from forum.attachments.sent import taken, why_not
from forum.core.errors import DomainError, Invalid
from forum.core.web import visitor
from forum.letters.files import addresses, tile
from forum.responses.models import MOST_FILES, ResponseDraft


def chosen(sent: Sequence[Any] | None) -> list[FileStorage]:
    """Return the files that were really chosen."""
    return [one for one in sent or () if isinstance(one, FileStorage) and one.filename]


def add_files(draft: ResponseDraft, sent: Sequence[FileStorage]) -> list[str]:
    """Add files to a response that is being written; returns for each that cannot be taken its name and why."""
    problems: list[str] = []
    for one in sent:
        try:
            if len(of_response_draft(draft.id)) >= MOST_FILES:
                raise Invalid("too_many_files", most=MOST_FILES)
            with taken(one) as received:
                attachments.keep(received, by=visitor(), response_draft_id=draft.id, most=MOST_FILES)
        except DomainError as problem:
            problems.append(why_not(one, problem))
    return problems


def tiles(files: Sequence[Attachment]) -> list[dict[str, Any]]:
    """Return what `ui/attachment.html` draws for the files of a response, which all who see it may open."""
    return [
        {**tile(file), **addresses(file, partial(address, file))}
        for file in files
        if file.hidden_at is None and file.state is not FileState.REFUSED
    ]
