"""The mails that can be switched off, in words."""

from flask_babel import gettext as _

from forum.merchants.lifecycle import ContactPurpose
from forum.notifications.choices import Choice, Group


def group_words(group: Group) -> str:
    """Return the name of a group of choices."""
    return str(
        {
            Group.AUTHOR: lambda: _("Your letters"),
            Group.TALK: lambda: _("Your comments"),
            Group.REQUESTS: lambda: _("Your claims and reports"),
            Group.BUSINESS: lambda: _("The business you speak for"),
            Group.MODERATORS: lambda: _("Your work as an editor"),
        }[group]()
    )


def choice_words(choice: Choice) -> str:
    """Return what a choice is about, as the words beside a check box."""
    return str(
        {
            Choice.SUBMITTED: lambda: _("A receipt when you send a letter"),
            Choice.PUBLISHED: lambda: _("Your letter or its new version is published"),
            Choice.RETURNED: lambda: _("Your letter needs changes before it is published"),
            Choice.REJECTED: lambda: _("Your letter or its new version is not published"),
            Choice.RESPONSE: lambda: _("A business has read or answered your letter"),
            Choice.QUESTION: lambda: _("A business asks you something"),
            Choice.OUTCOME_ASKED: lambda: _("We ask how it ended"),
            Choice.OVERDUE: lambda: _("The days to answer your letter have passed"),
            Choice.COMMENTED: lambda: _("Comments on your letter, one mail an hour at most"),
            Choice.REPLIED: lambda: _("Somebody replies to your comment"),
            Choice.CLAIM_DECIDED: lambda: _("Your claim of a business or your objection is decided"),
            Choice.REPORT_DECIDED: lambda: _("Your report is decided"),
            Choice.NEW_LETTER: lambda: _("A letter about the business is published"),
            Choice.REMINDER: lambda: _("A letter still waits for an answer"),
            Choice.CASE_NEWS: lambda: _("The author answers, adds an update or says how it ended"),
            Choice.DESK_DIGEST: lambda: _("What the week brings, on Monday morning"),
            Choice.TO_REVIEW: lambda: _("A letter waits for review"),
            Choice.CLAIM_STARTED: lambda: _("Somebody claims a business or objects to a proof"),
            Choice.QUEUE_ALARM: lambda: _("A letter or a report has waited too long"),
        }[choice]()
    )


def purpose_words(purpose: ContactPurpose) -> str:
    """Return what a contact address is told of, in words."""
    return str(
        {
            ContactPurpose.ALL: lambda: _("Every letter, and letters that wait for an answer"),
            ContactPurpose.REMINDERS: lambda: _("Only letters that wait for an answer"),
        }[purpose]()
    )
