"""Writing under a letter, answering, finding one comment, finding it helpful."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.comments import actions, policy, queries, words
from forum.comments.forms import CommentForm
from forum.comments.lifecycle import CommentState
from forum.comments.models import Comment
from forum.comments.views import bp
from forum.core import limits
from forum.core.access import ensure
from forum.core.blocking import raise_blocked
from forum.core.errors import DomainError, Missing
from forum.core.text import slug
from forum.core.web import local_path, login_required, remote_address, visitor
from forum.letters import policy as letters
from forum.letters.models import Letter
from forum.letters.queries import letter_for


@bp.route("/letters/<int:letter_id>/comments", methods=["POST"])
@login_required(back="letters.read_by_number", anchor="comments")
def post(letter_id: int) -> ResponseReturnValue:
    letter = letter_for(visitor(), letter_id)
    form = CommentForm()
    if form.validate_on_submit():
        try:
            comment = actions.post(
                letter,
                by=visitor(),
                text=form.text.data,
                parent_id=form.parent.data,
                once=form.once.data,
                permit=partial(
                    limits.permit_each,
                    ("comment", str(visitor().id)),
                    ("comment-address", remote_address()),
                    ("comment-site", ""),
                ),
            )
        except DomainError as problem:
            form.explain(problem)
            if problem.code == "parent_gone":
                form.parent.data = None
        else:
            flash(words.waits_words(comment.held_for) if comment.held_for else _("Your comment is published."), "success")
            return redirect(url_for("comments.one", comment_id=comment.id))
    return _page(letter, form, _parent(letter, form.parent.data)), 422


@bp.route("/comments/<int:comment_id>/reply", methods=["GET"])
@login_required
def reply(comment_id: int) -> ResponseReturnValue:
    parent = queries.comment_for(visitor(), comment_id)
    form = CommentForm(endpoint="comments.post", parent=parent.id if policy.may_reply(visitor(), parent) else None)
    return _page(parent.letter, form, parent)


def _page(letter: Letter, form: CommentForm, parent: Comment | None) -> str:
    return render_template(
        "comments/write.html",
        letter=letter,
        slug=slug(letter.title),
        form=form,
        parent=parent,
        may_write=letters.may_comment(visitor(), letter),
    )


def _parent(letter: Letter, comment_id: int | None) -> Comment | None:
    if comment_id is None:
        return None
    try:
        parent = queries.comment_for(visitor(), comment_id)
    except Missing:
        return None
    return parent if parent.letter_id == letter.id and policy.may_reply(visitor(), parent) else None


@bp.route("/comments/<int:comment_id>", methods=["GET"])
def one(comment_id: int) -> ResponseReturnValue:
    comment = queries.comment_for(visitor(), comment_id)
    if comment.state is CommentState.HIDDEN and not visitor().is_moderator and visitor().id != comment.author_id:
        raise_blocked(f"comment:{comment.id}")
    ensure(policy.is_shown, visitor(), comment)
    return redirect(
        url_for(
            "letters.read",
            letter_id=comment.letter_id,
            slug=slug(comment.letter.title),
            after=queries.cursor_of(comment, visitor()),
            _anchor=f"c{comment.id}",
        )
    )


@bp.route("/comments/<int:comment_id>/vote", methods=["POST"])
@login_required(back="comments.one")
def vote(comment_id: int) -> ResponseReturnValue:
    comment = queries.comment_for(visitor(), comment_id, policy.may_vote)
    actions.vote(comment, by=visitor(), helpful=request.form.get("on") != "0")
    return _back(comment)


def _back(comment: Comment) -> ResponseReturnValue:
    target = local_path(request.form.get("back"))
    return redirect(f"{target}#c{comment.id}" if target else url_for("comments.one", comment_id=comment.id))
