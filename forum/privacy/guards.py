"""What keeps the processing log append-only in the database."""

from forum.core.append_only import Guards

GUARDS = Guards({"processing": "id = NEW.id"}, "the processing log is append-only", "refuse_change_of_log")
