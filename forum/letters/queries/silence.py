"""When a business is silent: only a letter that reached it can be met with silence."""

from typing import Any

from sqlalchemy import ColumnElement, case

from forum.letters.lifecycle import ResponseState
from forum.letters.models import Case

SILENT_STATES = (ResponseState.AWAITING,)


def told_condition() -> ColumnElement[bool]:
    """Return the condition that the business of a case was told of the letter."""
    return Case.notified_at.is_not(None)


def untold_column() -> ColumnElement[Any]:
    """Return why the business of a case was never told, None of one that was told after all."""
    return case((~told_condition(), Case.untold)).label("untold")


def silent_condition() -> ColumnElement[bool]:
    """Return the condition that the business of a case was told and has said nothing: no receipt, question or response."""
    return told_condition() & Case.response.in_(SILENT_STATES) & Case.started_at.is_not(None)
