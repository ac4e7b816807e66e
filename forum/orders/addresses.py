"""What an address that an authority names is on this site: letter, comment, response, right of reply or file."""

import re
from typing import Final
from urllib.parse import urlsplit

from forum.moderation.lifecycle import ThingKind

ANCHORS: Final = {"c": ThingKind.COMMENT, "response-": ThingKind.RESPONSE, "reply-": ThingKind.REPLY}
ANCHOR: Final = re.compile(r"(c|response-|reply-)(\d{1,15})")
LETTER: Final = re.compile(r"(?:/[a-z]{2})?/letters/(\d{1,15})(?:[-/].*)?")
COMMENT: Final = re.compile(r"/comments/(\d{1,15})")
FILE: Final = re.compile(r"/files/([\w-]{20,43})/.*")


def named(address: str, site_url: str) -> tuple[ThingKind, int] | str | None:
    """Return kind and number of what an address names, the token of a file, or None when it is nothing of this site."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return None
    if (host and host != urlsplit(site_url).hostname) or (parts.scheme and parts.scheme not in {"http", "https"}):
        return None
    if (found := ANCHOR.fullmatch(parts.fragment)) and LETTER.fullmatch(parts.path):
        return ANCHORS[found[1]], int(found[2])
    if found := COMMENT.fullmatch(parts.path):
        return ThingKind.COMMENT, int(found[1])
    if found := FILE.fullmatch(parts.path):
        return found[1]
    if found := LETTER.fullmatch(parts.path):
        return ThingKind.LETTER, int(found[1])
    return None
