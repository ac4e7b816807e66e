"""What machines read of a letter's page (schema.org), from nothing but the text that everybody reads."""

from typing import Any

from forum.core.templating import absolute
from forum.core.text import excerpt
from forum.letters.models import Letter

MOST_TEXT_CHARACTERS = 500


def linked_data(letter: Letter, body: dict[str, Any], address: str) -> dict[str, Any]:
    """Return the letter as a schema.org DiscussionForumPosting, for `application/ld+json`."""
    data = {
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "@id": absolute(address),
        "url": absolute(address),
        "headline": letter.title,
        "text": excerpt(letter.text, MOST_TEXT_CHARACTERS),
        "inLanguage": "id",
        "author": {"@type": "Person", "name": letter.byline},
        "about": [{"@type": "Organization", "name": merchant["name"]} for merchant in body["merchants"]],
        "commentCount": letter.comment_count,
    }
    if letter.contested_at:
        data["creativeWorkStatus"] = "Contested"
    if letter.published_at:
        data["datePublished"] = letter.published_at.isoformat(timespec="seconds")
    if letter.revised_at:
        data["dateModified"] = letter.revised_at.isoformat(timespec="seconds")
    return data
