"""Every verb of a legal matter."""

from forum.legal.actions.answering import alarm, answer, close
from forum.legal.actions.holds import ask_release, hold, keep_identity
from forum.legal.actions.intake import Received, Thing, receive

__all__ = ["Received", "Thing", "alarm", "answer", "ask_release", "close", "hold", "keep_identity", "receive"]
