"""Templates of a business: written and changed by its owners and agents, put into a draft, taken out of use."""

from flask_babel import force_locale
from sqlalchemy import func, select

from forum.accounts.models import User
from forum.config import settings
from forum.core import formats
from forum.core.access import ensure, ensure_fresh
from forum.core.clock import utcnow
from forum.core.db import db, lock, unit_of_work
from forum.core.errors import Invalid, NotAllowed
from forum.desk import policy
from forum.desk.actions.scrutiny import ensure_impersonal
from forum.desk.models import (
    MOST_TEMPLATES,
    TEMPLATE_CHARACTERS,
    TEMPLATE_NAME_CHARACTERS,
    ResponseTemplate,
    TemplateVersion,
)
from forum.letters.models import Case
from forum.responses.actions import save_draft
from forum.responses.actions.holding import guard_words, hold
from forum.responses.models import RESPONSE_CHARACTERS, ResponseDraft
from forum.responses.placeholders import fill


@unit_of_work
def add_template(merchant_id: int, *, by: User, name: str, text: str, once: str | None = None) -> ResponseTemplate:
    """Write a new template. Raises NotAllowed, Invalid at its field, or GuardStopped when it holds somebody's private detail."""
    if not policy.may_write_templates(by, merchant_id):
        raise NotAllowed
    if once is not None:
        known = db.session.scalar(
            select(ResponseTemplate).where(ResponseTemplate.merchant_id == merchant_id, ResponseTemplate.once == once)
        )
        if known is not None:
            return known
    _check(name, text)
    in_use = select(func.count(ResponseTemplate.id)).where(
        ResponseTemplate.merchant_id == merchant_id, ResponseTemplate.ended_at.is_(None)
    )
    if (db.session.scalar(in_use) or 0) >= MOST_TEMPLATES:
        raise Invalid("too_many_templates", most=MOST_TEMPLATES)
    ensure_impersonal(merchant_id, text=text, name=name)
    template = ResponseTemplate(
        merchant_id=merchant_id, name=name, text=text, version=1, used=0, once=once, changed_by_id=by.id
    )
    db.session.add(template)
    db.session.flush()
    _keep_version(template, by)
    return template


@unit_of_work
def change_template(template: ResponseTemplate, *, by: User, name: str, text: str, seen: int | None = None) -> None:
    """Give a template new words as its next version; the same words change nothing. Raises as `add_template`, or Stale."""
    lock(template)
    ensure(policy.may_use_template, by, template)
    if (template.name, template.text) == (name, text):
        return
    ensure_fresh(template, seen)
    _check(name, text)
    ensure_impersonal(template.merchant_id, text=text, name=name)
    template.name, template.text = name, text
    template.version += 1
    template.changed_by_id, template.changed_at = by.id, utcnow()
    _keep_version(template, by)


@unit_of_work
def end_template(template: ResponseTemplate, *, by: User) -> None:
    """Take a template out of use; its versions stay."""
    lock(template)
    ensure(policy.may_use_template, by, template)
    template.ended_at = utcnow()


@unit_of_work
def use_template(case: Case, template: ResponseTemplate, *, by: User) -> ResponseDraft:
    """Put a template, filled in with what is public of this case, into the person's draft, behind what stands there.

    Words that stand there already are not put in twice. Raises NotAllowed, Invalid("length") when it does not fit, or
    GuardStopped when the filled words hold something private of this case.
    """
    letter = hold(case)
    ensure(policy.may_respond, by, case)
    ensure(policy.may_use_template, by, template)
    if template.merchant_id != case.merchant_id:
        raise NotAllowed
    text = fill(template.text, values(case, by))
    guard_words(case, letter, text=text)
    draft = db.session.scalar(
        select(ResponseDraft).where(ResponseDraft.case_id == case.id, ResponseDraft.author_id == by.id)
    )
    fields = dict(draft.fields) if draft is not None else {"signatory": [by.name]}
    before = (fields.get("text") or [""])[0].strip()
    if draft is not None and text.strip() in before:
        return draft
    whole = f"{before}\n\n{text}" if before else text
    if len(whole) > RESPONSE_CHARACTERS[1]:
        raise Invalid("length", field="template", least=RESPONSE_CHARACTERS[0], most=RESPONSE_CHARACTERS[1])
    lock(template)
    template.used += 1
    return save_draft(case, by=by, fields={**fields, "text": [whole], "once": []})


def values(case: Case, by: User) -> dict[str, str]:
    """Return what the placeholders stand for: public things of the letter, and who signs; needs `case.letter` and `merchant`."""
    letter = case.letter
    with force_locale(settings().languages[0]):  # of the readers, not of whoever writes
        published = formats.day(letter.published_at)
    return {
        "judul": letter.title,
        "nomor_surat": str(letter.id),
        "byline": letter.byline,
        "tanggal": published,
        "nama_usaha": case.merchant.name,
        "penandatangan": by.name,
    }


def _check(name: str, text: str) -> None:
    for field, words, (least, most) in (
        ("name", name, TEMPLATE_NAME_CHARACTERS),
        ("text", text, TEMPLATE_CHARACTERS),
    ):
        if not least <= len(words) <= most:
            raise Invalid("length", field=field, least=least, most=most)


def _keep_version(template: ResponseTemplate, by: User) -> None:
    db.session.add(
        TemplateVersion(
            template_id=template.id, version=template.version, name=template.name, text=template.text, by_id=by.id
        )
    )
