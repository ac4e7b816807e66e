"""Makers of files that people send by mistake or on purpose."""

import base64
import io
import struct
import zipfile
import zlib

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw, PngImagePlugin

CANARY = b"CANARY-7f3a"
SOUTH = {1: "S", 2: (6.0, 10.0, 30.0), 3: "E", 4: (106.0, 49.0, 5.0), 29: "2026:01:02"}
RED, BLUE, GREEN, WHITE = (220, 20, 20), (20, 20, 220), (20, 160, 20), (255, 255, 255)

# 48 × 32 pixels, left half red, right half blue, with GPS and the maker "CANARYMAKE" in its EXIF. pi-heif only decodes,
# so it was encoded once with pillow-heif 1.8.1: Image.save("sample.heic", quality=50, exif=…).
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAA"
    "AERAAAIAAQAAAAAB4gABAAAAAAAAACkAAgAAAAACCwABAAAAAAAAAKIAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZl"
    "AgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH/"
    "/wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29s"
    "cm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAADAAAAABAAAAIAAAAAH////wAAAAAv///+AAAAACAAAAEHBpeGkAAAAA"
    "AwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAA021kYXQAAAAlKAGvE4DlMff/vjU/2+0/xJks"
    "Es/eQ+46i/phO/hLD6yij2nPwAAAAAZFeGlmAABNTQAqAAAACAACAQ8AAgAAAAsAAAAmiCUABAAAAAEAAAAyAAAAAENBTkFSWU1BS0UAAAAEAAEA"
    "AgAAAAJTAAAAAAIABQAAAAMAAABoAAMAAgAAAAJFAAAAAAQABQAAAAMAAACAAAAAAAAAAAYAAAABAAAACgAAAAEAAAAAAAAAAQAAAGoAAAABAAAA"
    "MQAAAAEAAAAAAAAAAQ=="
)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def quarters(width: int = 80, height: int = 60) -> Image.Image:
    """Red top left, blue top right, green bottom left, white bottom right: every turn of it is distinct."""
    image = Image.new("RGB", (width, height), WHITE)
    for colour, x, y in ((RED, 0, 0), (BLUE, 1, 0), (GREEN, 0, 1)):
        image.paste(colour, (x * width // 2, y * height // 2, (x + 1) * width // 2, (y + 1) * height // 2))
    return image


def exif(orientation: int | None = None) -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F] = CANARY.decode()
    tags[0x8825] = SOUTH
    if orientation:
        tags[0x0112] = orientation
    return tags


def jpeg(orientation: int | None = None, image: Image.Image | None = None) -> bytes:
    return encoded(image or quarters(), "JPEG", quality=92, exif=exif(orientation).tobytes(), comment=CANARY)


def jpeg2000() -> bytes:
    """A picture with an XML and a UUID box, as scanners write them."""
    plain = encoded(quarters(), "JPEG2000", irreversible=False)
    boxes = [(b"xml ", CANARY), (b"uuid", bytes(16) + CANARY)]
    told = b"".join(struct.pack(">I", 8 + len(body)) + kind + body for kind, body in boxes)
    at = plain.index(b"jp2c") - 4
    return plain[:at] + told + plain[at:] + told


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", CANARY)
    return out.getvalue()


def gifar() -> bytes:
    return encoded(quarters().convert("P"), "GIF") + zipped()


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int) -> bytes:
    """A black one-bit PNG of any size in few bytes, made without holding its pixels."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def png_with_text(size: int) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", CANARY.decode() + "x" * size)
    return encoded(quarters(), "PNG", pnginfo=notes)


def noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((400, 300), 80).convert("RGB").resize((width, height), Image.Resampling.NEAREST)


def palette_png() -> bytes:
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 19, 39), fill=(*RED, 255))
    return encoded(image.quantize(4), "PNG")


def grey_16_bit_png() -> bytes:
    row = struct.pack("<64H", *(x * 1040 for x in range(64)))
    return encoded(Image.frombytes("I;16", (64, 8), row * 8), "PNG")


def two_picture_jpeg() -> bytes:
    """What many phones write: a JPEG with a second picture behind the first (MPO)."""
    return encoded(quarters(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 60), BLUE)])


def animated_webp() -> bytes:
    others = [Image.new("RGB", (40, 30), BLUE), Image.new("RGB", (40, 30), GREEN)]
    return encoded(
        Image.new("RGB", (40, 30), RED), "WEBP", save_all=True, append_images=others, duration=50, quality=95
    )


def pdf(pages: int = 1, **saving: object) -> bytes:
    document = pikepdf.new()
    for number in range(pages):
        _add_page(document, f"0.8 0.1 0.1 rg 20 20 {60 + number % 40} 60 re f".encode())
    return _saved(document, **saving)


def hostile_pdf() -> bytes:
    """A page that shows a red square and a green stamp, with all that a PDF can carry beside it."""
    document = pikepdf.new()
    page = _add_page(document, b"0.8 0.1 0.1 rg 20 20 60 60 re f /Photo gs q 50 0 0 50 120 20 cm /Photo Do Q q 50 0 0 50 120 120 cm /Scan Do Q")
    script = Dictionary(S=Name.JavaScript, JS=CANARY.decode() + " app.alert(1)")
    launch = Dictionary(S=Name.Launch, F=CANARY.decode() + "/bin/sh")
    stamp = document.make_stream(b"0.1 0.7 0.1 rg 0 0 40 40 re f")
    stamp.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 40, 40]))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=launch)
    mark = Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=[20, 120, 60, 160], F=4, AP=Dictionary(N=stamp), A=script
    )
    page.Annots = Array([document.make_indirect(link), document.make_indirect(mark)])
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(Secret=CANARY.decode())
    photo = document.make_stream(jpeg() + zipped())
    photo.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Image, Width=80, Height=60, BitsPerComponent=8, ColorSpace=Name.DeviceRGB,
            Filter=Name.DCTDecode, Metadata=document.make_stream(CANARY),
        )
    )  # fmt: skip
    scan = document.make_stream(jpeg2000())
    scan.update(Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=80, Height=60, Filter=Name.JPXDecode))
    of_another_page = document.make_stream(CANARY)
    of_another_page.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9]))
    drawn = Dictionary(Photo=photo, Scan=scan, Cut=of_another_page)
    page.Resources = Dictionary(XObject=drawn, Hidden=document.make_stream(CANARY))
    document.Root.OpenAction = script
    document.Root.AcroForm = Dictionary(Fields=[], XFA=document.make_stream(CANARY))
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=["boot", script]))
    document.attachments["evil.exe"] = CANARY
    document.docinfo["/Author"] = CANARY.decode()
    with document.open_metadata() as metadata:
        metadata["dc:title"] = CANARY.decode()
    return _saved(document)


def inheriting_pdf() -> bytes:
    """A page whose size and resources stand on its parent only."""
    document = pikepdf.new()
    page = _add_page(document, b"/Square Do")
    square = document.make_stream(b"0.8 0.1 0.1 rg 20 20 160 160 re f")
    square.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 200]))
    document.Root.Pages.Resources = Dictionary(XObject=Dictionary(Square=square))
    document.Root.Pages.MediaBox = page.MediaBox
    del page.MediaBox
    if "/Resources" in page:
        del page.Resources
    return _saved(document)


def encrypted_pdf(user: str) -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def pdf_bomb(mebibytes: int) -> bytes:
    """A one-page PDF whose page unpacks to that many spaces, packed twice."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(b" " * 1024**2) for _ in range(mebibytes)) + packer.flush()
    document = pikepdf.new()
    page = _add_page(document, b"")
    page.Contents = pikepdf.Stream(document, zlib.compress(packed, 9))
    page.Contents.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    return _saved(document, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def _add_page(document: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    page = document.add_blank_page(page_size=(200, 200)).obj
    page.Contents = document.make_stream(content)
    return page


def _saved(document: pikepdf.Pdf, **saving: object) -> bytes:
    out = io.BytesIO()
    document.save(out, **saving)
    return out.getvalue()
