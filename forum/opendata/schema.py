"""What stands in the open data: its tables and their columns."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from forum.ledger.lifecycle import Act, AskedBy, Why
from forum.ledger.lifecycle import Outcome as LedgerOutcome
from forum.letters.lifecycle import LetterKind, Outcome, Publication, ResponseState, Visibility, WritesAs
from forum.letters.promises import PromiseVerdict
from forum.merchants.lifecycle import Proof
from forum.opendata.cells import Column, Table
from forum.responses.lifecycle import Ground, Way
from forum.responses.models import Remedy
from forum.statistics.lifecycle import Contest, Removal, RemovedBy


def _values(kind: Iterable[StrEnum]) -> tuple[str, ...]:
    return tuple(one.value for one in kind)


def _number(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, "integer", meaning, required=required)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, "boolean", meaning)


def _at(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "datetime", meaning, required=required)


def _choice(name: str, meaning: str, among: Iterable[StrEnum], *, required: bool = False) -> Column:
    return Column(name, "string", meaning, required=required, among=_values(among))


_CATEGORY: Final = Column("category", "string", "Key of the category under which the letter is filed.")
_LETTER_ID: Final = _number("letter_id", "Number of the letter.")
_CASE_ID: Final = _number("case_id", "Number of the case.")
SEEN: Final = (Visibility.PUBLIC, Visibility.TOMBSTONE)
LEFT: Final = (Publication.PUBLISHED, Publication.WITHDRAWN, Publication.TAKEN_DOWN)

BUSINESSES = Table(
    "businesses",
    "Businesses that letters are about. One that readers cannot see by name has its number alone.",
    (
        _number("id", "Number of the business."),
        Column("name", "string", "Its name."),
        Column("slug", "string", "End of the address of its page, /merchants/<slug>."),
        Column("categories", "string", "Keys of the categories in which letters about it stand, parted by spaces."),
    ),
    ("id",),
)
LETTERS = Table(
    "letters",
    "Letters in the lists of the site. Of one that was withdrawn or taken down: its number, how and when it left, and the reason.",
    (
        _number("id", "Number of the letter; /letters/<id> leads to its page, where its words stand."),
        _choice("visibility", "public: it stands; tombstone: it left.", SEEN, required=True),
        _choice("publication", "Where it is in its life.", LEFT, required=True),
        _choice("kind", "What it is.", LetterKind),
        _choice("writes_as", "In which part its author writes.", WritesAs),
        _CATEGORY,
        Column("place", "string", "Regency or city where it is from; empty for any other place."),
        Column("province", "string", "Code of the province by the Ministry of Home Affairs."),
        _number("loss", "Loss in whole rupiah, as its author states it.", required=False),
        _at("published_at", "When it was published."),
        _at("revised_at", "When its newest version was published."),
        Column("out_of_print", "array", "Spans in which it was taken down: [since, until or null]."),
        _number("comments", "Comments that readers see.", required=False),
        _number("me_too", "People who say that they met the same.", required=False),
        _at("removed_at", "When it left."),
        Column("reason", "string", "Why moderators took it down, of a closed list."),
    ),
    ("id",),
)
CASES = Table(
    "cases",
    "A letter and one business it is about: the facts that every figure is counted from. Of a letter that left only what counts removals and contests.",
    (
        _number("id", "Number of the case."),
        _LETTER_ID,
        _number("business_id", "Number of the business."),
        Column("category", "string", "Key of the category.", required=True),
        _number("month", "Month of the publication, as 202611."),
        _flag("listed", "Whether the letter stands; only such cases are counted but for removals and contests."),
        _flag("lead", "Whether it is the first case of its letter: counting these counts letters."),
        _choice("response", "How far the business is.", ResponseState),
        _at("started_at", "Day 0 of its clock."),
        _at("acknowledged_at", "When the business acknowledged it."),
        _at("answered_at", "When the first official response that counts was published."),
        _flag("answered", "Whether it was answered."),
        _flag("notified", "Whether the business was told of the letter."),
        _number("days", "Working days to the first response, or used while the clock stands.", required=False),
        _number("base", "Of a running clock: the number of the working day on which it was at 0; days used = working_day of the package - base.", required=False),
        _number("answer_days", "Working days in which it is to be answered.", required=False),
        _choice("outcome", "How it ended, by its author alone.", Outcome),
        _choice("contest", "What became of the business's contests.", Contest, required=True),
        _choice("removal", "How the letter left last.", Removal, required=True),
        _choice("removed_by", "At whose request moderators took it down.", RemovedBy, required=True),
    ),
    ("id",),
    {"letter_id": "letters", "business_id": "businesses"},
)
RESPONSES = Table(
    "responses",
    "Official responses that readers see, without their words.",
    (
        _number("id", "Number of the response."),
        _LETTER_ID,
        _CASE_ID,
        _at("published_at", "When it was published.", required=True),
        _choice("remedy", "What the business did.", Remedy, required=True),
        _number("amount", "Refund in whole rupiah.", required=False),
        _choice("way", "How money went back.", Way),
        Column("done_on", "date", "Day of the remedy."),
        Column("offer_until", "date", "Until when an offer holds."),
        _choice("ground", "Why the business refuses.", Ground),
        _choice("proof", "How it was proved to come from the business.", Proof, required=True),
        _number("corrects_id", "Number of the response that it corrects.", required=False),
        _number("files", "Files that hang on it."),
        _number("copies", "Letters of the business that got nearly the same words, with this one."),
        Column("counts", "boolean", "Whether it stopped the clock; false for the same words as to many.", required=True),
    ),
    ("id",),
    {"letter_id": "letters", "case_id": "cases"},
)
PROMISES = Table(
    "promises",
    "What official responses promise by a day, without the words.",
    (
        _number("response_id", "Number of the response."),
        _LETTER_ID,
        _CASE_ID,
        Column("due", "date", "The promised day.", required=True),
        _number("amount", "Promised money in whole rupiah.", required=False),
        _at("done_at", "When the business said that it did it."),
        _choice("verdict", "What the author says of it.", PromiseVerdict),
        _at("verdict_at", "When the author said so."),
    ),
    ("response_id",),
    {"response_id": "responses", "letter_id": "letters", "case_id": "cases"},
)
OUTCOMES = Table(
    "outcomes",
    "Each time an author said how a case ended, opened it again, or let its days pass; the newest stands in cases too.",
    (
        _LETTER_ID,
        _CASE_ID,
        _number("number", "Which time it was for this case, from 1."),
        _at("at", "When.", required=True),
        _choice("outcome", "What was said; none: opened again.", Outcome, required=True),
    ),
    ("case_id", "number"),
    {"letter_id": "letters", "case_id": "cases"},
)
HEADS = Table(
    "heads",
    "The published heads of the hash chains, a day each; a receipt of a file leads to one of them.",
    (
        Column("day", "date", "The day.", required=True),
        _at("until", "The midnight that ended it.", required=True),
        _number("letters", "Letters on which something happened."),
        _number("events", "What happened on letters, in number."),
        Column("root", "string", "Root of the tree over the newest links of these letters.", required=True),
        Column("head", "string", "SHA-256 over the lines: surat-pembaca-day/1, the head before, day, until, letters, events, root.", required=True),
        _at("made_at", "When it was made.", required=True),
    ),
    ("day",),
)
LEDGER = Table(
    "ledger",
    "The public ledger: what was taken away, covered or put back, whose request it was and why; each row a link of one chain.",
    (
        _number("number", "Number of the row, from 1 without gaps; /ledger/<number> leads to its page."),
        Column("hash", "string", "SHA-256 over the hash of the row before, the number and the digest of what stands between here and there.", required=True),
        _at("at", "When it was decided.", required=True),
        Column("month", "string", "Its month in the time zone of the site, as 2026-11.", required=True),
        _choice("act", "What was done.", Act, required=True),
        Column("about", "string", "To what, as comment:12.", required=True),
        _number("letter_id", "Number of the letter.", required=False),
        _choice("asked_by", "Whose request it was.", AskedBy, required=True),
        Column("reason", "string", "Why, of a closed list."),
        Column("detail", "string", "Of covered words: what they were."),
        _choice("outcome", "What was decided.", LedgerOutcome, required=True),
        _number("count", "Places, letters or reports."),
        _number("took_seconds", "From the request to the decision; empty where nobody asked.", required=False),
        Column("merchants", "array", "Numbers of the businesses it concerns.", required=True),
        _number("corrects_id", "Number of the row that it corrects.", required=False),
        _choice("why", "Of a correction: why.", Why),
        _number("event_id", "Number of the event of which it is made."),
        _at("written_at", "When the row was written.", required=True),
    ),
    ("number",),
)
LEDGER_DAYS = Table(
    "ledger_days",
    "Where the chain of the ledger ended on each day, as it was published.",
    (
        Column("day", "date", "The day.", required=True),
        _at("until", "The midnight that ended it.", required=True),
        _number("number", "Number of the newest row written before it."),
        Column("hash", "string", "The hash of that row.", required=True),
        _at("made_at", "When it was published.", required=True),
    ),
    ("day",),
)
TABLES: Final = (BUSINESSES, LETTERS, CASES, RESPONSES, PROMISES, OUTCOMES, HEADS, LEDGER, LEDGER_DAYS)
