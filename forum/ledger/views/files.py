"""The ledger as a feed and as a file."""

from collections.abc import Iterator, Sequence
from typing import Final

from feedgenerator import Atom1Feed
from flask import Response, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.errors import Missing
from forum.core.templating import absolute
from forum.core.web import language
from forum.desk.sheets import Cell, as_csv
from forum.ledger import queries, words
from forum.ledger.queries import Entry
from forum.ledger.views import bp, filtering

FEED_ROWS: Final = 50
COLUMNS: Final = (
    "number", "hash", "written_at", "at", "month", "act", "about", "letter", "asked_by", "reason", "detail", "outcome", "count",
    "took_seconds", "business_numbers", "businesses", "corrects", "why", "corrected_by", "event", "address",
)  # fmt: skip


@bp.route("/ledger/feed.atom")
def feed() -> ResponseReturnValue:
    """The newest rows that the address asks for."""
    found = _asked()
    here = absolute(found.url("ledger.feed"))
    made = Atom1Feed(
        title=filtering.title(found),
        link=absolute(found.url("ledger.ledger")),
        description=_("What was taken away, covered or put back on this site, whose request it was, and why"),
        language=language(),
        feed_url=here,
        feed_guid=here,
    )
    for entry in queries.page_of(found.filters, None, FEED_ROWS).items:
        address = absolute(url_for("ledger.row", number=entry.row.id))
        made.add_item(
            title=_("%(act)s (no. %(number)s)", act=words.ACTS[entry.row.act], number=entry.row.id),
            link=address,
            description=words.sentence(entry),
            pubdate=entry.row.written_at,
            updateddate=entry.row.written_at,
            unique_id=address,
        )
    return Response(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@bp.route("/ledger/ledger.csv")
def file() -> ResponseReturnValue:
    """All rows that the address asks for, the oldest first; of the whole ledger the chain can be computed anew from it."""
    found = _asked()
    lines = stream_with_context(as_csv(COLUMNS, _lines(queries.every(found.filters))))
    head = {"Content-Disposition": 'attachment; filename="ledger.csv"'}
    return Response(lines, content_type="text/csv; charset=utf-8", headers=head)


def _asked() -> filtering.Asked:
    found = filtering.asked()
    if found.unknown:
        raise Missing
    return found


def _lines(entries: Iterator[Entry]) -> Iterator[Sequence[Cell]]:
    for entry in entries:
        row = entry.row
        yield (
            row.id,
            row.hash,
            row.written_at.isoformat(timespec="microseconds"),
            row.at.isoformat(timespec="microseconds"),
            row.month,
            row.act.value,
            row.about,
            row.letter_id,
            row.asked_by.value,
            row.reason,
            row.detail,
            row.outcome.value,
            row.count,
            row.took_seconds,
            " ".join(str(one) for one in row.merchants),
            ", ".join(one.name for one in entry.merchants),
            row.corrects_id,
            row.why.value if row.why is not None else None,
            entry.corrected_by,
            row.event_id,
            absolute(url_for("ledger.row", number=row.id)),
        )
