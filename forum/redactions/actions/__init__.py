"""Every verb of redaction."""

from forum.redactions.actions.again import cover_again, follow_revision
from forum.redactions.actions.redact import redact
from forum.redactions.actions.undo import undo

__all__ = ["cover_again", "follow_revision", "redact", "undo"]
