"""Every verb of redaction."""

from forum.redactions.actions.again import cover_again, follow_revision
from forum.redactions.actions.contested import cover_passages, show_passages
from forum.redactions.actions.redact import redact
from forum.redactions.actions.undo import undo

__all__ = ["cover_again", "cover_passages", "follow_revision", "redact", "show_passages", "undo"]
