"""Answering without an account, by the link in a mail. Opening it shows a button, since programs open links as well.

The address carries its own proof: no session is asked, none is made, and requests from elsewhere can do nothing without it.
"""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response as Answer

from forum.accounts.models import Guest
from forum.attachments import actions as attachment_actions
from forum.attachments import queries as attachments
from forum.attachments.kinds import VARIANTS, Variant
from forum.attachments.models import Attachment, FileAudience
from forum.attachments.serving import answer
from forum.attachments.words import audience_words
from forum.core import limits
from forum.core.errors import DomainError, Gone, Missing
from forum.core.events import Role
from forum.core.forms import without_nul
from forum.core.web import open_to_others, remote_address
from forum.letters import files as letter_files
from forum.letters import policy as letters
from forum.letters.models import Letter
from forum.responses import actions, policy, queries
from forum.responses.actions.alike import sketch_of
from forum.responses.actions.drafts import KEPT_FIELDS
from forum.responses.actions.mailed import LINK_LIFE
from forum.responses.forms import ResponseForm
from forum.responses.guard import GuardStopped
from forum.responses.queries.mailed import Mailed, mailed, response_by
from forum.responses.views import bp
from forum.responses.views.answers import letter_url
from forum.responses.views.checked import checked, explain_guard, is_uniform, mask, previews

GONE = 410
PAGES = {"responses.mailed", "responses.open_mailed", "responses.save_mailed", "responses.mailed_file"}
CLOSED = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow, noarchive", "Cache-Control": "no-store"}


@bp.after_request
def tell_nobody_the_address(response: Response) -> Response:
    """Keep the address of a mailed link to itself: no Referer, no index, no cache."""
    if request.endpoint in PAGES:
        response.headers.update(CLOSED)
    return response


@bp.route("/answer/<token>", methods=["GET", "POST"], endpoint="mailed")
@open_to_others
def respond_by_link(token: str) -> ResponseReturnValue:
    """The letter and the form for its response; before the button was pressed only what the mail itself told."""
    found = _found(token)
    if found is None:
        return _over(None)
    if found.over is None and found.link.opened_at is None:
        return render_template("responses/mailed_door.html", **_facts(token, found))
    if request.method == "POST":
        return _send(token, found)
    if found.over is not None:
        return _over(found)
    form = ResponseForm(endpoint="responses.mailed", kept=found.link, seen=found.case.version)
    form.now_at(found.case.version)
    return _page(token, found, form)


@bp.route("/answer/<token>/open", methods=["POST"])
@open_to_others
def open_mailed(token: str) -> ResponseReturnValue:
    """The button of the door: a person is there, so the letter counts as opened."""
    found = _found(token)
    if found is None:
        return _over(None)
    try:
        actions.open_link(found.link)
    except Gone:
        return _over(_found(token))
    return redirect(url_for("responses.mailed", token=token))


@bp.route("/answer/<token>/draft", methods=["POST"])
@open_to_others
def save_mailed(token: str) -> ResponseReturnValue:
    """Keep what is being typed, sealed, under the link."""
    found = _found(token)
    if found is None:
        return jsonify(problem=GONE), GONE
    limits.allow("answer-save", found.link.token_hash)
    saved = actions.keep_words(found.link, ResponseForm(endpoint="responses.save_mailed").typed())
    return jsonify(saved=saved.isoformat() if saved else None)


@bp.route(f"/answer/<token>/files/<int:file_id>/<any({VARIANTS}):variant>", methods=["GET"])
def mailed_file(token: str, file_id: int, variant: str) -> Answer:
    """A file that the author showed to the business, for an address that is proved to be the business's."""
    found = _found(token)
    if found is None or found.over is not None or not found.insider or found.link.opened_at is None:
        raise Missing
    file = next((one for one in _shown_files(found) if one.id == file_id), None)
    if file is None:
        raise Missing
    case = found.case
    if request.method != "HEAD" and not letters.is_for_everybody(file, case.letter):
        attachment_actions.note_opening(
            file, by=None, role=Role.BUSINESS, variant=variant, merchant_id=case.merchant_id, case_id=case.id
        )
    return answer(file, Variant(variant), everybody=False)


def _found(token: str) -> Mailed | None:
    """What the link opens, None for no link of ours; who guesses too often is stopped before anything is looked up."""
    who = remote_address()
    limits.refuse_reached("answer-guess", who)
    found = mailed(token)
    if found is None:
        limits.count("answer-guess", who)
    return found


def _send(token: str, found: Mailed) -> ResponseReturnValue:
    form = ResponseForm(endpoint="responses.mailed", seen=found.case.version)
    typed = {**form.typed(), "corrects": []}
    if found.over is None and request.form.get("do") == "mask":
        mask(found.case, form, proven=found.insider)
        typed = {**form.typed(), "corrects": []}
    elif found.over is None and form.validate_on_submit():
        try:
            limits.allow("answer-send", found.link.token_hash)
            done = _publish(token, found, form, typed)
            if done is not None:
                return done
        except GuardStopped as problem:
            explain_guard(form, problem)
        except DomainError as problem:
            form.explain(problem)
    actions.keep_words(found.link, typed)
    again = _found(token)
    if again is None or again.over is not None:
        return _over(again, typed)
    return _page(token, again, form)


def _publish(token: str, found: Mailed, form: ResponseForm, typed: dict[str, list[str]]) -> ResponseReturnValue | None:
    """Send the response, unless a preview is asked for or the writer has to hear first that many letters got these words; then None."""
    words = replace(form.words, corrects=None)
    if is_uniform(found.case, form, sketch_of(found.case.letter, words.text, words.signatory)) or previews():
        actions.check(found.case, words, proven=found.insider)
        return None
    response = actions.answer_by_link(
        found.link,
        words,
        fields=typed,
        seen=form.seen.data,
        once=form.once.data,
        sent_from=remote_address(),
    )
    return _sent(token, None if response is None else response.id)


def _sent(token: str, response_id: int | None) -> ResponseReturnValue:
    if response_id is None:
        return redirect(url_for("responses.mailed", token=token))
    found = mailed(token)
    flash(_("Your response is published."), "success")
    place = url_for("pages.home") if found is None else letter_url(found.case).split("#")[0]
    return redirect(f"{place}#response-{response_id}")


def _page(token: str, found: Mailed, form: ResponseForm) -> ResponseReturnValue:
    view = queries.case_view(Guest(), found.case)
    if found.insider:
        view = replace(view, details=dict(found.case.details or {}))
    return render_template(
        "responses/mailed.html",
        form=form,
        case_view=view,
        files=_tiles(token, found),
        **checked(found.case, form, []),
        **_facts(token, found),
    )


def _facts(token: str, found: Mailed) -> dict[str, Any]:
    """What the door and the form show; of the letter only what everybody may read."""
    return {
        "token": token,
        "mailed": found,
        "letter": found.case.letter,
        "merchant": found.case.merchant,
        "letter_url": letter_url(found.case),
        "clock_view": queries.case_view(Guest(), found.case),
        "days": LINK_LIFE.days,
    }


def _over(found: Mailed | None, typed: dict[str, list[str]] | None = None) -> ResponseReturnValue:
    """The page of a link that opens no form: why, what was typed, and the ordinary way."""
    words: dict[str, list[str]] = {}
    if found is not None and found.over is not policy.Over.ENDED:
        words = found.link.fields or {}
    known = _as_asked(words)
    sent = known if typed is None else _as_asked(typed)
    readable = found is not None and not policy.is_gone(found.case.letter)
    page = render_template(
        "responses/mailed_over.html",
        over=None if found is None else found.over,
        link=None if found is None else found.link,
        letter=found.case.letter if found is not None and readable else None,
        merchant=None if found is None else found.case.merchant,
        letter_url=letter_url(found.case) if found is not None and readable else None,
        response_id=None if found is None else response_by(found.link),
        words=known,
        unsent=[] if sent == known else sent,
    )
    waits = found is not None and found.over is policy.Over.WAITING
    return page, 200 if waits else GONE


def _as_asked(typed: dict[str, list[str]]) -> list[tuple[str, str]]:
    """What was typed under the labels of the form; what was chosen in the words of the choice."""
    form, said = ResponseForm(endpoint="responses.mailed"), []
    for name in KEPT_FIELDS:
        value = without_nul("".join(typed.get(name, [])[:1])).strip()
        if value and name != "corrects":
            choices = {choice.value: choice.label for choice in getattr(form[name], "choices", None) or ()}
            said.append((form[name].label.text, str(choices.get(value, value))))
    return said


def _shown_files(found: Mailed) -> list[Any]:
    """The files that the business may see, in their order; what moderators hid or keep is none of them."""
    return [
        file
        for file in attachments.of_letter(found.case.letter_id)
        if letters.is_shown_to_business(file, found.case)
    ]


def _tiles(token: str, found: Mailed) -> list[dict[str, Any]]:
    letter: Letter = found.case.letter
    tiles = letter_files.tiles(Guest(), letter)
    if not found.insider:
        return tiles
    shown = {file.id: file for file in _shown_files(found) if file.audience is FileAudience.BUSINESS}
    for tile in tiles:
        file = shown.get(tile["id"])
        if file is not None:
            tile.update(
                name=file.name,
                **letter_files.addresses(
                    file,
                    partial(_address, token, file),
                ),
                audience_words=audience_words(file.audience),
            )
    return tiles


def _address(token: str, file: Attachment, variant: Variant) -> str:
    return url_for("responses.mailed_file", token=token, file_id=file.id, variant=variant.value)
