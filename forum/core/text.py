"""What people type: cleaned when it arrives, turned into safe HTML when it is saved; nothing typed is ever "corrected"."""

import re
import unicodedata
from collections.abc import Iterator
from html import escape
from typing import Final
from urllib.parse import urlsplit

import bleach
import nh3
from linkify_it import LinkifyIt

from forum.core.lookalike import scripts

RENDERER: Final = 1
"""Version of the HTML that `render` makes; a stored fragment of another version is made again."""
MAX_LINKS: Final = 30
MAX_LINK_TRIES: Final = 300
MAX_LINK_CHARACTERS: Final = 2_000
MAX_NAME_CHARACTERS: Final = 100
MAX_SLUG_CHARACTERS: Final = 80
MAX_MARKS: Final = 30
"""Combining marks in a row that are kept: the limit of the Stream-Safe Text Format (Unicode UAX #15)."""

TAGS: Final = frozenset({"p", "br", "ul", "ol", "li", "blockquote", "a"})
LINK_REL: Final = "nofollow ugc noopener"
# A bare "nama.situs" becomes a link only under these, or "barang.ke toko" would.
_BARE_ENDINGS: Final = [
    "com",
    "net",
    "org",
    "id",
    "info",
    "biz",
    "co",
    "shop",
    "store",
    "online",
    "site",
    "app",
    "me",
    "ly",
]

_BREAKS = re.compile(r"\r\n?|\u0085|\u2028|\u2029")
_UNWANTED = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f"  # controls except tab and newline
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of what follows
    "\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064\u3164\uffa0\u2800\ufe00-\ufe0f]"
)
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_UNSEEN: Final = frozenset({"Cf", "Co"})  # formats and private code points: in no honest name
_QUOTE = re.compile(r">(?: (?P<text>.*)|$)")
_BULLET = re.compile(r" {0,3}- (?P<text>\S.*)")
_NUMBER = re.compile(r" {0,3}(?P<number>\d{1,3})\. (?P<text>\S.*)", re.ASCII)
_GAP = re.compile(r"(\s+)")
_MAYBE_LINK = re.compile(rf"https?://|www\.|\.(?:{'|'.join(_BARE_ENDINGS)})(?![a-z0-9])", re.IGNORECASE)
_LINKS = LinkifyIt(options={"fuzzy_email": False, "fuzzy_ip": False})
for _schema in ("ftp:", "//", "mailto:"):
    _LINKS.add(_schema, None)
_LINKS.tlds(_BARE_ENDINGS)


class BadText(ValueError):
    """Text that cannot be saved; `code` is empty, too_long, several_lines, two_alphabets or hidden_characters."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def clean(value: str) -> str:
    """Normalise typed text: LF line ends, NFC, no control or direction-turning characters.

    A lone surrogate becomes U+FFFD, for no database can store it; more than MAX_MARKS combining marks in a row are cut.
    Doing it twice changes nothing.
    """
    text = _BREAKS.sub("\n", value)
    text = _UNWANTED.sub("", text)
    if text.isascii():
        return text
    return _fewer_marks(unicodedata.normalize("NFC", _fewer_marks(_SURROGATE.sub("\ufffd", text))))


def one_line(value: str) -> str:
    """Clean a text and fold its white space: the words on one line."""
    return " ".join(clean(value).split())


def _fewer_marks(text: str) -> str:
    """Cut long rows of combining marks: they overprint the page and make normalisation quadratic."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def plain_name(value: str, *, one_script: bool = True) -> str:
    """The name of a person or business on one line, without invisible characters and doubled spaces.

    Raises BadText: empty (no letter or digit in it), too_long (over MAX_NAME_CHARACTERS), several_lines, hidden_characters
    (something that turns the direction of what follows, or that no eye sees), two_alphabets (letters of more than one script,
    which pass for somebody else's name; see `core.lookalike`). Without `one_script` each word may have its own.
    """
    name = clean(value).strip()
    if "\n" in name:
        raise BadText("several_lines")
    name = " ".join(_INVISIBLE.sub("", name).split())
    if not any(character.isalnum() for character in name):
        raise BadText("empty")
    if _TURNING.search(value) or any(unicodedata.category(one) in _UNSEEN for one in name):
        raise BadText("hidden_characters")
    if len(name) > MAX_NAME_CHARACTERS:
        raise BadText("too_long")
    if any(len(scripts(part)) > 1 for part in ([name] if one_script else name.split())):
        raise BadText("two_alphabets")
    return name


def seen_words(text: str) -> list[str]:
    """The words of a text as the eye takes them: no accents, no case, no signs; letters that stand alone are one word."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("\u0131", "i")
    words = re.findall(r"[^\W\d_]+", "".join(one for one in plain if not unicodedata.combining(one)))
    return ["".join(words)] if words and max(map(len, words)) == 1 else words


def initials(name: str) -> str:
    """A name as initials: "Maria Febrina" is "M. F.", "Lina" is "L."; degrees after a comma do not count."""
    words = name.split(",", maxsplit=1)[0].split() or name.split()
    firsts = [next((character for character in word if character.isalnum()), "") for word in words]
    return " ".join(f"{first.upper()}." for first in firsts if first)


def slug(text: str) -> str:
    """The text as the readable end of an address: ASCII, hyphens, at most MAX_SLUG_CHARACTERS cut at a word, never empty."""
    plain = unicodedata.normalize("NFKD", clean(text)).encode("ascii", "ignore").decode().lower()
    joined = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(joined) > MAX_SLUG_CHARACTERS:
        head = joined[: MAX_SLUG_CHARACTERS + 1]
        joined = head.rpartition("-")[0] or joined[:MAX_SLUG_CHARACTERS]
    return joined or "surat"


def excerpt(text: str, length: int = 220) -> str:
    """The beginning of a text on one line, at most `length` characters, cut at a word with an ellipsis; not HTML."""
    joined = " ".join(text[: length * 4].split())
    if len(joined) <= length and len(text) <= length * 4:
        return joined
    head = joined[:length]
    if len(joined) > length and not joined[length].isspace():
        head = head.rpartition(" ")[0] or head[: length - 1]
    return head[: length - 1].rstrip(" ,;:-") + "…"


def render(text: str) -> str:
    """Safe HTML of plain text: paragraphs, line breaks, lists, one level of quotes, at most MAX_LINKS links.

    We build the HTML from escaped text; bleach checks it against a short list, and nh3, which still gets security
    fixes, has the last word (docs/adr: text pipeline).
    """
    built = "".join(_blocks(clean(text).split("\n"), _Linker()))
    checked = bleach.clean(
        built, tags=TAGS, attributes={"a": ["href", "rel"], "ol": ["start"]}, protocols={"http", "https"}, strip=True
    )
    return nh3.clean(
        checked,
        tags=set(TAGS),
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https"},
        link_rel=LINK_REL,
    )


class _Linker:
    """Escapes text and links its addresses, counting links and tries so that the work has an end."""

    def __init__(self) -> None:
        self.links = 0
        self.tries = 0

    def line(self, line: str) -> str:
        return "".join(self._word(word) for word in _GAP.split(line)) if _MAYBE_LINK.search(line) else escape(line)

    def _word(self, word: str) -> str:
        if self.links >= MAX_LINKS or self.tries >= MAX_LINK_TRIES or len(word) > MAX_LINK_CHARACTERS:
            return escape(word)
        if not _MAYBE_LINK.search(word):
            return escape(word)
        self.tries += 1
        parts: list[str] = []
        end = 0
        for found in _LINKS.match(word) or ():
            address = _address(found.url, bare=not found.schema)
            if address is None or self.links >= MAX_LINKS:
                continue
            self.links += 1
            parts.append(escape(word[end : found.index]))
            parts.append(f'<a href="{escape(address)}" rel="{LINK_REL}">{escape(found.raw)}</a>')
            end = found.last_index
        return "".join([*parts, escape(word[end:])])


def _address(url: str, *, bare: bool) -> str | None:
    """The address to link to, or None when it must not be one: a name and password in it, or no host with a dot."""
    if bare:
        url = "https://" + url.partition("://")[2]
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or not host or "." not in host:
        return None
    return url


def _blocks(lines: list[str], linker: _Linker) -> Iterator[str]:
    """The blocks of the text in order; a line that is not clearly a list or a quote stays as typed."""
    paragraph: list[str] = []
    at = 0
    while at < len(lines):
        block, size = _list_or_quote(lines, at, linker)
        if block or not lines[at].strip():
            yield from _paragraph(paragraph)
            paragraph = []
            if block:
                yield block
        else:
            paragraph.append(linker.line(lines[at]))
        at += size
    yield from _paragraph(paragraph)


def _paragraph(lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"<p>{'<br>'.join(lines)}</p>"


def _list_or_quote(lines: list[str], at: int, linker: _Linker) -> tuple[str, int]:
    """The list or quote that begins at this line and its number of lines, or an empty string and 1."""
    if lines[at].startswith(">"):
        return _quote(lines, at, linker)
    items: list[str] = []
    first = 0
    if _BULLET.fullmatch(lines[at]):
        while at + len(items) < len(lines) and (hit := _BULLET.fullmatch(lines[at + len(items)])):
            items.append(hit["text"])
        opening, closing = "<ul>", "</ul>"
    else:
        while at + len(items) < len(lines) and (hit := _NUMBER.fullmatch(lines[at + len(items)])):
            first = first if items else int(hit["number"])
            if int(hit["number"]) != first + len(items):
                break
            items.append(hit["text"])
        opening, closing = ("<ol>" if first == 1 else f'<ol start="{first}">'), "</ol>"
    if len(items) < 2:
        return "", 1
    return opening + "".join(f"<li>{linker.line(item)}</li>" for item in items) + closing, len(items)


def _quote(lines: list[str], at: int, linker: _Linker) -> tuple[str, int]:
    """A quote of one level; "> 3 hari" alone is "more than three days", not a quote."""
    opening = _QUOTE.fullmatch(lines[at])
    if not opening or not (opening["text"] or "").strip():
        return "", 1
    quoted: list[str] = []
    while at + len(quoted) < len(lines) and (hit := _QUOTE.fullmatch(lines[at + len(quoted)])):
        quoted.append(hit["text"] or "")
    if len(quoted) == 1 and quoted[0].lstrip()[0].isdigit():
        return "", 1
    paragraphs: list[str] = []
    current: list[str] = []
    for line in [*quoted, ""]:
        if line.strip():
            current.append(linker.line(line))
        else:
            paragraphs.extend(_paragraph(current))
            current = []
    return f"<blockquote>{''.join(paragraphs)}</blockquote>", len(quoted)
