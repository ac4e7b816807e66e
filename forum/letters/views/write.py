"""The one page on which a letter is written."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from forum.core.errors import Invalid
from forum.core.parking import parked_at
from forum.core.returning import parked
from forum.core.secrecy import digest
from forum.core.sentences import sentence
from forum.core.web import login_required, visitor
from forum.letters import actions
from forum.letters.forms import LetterForm
from forum.letters.models import LetterDraft
from forum.letters.queries.drafts import draft_for, draft_with, sent_as
from forum.letters.views import bp, workbench
from forum.merchants.models import LONGEST_MERCHANT_NAME_CHARACTERS

ENDPOINT = "letters.write"
LEAST_KEY, MOST_KEY = 16, 64  # characters, as OnceField takes them
FIRST_CHOICES = ("kind", "writes_as", "name_shown", "new_audience")


@bp.route("/letters/write", methods=["GET", "POST"])
def write() -> ResponseReturnValue:
    """Everybody may begin a letter; what a guest sends is parked, and comes back as a draft after signing in."""
    if request.method == "POST":
        return _work()
    if request.args.get("parked") and not visitor().is_guest:
        return _adopt(request.args["parked"])
    if request.args.get("draft"):
        return _open(request.args["draft"])
    named = request.args.get("to", "")[:LONGEST_MERCHANT_NAME_CHARACTERS]
    return workbench.page(LetterForm(by=visitor(), merchants=[named] if named else []))


@login_required
def _work() -> ResponseReturnValue:
    return workbench.work(LetterForm(by=visitor()))


@login_required
def _open(number: str) -> ResponseReturnValue:
    draft = draft_for(visitor(), int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0)
    if draft.letter_id is not None:
        return redirect(url_for("letters.mend", letter_id=draft.letter_id))
    clear = "letter" if request.args.get("arrived") else None
    return workbench.page(form_of(draft), draft, preview=bool(request.args.get("preview")), clear=clear)


def _adopt(token: str) -> ResponseReturnValue:
    """Make a draft of what was written before signing in; opening the address twice makes one."""
    fields = parked(ENDPOINT)
    if fields is None:
        if parked_at(token) is not None:
            flash(_("What this link leads to is kept for the browser in which it was typed. Please sign in there."), "info")
        return redirect(url_for(ENDPOINT))
    once = next((key for key in fields.get("once", []) if LEAST_KEY <= len(key) <= MOST_KEY), digest(token)[:32])
    known = draft_with(visitor(), once)
    if known is not None and is_newer(known, token):
        return redirect(url_for(ENDPOINT, draft=known.id))
    try:
        draft = actions.keep_draft(by=visitor(), once=once, fields={**fields, "once": [once]})
    except Invalid as problem:
        if problem.code != "already_sent":
            raise
        flash(sentence(problem), "info")
        return redirect(url_for("letters.read_by_number", letter_id=sent_as(visitor(), once)))
    return redirect(url_for(ENDPOINT, draft=draft.id, arrived=1))


def is_newer(draft: LetterDraft, token: str) -> bool:
    """Whether the draft was saved after the words under this token were parked, as when an old address is opened again."""
    since = parked_at(token)
    return since is None or draft.saved_at >= since


def form_of(draft: LetterDraft) -> LetterForm:
    """Return the form as it was typed into this draft."""
    kept: MultiDict[str, str] = MultiDict([(name, value) for name, values in draft.fields.items() for value in values])
    form = LetterForm(by=visitor(), formdata=kept)
    form.once.data = draft.once
    for name in FIRST_CHOICES:
        if name not in kept:
            form[name].data = form[name].default
    return form
