"""Pictures that tell more than they show, or ask for more than they are."""

import struct
import zlib
from functools import cache

from PIL import Image, PngImagePlugin

from tests.attachments import hostile
from tests.attachments.hostile import encoded, noise, png_chunk, quarters
from tests.attachments.hostile_case import MADE, MARK, case

SCRIPT = b"<script>document.title='" + MARK + b"';new Image().src='/beacon';alert(1)</script>"
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' + SCRIPT + b"</x:xmpmeta>"
)
PNG_START = b"\x89PNG\r\n\x1a\n"
BIG = 2**31 - 1


def exif(text: bytes = MARK, orientation: int = 1) -> bytes:
    tags = Image.Exif()
    tags[0x010E] = text.decode()
    tags[0x0112] = orientation
    tags[0x8825] = {1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 5.0), 29: text.decode()}
    tags[0x9286] = b"ASCII\0\0\0" + text
    return tags.tobytes()


def icc() -> bytes:
    """A profile of no colours, with a text of ours in its description."""
    text = b"desc\0\0\0\0" + struct.pack(">I", len(MARK) + 1) + MARK + b"\0"
    size = 128 + 4 + 12 + len(text)
    header = (
        struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
        + bytes(12)
        + b"acsp"
        + bytes(88)
    )
    return header[:128] + struct.pack(">I4sII", 1, b"desc", 144, len(text)) + text


def segment(code: int, body: bytes) -> bytes:
    return bytes((0xFF, code)) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(*segments: bytes) -> bytes:
    plain = encoded(quarters(), "JPEG", quality=90)
    return plain[:2] + b"".join(segments) + plain[2:]


def png_with(*chunks: bytes, behind: bytes = b"") -> bytes:
    plain = encoded(quarters(), "PNG")
    at = plain.index(b"IDAT") - 4
    return plain[:at] + b"".join(chunks) + plain[at:] + behind


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def webp_frame() -> bytes:
    return encoded(quarters(), "WEBP")[12:]


def webp_canvas(width: int, height: int, flags: int = 0) -> tuple[bytes, bytes]:
    return b"VP8X", bytes((flags, 0, 0, 0)) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def webp_of_frames(count: int) -> bytes:
    frames = [Image.new("RGB", (16, 16), (one % 256, one // 256 % 256, 7)) for one in range(count)]
    return encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=1, quality=1, method=0)


def gif_of_frames(count: int, width: int = 4, height: int = 4) -> bytes:
    header = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + bytes(6)
    plain = encoded(Image.new("P", (4, 4)), "GIF")
    frame = b"\x21\xf9\x04\0\1\0\0\0" + plain[plain.index(b"\x2c") : -1]
    return header + frame * count + b";"


def gif_with(extension: bytes) -> bytes:
    plain = encoded(quarters().convert("P"), "GIF")
    at = 13 + 3 * 2 ** ((plain[10] & 7) + 1)
    return plain[:at] + extension + plain[at:]


def blocks(data: bytes) -> bytes:
    return b"".join(bytes((len(data[at : at + 255]),)) + data[at : at + 255] for at in range(0, len(data), 255)) + b"\0"


def with_ispe(data: bytes, width: int, height: int) -> bytes:
    """HEIC or AVIF that says it is larger than it is."""
    at = data.index(b"ispe") + 8
    return data[:at] + struct.pack(">II", width, height) + data[at + 8 :]


def jpeg_of(width: int, height: int) -> bytes:
    plain = encoded(quarters(), "JPEG")
    at = plain.index(b"\xff\xc0") + 5
    return plain[:at] + struct.pack(">HH", height, width) + plain[at + 4 :]


def jpeg_of_scans(count: int) -> bytes:
    """A progressive picture of 16 megapixels whose last scan comes again and again."""
    plain = encoded(Image.new("RGB", (4000, 4000), (9, 99, 200)), "JPEG", progressive=True, quality=30)
    last = plain.rindex(b"\xff\xda")
    return plain[:-2] + plain[last:-2] * count + b"\xff\xd9"


def webp_said(width: int, height: int) -> bytes:
    """A lossless picture whose head says another size."""
    data = encoded(quarters(), "WEBP", lossless=True)
    return data[:21] + ((width - 1) | (height - 1) << 14).to_bytes(4, "little") + data[25:]


@cache
def deflated(mebibytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1024**2)) for _ in range(mebibytes)) + packer.flush()


def png_small_with(body: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return PNG_START + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def png_said(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return PNG_START + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", deflated(1)) + png_chunk(b"IEND", b"")


def png_texts() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", MARK.decode())
    notes.add_text("Packed", MARK.decode() * 50, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return encoded(quarters(), "PNG", pnginfo=notes)


def apng() -> bytes:
    others = [Image.new("RGB", (80, 60), (one, 0, 0)) for one in range(200)]
    return encoded(quarters(), "PNG", save_all=True, append_images=others, default_image=True)


def many_comments() -> bytes:
    return jpeg_with(*[segment(0xFE, MARK + bytes(60_000))] * 20)


def heic_marked() -> bytes:
    return hostile.HEIC.replace(b"CANARYMAKE", MARK[:10])


def avif(**more) -> bytes:
    return encoded(quarters(), "AVIF", speed=10, **more)


# fmt: off
TELLING = [
    case("jpeg EXIF with GPS", lambda: encoded(quarters(), "JPEG", exif=exif()), MADE),
    case("jpeg EXIF with script", lambda: encoded(quarters(), "JPEG", exif=exif(SCRIPT)), MADE),
    case("jpeg EXIF turned", lambda: encoded(quarters(), "JPEG", exif=exif(orientation=6)), MADE),
    case("jpeg EXIF cut", lambda: jpeg_with(segment(0xE1, exif()[:40] + MARK)), MADE),
    case("jpeg EXIF of offsets in a circle", lambda: jpeg_with(segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\1\x87\x69\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08" + MARK)), MADE),
    case("jpeg EXIF twice", lambda: jpeg_with(segment(0xE1, exif()), segment(0xE1, exif(SCRIPT))), MADE),
    case("jpeg XMP", lambda: encoded(quarters(), "JPEG", xmp=XMP), MADE),
    case("jpeg extended XMP", lambda: jpeg_with(segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + XMP)), MADE),
    case("jpeg IPTC", lambda: jpeg_with(segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(MARK)) + MARK)), MADE),
    case("jpeg ICC with text", lambda: encoded(quarters(), "JPEG", icc_profile=icc()), MADE),
    case("jpeg ICC that is none", lambda: encoded(quarters(), "JPEG", icc_profile=SCRIPT), MADE),
    case("jpeg comment of HTML", lambda: encoded(quarters(), "JPEG", comment=SCRIPT), MADE),
    case("jpeg of 20 long comments", many_comments, MADE),
    case("jpeg APP segments all", lambda: jpeg_with(*[segment(0xE0 + one, MARK * 3) for one in range(1, 16) if one not in {1, 2, 14}]), MADE),
    case("jpeg MPO with a second picture", hostile.two_picture_jpeg, MADE),
    case("jpeg in CMYK", lambda: encoded(quarters().convert("CMYK"), "JPEG", comment=MARK), MADE),
    case("jpeg in grey", lambda: encoded(quarters().convert("L"), "JPEG", comment=MARK), MADE),
    case("png texts", png_texts, MADE),
    case("png text of PHP", lambda: png_with(png_chunk(b"tEXt", b"Comment\0<?php system($_GET[0]); ?>" + MARK)), MADE),
    case("png text of HTML", lambda: png_with(png_chunk(b"tEXt", b"Title\0" + SCRIPT)), MADE),
    case("png EXIF", lambda: encoded(quarters(), "PNG", exif=exif()), MADE),
    case("png ICC with text", lambda: encoded(quarters(), "PNG", icc_profile=icc()), MADE),
    case("png chunk of its own", lambda: png_with(png_chunk(b"prVt", MARK * 9)), MADE),
    case("png chunk of wrong checksum", lambda: png_with(png_chunk(b"tEXt", b"a\0" + MARK)[:-4] + bytes(4))),
    case("png words behind its end", lambda: png_with(behind=MARK + SCRIPT), MADE),
    case("png of 201 frames", apng, MADE),
    case("png with transparency over words", hostile.palette_png, MADE),
    case("png of 16 bits", hostile.grey_16_bit_png, MADE),
    case("webp EXIF", lambda: encoded(quarters(), "WEBP", exif=exif()), MADE),
    case("webp XMP", lambda: encoded(quarters(), "WEBP", xmp=XMP), MADE),
    case("webp ICC with text", lambda: encoded(quarters(), "WEBP", icc_profile=icc()), MADE),
    case("webp chunk of its own", lambda: riff(webp_canvas(80, 60), (webp_frame()[:4], webp_frame()[8:]), (b"EVIL", MARK * 9)), MADE),
    case("webp words behind its end", lambda: encoded(quarters(), "WEBP") + SCRIPT, MADE),
    case("gif comment", lambda: gif_with(b"\x21\xfe" + blocks(SCRIPT)), MADE),
    case("gif XMP", lambda: gif_with(b"\x21\xff\x0bXMP DataXMP" + blocks(XMP)), MADE),
    case("gif plain text", lambda: gif_with(b"\x21\x01" + blocks(bytes(12)) [:-1] + blocks(MARK))),
    case("gif words behind its end", lambda: encoded(quarters().convert("P"), "GIF") + SCRIPT, MADE),
    case("avif EXIF", lambda: avif(exif=exif()), MADE),
    case("avif XMP", lambda: avif(xmp=XMP), MADE),
    case("avif ICC with text", lambda: avif(icc_profile=icc())),
    case("avif words behind its end", lambda: avif() + png_chunk(b"uuid", MARK), MADE),
    case("heic EXIF with GPS", heic_marked, MADE),
    case("heic words behind its end", lambda: hostile.HEIC + struct.pack(">I", 8 + len(MARK)) + b"free" + MARK, MADE),
]

ASKING = [
    case("png of 900 megapixels in 110 KB", lambda: hostile.png_of(30_000, 30_000), "too_many_pixels", alone=True),
    case("png a little over 40 megapixels", lambda: hostile.png_of(8_000, 5_001), "too_many_pixels"),
    case("png of just 40 megapixels", lambda: hostile.png_of(8_000, 5_000), MADE, alone=True),
    case("png that says 2147483647 square", lambda: png_said(BIG, BIG), "too_many_pixels", "damaged"),
    case("png that says 2147483647 by 1", lambda: png_said(BIG, 1), "too_many_pixels"),
    case("png that says 40 megapixels and has a few", lambda: png_said(8_000, 5_000), "damaged"),
    case("png of no width", lambda: png_said(0, 10), "damaged"),
    case("png of one column", lambda: hostile.png_of(1, 60_000), MADE),
    case("png whose pixels unpack to 200 MB too many", lambda: png_small_with(deflated(200)), alone=True),
    case("png zTXt bomb", lambda: png_with(png_chunk(b"zTXt", b"a\0\0" + deflated(200))), MADE, "damaged", "took_too_long", alone=True),
    case("png iTXt bomb", lambda: png_with(png_chunk(b"iTXt", b"a\0\1\0\0\0" + deflated(200))), MADE, "damaged", "took_too_long", alone=True),
    case("png iCCP bomb", lambda: png_with(png_chunk(b"iCCP", b"a\0\0" + deflated(200))), MADE, "damaged", "took_too_long", alone=True),
    case("png of 200,000 chunks", lambda: png_with(*[png_chunk(b"tEXt", b"a\0b")] * 200_000), MADE, "damaged", alone=True),
    case("gif of 65535 square", lambda: gif_of_frames(1, 65_535, 65_535), "too_many_pixels", alone=True),
    case("gif of 20,000 frames", lambda: gif_of_frames(20_000), MADE, alone=True),
    case("gif of just 40 megapixels", lambda: gif_of_frames(1, 8_000, 5_000), MADE, alone=True),
    case("gif whose frame is larger than it", lambda: gif_of_frames(1, 1, 1), MADE),
    case("gif without a frame", lambda: gif_of_frames(0), "damaged"),
    case("gif whose data never end", lambda: gif_of_frames(1)[:-2] + b"\xff" + bytes(255) * 5_000),
    case("jpeg that says 65500 square", lambda: jpeg_of(65_500, 65_500), "too_many_pixels"),
    case("jpeg that says 65535 by 1", lambda: jpeg_of(65_535, 1)),
    case("jpeg that says it is larger", lambda: jpeg_of(2_000, 2_000), "damaged", MADE),
    case("jpeg of no height", lambda: jpeg_of(80, 0), "damaged"),
    case("jpeg of 2,000 scans", lambda: jpeg_of_scans(2_000), MADE, "took_too_long", alone=True, cpu_seconds=4),
    case("webp of 16384 square", lambda: webp_said(16_384, 16_384), "too_many_pixels", alone=True),
    case("webp whose canvas is 16777216 by 100", lambda: riff(webp_canvas(2**24, 100), (webp_frame()[:4], webp_frame()[8:])), "too_many_pixels", "damaged", alone=True),
    case("webp of 3,000 frames", lambda: webp_of_frames(3_000), MADE, alone=True),
    case("webp whose canvas is empty", lambda: riff(webp_canvas(80, 60)), "damaged"),
    case("webp whose frame lies outside", lambda: riff(webp_canvas(9, 9), (webp_frame()[:4], webp_frame()[8:])), "damaged"),
    case("webp that says 4 GB", lambda: b"RIFF\xff\xff\xff\xffWEBP" + webp_frame()),
    case("avif whose ispe says 60000 square", lambda: with_ispe(avif(), 60_000, 60_000), "too_many_pixels", "damaged", alone=True),
    case("avif whose ispe says 3000 square", lambda: with_ispe(avif(), 3_000, 3_000), "damaged", MADE, alone=True),
    case("avif whose ispe says 0", lambda: with_ispe(avif(), 0, 0), "damaged"),
    case("avif of frames", lambda: encoded(quarters(), "AVIF", save_all=True, append_images=[Image.new("RGB", (80, 60), (one, 0, 0)) for one in range(40)], speed=10), MADE),
    case("heic whose ispe says 60000 square", lambda: with_ispe(hostile.HEIC, 60_000, 60_000), "too_many_pixels", "damaged", MADE, alone=True),
    case("heic whose ispe says 3000 square", lambda: with_ispe(hostile.HEIC, 3_000, 3_000), "damaged", MADE, alone=True),
    case("heic whose ispe says 0", lambda: with_ispe(hostile.HEIC, 0, 0), "damaged", MADE),
    case("heic whose items lie beyond it", lambda: hostile.HEIC.replace(struct.pack(">I", 0x1E2), b"\x7f\xff\xff\xff"), "damaged", MADE),
    case("heic of a box that holds itself", lambda: hostile.HEIC.replace(struct.pack(">I", 0x1BE) + b"meta", struct.pack(">I", 1) + b"meta"), "damaged"),
    case("photo of noise, 24 megapixels", lambda: encoded(noise(6_000, 4_000), "JPEG", quality=60), MADE, alone=True),
]
# fmt: on
