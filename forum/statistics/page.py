"""What the templates of figures need beside the figures: links, words, drawings."""

from typing import Any

from forum.config import settings
from forum.statistics import charts, words
from forum.statistics.counted import Counted
from forum.statistics.links import Links
from forum.statistics.measures import RATES, STATES


def figures_page(
    counted: Counted, links: Links, *, limit: int | None = None, letters_are_cases: bool = False
) -> dict[str, Any]:
    """Return the arguments of `statistics/_figures.html`; `limit` is the working days to answer in this subject."""
    named = words.measure_words()
    if letters_are_cases:
        named["cases"] = words.group_words()["letters"]
    return {
        "counted": counted,
        "links": links,
        "words": named,
        "rate_words": words.rate_words(),
        "state_words": words.state_words(),
        "groups": [
            (words.group_words()[key], [one for one in names if not (letters_are_cases and one == "letters")])
            for key, names in words.GROUPS
        ],
        "curve": charts.curve_chart(counted.year, limit or settings().answer_days),
        "bars": charts.months_chart(counted.months),
        "states": STATES,
        "rates": RATES,
        "days_words": words.days_words,
        "letters_are_cases": letters_are_cases,
        "limit": limit or settings().answer_days,
        "size": charts,
        "key": _key(counted, links),
    }


def _key(counted: Counted, links: Links) -> tuple[Any, ...] | None:
    """Name all that the parts show beside language and settings; None where nothing is kept, for that changes unseen."""
    if counted.counted_at is None:
        return None
    return (counted.subject, counted.counted_at, links.list, links.category)
