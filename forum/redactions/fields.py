"""Where words stand under a letter: the fields of each row, what is made of them, and who wrote them."""

from dataclasses import dataclass
from typing import Any, Final

from forum.attachments.models import LONGEST_CAPTION_CHARACTERS, Attachment
from forum.comments.models import Comment
from forum.core.text import RENDERER, excerpt, render
from forum.letters.models import (
    LONGEST_PLACE_CHARACTERS,
    TITLE_CHARACTERS,
    Letter,
    Mark,
    Question,
    Returned,
    Revision,
    Update,
)
from forum.moderation.models import Report
from forum.redactions.lifecycle import Place
from forum.reply.models import Reply
from forum.responses.models import LONGEST_PROMISE_CHARACTERS, Response

Row = Any
"""A row of one of the classes in FIELDS."""
FILE_NAME_CHARACTERS: Final = 120
WHY_CHARACTERS: Final = 300


@dataclass(frozen=True)
class Field:
    """A column of words; `html` is made of it, `most` is what it holds. "how.what" is the value `what` in the column `how`."""

    name: str
    html: str | None = None
    most: int | None = None


TEXT: Final = Field("text", html="html")
FIELDS: Final[dict[type[Any], tuple[Field, ...]]] = {
    Letter: (
        Field("title", most=TITLE_CHARACTERS[1]),
        TEXT,
        Field("ask"),
        Field("place", most=LONGEST_PLACE_CHARACTERS),
        Field("message"),
    ),
    Revision: (
        Field("title", most=TITLE_CHARACTERS[1]),
        Field("text"),
        Field("why", most=WHY_CHARACTERS),
        Field("message"),
    ),
    Update: (TEXT,),
    Question: (TEXT, Field("answer", html="answer_html")),
    Response: (
        TEXT,
        Field("promise", most=LONGEST_PROMISE_CHARACTERS),
        Field("promise_done", most=LONGEST_PROMISE_CHARACTERS),
        Field("proposal"),
        Field("how.what"),
        Field("how.words"),
    ),
    Comment: (TEXT,),
    Attachment: (Field("name", most=FILE_NAME_CHARACTERS), Field("caption", most=LONGEST_CAPTION_CHARACTERS)),
    Report: (Field("snapshot"), Field("text")),
    Reply: (TEXT, Field("message")),
    Returned: (Field("title", most=TITLE_CHARACTERS[1]), Field("text"), Field("ask"), Field("message")),
    Mark: (Field("passage"), Field("words")),
}
PLACES: Final[dict[type[Any], Place]] = {
    Letter: Place.LETTER,
    Revision: Place.REVISION,
    Update: Place.UPDATE,
    Question: Place.QUESTION,
    Response: Place.RESPONSE,
    Comment: Place.COMMENT,
    Attachment: Place.ATTACHMENT,
    Report: Place.REPORT,
    Reply: Place.REPLY,
    Returned: Place.RETURNED,
    Mark: Place.MARK,
}
_AUTHORS: Final[dict[type[Any], frozenset[str]]] = {
    Returned: frozenset({"title", "text", "ask"}),
    Mark: frozenset({"passage"}),
}


def also(model: type[Any], place: Place, *fields: Field, authors: frozenset[str]) -> None:
    """Let a room above add rows with words; they name their letter in `letter_id`. `authors`: fields that the letter's author wrote."""
    FIELDS[model], PLACES[model], _AUTHORS[model] = fields, place, authors


@dataclass(frozen=True)
class Spot:
    """One field of one row."""

    row: Row
    field: Field

    @property
    def place(self) -> Place:
        """What kind of row it is."""
        return PLACES[type(self.row)]

    @property
    def key(self) -> tuple[Place, int, str]:
        """Its name among the veils."""
        return self.place, self.row.id, self.field.name

    @property
    def text(self) -> str:
        """The words as they stand."""
        name, _dot, part = self.field.name.partition(".")
        value = getattr(self.row, name)
        return str((value or {}).get(part) or "") if part else str(value or "")

    def write(self, text: str) -> None:
        """Let other words stand there, with everything that is made of them."""
        row: Any = self.row
        name, _dot, part = self.field.name.partition(".")
        setattr(row, name, {**getattr(row, name), part: text} if part else text)
        if self.field.html is not None:
            setattr(row, self.field.html, render(text))
            row.renderer = RENDERER
        if isinstance(row, Letter) and name == "text":
            row.excerpt = excerpt(text)


def spots_of(row: Row) -> list[Spot]:
    """Return the fields of a row in which words stand."""
    return [spot for spot in (Spot(row, field) for field in FIELDS[type(row)]) if spot.text]


def wrote(person_id: int, letter: Letter, spot: Spot, own_comments: frozenset[int]) -> bool:
    """Whether these words are this person's own; `own_comments` are the numbers of their comments under the letter."""
    row, is_author = spot.row, person_id == letter.author_id
    if type(row) in _AUTHORS:
        return is_author and spot.field.name in _AUTHORS[type(row)]
    if isinstance(row, Comment):
        return row.id in own_comments
    if isinstance(row, Attachment):
        return row.owner_id == person_id
    if isinstance(row, Question):
        return is_author and spot.field.name == "answer"
    if isinstance(row, Report):  # a copy of what was reported
        kind, _colon, number = row.about.partition(":")
        mine = is_author if kind == "letter" else kind == "comment" and int(number) in own_comments
        return mine and spot.field.name == "snapshot"
    return is_author and not isinstance(row, Response | Reply) and spot.field.name != "message"
