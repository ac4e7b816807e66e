"""What is done on the business's side of a case, and the outcome by its author."""

from forum.responses.actions.clock import acknowledge, answer_question, ask, lapse_question, note_opened
from forum.responses.actions.drafts import drop_draft, save_draft
from forum.responses.actions.outcome import conclude, lapse_outcome
from forum.responses.actions.respond import check, publish_waiting, respond

__all__ = [
    "acknowledge",
    "answer_question",
    "ask",
    "check",
    "conclude",
    "drop_draft",
    "lapse_outcome",
    "lapse_question",
    "note_opened",
    "publish_waiting",
    "respond",
    "save_draft",
]
