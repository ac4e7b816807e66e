"""Files that are two things, that are cut, bent, misnamed, or nothing that is taken."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

from tests.attachments import hostile
from tests.attachments.hostile import encoded, noise, quarters
from tests.attachments.hostile_case import ANY, MADE, MARK, Case, case
from tests.attachments.hostile_pictures import SCRIPT, avif, jpeg_with, segment

ISO = b"\0\0\0\x20ftyp"


def screen():
    return noise(120, 90)


@cache
def sound(name: str) -> bytes:
    """One file of each kind that is taken, with nothing wrong in it."""
    return MAKERS[name]()


MAKERS: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: encoded(screen(), "JPEG", quality=80),
    "progressive": lambda: encoded(screen(), "JPEG", progressive=True),
    "png": lambda: encoded(screen(), "PNG"),
    "palette": lambda: encoded(screen().quantize(32), "PNG"),
    "webp": lambda: encoded(screen(), "WEBP"),
    "lossless": lambda: encoded(screen(), "WEBP", lossless=True),
    "gif": lambda: encoded(screen().quantize(64), "GIF"),
    "heic": lambda: hostile.HEIC,
    "avif": lambda: encoded(screen(), "AVIF", speed=10),
    "pdf": lambda: hostile.pdf(3),
}


def archive(name: str, body: bytes = MARK) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, body)
    return out.getvalue()


def cut(name: str, share: float) -> bytes:
    data = sound(name)
    return data[: int(len(data) * share)]


def bent(name: str, seed: int) -> bytes:
    """The file with one byte in fifty changed, its first twelve kept."""
    dice, data = random.Random(f"{name}{seed}"), bytearray(sound(name))
    for _ in range(max(1, len(data) // 50)):
        data[dice.randrange(12, len(data))] = dice.randrange(256)
    return bytes(data)


def bent_once(name: str, seed: int) -> bytes:
    dice, data = random.Random(f"{name}-{seed}"), bytearray(sound(name))
    data[dice.randrange(12, min(len(data), 400))] ^= 1 << dice.randrange(8)
    return bytes(data)


CERTAINLY_DAMAGED = {"jpeg", "png", "palette", "webp", "lossless", "heic", "avif", "pdf"}
CUT = [
    case(f"{name} cut at {share:.0%}", lambda name=name, share=share: cut(name, share), *({"damaged"} if name in CERTAINLY_DAMAGED and share < 0.9 else ANY))
    for name in MAKERS
    for share in (0.1, 0.5, 0.9, 0.99)
]  # fmt: skip
BENT = [
    Case(f"{name} bent, {seed}", lambda name=name, seed=seed: bent(name, seed)) for name in MAKERS for seed in (1, 2)
]
BENT += [
    Case(f"{name} bent once, {seed}", lambda name=name, seed=seed: bent_once(name, seed))
    for name in MAKERS
    for seed in (1, 2, 3)
]

TAILS = {"zip": archive("META-INF/MANIFEST.MF"), "html": b"<html>" + SCRIPT, "script": b"*/='" + MARK + b"';alert(1)//"}
POLYGLOTS = [
    case(f"{name} and {tail} behind it", lambda name=name, tail=tail: sound(name) + TAILS[tail], MADE, *(["damaged"] if name == "pdf" else []))
    for name in ("jpeg", "png", "webp", "gif", "heic", "avif", "pdf")
    for tail in TAILS
]  # fmt: skip
POLYGLOTS += [
    case("gif that is a script", lambda: b"GIF89a/*" + sound("gif")[8:] + b"*/=1;document.title='" + MARK + b"';"),
    case("jpeg that is a script", lambda: jpeg_with(segment(0xFE, b"*/='" + MARK + b"';alert(1);/*")), MADE),
    case("jpeg that is a page", lambda: jpeg_with(segment(0xFE, b"--><html><body>" + SCRIPT + b"<!--")), MADE),
    case("jpeg that is a PHAR", lambda: jpeg_with(segment(0xFE, b"<?php __HALT_COMPILER(); ?>" + MARK)), MADE),
    case("pdf that is a page", lambda: hostile.pdf().replace(b"%PDF-", b"%PDF-1.4 " + SCRIPT + b"\n%", 1)),
    case("zip that begins as a jpeg", lambda: b"\xff\xd8\xff\xe0" + archive("a.html", SCRIPT), "damaged"),
    case("page that begins as a jpeg", lambda: b"\xff\xd8\xff\xe0" + SCRIPT, "damaged"),
    case("page that begins as a png", lambda: b"\x89PNG\r\n\x1a\n" + SCRIPT, "damaged"),
    case("page that begins as a gif", lambda: b"GIF89a" + SCRIPT, "damaged"),
    case("page that begins as a webp", lambda: b"RIFF\0\0\0\0WEBP" + SCRIPT, "damaged"),
    case("page that begins as a heic", lambda: ISO + b"heic" + SCRIPT, "damaged"),
    case("page that begins as an avif", lambda: ISO + b"avif" + SCRIPT, "damaged"),
    case("page that begins as a pdf", lambda: b"%PDF-1.7\n" + SCRIPT + b"\n%%EOF", "damaged"),
    case("mif1 with avif inside", lambda: avif().replace(b"ftypavif", b"ftypmif1", 1), MADE),
    case("heic that says avif", lambda: hostile.HEIC.replace(b"ftypheic", b"ftypavif", 1), "damaged", MADE),
    case("avif that says heic", lambda: avif().replace(b"ftypavif", b"ftypheic", 1), "damaged", MADE),
    case("png that says webp", lambda: b"RIFF\0\0\0\0WEBP" + sound("png"), "damaged"),
]

NOT_TAKEN: dict[str, bytes] = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg with a script": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "svg behind its XML": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "svg with entities": b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">]><svg>&a;</svg>',
    "svg packed": b"\x1f\x8b\x08\0" + zlib.compress(b"<svg onload='alert(1)'/>"),
    "html": b"<!doctype html>" + SCRIPT,
    "html behind blanks": b"\n\n  \t<html>" + SCRIPT,
    "html behind a byte order mark": b"\xef\xbb\xbf<script>alert(1)</script>",
    "html in UTF-16": "\ufeff<script>alert(1)</script>".encode("utf-16-le"),
    "html in UTF-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
    "mhtml": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + SCRIPT,
    "script": b"alert(1)",
    "php": b"<?php system($_GET[0]); ?>",
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "windows program": b"MZ\x90\0" + bytes(200),
    "linux program": b"\x7fELF\2\1\1" + bytes(200),
    "java class": b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(50),
    "zip": archive("a.html", SCRIPT),
    "word": archive("word/document.xml"),
    "excel": archive("xl/workbook.xml"),
    "epub": archive("mimetype", b"application/epub+zip"),
    "apk": archive("AndroidManifest.xml"),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "rtf": b"{\\rtf1\\ansi " + MARK + b"}",
    "rar": b"Rar!\x1a\x07\0" + bytes(50),
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
    "tar": bytes(257) + b"ustar" + bytes(250),
    "postscript": b"%!PS-Adobe-3.0\n(/etc/passwd) run",
    "tiff": encoded(quarters(), "TIFF"),
    "bmp": encoded(quarters(), "BMP"),
    "ico": encoded(quarters(), "ICO"),
    "targa": encoded(quarters(), "TGA"),
    "jpeg 2000": encoded(quarters(), "JPEG2000"),
    "jpeg xl": b"\xff\x0a" + bytes(40),
    "photoshop": b"8BPS\0\1" + bytes(60),
    "flash": b"CWS\x0a" + bytes(60),
    "windows metafile": b"\xd7\xcd\xc6\x9a" + bytes(60),
    "image magick": b"push graphic-context\nfill 'url(https://example.com/|ls)'\npop graphic-context",
    "playlist": b"#EXTM3U\n#EXTINF:1\nfile:///etc/passwd\n",
    "pdf not at the start": b"\n" * 9 + hostile.pdf(),
    "one byte": b"\xff",
    "zeros": bytes(5_000),
    "chance": random.Random(4).randbytes(5_000).replace(b"\xff", b"\0"),
    "a person's text": b"Saya membeli kipas angin.",
}
FILMS: dict[str, bytes] = {
    "mp4": ISO + b"isom" + bytes(20),
    "mp4, version 2": ISO + b"mp42" + bytes(20),
    "mp4 of a camera": ISO + b"avc1" + bytes(20),
    "mov": ISO + b"qt  " + bytes(20),
    "old mov": b"\0\0\0\x08wide\0\0\0\0mdat" + bytes(20),
    "mov of one box": b"\0\0\1\0moov" + bytes(40),
    "3gp": ISO + b"3gp4" + bytes(20),
    "webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1webm",
    "avi": b"RIFF\0\0\0\0AVI LIST",
    "mpeg": b"\0\0\1\xba" + bytes(40),
    "flash video": b"FLV\1\5\0\0\0\x09",
    "windows video": b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c",
    "ogg video": b"OggS\0\2" + bytes(22) + b"\x80theora" + bytes(20),
}
SOUNDS: dict[str, bytes] = {
    "mp3": b"ID3\4\0\0\0\0\0\0" + bytes(40),
    "bare mp3": b"\xff\xfb\x90\x44" + bytes(40),
    "bare mp3, low rate": b"\xff\xf3\x44\xc4" + bytes(40),
    "m4a": ISO + b"M4A " + bytes(20),
    "audio book": ISO + b"M4B " + bytes(20),
    "ogg": b"OggS\0\2" + bytes(22) + b"\1vorbis" + bytes(20),
    "opus": b"OggS\0\2" + bytes(22) + b"OpusHead" + bytes(20),
    "wav": b"RIFF\0\0\0\0WAVEfmt ",
    "aac": b"\xff\xf1\x50\x80" + bytes(40),
    "aac, mpeg 2": b"\xff\xf9\x50\x80" + bytes(40),
    "amr": b"#!AMR\n" + bytes(40),
    "amr, wide": b"#!AMR-WB\n" + bytes(40),
    "flac": b"fLaC" + bytes(40),
    "aiff": b"FORM\0\0\0\0AIFF" + bytes(40),
    "midi": b"MThd" + struct.pack(">I", 6) + bytes(40),
}
REFUSED_AT_ONCE = [
    *(case(f"not taken: {name}", lambda data=data: data, "unknown_type") for name, data in NOT_TAKEN.items()),
    *(case(f"film: {name}", lambda data=data: data, "video") for name, data in FILMS.items()),
    *(case(f"sound: {name}", lambda data=data: data, "audio") for name, data in SOUNDS.items()),
    case("nothing", bytes, "empty"),
    case("one byte too many", lambda: sound("jpeg") + bytes(15 * 1024**2 + 1 - len(sound("jpeg"))), "too_big"),
    case("as large as fits", lambda: sound("jpeg") + bytes(15 * 1024**2 - len(sound("jpeg"))), MADE),
]
