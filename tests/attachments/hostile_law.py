"""What must hold of everything that is made of a hostile file, looked at by other means than those it was made with."""

import io

import pikepdf
import pypdfium2
from PIL import Image

from forum.attachments.kinds import FULL_SIDE_PIXELS, MEDIUM_SIDE_PIXELS, THUMB_SIDE_PIXELS, Variant
from tests.attachments.hostile_case import MARK

PICTURES = {Variant.FULL, Variant.FULL_JPEG, Variant.MEDIUM, Variant.MEDIUM_JPEG, Variant.THUMB, Variant.THUMB_JPEG}
OF_DOCUMENT = PICTURES - {Variant.FULL_JPEG}
SIDES = {"full": FULL_SIDE_PIXELS, "medium": MEDIUM_SIDE_PIXELS, "thumb": THUMB_SIDE_PIXELS}
ACTS = (
    b"/JavaScript", b"/JS", b"/OpenAction", b"/AA", b"/Launch", b"/EmbeddedFile", b"/EF", b"/Filespec", b"/XFA", b"/AcroForm",
    b"/Metadata", b"/Annots", b"/URI", b"/GoToR", b"/GoToE", b"/SubmitForm", b"/ImportData", b"/RichMedia", b"/Names",
    b"/Outlines", b"/PieceInfo", b"/Encrypt", b"/Info", b"/Rendition",
)  # fmt: skip
COMPRESSED_PIXELS = {"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"}


def obey(made) -> None:
    """All copies are there, open, and tell and do nothing."""
    assert {one.variant for one in made.copies} == (PICTURES if made.kind == "image" else OF_DOCUMENT)
    for one in made.copies:
        assert_without_mark(one.data)
        if one.mime == "application/pdf":
            document(one.data, made.pages)
        else:
            size = picture(one.data, one.mime)
            assert size == (one.width, one.height)
            assert max(size) <= SIDES[one.variant.split("-")[0]]


def picture(data: bytes, mime: str) -> tuple[int, int]:
    """It is what it says from the first byte to the last, and holds nothing but pixels; returns its size."""
    parts = webp_chunks(data) if mime == "image/webp" else jpeg_segments(data)
    assert parts <= ({b"VP8 ", b"VP8L"} if mime == "image/webp" else JPEG_NEEDS), parts
    with Image.open(io.BytesIO(data), formats=("WEBP", "JPEG")) as image:
        assert Image.MIME[image.format] == mime
        image.load()
        assert image.mode == "RGB"
        assert not image.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment", "photoshop", "adobe"} & set(image.info)
        return image.size


def webp_chunks(data: bytes) -> set[bytes]:
    assert data[:4] == b"RIFF"
    assert data[8:12] == b"WEBP"
    assert int.from_bytes(data[4:8], "little") + 8 == len(data), "nothing stands behind it"
    found, at = set(), 12
    while at < len(data):
        found.add(data[at : at + 4])
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    assert at == len(data)
    return found


JPEG_NEEDS = {
    0xD8,
    0xE0,
    0xDB,
    0xC0,
    0xC2,
    0xC4,
    0xDD,
    0xDA,
    0xD9,
}  # JFIF, tables, frame, scans: no APP1 to APP15, no comment


def jpeg_segments(data: bytes) -> set[int]:
    assert data[:2] == b"\xff\xd8"
    found, at = {0xD8}, 2
    while at < len(data):
        assert data[at] == 0xFF
        code = data[at + 1]
        found.add(code)
        if code == 0xD9:
            assert at + 2 == len(data), "nothing stands behind it"
            return found
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if code == 0xDA:
            while data[at] != 0xFF or data[at + 1] in {0, *range(0xD0, 0xD8)}:
                at += 1
    raise AssertionError("no end")


def document(data: bytes, pages: int) -> None:
    """It opens in two libraries, has its pages, and no object of it acts or tells."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert set(opened.Root.keys()) == {"/Type", "/Pages"}
        assert set(opened.trailer.keys()) <= {
            "/Root",
            "/Size",
            "/ID",
            "/Type",
            "/Length",
            "/Filter",
            "/DecodeParms",
            "/Index",
            "/W",
        }
        assert not opened.is_encrypted
        assert not opened.attachments
        assert len(opened.pages) == pages
        for thing in (one for one in opened.objects if isinstance(one, pikepdf.Object)):
            plain = thing.unparse(resolved=True)
            assert_without_mark(plain)
            for word in ACTS:
                assert word + b" " not in plain, (word, plain[:300])
            if isinstance(thing, pikepdf.Stream):
                assert_without_mark(thing.read_raw_bytes())
                if _unpacks(thing):
                    assert_without_mark(thing.read_bytes())
    with pypdfium2.PdfDocument(data) as opened:
        assert len(opened) == pages
        assert opened.get_formtype() == 0
        opened[0].get_size()


def _unpacks(stream: pikepdf.Stream) -> bool:
    filters = stream.get("/Filter", pikepdf.Array())
    names = {str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])}
    if names & COMPRESSED_PIXELS:
        return False
    try:
        stream.read_bytes()
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        return False
    return True


def assert_without_mark(data: bytes) -> None:
    text = MARK.decode()
    for form in (
        MARK,
        text.encode("utf-16-le"),
        text.encode("utf-16-be"),
        MARK.hex().encode(),
        MARK.hex().upper().encode(),
        MARK[::-1],
    ):
        assert form not in data, "what was planted is still there"
