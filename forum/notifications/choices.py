"""Which mails a person may switch off, in groups; what is not listed here always comes."""

from enum import StrEnum


class Group(StrEnum):
    """Whom a choice concerns; decides where the settings page shows it."""

    AUTHOR = "author"
    TALK = "talk"
    REQUESTS = "requests"
    BUSINESS = "business"
    MODERATORS = "moderators"


class Choice(StrEnum):
    """One switch on the settings page; a row of `mail_choice` switches its mails off."""

    SUBMITTED = "submitted"
    PUBLISHED = "published"
    RETURNED = "returned"
    REJECTED = "rejected"
    RESPONSE = "response"
    QUESTION = "question"
    OUTCOME_ASKED = "outcome_asked"
    OVERDUE = "overdue"
    COMMENTED = "commented"
    REPLIED = "replied"
    CLAIM_DECIDED = "claim_decided"
    REPORT_DECIDED = "report_decided"
    NEW_LETTER = "new_letter"
    REMINDER = "reminder"
    CASE_NEWS = "case_news"
    DESK_DIGEST = "desk_digest"
    TO_REVIEW = "to_review"
    CLAIM_STARTED = "claim_started"
    QUEUE_ALARM = "queue_alarm"


GROUPS: dict[Group, tuple[Choice, ...]] = {
    Group.AUTHOR: (
        Choice.SUBMITTED,
        Choice.PUBLISHED,
        Choice.RETURNED,
        Choice.REJECTED,
        Choice.RESPONSE,
        Choice.QUESTION,
        Choice.OUTCOME_ASKED,
        Choice.OVERDUE,
        Choice.COMMENTED,
    ),
    Group.TALK: (Choice.REPLIED,),
    Group.REQUESTS: (Choice.CLAIM_DECIDED, Choice.REPORT_DECIDED),
    Group.BUSINESS: (Choice.NEW_LETTER, Choice.REMINDER, Choice.CASE_NEWS, Choice.DESK_DIGEST),
    Group.MODERATORS: (Choice.TO_REVIEW, Choice.CLAIM_STARTED, Choice.QUEUE_ALARM),
}
