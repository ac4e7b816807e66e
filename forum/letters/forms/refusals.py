"""Refusals of letters and their files in words."""

from flask_babel import gettext as _

from forum.attachments.kinds import FORMATS_IN_WORDS, MAX_PIXELS, MEBIBYTE
from forum.core.formats import number
from forum.core.sentences import sentences

sentences(
    {
        "category_retired": lambda _facts: _("No new letters are filed under this subject any more. Please choose another one."),
        "length": lambda facts: _(
            "%(length)s characters. Between %(least)s and %(most)s fit.",
            length=number(facts["length"]),
            least=number(facts["least"]),
            most=number(facts["most"]),
        ),
        "not_confirmed": lambda _facts: _(
            "Please confirm your e-mail address first: we sent you a link. Your letter is kept as a draft until then."
        ),
        "too_many_letters": lambda facts: _(
            "You have sent %(most)s letters within a day, which is the most. Your letter is kept as a draft; please send it tomorrow.",
            most=facts["most"],
        ),
        "merchants_number": lambda facts: _("Name one to %(most)s businesses.", most=facts["most"]),
        "merchant_twice": lambda _facts: _("The same business stands here twice."),
        "bad_merchant_name": lambda _facts: _("This is not a name of a business."),
        "loss_range": lambda _facts: _("Please write whole rupiah in figures, such as 105.000."),
        "event_in_future": lambda _facts: _("This day has not come yet."),
        "already_sent": lambda _facts: _("This letter has been sent already."),
        "draft_too_long": lambda facts: _(
            "This is too long to be kept: at most %(most)s characters in all fields together.",
            most=number(facts["most"]),
        ),
        "too_many_drafts": lambda facts: _(
            "You have %(most)s drafts, which is the most. Please send or discard one under “My letters” first.",
            most=facts["most"],
        ),
        "revision_waiting": lambda _facts: _(
            "Your last change is still waiting for the editors. You can propose another one when they have decided."
        ),
        "unchanged": lambda _facts: _("Nothing is different from the published letter."),
        "too_many_updates": lambda facts: _("A letter has at most %(most)s updates.", most=facts["most"]),
        "reason_needed": lambda _facts: _("Please choose a reason."),
        "message_needed": lambda _facts: _("Please write some words to the person concerned."),
        "too_many_files": lambda facts: _("A letter has at most %(most)s files.", most=facts["most"]),
        "file_refused": lambda facts: _(
            "“%(name)s” cannot be taken. Please remove it, or choose another.", name=facts["name"]
        ),
        "too_many_bytes": lambda facts: _(
            "You have sent %(most)s MB of files today, which is the most. Please go on tomorrow.",
            most=facts["limit"] // MEBIBYTE,
        ),
        "infected": lambda _facts: _("The virus scanner found something harmful in this file, so it was not taken."),
        "empty": lambda _facts: _("This file is empty."),
        "too_big": lambda facts: _("This file is too big: at most %(most)s MB.", most=facts["limit"] // MEBIBYTE),
        "unknown_type": lambda _facts: _(
            "This is no picture or PDF that we can take (%(formats)s, PDF).", formats=FORMATS_IN_WORDS
        ),
        "video": lambda _facts: _(
            "This is a video, which we do not take. Please take a few screenshots of it, or put a link to it into your text."
        ),
        "audio": lambda _facts: _(
            "This is a sound recording, which we do not take. Please write down what was said, and who said it when."
        ),
        "bad_boxes": lambda _facts: _("An area to be covered lies outside of the file. Please draw it again."),
        "damaged": lambda _facts: _("This file cannot be opened; it seems to be damaged."),
        "too_many_pixels": lambda facts: _(
            "This picture has too many pixels: at most %(most)s megapixels. Please make it smaller.",
            most=facts.get("limit", MAX_PIXELS) // 1_000_000,
        ),
        "too_many_pages": lambda facts: _(
            "This PDF has %(pages)s pages; at most %(most)s fit.", pages=facts["pages"], most=facts["limit"]
        ),
        "encrypted": lambda _facts: _("This PDF is locked with a password. Please save it without one."),
        "took_too_long": lambda _facts: _("This file took too long to open. Please try again, or make it smaller."),
        "storage_away": lambda _facts: _("Files cannot be kept at the moment. Please try again in some minutes."),
        "storage_full": lambda _facts: _("There is no room for files at the moment. Please try again later."),
    }
)
