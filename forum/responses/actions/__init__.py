"""What is done on the business's side of a case, and the outcome by its author."""

from forum.responses.actions.alike import overrule, recount
from forum.responses.actions.clock import acknowledge, answer_question, ask, lapse_question, note_opened
from forum.responses.actions.drafts import drop_draft, drop_drafts, save_draft
from forum.responses.actions.mailed import (
    answer_by_link,
    bounce_link,
    decide_answer,
    keep_words,
    make_link,
    open_link,
    prune_links,
    reopen_answer,
    take_over,
)
from forum.responses.actions.numbers import allow_number, drop_number
from forum.responses.actions.outcome import conclude, lapse_outcome
from forum.responses.actions.promises import judge, say_done
from forum.responses.actions.proposals import answer_proposal, propose_solved
from forum.responses.actions.respond import check, publish_waiting, respond

__all__ = [
    "acknowledge",
    "allow_number",
    "answer_by_link",
    "answer_proposal",
    "answer_question",
    "ask",
    "bounce_link",
    "check",
    "conclude",
    "decide_answer",
    "drop_draft",
    "drop_drafts",
    "drop_number",
    "judge",
    "keep_words",
    "lapse_outcome",
    "lapse_question",
    "make_link",
    "note_opened",
    "open_link",
    "overrule",
    "propose_solved",
    "prune_links",
    "publish_waiting",
    "recount",
    "reopen_answer",
    "respond",
    "save_draft",
    "say_done",
    "take_over",
]
