"""What is told of comments: to who wrote them, whom they answer, and whose letter they stand under."""

from collections.abc import Callable

from flask_babel import gettext as _

from forum.notifications.subjects import Subject
from forum.notifications.words.form import Words, beginning, letter, path, reason, title


def _commented(s: Subject) -> Words:
    who = s.comment.byline if s.comment is not None else ""
    if s.times > 1:
        line = _("New comments on your letter “%(title)s”, the latest by %(name)s.", title=title(s), name=who)
    else:
        line = _("%(name)s commented on your letter “%(title)s”.", title=title(s), name=who)
    return Words(line, path=_comment(s), button=_("Read the comments"))


def _replied(s: Subject) -> Words:
    comment = s.comment
    return Words(
        _(
            "%(name)s replied to your comment on “%(title)s”.",
            name=comment.byline if comment is not None else "",
            title=title(s),
        ),
        quote=beginning(comment),
        path=_comment(s),
        button=_("Read the reply"),
    )


def _comment(s: Subject) -> str:
    return path("comments.one", comment_id=s.comment.id) if s.comment is not None else letter(s)


def _decided(s: Subject, line: str, why: tuple[str, ...] = ()) -> Words:
    """What moderators did about a comment, to who wrote it."""
    return Words(line, why, quote=s.data("message"), path=_comment(s), button=_("See the place"))


def _comment_hidden(s: Subject) -> Words:
    return _decided(s, _("Your comment on “%(title)s” was hidden.", title=title(s)), reason(s))


def _comment_restored(s: Subject) -> Words:
    return _decided(s, _("Your comment on “%(title)s” is shown again.", title=title(s)))


def _comment_published(s: Subject) -> Words:
    return _decided(s, _("Your comment on “%(title)s” is published.", title=title(s)))


def _comment_refused(s: Subject) -> Words:
    return _decided(s, _("Your comment on “%(title)s” is not published. You still see it in its place.", title=title(s)), reason(s))


def _comments_locked(s: Subject) -> Words:
    return Words(
        _("The editors closed the comments on your letter “%(title)s”.", title=title(s)),
        reason(s),
        quote=s.data("message"),
        path=letter(s),
        button=_("Read the letter"),
    )


def _comments_unlocked(s: Subject) -> Words:
    return Words(
        _("The comments on your letter “%(title)s” are open again.", title=title(s)),
        quote=s.data("message"),
        path=letter(s),
        button=_("Read the letter"),
    )


WORDS: dict[str, Callable[[Subject], Words]] = {
    "commented": _commented,
    "replied": _replied,
    "comment_hidden": _comment_hidden,
    "comment_restored": _comment_restored,
    "comment_published": _comment_published,
    "comment_refused": _comment_refused,
    "comments_locked": _comments_locked,
    "comments_unlocked": _comments_unlocked,
}
