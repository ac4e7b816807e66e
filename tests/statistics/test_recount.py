"""Figures that are kept are those that are counted anew, whatever happened before."""

from datetime import UTC, date, datetime, timedelta

import time_machine
from sqlalchemy import select, update

from forum.core.db import db, is_sqlite, unit_of_work
from forum.letters.models import Case
from forum.statistics import actions, figures
from forum.statistics.measures import MEASURES, Day
from forum.statistics.models import WHOLE_SITE, CaseFact, Figures, business, filed_under
from tests.statistics.story import CATEGORIES, Story

BEGIN = datetime(2026, 1, 28, 2, tzinfo=UTC)
CHAPTERS, AT_MOST, STEPS = 4, 20, 80


def kept() -> dict[str, Figures]:
    return {one.subject: one for one in db.session.scalars(select(Figures).execution_options(populate_existing=True))}


def test_after_a_random_story_a_recount_finds_no_difference(app, cast) -> None:
    """Another story on each database."""
    met: set[str] = set()
    seed = 1 if is_sqlite() else 2
    with time_machine.travel(BEGIN, tick=False) as now:
        story = Story(cast, seed, now)
        for chapter in range(AT_MOST):
            if chapter >= CHAPTERS and met >= set(MEASURES):
                break
            story.go(STEPS)
            assert {WHOLE_SITE, business(cast.shop.id)} <= set(kept())
            day = Day.today()
            for subject, row in kept().items():
                slow = figures.slowly(subject, day)
                del slow["letters_seen"]
                assert figures.differing(row.data, slow) == [], subject
                met |= {name for name, count in row.data["all"].items() if count}
            assert figures.recount() == []
        now.shift(timedelta(days=40))  # limits pass, promises fall due, the months move on
        story.finish()
        assert figures.recount() == []
    assert set(MEASURES) - met == set(), "the story should bring about all that is counted"


def test_a_recount_tells_what_was_kept_otherwise(app, cast) -> None:
    with time_machine.travel(BEGIN, tick=False) as now:
        story = Story(cast, 1, now)
        story.publish()
        story.finish()
        assert figures.recount() == []
        _spoil()
        found = {one.subject for one in figures.recount()}
        assert f"case:{db.session.scalar(select(Case.id))}" in found
        assert any(one.startswith(f"{business(_merchant())} all.solved") for one in found)
        assert figures.recount() == []


def _merchant() -> int:
    return db.session.scalars(select(Case.merchant_id)).first()


@unit_of_work
def _spoil() -> None:
    db.session.execute(update(CaseFact).values(answered=True, days=3, base=None))
    row = db.session.get_one(Figures, business(_merchant()))
    row.data = {**row.data, "all": {**row.data["all"], "solved": 7}}


def test_a_limit_that_passes_at_midnight_is_counted_that_day(app, cast) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 3, tzinfo=UTC), tick=False) as now:
        story = Story(cast, 1, now)
        letter = cast.letter(published_at=datetime(2026, 3, 2, 3, tzinfo=UTC))
        figures.count_all()
        seen = {}
        for _ in range(25):
            story.finish()
            seen[Day.today().date] = figures.of(business(cast.shop.id)).all["overdue"]
            now.shift(timedelta(days=1))
    first = min(day for day, count in seen.items() if count)
    assert letter.id
    # ten working days after Monday 2 March: Nyepi (19 March) comes later, so the 16th is the last day in time
    assert first == date(2026, 3, 17)
    assert all(count == (day >= first) for day, count in seen.items())


def test_a_month_that_ends_moves_the_span(app, cast) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 3, tzinfo=UTC), tick=False) as now:
        story = Story(cast, 1, now)
        cast.letter(published_at=datetime(2025, 3, 5, tzinfo=UTC))
        figures.count_all()
        assert figures.of(WHOLE_SITE).year["cases"] == 1
        now.move_to(datetime(2026, 4, 1, 3, tzinfo=UTC))
        story.finish()
        assert figures.of(WHOLE_SITE).year["cases"] == 0
        assert figures.of(WHOLE_SITE).all["cases"] == 1
        assert figures.of(WHOLE_SITE).months[0].month == 202504


def test_other_limits_have_everything_counted_anew(app, cast, setting) -> None:
    with time_machine.travel(datetime(2026, 3, 20, 3, tzinfo=UTC), tick=False) as now:
        story = Story(cast, 1, now)
        cast.letter(published_at=datetime(2026, 3, 2, 3, tzinfo=UTC))
        figures.count_all()
        assert figures.of(WHOLE_SITE).all["overdue"] == 1
        setting(answer_days=20)
        story.finish()
        assert figures.of(WHOLE_SITE).all["overdue"] == 0
        assert figures.of(WHOLE_SITE).all["waiting"] == 1


def test_an_older_count_that_ends_later_does_not_win(app, cast) -> None:
    cast.letter()
    figures.count_all()
    row = kept()[WHOLE_SITE]
    figures._keep(WHOLE_SITE, {"stale": True}, Day.today(), row.counted_at - timedelta(seconds=1))
    assert "stale" not in kept()[WHOLE_SITE].data


def test_every_category_and_every_measure_is_kept(app, cast) -> None:
    for category in CATEGORIES:
        cast.letter(category=category)
    figures.count_all()
    for subject in (WHOLE_SITE, business(cast.shop.id), *(filed_under(one) for one in CATEGORIES)):
        assert set(MEASURES) | {"curve"} == set(kept()[subject].data["all"])


def test_figures_nobody_kept_are_counted_at_the_first_look(app, cast) -> None:
    cast.letter()
    now = figures.of(business(cast.shop.id))
    assert (now.all["cases"], now.on_the_way, now.counted_at) == (1, False, None)


def test_two_businesses_that_become_one_are_counted_as_one(app, cast) -> None:
    with time_machine.travel(BEGIN, tick=False) as now:
        story = Story(cast, 1, now)
        for merchant in (cast.shop, cast.courier):
            cast.letter(merchants=[merchant], published_at=BEGIN - timedelta(days=3))
        figures.count_all()
        _merge(cast.courier.id, cast.shop.id)
        story.finish()
        assert figures.of(business(cast.shop.id)).all["cases"] == 2
        assert figures.of(business(cast.courier.id)).all["cases"] == 0
        assert figures.recount() == []
        assert business(cast.courier.id) not in kept()


@unit_of_work
def _merge(gone: int, stays: int) -> None:
    """As the room of businesses does it: the cases change hands, then both are counted anew."""
    db.session.execute(update(Case).where(Case.merchant_id == gone).values(merchant_id=stays))
    actions.recount(gone)
    actions.recount(stays)


def test_the_command_tells_each_difference_and_fails_then(app, cast) -> None:
    cast.letter()
    figures.count_all()
    runner = app.test_cli_runner()
    assert runner.invoke(args=["recount"]).exit_code == 0
    _spoil()
    told = runner.invoke(args=["recount"])
    assert told.exit_code == 1
    assert f"{business(_merchant())} all.solved: kept 7, counted 0" in told.output
    assert runner.invoke(args=["recount"]).exit_code == 0


def test_a_large_subject_is_counted_less_often(app, cast) -> None:
    with time_machine.travel(BEGIN, tick=False) as now:
        story = Story(cast, 1, now)
        story.publish()
        story.finish()
        _took(10_000)  # ten seconds: once in 200 seconds, then
        row = kept()[WHOLE_SITE].counted_at
        story.publish()
        now.shift(timedelta(seconds=60))
        story.work()
        assert kept()[WHOLE_SITE].counted_at == row
        assert max(one.counted_at for subject, one in kept().items() if subject.startswith("merchant:")) > row
        now.shift(timedelta(seconds=200))
        story.work()
        assert kept()[WHOLE_SITE].counted_at > row


@unit_of_work
def _took(milliseconds: int) -> None:
    db.session.get_one(Figures, WHOLE_SITE).took = milliseconds
