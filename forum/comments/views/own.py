"""What somebody does with an own comment."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.comments import actions, policy, queries, words
from forum.comments.forms import EditForm
from forum.comments.views import bp
from forum.core.errors import DomainError
from forum.core.text import slug
from forum.core.web import local_path, login_required, visitor


@bp.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@login_required
def edit(comment_id: int) -> ResponseReturnValue:
    comment = queries.comment_for(visitor(), comment_id, policy.may_delete)
    form = EditForm(text=comment.text, seen=comment.version)
    if form.validate_on_submit():
        try:
            actions.edit(comment, by=visitor(), text=form.text.data, seen=form.seen.data)
        except DomainError as problem:
            form.explain(problem)
            comment = queries.comment_for(visitor(), comment_id)
            form.seen.data = comment.version
        else:
            flash(words.waits_words(comment.held_for) if comment.held_for else _("Your comment is changed."), "success")
            return redirect(url_for("comments.one", comment_id=comment.id))
    return render_template(
        "comments/edit.html",
        comment=comment,
        letter=comment.letter,
        slug=slug(comment.letter.title),
        form=form,
        may_edit=policy.may_edit(visitor(), comment),
    ), 422 if form.errors or form.form_errors else 200


@bp.route("/comments/<int:comment_id>/delete", methods=["POST"])
@login_required(back="comments.one")
def delete(comment_id: int) -> ResponseReturnValue:
    comment = queries.comment_for(visitor(), comment_id, policy.is_author)
    actions.delete(comment, by=visitor())
    flash(_("Your comment is deleted."), "success")
    target = local_path(request.form.get("back")) or url_for(
        "letters.read", letter_id=comment.letter_id, slug=slug(comment.letter.title)
    )
    return redirect(f"{target}#comments")
