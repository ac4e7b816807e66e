"""What the rooms below the desk let wait in the one queue: which rows, until when, at which page, and what ends it."""



from forum.config import settings
from forum.core.events import Event, Kind
from forum.moderation.lifecycle import ThingKind
from forum.moderation.queries import own_rows
from forum.moderation.queries.deadlines import Within, WorkingDays
from forum.moderation.queries.sources import Place, Source, about, also_waits, page_of

REVIEW = WorkingDays(lambda: settings().review_days)


def _of_letter(event: Event) -> str | None:
    return None if event.letter_id is None else str(event.letter_id)


def _of_merchant(event: Event) -> str | None:
    return None if event.merchant_id is None else str(event.merchant_id)


def _reported(event: Event) -> str | None:
    return event.about


def _reports_page(key: str) -> Place:
    kind, _colon, number = key.partition(":")
    return "moderation.thing", {"kind": ThingKind(kind).value, "thing_id": int(number)}


def _alarm() -> int:
    return settings().review_alarm_hours


also_waits(
    Source(
        "letter",
        "letters",
        own_rows.letters,
        REVIEW,
        page_of("moderation.letter", "letter_id"),
        (Kind.LETTER_PUBLISHED, Kind.LETTER_RETURNED, Kind.LETTER_REJECTED, Kind.LETTER_WITHDRAWN),
        _of_letter,
        _alarm,
        spam=True,
    )
)
also_waits(
    Source(
        "revision",
        "revisions",
        own_rows.revisions,
        REVIEW,
        page_of("moderation.revision", "revision_id"),
        (Kind.REVISION_ACCEPTED, Kind.REVISION_REFUSED),
        about("revision"),
        _alarm,
    )
)
also_waits(
    Source(
        "claim",
        "claims",
        own_rows.claims,
        REVIEW,
        page_of("moderation.claim", "claim_id"),
        (Kind.CLAIM_APPROVED, Kind.CLAIM_REFUSED, Kind.CLAIM_SEEN_FIRST),
        about("claim"),
        _alarm,
    )
)
also_waits(
    Source(
        "objection",
        "objections",
        own_rows.objections,
        REVIEW,
        page_of("moderation.objection", "objection_id"),
        (Kind.OBJECTION_DECIDED,),
        about("objection"),
        _alarm,
    )
)
also_waits(
    Source(
        "doubted",
        "names",
        own_rows.doubted,
        REVIEW,
        page_of("moderation.business", "merchant_id"),
        (Kind.NAME_CLEARED, Kind.MERCHANT_MERGED),
        _of_merchant,
        _alarm,
    )
)
also_waits(
    Source(
        "proposed",
        "names",
        own_rows.proposed,
        REVIEW,
        page_of("moderation.business", "merchant_id"),
        (Kind.NAME_ADDED, Kind.NAME_REFUSED),
        _of_merchant,
        _alarm,
    )
)
also_waits(
    Source(
        "answer",
        "answers",
        own_rows.answers,
        REVIEW,
        page_of("moderation.answer", "link_id"),
        (Kind.ANSWER_DECIDED,),
        about("answer"),
        _alarm,
    )
)
also_waits(
    Source(
        "file",
        "files",
        own_rows.files,
        REVIEW,
        page_of("moderation.file", "file_id"),
        (Kind.FILE_CHECKED, Kind.ATTACHMENT_HIDDEN),
        about("attachment"),
        _alarm,
    )
)
also_waits(
    Source(
        "held",
        "held",
        own_rows.held,
        Within(lambda: settings().held_hours),
        page_of("moderation.held_comment", "comment_id"),
        (Kind.COMMENT_PUBLISHED, Kind.COMMENT_REFUSED, Kind.COMMENT_DELETED),
        about("comment"),
        spam=True,
    )
)
also_waits(
    Source(
        "report",
        "reports",
        own_rows.reports,
        Within(lambda: settings().report_hours),
        _reports_page,
        (Kind.REPORT_DECIDED,),
        _reported,
        lambda: settings().report_alarm_hours,
        spam=True,
    )
)
also_waits(
    Source(
        "reply",
        "replies",
        own_rows.replies,
        Within(lambda: settings().reply_hours),
        page_of("reply.review", "reply_id"),
        (Kind.REPLY_PUBLISHED, Kind.REPLY_REFUSED),
        about("reply"),
    )
)
