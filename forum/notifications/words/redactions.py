"""What people are told when a moderator covers words of theirs, or shows them again."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.notifications.subjects import Subject
from forum.notifications.words.form import Words, letter, path, title
from forum.redactions.words import label_words, reason_words


def _redacted(s: Subject) -> Words:
    return Words(
        _("Words of yours on “%(title)s” were covered.", title=title(s)),
        (
            _("What was covered: %(label)s.", label=label_words(s.data("label"))),
            _("Reason: %(reason)s", reason=reason_words(s.data("reason"))),
            _("Nothing else was changed. If it is a mistake, write to the editors: they can show the words again."),
        ),
        path=_place(s),
        button=_("See the place"),
    )


def _restored(s: Subject) -> Words:
    return Words(
        _("Covered words of yours on “%(title)s” are shown again.", title=title(s)),
        (_("What is shown again: %(label)s.", label=label_words(s.data("label"))),),
        path=_place(s),
        button=_("See the place"),
    )


def _place(s: Subject) -> str:
    if s.comment is not None:
        return path("comments.one", comment_id=s.comment.id)
    return letter(s, f"case-{s.event.case_id}" if s.event.case_id else "")


WORDS: dict[str, Callable[[Subject], Words]] = {"words_redacted": _redacted, "words_restored": _restored}
