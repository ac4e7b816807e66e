"""A pack as PDF: a letter to the competent body on top, then everything it rests on."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from forum.config import settings
from forum.core import formats
from forum.core.clock import ClockState
from forum.handover.content import Asked, Contents, Said
from forum.handover.paper_clock import clock_part
from forum.handover.sheet import ACCENT, LEADING, MARGIN, RED, SMALL, SOFT, WIDTH, Sheet
from forum.handover.words import ground_words, promise_words


def paper(pack: Contents) -> bytes:
    """Return the PDF in the present language; the same contents give the same bytes."""
    site = settings().site_name
    sheet = Sheet(
        site, pack.label, pack.made_at, _("Made on %(date)s at %(site)s", date=formats.moment(pack.made_at), site=site)
    )
    sheet.set_title(sheet.plain(f"{pack.label} · {pack.title}"))
    sheet.set_author(sheet.plain(pack.byline))
    sheet.set_creator(sheet.plain(site))
    sheet.set_lang("en" if pack.language.startswith("en") else "id-ID")
    for part in PARTS:
        part(sheet, pack)
    return bytes(sheet.output())


def _cover(sheet: Sheet, pack: Contents) -> None:
    sheet.words(_("Consumer complaint: hand-over pack"), 20, "B", after=1)
    sheet.words(
        _("No. %(label)s · %(date)s", label=pack.label, date=formats.day(pack.made_at)), 10.5, "", SOFT, after=4
    )
    body = pack.body
    if body is not None:
        sheet.words(_("To"), SMALL, "", SOFT, after=0)
        sheet.words(body.name, 11.5, "B", after=0)
        sheet.words("\n".join(part for part in (body.address, body.url) if part), 9.5, "", SOFT, after=4)
    late = pack.clock.state in {ClockState.LATE, ClockState.VERY_LATE}
    sheet.stamp(ground_words(pack.ground, pack.clock), RED if late else ACCENT)
    sheet.words(
        _(
            "I, %(author)s, hand over this complaint about %(business)s. It was published on %(date)s and stands at the address "
            "below with everything that was said since. What follows is what the site keeps of it, with dates, so that it can "
            "be checked.",
            author=pack.author,
            business=pack.business,
            date=formats.day(pack.published_at),
        )
    )
    sheet.facts(
        (
            (_("Letter"), pack.title),
            (_("Address"), pack.address),
            (_("Business"), pack.business),
            (_("Category"), pack.category),
            (_("Kind"), pack.kind),
            (_("Written as"), pack.writes_as),
            (_("Place"), pack.place),
            (_("Date of the event"), formats.day(pack.event_on)),
            (_("Loss"), formats.rupiah(pack.loss)),
            (_("What I ask for"), pack.ask),
            (_("Outcome, as I say"), pack.outcome + (f", {formats.day(pack.outcome_at)}" if pack.outcome_at else "")),
        )
    )
    sheet.facts(
        (
            (
                _("Working days used"),
                _("%(used)s, %(allowed)s were allowed", used=pack.clock.used, allowed=pack.clock.answer),
            ),
            (_("Last day in time"), formats.day(pack.clock.due)),
            (_("Very late from"), formats.day(pack.clock.very_late_from)),
            (_("Official responses"), str(len(pack.responses)) if pack.responses else _("none")),
            (_("Questions to me"), str(len(pack.questions)) if pack.questions else _("none")),
            (_("Files of mine"), str(len(pack.evidence)) if pack.evidence else _("none")),
        )
    )
    if pack.details:
        sheet.heading(_("Private details, not public"), level=3)
        sheet.facts(pack.details)
    if body is not None and body.first:
        sheet.heading(_("What this body wants first"), level=3)
        sheet.words(body.first, 9.5, "", SOFT)


def _letter(sheet: Sheet, pack: Contents) -> None:
    sheet.heading(_("The letter"))
    for version in reversed(pack.versions):
        newest = version.number == len(pack.versions)
        name = _("Version %(number)s", number=version.number)
        if newest and len(pack.versions) > 1:
            name = _("Version %(number)s, the present one", number=version.number)
        sheet.words(f"{name} · {formats.moment(version.at)}", SMALL, "", SOFT, after=0.6)
        sheet.words(version.title, 11.5, "B", after=1.4)
        if version.why:
            sheet.words(_("Reason for the change: %(why)s", why=version.why), 9.5, "", SOFT)
        sheet.words(version.text, after=4)
    sheet.words(f"{pack.byline}{', ' + pack.place if pack.place else ''}", 9.5, "", SOFT)
    for at, text in pack.updates:
        sheet.heading(_("My update of %(date)s", date=formats.moment(at)), level=3)
        sheet.words(text)


def _responses(sheet: Sheet, pack: Contents) -> None:
    sheet.heading(_("What the business said"))
    if not pack.responses:
        sheet.words(
            _("%(business)s has given no official response up to the making of this pack.", business=pack.business)
        )
    for said in pack.responses:
        _response(sheet, said)


def _response(sheet: Sheet, said: Said) -> None:
    sheet.heading(
        _("Official response no. %(number)s, %(date)s", number=said.number, date=formats.moment(said.at)), level=3
    )
    if said.hidden_at is not None:
        sheet.words(
            _(
                "The moderators hid this response on %(date)s; its words are not handed over.",
                date=formats.day(said.hidden_at),
            ),
            9.5,
            "",
            RED,
        )
        return
    sheet.words(f"{said.signatory}, {said.job_title} · {said.proof}", 9.5, "", SOFT, after=1)
    sheet.facts(
        (
            (_("What was done"), said.remedy),
            (_("Promise"), said.promise),
            (_("Amount"), formats.rupiah(said.promise_amount)),
            (_("Promised for"), formats.day(said.promise_due)),
            (_("The promise is"), promise_words(said.promise_state)),
        )
    )
    if not said.counts:
        sheet.words(
            ngettext(
                "The same text went to %(num)d letter; it does not count as an answer.",
                "The same text went to %(num)d letters; it does not count as an answer.",
                said.copies,
            ),
            9.5,
            "",
            RED,
        )
    sheet.words(said.text)


def _questions(sheet: Sheet, pack: Contents) -> None:
    if pack.questions:
        sheet.heading(_("Questions of the business and my answers"))
    for asked in pack.questions:
        _question(sheet, asked)


def _question(sheet: Sheet, asked: Asked) -> None:
    sheet.heading(_("Question %(number)s, %(date)s", number=asked.number, date=formats.moment(asked.at)), level=3)
    sheet.words(asked.text)
    if not asked.stops:
        sheet.words(
            ngettext(
                "The same words went to %(num)d letter: this question did not stop the clock.",
                "The same words went to %(num)d letters: this question did not stop the clock.",
                asked.copies,
            ),
            9.5,
            "",
            RED,
        )
    if asked.answer:
        sheet.words(_("My answer, %(date)s", date=formats.moment(asked.ended_at)), SMALL, "", SOFT, after=0.4)
        sheet.words(asked.answer)
    else:
        sheet.words(
            _("Not answered; closed on %(date)s.", date=formats.day(asked.ended_at))
            if asked.ended_at
            else _("Not answered yet."),
            9.5,
            "",
            SOFT,
        )


def _journey(sheet: Sheet, pack: Contents) -> None:
    sheet.heading(_("The journey of this letter"))
    for at, words in pack.steps:
        sheet.row((formats.moment(at), words), (62, WIDTH - 62), soft_first=True)


def _evidence(sheet: Sheet, pack: Contents) -> None:
    sheet.heading(_("Evidence"))
    if not pack.evidence:
        sheet.words(_("No files were sent with the letter."))
        return
    sheet.words(
        _(
            "Each file is in the ZIP under its number. SHA-256 is the fingerprint of the file: one changed bit gives another."
        ),
        9.5,
        "",
        SOFT,
    )
    for one in pack.evidence:
        parts = [one.name, one.kind, one.size_words, one.audience]
        if one.hidden:
            parts.append(_("hidden by the moderators"))
        sheet.row(
            (f"{one.number:02d}", " · ".join(parts)),
            (10, WIDTH - 10),
            bold=True,
        )
        if one.checked:
            sheet.row(("", one.checked), (10, WIDTH - 10), size=9)
        sheet.row(("", _("SHA-256 of this file: %(hash)s", hash=one.sha256)), (10, WIDTH - 10), size=7.5)
        sheet.row(
            ("", _("SHA-256 as it was sent: %(hash)s", hash=one.original_sha256)),
            (10, WIDTH - 10),
            size=7.5,
            colour=SOFT,
        )
        sheet.ln(1)


def _end(sheet: Sheet, pack: Contents) -> None:
    sheet.heading(_("About this pack"))
    sheet.words(
        _(
            "%(site)s publishes letters of consumers after a moderator has read them; it is no party and no judge. The author "
            "answers for the letter. Words in [brackets] are characters that this paper cannot draw; the ZIP holds every text "
            "whole. The public page may have gone on since: %(address)s",
            site=settings().site_name,
            address=pack.address,
        ),
        9.5,
        "",
        SOFT,
        after=10,
    )
    if sheet.will_page_break(34):
        sheet.add_page()
    sheet.words(f"{pack.place.split(',')[0] if pack.place else '……………'}, ……………………………", after=16)
    sheet.set_x(MARGIN)
    sheet.words(f"({pack.author})", after=0)
    sheet.ln(LEADING)


PARTS: tuple[Callable[[Sheet, Contents], None], ...] = (
    _cover,
    _letter,
    _responses,
    _questions,
    _evidence,
    clock_part,
    _journey,
    _end,
)
