"""What a redaction would do, before it is done; and what the hints propose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from forum.accounts.models import Visitor
from forum.comments.lifecycle import UNSEEN
from forum.comments.models import Comment
from forum.core.errors import Invalid
from forum.core.phrases import pattern_of
from forum.letters import hints
from forum.letters.hints import Kind as HintKind
from forum.moderation.models import Thing
from forum.redactions import marks
from forum.redactions.fields import Spot
from forum.redactions.lifecycle import Label, Place, Reach
from forum.redactions.policy import reach_for
from forum.redactions.queries.places import spots_under
from forum.responses.models import Response

SHOWN_FINDINGS: Final = 50
LOOKED_AT_ROWS: Final = 200  # of each kind, for proposals: a thread may hold thousands of comments
LOOKED_AT_CHARACTERS: Final = 200_000
LABEL_OF: Final[dict[HintKind, Label]] = {
    HintKind.EMAIL: Label.EMAIL,
    HintKind.ORDER: Label.ORDER,
    HintKind.TRACKING: Label.TRACKING,
    HintKind.PHONE: Label.PHONE,
    HintKind.NIK: Label.NIK,
    HintKind.CARD: Label.CARD,
    HintKind.ACCOUNT: Label.ACCOUNT,
    HintKind.DOCUMENT: Label.DOCUMENT,
    HintKind.PLATE: Label.PLATE,
    HintKind.NAME: Label.NAME,
}

Wanted = Mapping[Label, Sequence[str]]


@dataclass(frozen=True)
class Finding:
    """A place that would give way to a mark, with the words around it."""

    place: Place
    row_id: int
    field: str
    before: str
    words: str
    after: str
    mark: str


@dataclass(frozen=True)
class Plan:
    """What would be covered: the first findings, how many in all, and where the same words stay because others wrote them."""

    findings: list[Finding]
    count: int
    left: list[tuple[Place, int]]


def checked(wanted: Wanted) -> dict[Label, list[str]]:
    """Return the words by label, each once; raises Invalid (no_words, many_words, words_unfit) for what cannot be covered."""
    kept: dict[Label, list[str]] = {}
    known: set[str] = set()
    for label, words in wanted.items():
        for one in words:
            shown = " ".join(one.split())
            if not marks.fits(shown):
                raise Invalid(
                    "words_unfit",
                    field="words",
                    words=shown,
                    least=marks.WORDS_CHARACTERS[0],
                    most=marks.WORDS_CHARACTERS[1],
                )
            if shown.casefold() not in known:
                known.add(shown.casefold())
                kept.setdefault(label, []).append(shown)
    if not known:
        raise Invalid("no_words", field="words")
    if len(known) > marks.MOST_WORDS:
        raise Invalid("many_words", field="words", most=marks.MOST_WORDS)
    return kept


def planned(who: Visitor, thing: Thing, wanted: Wanted) -> Plan:
    """Return what covering these words would do; raises Invalid as `checked`, or words_not_found for one that stands nowhere."""
    reach, who_id, found = reach_for(who, thing) or Reach.OWN, who.id, checked(wanted)
    every = pattern_of([one for words in found.values() for one in words])
    mine = list(spots_under(thing.letter, reach, who_id, holding=every))
    findings: list[Finding] = []
    count = 0
    for label, words in found.items():
        for one in words:
            pattern, here = pattern_of([one]), 0
            for spot in mine:
                for before, hit, after in marks.snippets(spot.text, pattern):
                    here += 1
                    if len(findings) < SHOWN_FINDINGS:
                        findings.append(Finding(*spot.key, before, hit, after, marks.MARKS[label]))
            if not here:
                raise Invalid("words_not_found", field="words", words=one)
            count += here
    return Plan(findings, count, [] if reach is Reach.ALL else _left(thing, every, mine))


def proposals(who: Visitor, thing: Thing) -> list[tuple[Label, str]]:
    """Return what the hints find in the words that this person may cover, each once, in the order of the texts."""
    reach = reach_for(who, thing)
    if reach is None:
        return []
    known = [case.merchant.name for case in thing.letter.cases]
    found: list[tuple[Label, str]] = []
    looked_at = 0
    for spot in spots_under(thing.letter, reach, who.id, most=LOOKED_AT_ROWS):
        looked_at += len(spot.text)
        if looked_at > LOOKED_AT_CHARACTERS:
            break
        find = hints.hints_of_name if spot.place is Place.ATTACHMENT else hints.find
        for hint in find(spot.text):
            words = " ".join(hint.found.split())
            if hint.mask == hint.found or words in known or not marks.fits(words):
                continue
            if not any(pattern_of([other]).fullmatch(words) for _label, other in found):
                found.append((LABEL_OF[hint.kind], words))
    return found[: marks.MOST_WORDS]


def _left(thing: Thing, words: re.Pattern[str], mine: Sequence[Spot]) -> list[tuple[Place, int]]:
    """Comments and responses of others in which the same words stand: only a moderator covers those."""
    known = {spot.key for spot in mine}
    return list(
        dict.fromkeys(
            (spot.place, spot.row.id)
            for spot in spots_under(thing.letter, Reach.ALL, 0, (Comment, Response), holding=words)
            if spot.key not in known and not _is_unseen(spot) and marks.snippets(spot.text, words)
        )
    )


def _is_unseen(spot: Spot) -> bool:
    """Whether it stands in a comment of which nobody else may know yet."""
    return isinstance(spot.row, Comment) and spot.row.state in UNSEEN
