"""Loading cases with everything said in them, questions and drafts."""

from forum.responses.queries.alike import Alike, alike
from forum.responses.queries.cases import CaseView, QuestionView, case_view, case_views
from forum.responses.queries.given import ResponseView
from forum.responses.queries.lapsing import lapsing_outcomes, lapsing_questions
from forum.responses.queries.one import (
    draft_of,
    kept_job_title,
    place_of,
    question_for,
    response_for,
    response_of,
    unopened,
)
from forum.responses.queries.private import merchant_named, numbers_of, private_places

__all__ = [
    "Alike",
    "CaseView",
    "QuestionView",
    "ResponseView",
    "alike",
    "case_view",
    "case_views",
    "draft_of",
    "kept_job_title",
    "lapsing_outcomes",
    "lapsing_questions",
    "merchant_named",
    "numbers_of",
    "place_of",
    "private_places",
    "question_for",
    "response_for",
    "response_of",
    "unopened",
]
