"""Decisions of Dewi on what somebody asked for, by kind: who may appeal (None: whoever has the link), and whether all is as before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from forum.comments.lifecycle import CommentState, HeldFor
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Kind
from forum.letters.models import Case, Letter
from forum.merchants.models import Objection, Representative
from forum.moderation import actions as moderation
from forum.moderation.lifecycle import Reason
from forum.moderation.queries.claims import objection_for
from forum.moderation.queries.held import held_for
from forum.reply import actions as replies
from forum.reply.lifecycle import Refusal
from forum.responses.lifecycle import LinkState
from forum.responses.models import AnswerLink
from forum.responses.queries.mailed import answer_for
from tests.cast import make_comment
from tests.contests import stage as contests
from tests.moderation.stage import SAID, again, make_objection
from tests.reply.test_reply import waits

WRONG = "Redaksi keliru membaca: nomor itu milik saya sendiri."
JUDGED = "Kami membaca ulang dan menimbang keterangan Anda."
Lost = tuple[Any, Callable[[], bool]]


def contest_rejected(cast: Any, _letter: Letter) -> Lost:
    made = contests.contest(contests.whole(cast), cast.citra)
    contests.decide(made, cast.dewi, uphold=False)
    return cast.citra, lambda: contests.again(made).is_open


def objection_dismissed(cast: Any, _letter: Letter) -> Lost:
    made = objected(cast, uphold=False)
    return cast.citra, lambda: again(made).state == "open"


def objected(cast: Any, *, uphold: bool) -> Objection:
    voice = db.session.scalars(select(Representative).where(Representative.user_id == cast.bima.id)).one()
    made = make_objection(cast.citra, voice)
    moderation.decide_objection(objection_for(cast.dewi, made.id), uphold=uphold, by=cast.dewi, message=SAID)
    return made


def comment_refused(cast: Any, letter: Letter) -> Lost:
    comment = make_comment(letter, cast.citra)
    hold(comment, letter)
    moderation.decide_held(
        held_for(cast.dewi, comment.id).comment, publish=False, by=cast.dewi, reason=Reason.INSULT, message=SAID
    )
    return cast.citra, lambda: again(comment).state == "visible"


@unit_of_work
def hold(comment: Any, letter: Letter) -> None:
    comment.state, comment.held_for, comment.held_at = CommentState.HELD, HeldFor.FIRST, utcnow()
    letter.comment_count -= 1


def reply_refused(cast: Any, letter: Letter) -> Lost:
    reply = waits(letter)
    replies.refuse(reply, by=cast.dewi, refusal=Refusal.NOT_NAMED, message=SAID)
    return None, lambda: again(reply).state == "published"


def answer_refused(cast: Any, letter: Letter) -> Lost:
    link = make_answer(letter)
    moderation.decide_answer(answer_for(link.id), approve=False, by=cast.dewi, message=SAID)
    return None, lambda: again(link).state == "waiting"


@unit_of_work
def make_answer(letter: Letter) -> AnswerLink:
    """A response that came by mail from an address that proves nothing."""
    case_id = db.session.scalars(select(Case.id).where(Case.letter_id == letter.id)).first()
    link = AnswerLink(
        case_id=case_id,
        address="toko.melati@gmail.example",
        token_hash="0" * 64,
        state=LinkState.WAITING,
        fields={"text": ["Kami sudah mengirim barang pengganti pada 20 Maret lalu."], "remedy": ["replacement"]},
        expires_at=utcnow() + timedelta(days=14),
        sent_at=utcnow(),
    )
    db.session.add(link)
    return link


REQUESTS: dict[Kind, Callable[[Any, Letter], Lost]] = {
    Kind.CONTEST_DECIDED: contest_rejected,
    Kind.OBJECTION_DECIDED: objection_dismissed,
    Kind.COMMENT_REFUSED: comment_refused,
    Kind.REPLY_REFUSED: reply_refused,
    Kind.ANSWER_DECIDED: answer_refused,
}
