"""Each letter of the demo lives its life by the actions, step by step, and each step gets its date."""

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import User
from forum.attachments import actions as attachments
from forum.attachments.jobs import make_all
from forum.attachments.models import FileAudience
from forum.attachments.receive import receive
from forum.comments import actions as comments
from forum.comments.models import Comment
from forum.config import settings
from forum.core.clock import local_date, utcnow
from forum.core.db import db, unit_of_work
from forum.core.secrecy import new_token
from forum.demo import dates, evidence, telling
from forum.demo.comments import write as write_comment
from forum.demo.pictures import picture
from forum.letters import actions as letters
from forum.letters.actions import Marked
from forum.letters.actions.me_too import say_me_too
from forum.letters.content import Content
from forum.letters.lifecycle import LetterKind, MarkReason, NameShown, OutcomeMove, WritesAs
from forum.letters.models import Case, Letter, Question, Revision
from forum.letters.queries import case_for, letter_for
from forum.moderation.lifecycle import Reason
from forum.responses import actions as responses
from forum.responses.actions.respond import Words
from forum.responses.lifecycle import PromiseVerdict
from forum.responses.models import Remedy, Response

TOLD = Path(__file__).with_name("letters.toml")
People = dict[str, User]
Step = dict[str, Any]


def told() -> list[dict[str, Any]]:
    """Return the stories, the oldest letter first."""
    found: list[dict[str, Any]] = tomllib.loads(TOLD.read_text("utf-8"))["letter"]
    return sorted(found, key=lambda one: -one["days"])


def live(story: dict[str, Any], people: People) -> int:
    """Send the letter of a story and take every step; returns its number."""
    sent_at = utcnow() - timedelta(days=story["days"])
    begun = utcnow()
    letter_id = _send(story, people[story["author"]])
    telling.deliver()
    dates.step(begun, sent_at)
    for step in story["steps"]:
        begun, at = utcnow(), sent_at + timedelta(days=step["day"])
        STEPS[step["do"]](letter_id, step, people, people[story["author"]])
        telling.deliver()
        dates.step(begun, at)
        if "promise_days" in step:
            _date_promise(letter_id, at, step["promise_days"])
    return letter_id


def _send(story: dict[str, Any], author: User) -> int:
    once = new_token()[:32]
    draft = letters.keep_draft(by=author, once=once, fields={"title": [story["title"]]})
    storage = current_app.extensions["storage"]
    for one in story.get("pictures", ()):
        received = receive(picture(one["title"], one["lines"]), one["name"], storage)
        audience = FileAudience(one.get("audience", "public"))
        file = attachments.keep(received, by=author, draft_id=draft.id, audience=audience)
        attachments.set_caption(file, one.get("caption", ""), by=author)
    event_days = story.get("event")
    content = Content(
        title=story["title"],
        text=story["text"].strip(),
        merchants=tuple(story["to"]),
        category=story["category"],
        kind=LetterKind(story.get("kind", "complaint")),
        writes_as=WritesAs(story.get("writes_as", "consumer")),
        place=story["place"],
        province=story.get("province"),
        event_on=local_date(utcnow() - timedelta(days=event_days), settings().time_zone) if event_days else None,
        loss=story.get("loss"),
        ask=story.get("ask", ""),
        name_shown=NameShown(story.get("name_shown", "full")),
        details=(story.get("details", {}),),
    )
    letter = letters.submit(content, by=author, once=once)
    make_all()
    return letter.id


@unit_of_work
def _date_promise(letter_id: int, at: datetime, days: int) -> None:
    newest = select(Response.id).join(Case, Case.id == Response.case_id).where(Case.letter_id == letter_id)
    due = local_date(at + timedelta(days=days), settings().time_zone)
    latest = db.session.scalars(newest.order_by(Response.id.desc()).limit(1)).one()
    case_of = select(Response.case_id).where(Response.id == latest).scalar_subquery()
    db.session.execute(update(Case).where(Case.id == case_of).values(promise_due=due))
    db.session.execute(update(Response).where(Response.id == latest).values(promise_due=due))


def _moderator(letter: Letter, people: People) -> User:
    return people["dewi"] if letter.id % 2 else people["eko"]


def _case(who: User, letter_id: int, step: Step) -> Case:
    letter = letter_for(who, letter_id)
    return case_for(who, letter.cases[step.get("case", 0)].id)


def _decide(verb: Callable[..., object]) -> Callable[..., None]:
    def decide(letter_id: int, step: Step, people: People, _author: User) -> None:
        letter = letter_for(people["dewi"], letter_id)
        reason = Reason(step["reason"]).value if "reason" in step else None
        more = {"marks": [Marked(one["passage"], MarkReason(one["reason"]), one["words"]) for one in step["marks"]]} if "marks" in step else {}
        verb(letter, by=_moderator(letter, people), reason=reason, message=step.get("message", ""), **more)

    return decide


def _moderate(verb: Callable[..., None]) -> Callable[..., None]:
    def moderate(letter_id: int, step: Step, people: People, _author: User) -> None:
        verb(letter_id, step, _moderator(letter_for(people["dewi"], letter_id), people))

    return moderate


def _acknowledge(letter_id: int, step: Step, people: People, _author: User) -> None:
    by = people[step["by"]]
    responses.note_opened(letter_id, by=by)
    db.session.expire_all()
    responses.acknowledge(_case(by, letter_id, step), by=by)


def _ask(letter_id: int, step: Step, people: People, _author: User) -> None:
    by = people[step["by"]]
    responses.ask(_case(by, letter_id, step), by=by, text=step["text"])


def _reply(letter_id: int, step: Step, _people: People, author: User) -> None:
    case = _case(author, letter_id, step)
    question = db.session.scalars(
        select(Question).where(Question.case_id == case.id).order_by(Question.id.desc())
    ).first()
    if question is None:
        raise LookupError("there is no question to answer")
    set_committed_value(question, "case", case)
    responses.answer_question(question, by=author, text=step["text"])


def _answer(letter_id: int, step: Step, people: People, _author: User) -> None:
    by = people[step["by"]]
    responses.note_opened(letter_id, by=by)
    db.session.expire_all()
    case = _case(by, letter_id, step)
    voice = next(one for one in by.representations if one.merchant_id == case.merchant_id)
    days = step.get("promise_days")
    words = Words(
        text=step["text"].strip(),
        signatory=by.name,
        job_title=voice.job_title,
        remedy=Remedy(step["remedy"]),
        promise=step.get("promise", ""),
        promise_due=local_date(utcnow() + timedelta(days=days), settings().time_zone) if days else None,
        promise_amount=step.get("promise_amount"),
        how=step.get("how", {}),
    )
    responses.respond(case, words, by=by, once=new_token()[:32])


def _newest(who: User, letter_id: int, step: Step) -> Response:
    case = _case(who, letter_id, step)
    response = db.session.scalars(
        select(Response).where(Response.case_id == case.id).order_by(Response.id.desc())
    ).first()
    if response is None:
        raise LookupError("there is no response yet")
    set_committed_value(response, "case", case)
    return response


def _done(letter_id: int, step: Step, people: People, _author: User) -> None:
    by = people[step["by"]]
    responses.say_done(_newest(by, letter_id, step), by=by, words=step["text"])


def _judge(verdict: PromiseVerdict) -> Callable[..., None]:
    def judge(letter_id: int, step: Step, _people: People, author: User) -> None:
        responses.judge(_newest(author, letter_id, step), verdict, by=author)

    return judge


def _propose(letter_id: int, step: Step, people: People, _author: User) -> None:
    by = people[step["by"]]
    responses.propose_solved(_newest(by, letter_id, step), by=by, words=step["text"])


def _conclude(move: OutcomeMove) -> Callable[..., None]:
    def conclude(letter_id: int, step: Step, _people: People, author: User) -> None:
        responses.conclude(_case(author, letter_id, step), move, by=author)

    return conclude


def _lapse(letter_id: int, step: Step, _people: People, author: User) -> None:
    if not responses.lapse_outcome(_case(author, letter_id, step).id):
        raise LookupError("the author can still say how it ended")


def _update(letter_id: int, step: Step, _people: People, author: User) -> None:
    letters.add_update(letter_for(author, letter_id), by=author, text=step["text"], once=new_token()[:32])


def _withdraw(letter_id: int, _step: Step, _people: People, author: User) -> None:
    letters.withdraw(letter_for(author, letter_id), by=author)


def _revise(letter_id: int, step: Step, _people: People, author: User) -> None:
    letter = letter_for(author, letter_id)
    letters.revise(letter, by=author, title=step["title"], text=letter.text, why=step["why"])


def _accept(letter_id: int, _step: Step, people: People, _author: User) -> None:
    letter = letter_for(people["dewi"], letter_id)
    revision = db.session.scalars(
        select(Revision).where(Revision.letter_id == letter_id).order_by(Revision.id.desc())
    ).first()
    letters.accept_revision(revision, by=_moderator(letter, people))  # type: ignore[arg-type]


def _comment(letter_id: int, step: Step, people: People, _author: User) -> None:
    by = people[step["by"]]
    write_comment(letter_id, by, step["text"], _moderator(letter_for(people["dewi"], letter_id), people))


def _hide_comment(letter_id: int, step: Step, people: People, _author: User) -> None:
    letter = letter_for(people["dewi"], letter_id)
    newest = db.session.scalars(
        select(Comment).where(Comment.letter_id == letter_id).order_by(Comment.id.desc())
    ).first()
    if newest is None:
        raise LookupError("there is no comment to hide")
    set_committed_value(newest, "letter", letter)
    comments.hide(newest, by=_moderator(letter, people), reason=step["reason"], message=step["message"])


def _me_too(letter_id: int, step: Step, people: People, _author: User) -> None:
    by = people[step["by"]]
    say_me_too(letter_for(by, letter_id), by=by)


STEPS: dict[str, Callable[..., None]] = {
    "publish": _decide(letters.publish),
    "return": _decide(letters.send_back),
    "reject": _decide(letters.reject),
    "take_down": _decide(letters.take_down),
    "reinstate": _decide(letters.reinstate),
    "withdraw": _withdraw,
    "acknowledge": _acknowledge,
    "ask": _ask,
    "reply": _reply,
    "answer": _answer,
    "done": _done,
    "kept": _judge(PromiseVerdict.KEPT),
    "broken": _judge(PromiseVerdict.BROKEN),
    "propose": _propose,
    "solved": _conclude(OutcomeMove.SAY_SOLVED),
    "partly": _conclude(OutcomeMove.SAY_PARTLY),
    "not_solved": _conclude(OutcomeMove.SAY_NOT_SOLVED),
    "reopen": _conclude(OutcomeMove.REOPEN),
    "lapse": _lapse,
    "update": _update,
    "revise": _revise,
    "accept": _accept,
    "comment": _comment,
    "hide_comment": _hide_comment,
    "check": _moderate(evidence.check),
    "redact": _moderate(evidence.cover_words),
    "me_too": _me_too,
}
