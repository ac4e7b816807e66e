"""What is done about orders of authorities."""

from forum.orders.actions.decide import alarm, carry_out, check, refuse
from forum.orders.actions.enter import Entry, enter
from forum.orders.actions.object import object_to, settle

__all__ = ["Entry", "alarm", "carry_out", "check", "enter", "object_to", "refuse", "settle"]
