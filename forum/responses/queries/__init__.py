"""Loading cases with everything said in them, questions and drafts."""

from forum.responses.queries.cases import CaseView, QuestionView, ResponseView, case_view, case_views
from forum.responses.queries.lapsing import lapsing_outcomes, lapsing_questions
from forum.responses.queries.one import draft_of, kept_job_title, question_for, response_of, unopened

__all__ = [
    "CaseView",
    "QuestionView",
    "ResponseView",
    "case_view",
    "case_views",
    "draft_of",
    "kept_job_title",
    "lapsing_outcomes",
    "lapsing_questions",
    "question_for",
    "response_of",
    "unopened",
]
