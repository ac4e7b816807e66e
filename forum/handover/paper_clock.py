"""The count of days as part of the paper."""

from flask_babel import gettext as _
from flask_babel import ngettext

from forum.config import settings
from forum.core import formats
from forum.core.case_clock import MOST_STOPS
from forum.core.clock import local_date
from forum.handover.content import Contents
from forum.handover.counting import MOST_DAYS
from forum.handover.sheet import INK, SOFT, WIDTH, Sheet
from forum.handover.words import day_words, stop_words, weekday_words


def clock_part(sheet: Sheet, pack: Contents) -> None:
    """The rules of the clock, its stops, then each day with its reason."""
    clock, published = pack.clock, local_date(pack.published_at, settings().time_zone)
    sheet.heading(_("How the days were counted"))
    sheet.words(
        _(
            "The day of publication is day 0, or the day on which the business learns of a letter that nobody could tell it of "
            "before. Monday to Friday count, public holidays do not. The clock stands while the author owes an answer: from the day after the question up to the day of the answer, %(days)s days a question and %(most)s questions at most. "
            "Allowed are %(first)s working days to acknowledge and %(answer)s to answer; after %(late)s it is very late.",
            days=settings().question_days,
            most=MOST_STOPS,
            first=clock.acknowledge,
            answer=clock.answer,
            late=clock.very_late,
        ),
        9.5,
    )
    for stop in clock.stops:
        sheet.words(stop_words(stop), 9.5, "", SOFT, after=1)
    if clock.stops:
        sheet.words(
            ngettext(
                "Stopped in all: %(num)d working day.", "Stopped in all: %(num)d working days.", clock.stopped_days
            ),
            9.5,
            "B",
        )
    widths = (44, 26, 22, WIDTH - 92)
    head = (_("Date"), _("Weekday"), _("Day no."), _("Remark"))
    sheet.row(head, widths, bold=True, line=True)
    for day in pack.count.days:
        if sheet.will_page_break(12):
            sheet.add_page()
            sheet.row(head, widths, bold=True, line=True)
        counts = day.why.value in {"counts", "start"}
        sheet.row(
            (formats.day(day.day), weekday_words(day.day), str(day.number) if counts else "–", day_words(day, clock, published)),
            widths, size=8.5, line=True, colour=INK if counts else SOFT,
        )  # fmt: skip
    if pack.count.more:
        sheet.words(
            _(
                "%(days)s more calendar days after day %(listed)s hold %(working)s working days that count.",
                days=pack.count.more, listed=MOST_DAYS - 1, working=pack.count.more_working,
            ), 9.5,
        )  # fmt: skip
    holidays = [f"{formats.day(one.day)}: {one.holiday}" for one in pack.count.days if one.holiday]
    if holidays:
        sheet.ln(2)
        sheet.heading(_("Public holidays in this time"), level=3)
        sheet.words("\n".join(holidays), 9.5)
