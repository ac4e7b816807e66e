"""What administrators change, and the states in which jobs and mails are listed."""

from enum import StrEnum


class What(StrEnum):
    """What a change is about."""

    CATEGORY = "category"
    LIMIT = "limit"
    PROOF_OF_WORK = "proof_of_work"
    ANNOUNCEMENT = "announcement"
    READ_ONLY = "read_only"
    JOB = "job"
    MAIL = "mail"


class Level(StrEnum):
    """How grave an announcement is."""

    INFO = "info"
    WARNING = "warning"
    PROBLEM = "problem"


class Jobs(StrEnum):
    """Jobs as they are listed."""

    FAILED = "failed"
    WAITING = "waiting"
    RUNNING = "running"


class Mails(StrEnum):
    """Mails as they are listed."""

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"  # for good, or given up
