"""The rules, the privacy notice and what this site is; their figures are the operator's settings."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from forum.accounts import sessions
from forum.accounts.actions import closing
from forum.config import settings
from forum.contests.actions import filing
from forum.core import mail, parking
from forum.core.web import language
from forum.letters import categories
from forum.letters.actions import drafts
from forum.letters.models import MOST_MERCHANTS, MOST_QUESTIONS, TEXT_CHARACTERS, TITLE_CHARACTERS
from forum.letters.words import review_words
from forum.pages.views import bp
from forum.privacy.words import kept_table
from forum.reply.actions.write import ADDRESS_KEPT as REPLY_ADDRESS_KEPT
from forum.responses.actions.mailed import WORDS_KEPT
from forum.responses.queries.mailed import SENT_FROM_KEPT
from forum.responses.same_words import MOST_SAME, SAME_WINDOW


@bp.route("/rules")
def rules() -> ResponseReturnValue:
    return render_template(
        "pages/rules.html",
        limits=settings(),
        review_words=review_words(),
        title_characters=TITLE_CHARACTERS,
        text_characters=TEXT_CHARACTERS,
        most_merchants=MOST_MERCHANTS,
        most_questions=MOST_QUESTIONS,
        other_clocks=_other_clocks(),
        most_same=MOST_SAME,
        same_days=SAME_WINDOW.days,
    )


def _other_clocks() -> list[dict[str, Any]]:
    """The categories with days of their own, in the order of the form."""
    own = dict(settings().category_days)
    return [
        {"name": categories.name(key, language()), "days": own[key]} for key in categories.all_keys() if key in own
    ]


@bp.route("/privacy")
def privacy() -> ResponseReturnValue:
    kept = {
        "parked_hours": int(parking.KEPT.total_seconds()) // 3600,
        "sent_days": settings().mail_log_days,
        "parked_days": mail.KEPT_WHEN_PARKED.days,
        "idle_days": sessions.IDLE[False].days,
        "sent_from_days": SENT_FROM_KEPT.days,
        "link_words_days": WORDS_KEPT.days,
        "draft_days": drafts.DRAFT_KEPT.days,
        "unconfirmed_days": closing.UNCONFIRMED_KEPT.days,
        "session_days": sessions.ABSOLUTE[False].days,
        "contest": filing.ADDRESS_KEPT.days,
        "reply": REPLY_ADDRESS_KEPT.days,
    }
    return render_template("pages/privacy.html", limits=settings(), kept=kept, kept_table=kept_table())


@bp.route("/about")
def about() -> ResponseReturnValue:
    return render_template(
        "pages/about.html", limits=settings(), review_words=review_words(), other_clocks=_other_clocks()
    )
