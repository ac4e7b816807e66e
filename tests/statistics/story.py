"""A random story: people do what they may, days pass, the worker works."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select, update

from forum.contests import actions as contests
from forum.contests.lifecycle import OPEN, Effect, Finding, Ground
from forum.contests.models import Contest
from forum.contests.queries import contest_by_id
from forum.core import jobs
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.errors import DomainError
from forum.letters import actions as letters
from forum.letters.lifecycle import Move, Outcome, OutcomeMove, Publication, Untold
from forum.letters.models import Case, Letter, Question
from forum.letters.queries import case_for, letter_for
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason, ReportReason, ReportState, ThingKind
from forum.moderation.models import Report, Thing
from forum.moderation.queries.things import thing_for
from forum.notifications.ticks import lapse
from forum.notifications.told import business_was_not_told, business_was_told
from forum.responses import actions as responses
from forum.responses.lifecycle import PromiseVerdict
from forum.responses.models import Response
from forum.responses.queries import question_for
from forum.statistics import actions as statistics
from forum.statistics import jobs as counting
from tests.cast import Cast, make_letter
from tests.responses.words import TEXT, said

assert counting
KINDS = ("count_figures", "derive_facts", "rebuild_figures")
CATEGORIES = ("toko-online", "perbankan", "ekspedisi")
WHAT = ("pesanan", "gudang", "kurir", "resi", "transfer", "kipas", "kasir", "cabang", "petugas", "nota")
WHY = "Alasan yang cukup panjang untuk dibaca orang."


class Story:
    """Steps that a seed chooses; `now` is the frozen clock of time_machine."""

    def __init__(self, cast: Cast, seed: int, now: Any) -> None:
        self.cast, self.random, self.now = cast, Random(seed), now
        self.done: set[str] = set()
        cast.ana, cast.bima, cast.fajar, cast.citra, cast.dewi, cast.eko  # noqa: B018 - makes them

    def go(self, steps: int) -> None:
        """Do so many steps, then let the worker finish."""
        verbs: list[Callable[[], None]] = [
            self.publish, self.publish, self.publish, self.miss, self.tell, self.tell, self.acknowledge, self.ask, self.reply,
            self.lapse, self.respond, self.respond, self.conclude, self.conclude, self.close, self.withdraw,
            self.take_down, self.reinstate, self.report, self.report, self.decide, self.contest, self.contest, self.end_contest, self.hide_response,
            self.speak_of_promise, self.copy, self.pass_time, self.pass_time, self.pass_time, self.work,
        ]  # fmt: skip
        for _ in range(steps):
            verb = self.random.choice(verbs)
            with suppress(DomainError, LookupError):
                verb()
                self.done.add(verb.__name__)
            db.session.rollback()
            db.session.expire_all()
        self.finish()

    def finish(self) -> None:
        """Let a minute pass and the worker do all that waits."""
        lapse()
        self.now.shift(timedelta(minutes=1))
        while self.work():
            self.now.shift(timedelta(minutes=1))

    def work(self) -> int:
        """Run the jobs of figures that are due; returns how many."""
        statistics.mark_old()
        due = db.session.scalars(
            select(jobs.Job)
            .where(jobs.Job.kind.in_(KINDS), jobs.Job.done_at.is_(None), jobs.Job.run_at <= utcnow())
            .order_by(jobs.Job.run_at, jobs.Job.id)
        ).all()
        for job in due:
            _finish(job.id)
            jobs.HANDLERS[job.kind](**job.payload)
        db.session.rollback()
        return len(due)

    def pass_time(self) -> None:
        self.now.shift(timedelta(days=self.random.choice((1, 1, 2, 3, 5, 9)), hours=self.random.randint(0, 23)))

    def publish(self) -> None:
        about = self.random.sample([self.cast.shop, self.cast.courier], self.random.randint(1, 2))
        letter = make_letter(
            self.cast.ana, about, category=self.random.choice(CATEGORIES), publication=Publication.SUBMITTED
        )
        moderation.decide_letter(letter_for(self.cast.dewi, letter.id), Move.PUBLISH, by=self.cast.dewi)

    def _letter(self) -> Letter:
        ids = db.session.scalars(select(Letter.id).order_by(Letter.id)).all()
        return letter_for(self.cast.dewi, self._one(ids))

    def _case(self, *conditions: Any) -> tuple[Case, Any]:
        """A case of a letter in print and the person who speaks for its business."""
        standing = select(Case.id).join(Letter, Letter.id == Case.letter_id)
        standing = standing.where(Letter.publication == Publication.PUBLISHED, *conditions).order_by(Case.id)
        found = case_for(self.cast.dewi, self._one(db.session.scalars(standing).all()))
        voice = self.cast.bima if found.merchant_id == self.cast.shop.id else self.cast.fajar
        return case_for(voice, found.id), voice

    def _one(self, ids: Any) -> Any:
        if not ids:
            raise LookupError
        return self.random.choice(list(ids))

    def tell(self) -> None:
        _told(self._case()[0].id)

    def miss(self) -> None:
        business_was_not_told(self._case()[0].id, self.random.choice(list(Untold)))

    def acknowledge(self) -> None:
        case, voice = self._case()
        responses.acknowledge(case, by=voice)

    def ask(self) -> None:
        case, voice = self._case()
        responses.ask(case, by=voice, text="Kapan paket Anda dikirim oleh penjual?")

    def reply(self) -> None:
        number = self._one(db.session.scalars(select(Question.id).where(Question.resumed_at.is_(None))).all())
        responses.answer_question(question_for(self.cast.ana, number), by=self.cast.ana, text="Pada hari Senin lalu.")

    def lapse(self) -> None:
        responses.lapse_question(self._one(db.session.scalars(select(Question.id)).all()))

    def respond(self) -> None:
        case, voice = self._case()
        promise = {}
        if self.random.random() < 0.5:
            due = utcnow().date() + timedelta(days=self.random.randint(2, 30))
            promise = {"promise": "Uang kembali seluruhnya.", "promise_due": due}
        responses.respond(case, said(text=self._text(), signatory=voice.name, **promise), by=voice)

    def _text(self) -> str:
        """The words that every letter gets, or words like no other: only these move a clock every time."""
        if self.random.random() < 0.3:
            return TEXT
        return "Sudah kami periksa: " + " ".join(
            f"{self.random.choice(WHAT)} {self.random.randint(100, 999)}" for _ in WHAT
        )

    def conclude(self) -> None:
        case, _voice = self._case(Case.answered_at.is_not(None))
        says = [one for one in OutcomeMove if one not in {OutcomeMove.LAPSE, OutcomeMove.REOPEN}]
        move = self.random.choice([*says, *says, OutcomeMove.REOPEN])
        responses.conclude(case_for(self.cast.ana, case.id), move, by=self.cast.ana)

    def close(self) -> None:
        case, _voice = self._case(Case.answered_at.is_not(None), Case.outcome == Outcome.NONE)
        if self.random.random() < 0.25:
            self.now.shift(timedelta(days=181))
        if not responses.lapse_outcome(case.id):
            raise LookupError

    def withdraw(self) -> None:
        if self.random.random() < 0.3:
            letters.withdraw(self._letter(), by=self.cast.ana)

    def take_down(self) -> None:
        if self.random.random() < 0.5:
            raise LookupError
        reason = self.random.choice((Reason.ORDER, Reason.INSULT))
        moderation.decide_letter(self._letter(), Move.TAKE_DOWN, by=self.cast.dewi, reason=reason, message=WHY)

    def reinstate(self) -> None:
        moderation.decide_letter(self._letter(), Move.REINSTATE, by=self.cast.dewi)

    def contest(self) -> None:
        case, voice = self._case()
        claimed = contests.Claimed(Ground.DUPLICATE, [case.letter.title], WHY)
        contests.contest(case.letter, claimed, by=voice, case=case, address=f"192.0.2.{self.random.randint(1, 250)}")

    def end_contest(self) -> None:
        made = contest_by_id(self._one(db.session.scalars(select(Contest.id).where(Contest.state.in_(OPEN))).all()))
        if self.random.random() < 0.2:
            contests.withdraw(made, by=self.cast.bima if made.case.merchant_id == self.cast.shop.id else self.cast.fajar)
            return
        self.now.shift(timedelta(days=3))
        contests.lapse(made)
        uphold = self.random.random() < 0.5
        finding = Finding.SAME_LETTER if uphold else Finding.OTHER_MATTER
        effect = self.random.choice(list(Effect)) if uphold else None
        contests.decide(contest_by_id(made.id), contests.Verdict(uphold, finding, WHY, effect), by=self.cast.dewi)

    def report(self) -> None:
        letter = self._letter()
        who = self.random.choice((self.cast.bima, self.cast.fajar, self.cast.citra))
        moderation.report(
            Thing(ThingKind.LETTER, letter, letter), by=who, reason=ReportReason.FALSE, text=WHY,
            address=f"192.0.2.{self.random.randint(1, 250)}",
        )  # fmt: skip

    def decide(self) -> None:
        open_ones = select(Report.letter_id).where(Report.state == ReportState.OPEN)
        thing = thing_for(self.cast.eko, ThingKind.LETTER, self._one(db.session.scalars(open_ones).all()))
        if self.random.random() < 0.5:
            moderation.uphold(thing, by=self.cast.eko, reason=Reason.FALSE, message=WHY, answer=WHY)
        else:
            moderation.dismiss(thing, by=self.cast.eko, answer=WHY)

    def hide_response(self) -> None:
        thing = thing_for(self.cast.dewi, ThingKind.RESPONSE, self._one(db.session.scalars(select(Response.id)).all()))
        if thing.stands:
            moderation.hide(thing, by=self.cast.dewi, reason=Reason.PERSONAL_DATA, message=WHY)
        else:
            moderation.restore(thing, by=self.cast.dewi)

    def speak_of_promise(self) -> None:
        self._written(promise_verdict=self.random.choice(list(PromiseVerdict)), promise_verdict_at=utcnow())

    def copy(self) -> None:
        self._written(copies=self.random.randint(1, 8), counts=self.random.random() < 0.5)

    def _written(self, **values: Any) -> None:
        """Changes of responses whose actions stand elsewhere: they have the business counted anew."""
        promised = "promise_verdict" in values
        number = self._one(
            db.session.scalars(
                select(Response.id).where(Response.promise_due.is_not(None) if promised else Response.id > 0)
            ).all()
        )
        _write(number, values)


@unit_of_work
def _write(number: int, values: dict[str, Any]) -> None:
    db.session.execute(update(Response).where(Response.id == number).values(values))
    merchant = select(Case.merchant_id).join(Response, Response.case_id == Case.id).where(Response.id == number)
    statistics.recount(db.session.scalars(merchant).one())


@unit_of_work
def _told(case_id: int) -> None:
    business_was_told(case_id)


@unit_of_work
def _finish(job_id: int) -> None:
    db.session.get_one(jobs.Job, job_id).done_at = utcnow()
