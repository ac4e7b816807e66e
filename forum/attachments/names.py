"""File names as people may download them: rebuilt, never taken over."""

import re
import unicodedata
from urllib.parse import quote

MAX_NAME_CHARACTERS = 100
MAX_NAME_BYTES = 200
NAMELESS = "lampiran"
EXTENSIONS = {"image/webp": ".webp", "image/jpeg": ".jpg", "application/pdf": ".pdf"}

FORBIDDEN = frozenset('\\/:*?"<>|')
LAST_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
WINDOWS_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~"


def safe_name(name: str, mime: str) -> str:
    """Rebuild a name for a stored file: NFC, one line, no path, control or bidi characters, the extension of its type.

    At most 100 characters and 200 bytes of UTF-8 with the extension; KeyError for a type that is never stored.
    """
    extension = EXTENSIONS[mime]
    stem = re.split(r"[\\/]", unicodedata.normalize("NFC", name[-1000:]))[-1]
    stem = "".join(" " if character.isspace() else character for character in stem)
    stem = "".join(character for character in stem if _is_plain(character))
    stem = LAST_EXTENSION.sub("", stem.strip())
    while stem.lower().endswith(extension):
        stem = stem[: -len(extension)]
    stem = " ".join(stem.split()).strip(". ")
    if WINDOWS_DEVICE.fullmatch(stem):
        stem = f"_{stem}"
    stem = stem[: MAX_NAME_CHARACTERS - len(extension)]
    stem = stem.encode()[: MAX_NAME_BYTES - len(extension)].decode(errors="ignore").rstrip(". ")
    return (stem or NAMELESS) + extension


def content_disposition(name: str, *, inline: bool) -> str:
    """Return the header value that names a download, with an ASCII fallback (RFC 6266, RFC 8187)."""
    kind = "inline" if inline else "attachment"
    name = "".join(character for character in name if _is_plain(character)) or NAMELESS
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace("%", "_")
    plain = "".join(character for character in plain if _is_plain(character)).strip()
    if not plain or plain.startswith("."):
        plain = NAMELESS + plain
    value = f'{kind}; filename="{plain}"'
    return value if plain == name else f"{value}; filename*=UTF-8''{quote(name, safe=ATTRIBUTE_CHARACTERS)}"


def _is_plain(character: str) -> bool:
    return character not in FORBIDDEN and unicodedata.category(character) not in {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
        "Zl",
        "Zp",
    }
