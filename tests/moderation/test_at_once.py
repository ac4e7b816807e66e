"""Two at the very same moment, in threads on the real engine: one wins, the other is told, nothing happens twice."""

from collections.abc import Callable
from threading import Barrier, Thread

from sqlalchemy import func, select

from forum.accounts.models import User
from forum.core.db import db
from forum.core.errors import DomainError
from forum.core.events import Event, Kind
from forum.letters.lifecycle import Move, Publication
from forum.letters.models import Letter
from forum.letters.queries import letter_for
from forum.moderation import actions
from forum.moderation.lifecycle import Reason, ReportReason, ThingKind
from forum.moderation.models import Hold, Report
from forum.moderation.queries.things import thing_for
from tests.cast import Cast
from tests.moderation.stage import ANSWER, SAID, make_report, thing


def at_once(app, *works: Callable[[], object]) -> list[object]:
    """Run the works together; the results, or the domain errors they raised."""
    barrier, results = Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        with app.app_context():
            barrier.wait()
            try:
                results.append(work())
            except DomainError as problem:
                results.append(problem)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def person(person_id: int) -> User:
    return db.session.get(User, person_id)


def number_of(kind: Kind) -> int:
    return db.session.scalar(select(func.count(Event.id)).where(Event.kind == kind))


def test_two_moderators_decide_one_letter_once(committing_app) -> None:
    cast = Cast()
    letter = cast.letter(publication=Publication.SUBMITTED)
    letter_id, seen, dewi, eko = letter.id, letter.version, cast.dewi.id, cast.eko.id
    db.session.remove()

    def decide(who: int, move: Move) -> Callable[[], object]:
        return lambda: actions.decide_letter(
            letter_for(person(who), letter_id), move, by=person(who), reason=Reason.INSULT, message=SAID, seen=seen
        )

    results = at_once(committing_app, decide(dewi, Move.PUBLISH), decide(eko, Move.REJECT))
    assert sorted(getattr(result, "code", "done") for result in results) == ["done", "stale"]
    assert number_of(Kind.LETTER_PUBLISHED) + number_of(Kind.LETTER_REJECTED) == 1


def test_two_moderators_decide_one_report_once(committing_app) -> None:
    cast = Cast()
    letter = cast.letter()
    make_report(thing(cast.dewi, "letter", letter))
    letter_id, dewi, eko = letter.id, cast.dewi.id, cast.eko.id
    db.session.remove()

    def uphold() -> object:
        by = person(dewi)
        return actions.uphold(
            thing_for(by, ThingKind.LETTER, letter_id), by=by, reason=Reason.INSULT, message=SAID, answer=ANSWER
        )

    def dismiss() -> object:
        by = person(eko)
        return actions.dismiss(thing_for(by, ThingKind.LETTER, letter_id), by=by, answer=ANSWER)

    results = at_once(committing_app, uphold, dismiss)
    assert [result.code for result in results if isinstance(result, DomainError)] == ["already_decided"]
    assert number_of(Kind.REPORT_DECIDED) == 1


def test_a_form_sent_many_times_at_once_is_one_report(committing_app) -> None:
    cast = Cast()
    letter_id, citra = cast.letter().id, cast.citra.id
    db.session.remove()

    def send() -> object:
        by = person(citra)
        return actions.report(
            thing_for(by, ThingKind.LETTER, letter_id),
            by=by,
            reason=ReportReason.INSULT,
            once="one key of one form, made once",
            address="192.0.2.1",
        ).number

    assert len(set(at_once(committing_app, *[send] * 6))) == 1
    assert db.session.scalar(select(func.count(Report.id))) == 1


def test_two_moderators_take_one_item_and_one_has_it(committing_app) -> None:
    cast = Cast()
    items = [f"letter:{cast.letter(publication=Publication.SUBMITTED, title=f'Surat nomor {one} itu').id}" for one in range(5)]
    dewi, eko = cast.dewi.id, cast.eko.id
    db.session.remove()

    def take(item: str, who: int) -> Callable[[], object]:
        return lambda: actions.take(item, by=person(who)).user_id

    for item in items:
        results = at_once(committing_app, take(item, dewi), take(item, eko))
        (holder,) = {result for result in results if isinstance(result, int)}
        assert [result.code for result in results if isinstance(result, DomainError)] == ["in_other_hands"]
        assert db.session.get(Hold, item).user_id == holder
        db.session.remove()


def test_one_takes_while_another_decides(committing_app) -> None:
    cast = Cast()
    made = [cast.letter(publication=Publication.SUBMITTED, title=f"Surat nomor {number} itu") for number in range(6)]
    letters, dewi, eko = [letter.id for letter in made], cast.dewi.id, cast.eko.id
    db.session.remove()
    for letter_id in letters:
        take, decide = at_once(
            committing_app,
            lambda: actions.take(f"letter:{letter_id}", by=person(dewi)),  # noqa: B023  run at once
            lambda: actions.decide_letter(letter_for(person(eko), letter_id), Move.PUBLISH, by=person(eko)),  # noqa: B023
        )
        refused = [one for one in (take, decide) if isinstance(one, DomainError)]
        published = db.session.get(Letter, letter_id).publication is Publication.PUBLISHED
        db.session.remove()
        assert all(one.code in {"in_other_hands", "missing"} for one in refused)
        assert published or any(one.code == "in_other_hands" for one in refused)


def test_a_storm_of_reports_is_taken_and_decided_at_once_without_a_deadlock(committing_app) -> None:
    cast = Cast()
    letter = cast.letter()
    for _ in range(20):
        make_report(thing(cast.dewi, "letter", letter))
    letter_id, dewi, eko = letter.id, cast.dewi.id, cast.eko.id
    db.session.remove()

    def dismiss() -> object:
        by = person(eko)
        return actions.dismiss(thing_for(by, ThingKind.LETTER, letter_id), by=by, answer=ANSWER)

    results = at_once(committing_app, lambda: actions.take(f"report:letter:{letter_id}", by=person(dewi)), dismiss)
    assert len(results) == 2
    assert number_of(Kind.REPORT_DECIDED) in {0, 20}
