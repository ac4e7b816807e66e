"""What is done on the business's side of a case, and the outcome by its author."""

from forum.responses.actions.clock import acknowledge, answer_question, ask, lapse_question, note_opened
from forum.responses.actions.drafts import drop_draft, save_draft
from forum.responses.actions.mailed import (
    answer_by_link,
    bounce_link,
    decide_answer,
    keep_words,
    make_link,
    open_link,
    prune_links,
    take_over,
)
from forum.responses.actions.outcome import conclude, lapse_outcome
from forum.responses.actions.respond import check, publish_waiting, respond

__all__ = [
    "acknowledge",
    "answer_by_link",
    "answer_question",
    "ask",
    "bounce_link",
    "check",
    "conclude",
    "decide_answer",
    "drop_draft",
    "keep_words",
    "lapse_outcome",
    "lapse_question",
    "make_link",
    "note_opened",
    "open_link",
    "prune_links",
    "publish_waiting",
    "respond",
    "save_draft",
    "take_over",
]
