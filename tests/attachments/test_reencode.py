"""What comes out of the real child: pictures and pages, and nothing else that was in the file."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from forum.attachments.kinds import Unfit, Variant
from forum.attachments.receive import Refused
from forum.attachments.reencode_bare import bare_jpeg, bare_jpeg2000
from forum.attachments.reencode_boxes import boxes_of
from forum.core.storage import LocalStorage
from tests.attachments import hostile
from tests.attachments.hostile import BLUE, CANARY, GREEN, RED, WHITE
from tests.attachments.making import made as receive

pytestmark = pytest.mark.pure


@pytest.fixture
def storage(tmp_path):
    return LocalStorage(tmp_path)


def stored(storage, key):
    with storage.open(key) as file:
        return file.read()


def picture(storage, key):
    image = Image.open(io.BytesIO(stored(storage, key)), formats=("WEBP",))
    assert set(image.info) <= {"loop", "background", "timestamp", "duration"}, "no EXIF, ICC or XMP"
    assert not getattr(image, "is_animated", False)
    return image.convert("RGB")


def near(pixel, colour):
    return all(abs(a - b) < 30 for a, b in zip(pixel, colour, strict=True))


def corners(image):
    right, bottom = image.width - 4, image.height - 4
    found = [image.getpixel(at) for at in ((3, 3), (right, 3), (3, bottom), (right, bottom))]
    names = {"R": RED, "B": BLUE, "G": GREEN, "W": WHITE}
    return "".join(next((name for name, colour in names.items() if near(pixel, colour)), "?") for pixel in found)


def both(storage, received):
    return stored(storage, received.full_key) + stored(storage, received.thumb_key)


# The colours of the corners (top left, top right, bottom left, bottom right) after turning RBGW upright: EXIF 2.3, 4.6.4.A.
@pytest.mark.parametrize(
    ("orientation", "upright"),
    [(1, "RBGW"), (2, "BRWG"), (3, "WGBR"), (4, "GWRB"), (5, "RGBW"), (6, "GRWB"), (7, "WBGR"), (8, "BWRG")],
)
def test_a_photo_stands_upright_and_tells_nothing_of_where_it_was_taken(storage, orientation, upright):
    photo = hostile.jpeg(orientation)
    assert CANARY in photo
    received = receive(photo, "foto.jpg", storage)
    assert CANARY not in both(storage, received)
    full = picture(storage, received.full_key)
    assert corners(full) == upright
    assert full.size == (received.width, received.height) == ((60, 80) if orientation >= 5 else (80, 60))
    assert not full.getexif()


def test_an_orientation_that_does_not_exist_is_no_reason_to_refuse(storage):
    received = receive(hostile.jpeg(99), "foto.jpg", storage)
    assert corners(picture(storage, received.full_key)) == "RBGW"


def test_broken_exif_is_no_reason_to_refuse(storage):
    photo = hostile.encoded(hostile.quarters(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x09\x01\x12\0\x03\xff\xff")
    assert corners(picture(storage, receive(photo, "foto.jpg", storage).full_key)) == "RBGW"


def test_a_phones_two_picture_jpeg_is_its_first_picture(storage):
    received = receive(hostile.two_picture_jpeg(), "foto.jpg", storage)
    assert corners(picture(storage, received.full_key)) == "RBGW"


def test_a_heic_photo_becomes_a_webp_without_its_place(storage):
    assert b"CANARYMAKE" in hostile.HEIC
    received = receive(hostile.HEIC, "IMG_1.HEIC", storage)
    assert b"CANARYMAKE" not in both(storage, received)
    full = picture(storage, received.full_key)
    assert full.size == (48, 32)
    assert near(full.getpixel((8, 16)), (200, 30, 30))
    assert near(full.getpixel((40, 16)), (20, 60, 180))
    assert (received.kind, received.mime, received.name) == ("image", "image/webp", "IMG_1.webp")


def test_what_is_appended_to_a_picture_is_gone(storage):
    received = receive(hostile.jpeg() + hostile.zipped(), "foto.jpg", storage)
    assert b"PK\x03\x04" not in both(storage, received)
    assert CANARY not in both(storage, received)


def test_a_huge_text_inside_a_png_is_gone(storage):
    received = receive(hostile.png_with_text(3_000_000), "foto.png", storage)
    assert CANARY not in both(storage, received)
    assert storage.size(received.full_key) < 5_000


def test_a_printers_cmyk_jpeg_keeps_its_colours(storage):
    received = receive(hostile.encoded(hostile.quarters().convert("CMYK"), "JPEG", quality=95), "c.jpg", storage)
    assert corners(picture(storage, received.full_key)) == "RBGW"


def test_transparency_becomes_white(storage):
    full = picture(storage, receive(hostile.palette_png(), "p.png", storage).full_key)
    assert near(full.getpixel((5, 20)), RED)
    assert near(full.getpixel((35, 20)), WHITE)


def test_sixteen_bit_grey_is_scaled_not_cut(storage):
    full = picture(storage, receive(hostile.grey_16_bit_png(), "g.png", storage).full_key)
    greys = [full.getpixel((x, 4))[0] for x in (0, 16, 32, 48, 63)]
    assert all(abs(grey - expected) < 8 for grey, expected in zip(greys, (0, 65, 130, 195, 255), strict=True))


def test_an_animation_is_its_first_frame(storage):
    full = picture(storage, receive(hostile.animated_webp(), "a.webp", storage).full_key)
    assert near(full.getpixel((20, 15)), RED)


@pytest.mark.parametrize(("size", "full", "thumb"), [((1, 1), (1, 1), (1, 1)), ((1, 20000), (1, 2048), (1, 480))])
def test_odd_shapes_never_lose_a_side(storage, size, full, thumb):
    received = receive(hostile.png_of(*size), "p.png", storage)
    assert picture(storage, received.full_key).size == full
    assert picture(storage, received.thumb_key).size == thumb


def test_a_large_photo_is_made_smaller_within_the_limits_that_hold_on_the_site(storage):
    received = receive(hostile.jpeg(6, hostile.noise(7000, 5700)), "foto.jpg", storage)
    assert picture(storage, received.full_key).size == (1668, 2048)
    assert picture(storage, received.thumb_key).size == (391, 480)


def test_a_screenshot_of_text_keeps_every_pixel(storage):
    screen = hostile.quarters(600, 400)
    for x in range(100, 200, 2):
        screen.putpixel((x, 100), BLUE)
    received = receive(hostile.encoded(screen, "PNG"), "layar.png", storage)
    assert picture(storage, received.full_key).tobytes() == screen.tobytes()


def opened(storage, key):
    return pikepdf.open(io.BytesIO(stored(storage, key)))


def everything_in(data):
    """All bytes of a PDF with every stream unpacked, so that nothing hides from a search."""
    with pikepdf.open(io.BytesIO(data)) as document:
        parts = [data]
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream):
                parts.append(thing.read_raw_bytes())
                parts += [thing.read_bytes()] if thing.get("/Filter") not in (pikepdf.Name.DCTDecode, pikepdf.Name.JPXDecode) else []
            parts.append(thing.unparse(resolved=True))
        return b"\n".join(parts)


def drawn(data):
    with pypdfium2.PdfDocument(data) as document:
        return document[0].render(scale=1).to_pil().convert("RGB")


def test_a_pdf_keeps_what_was_seen_and_nothing_that_acts_or_tells(storage):
    hostile_pdf = hostile.hostile_pdf()
    received = receive(hostile_pdf, "faktur.pdf", storage)
    clean = stored(storage, received.full_key)
    insides = everything_in(clean)
    assert CANARY in everything_in(hostile_pdf)
    for word in (
        CANARY,
        b"/JavaScript",
        b"/OpenAction",
        b"/Launch",
        b"/EmbeddedFile",
        b"/AcroForm",
        b"/Annots",
        b"/AA",
    ):
        assert word not in insides, word
    with opened(storage, received.full_key) as document:
        assert set(document.Root.keys()) == {"/Type", "/Pages"}
        assert not document.docinfo
        assert not document.attachments
    page = drawn(clean)
    assert near(page.getpixel((50, 150)), (204, 26, 26)), "the drawing"
    assert near(page.getpixel((40, 60)), (26, 178, 26)), "the stamp, which was an annotation"
    assert near(page.getpixel((130, 135)), RED), "the photo, less its EXIF"
    assert corners(page.crop((120, 130, 170, 180))) == "RBGW"
    assert corners(page.crop((120, 30, 170, 80))) == "RBGW", "the scan, less its boxes"
    assert (received.kind, received.pages, received.width, received.height) == ("pdf", 1, 200, 200)
    assert (received.mime, received.name) == ("application/pdf", "faktur.pdf")
    thumb = picture(storage, received.thumb_key)
    assert max(thumb.size) == 480
    assert near(thumb.getpixel((120, 360)), (204, 26, 26))


def test_size_and_resources_that_stand_on_the_parent_stay(storage):
    received = receive(hostile.inheriting_pdf(), "x.pdf", storage)
    assert near(drawn(stored(storage, received.full_key)).getpixel((100, 100)), (204, 26, 26))
    assert (received.width, received.height) == (200, 200)


def test_every_page_stays_in_its_order(storage):
    received = receive(hostile.pdf(50), "x.pdf", storage)
    assert received.pages == 50
    with opened(storage, received.full_key) as document:
        contents = [page.Contents.read_bytes() for page in document.pages]
    assert [f"{60 + n % 40} 60 re" in content.decode() for n, content in enumerate(contents)] == [True] * 50


def test_a_jpeg_without_its_segments_has_the_same_pixels():
    photo = hostile.jpeg(6)
    bare = bare_jpeg(photo)
    assert CANARY not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(photo)).tobytes()


@pytest.mark.parametrize(
    "broken", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\0\0", b"no jpeg", b"\xff\xd8\xff\xe1\xff\xff"]
)
def test_a_broken_jpeg_header_neither_hangs_nor_breaks(broken):
    assert bare_jpeg(broken) in {b"", b"\xff\xd8\xff\xd9"}


def segment(code: int, body: bytes) -> bytes:
    return bytes([0xFF, code]) + (2 + len(body)).to_bytes(2, "big") + body


def odd_jpegs() -> dict[str, bytes]:
    """Pictures that decoders draw, though they are not quite as the standard has them."""
    photo, plain = hostile.jpeg(6), bare_jpeg(hostile.jpeg())
    exif = photo.index(b"\xff\xe1")
    return {
        "without an end": photo[:-2],
        "cut": photo[:-30],
        "filled up": photo[:exif] + b"\xff\xff" + photo[exif:],
        "after two odd bytes": photo[:exif] + b"\0\0" + photo[exif:],
        "after a marker alone": photo[:2] + b"\xff\x01" + photo[2:],
        "behind something": b"\0" + photo,
        "small picture in JFIF": plain[:2] + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\x08\x08" + CANARY) + plain[2:],
        "extension of JFIF": plain[:2] + segment(0xE0, b"JFXX\0\x10" + CANARY) + plain[2:],
        "Adobe and more": plain[:2] + segment(0xEE, b"Adobe\0\x64\0\0\0\0\1" + CANARY) + plain[2:],
        "reserved": plain[:2] + segment(0xF5, CANARY) + plain[2:],
    }


@pytest.mark.parametrize("name", list(odd_jpegs()))
def test_an_odd_jpeg_keeps_its_pixels_and_tells_nothing(name):
    odd = odd_jpegs()[name]
    assert CANARY in odd
    bare = bare_jpeg(odd)
    assert CANARY not in bare
    assert Image.open(io.BytesIO(bare)).size == Image.open(io.BytesIO(hostile.jpeg())).size


@pytest.mark.parametrize("name", ["plain", "short name", "within the line"])
def test_no_jpeg_in_a_pdf_tells_anything_however_it_stands_there(storage, name):
    photo = hostile.jpeg(6)
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(200, 200))
        if name == "within the line":
            page.obj.Contents = document.make_stream(
                b"0 1 0 rg 0 0 50 50 re f BI /W 80 /H 60 /CS /RGB /BPC 8 /F /DCT ID " + photo + b"\nEI"
            )
        else:
            picture = pikepdf.Stream(document, photo)
            picture.stream_dict = pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=80, Height=60, BitsPerComponent=8,
                ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name("/DCT" if name == "short name" else "/DCTDecode"),
            )  # fmt: skip
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=document.make_indirect(picture)))
            page.obj.Contents = document.make_stream(b"0 1 0 rg 0 0 50 50 re f q 100 0 0 100 100 100 cm /P Do Q")
        out = io.BytesIO()
        document.save(out)
    received = receive(out.getvalue(), "x.pdf", storage)
    with opened(storage, received.full_key) as clean:
        streams = [one for one in clean.objects if isinstance(one, pikepdf.Stream)]
        assert not any(CANARY in one.read_raw_bytes() for one in streams)
        assert not any(CANARY in one.read_bytes() for one in streams if one.get("/Subtype") != pikepdf.Name.Image)
    assert near(drawn(stored(storage, received.full_key)).getpixel((20, 180)), (0, 255, 0))


def test_a_jpeg_2000_without_its_boxes_has_the_same_pixels():
    scan = hostile.jpeg2000()
    bare = bare_jpeg2000(scan)
    assert CANARY not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(scan)).tobytes()
    codestream = bare[bare.index(b"jp2c") + 4 :]
    assert bare_jpeg2000(codestream) == codestream
    told = codestream[:2] + segment(0x64, b"\0\1" + CANARY) + codestream[2:]
    assert bare_jpeg2000(told) == codestream
    long = bare.replace(codestream, b"")[:-8] + b"\0\0\0\1jp2c" + (16 + len(codestream)).to_bytes(8, "big") + codestream
    assert bare_jpeg2000(long + hostile.png_chunk(b"uuid", CANARY)) == bare


@pytest.mark.parametrize(
    "broken", [b"", b"no picture", bytes(8), bytes(3) + b"\7jp2c", b"\xff" * 40, b"\0\0\0\1jp2c" + b"\xff" * 8, bytes(40)]
)
def test_a_broken_jpeg_2000_neither_hangs_nor_keeps_what_it_hides(broken):
    assert CANARY not in bare_jpeg2000(broken + CANARY)


@pytest.mark.parametrize("make", [hostile.jpeg, hostile.hostile_pdf, lambda: hostile.HEIC, hostile.palette_png])
def test_the_same_file_gives_the_same_bytes(tmp_path, make):
    data = make()
    first, second = (receive(data, "x", LocalStorage(tmp_path / name)) for name in "ab")
    assert first == second


def sizes(image: Image.Image, storage) -> dict[Variant, tuple[int, int]]:
    received = receive(hostile.encoded(image, "PNG"), "x.png", storage)
    found = {}
    for variant, key in received.keys.items():
        with storage.open(key) as file, Image.open(file) as made:
            assert made.format == ("JPEG" if variant.endswith("-jpeg") else "WEBP")
            found[variant] = made.size
    return found


def test_a_picture_comes_in_three_sizes_and_two_formats_each(storage):
    assert sizes(Image.new("RGB", (3000, 1500), RED), storage) == {
        Variant.FULL: (2048, 1024),
        Variant.FULL_JPEG: (2048, 1024),
        Variant.MEDIUM: (1280, 640),
        Variant.MEDIUM_JPEG: (1280, 640),
        Variant.THUMB: (480, 240),
        Variant.THUMB_JPEG: (480, 240),
    }


def test_no_size_is_larger_than_what_was_sent(storage):
    assert set(sizes(Image.new("RGB", (300, 200), RED), storage).values()) == {(300, 200)}


def test_a_document_is_shown_by_its_first_page(storage):
    received = receive(hostile.pdf(2), "x.pdf", storage)
    assert set(received.keys) == set(Variant) - {Variant.FULL_JPEG}
    with storage.open(received.keys[Variant.MEDIUM_JPEG]) as file, Image.open(file) as made:
        assert (made.format, made.size) == ("JPEG", (1280, 1280))


@pytest.mark.parametrize("kind", ["GIF", "AVIF", "WEBP", "PNG", "JPEG"])
def test_each_format_keeps_its_picture(storage, kind):
    sent = hostile.quarters().quantize(8) if kind == "GIF" else hostile.quarters()
    received = receive(hostile.encoded(sent, kind), "x", storage)
    for variant in (Variant.FULL, Variant.THUMB_JPEG):
        with storage.open(received.keys[variant]) as file, Image.open(file) as made:
            assert corners(made.convert("RGB")) == "RBGW"


def test_an_animated_gif_is_its_first_frame(storage):
    others = [Image.new("RGB", (80, 60), BLUE)] * 3
    data = hostile.encoded(Image.new("RGB", (80, 60), RED), "GIF", save_all=True, append_images=others)
    assert near(picture(storage, receive(data, "a.gif", storage).full_key).getpixel((40, 30)), RED)


BLACK = (0, 0, 0)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_area_is_painted_over_where_it_is_seen(storage, orientation):
    """The top left quarter of the upright picture, whichever way the camera was held."""
    received = receive(hostile.jpeg(orientation), "foto.jpg", storage, areas=[[1, 0, 0, 0.5, 0.5]])
    plain = receive(hostile.jpeg(orientation), "foto.jpg", storage)
    for variant, key in received.keys.items():
        with storage.open(key) as file, Image.open(file) as made, storage.open(plain.keys[variant]) as file, Image.open(file) as whole:
            made, whole = made.convert("RGB"), whole.convert("RGB")
            assert near(made.getpixel((3, 3)), BLACK)
            assert near(made.getpixel((made.width // 2 - 6, made.height // 2 - 6)), BLACK)
            assert corners(made)[1:] == corners(whole)[1:]


def test_nothing_of_what_is_under_an_area_shows_beside_it_when_the_picture_is_made_smaller(storage):
    """Two pictures that differ under the area alone give the same bytes."""
    made = []
    for colour in (RED, GREEN):
        image = Image.new("RGB", (5000, 200), WHITE)
        image.paste(colour, (1000, 50, 3003, 151))
        received = receive(hostile.encoded(image, "PNG"), "x.png", storage, areas=[[1, 0.2, 0.25, 2003 / 5000, 101 / 200]])
        made.append(received.keys)
    assert made[0] == made[1]


def secret_pdf(pages: int = 2) -> bytes:
    """Pages of words that share their resources, and on each a form with words of its own."""
    document = pikepdf.new()
    helvetica = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica))
    shared = document.make_indirect(pikepdf.Dictionary(Font=pikepdf.Dictionary(F=helvetica), XObject=pikepdf.Dictionary()))
    for number in range(1, pages + 1):
        form = document.make_stream(f"BT /F 9 Tf 20 20 Td (form-{number}) Tj ET".encode())
        form.update(pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 100], Resources=shared))
        shared.XObject[f"/X{number}"] = form
        page = document.add_blank_page(page_size=(200, 100)).obj
        page.Contents = document.make_stream(f"BT /F 12 Tf 20 60 Td (secret-{number}) Tj ET /X{number} Do".encode())
        page.Resources = shared
    return hostile._saved(document)


def test_under_an_area_of_a_document_lies_no_text(storage):
    received = receive(secret_pdf(), "x.pdf", storage, areas=[[1, 0.05, 0.2, 0.6, 0.3]])
    insides = everything_in(stored(storage, received.full_key))
    assert b"secret-2" in insides
    assert b"form-2" in insides
    assert b"secret-1" not in insides
    assert b"form-1" not in insides
    with pypdfium2.PdfDocument(stored(storage, received.full_key)) as document:
        assert document[0].get_textpage().get_text_range() == ""
        assert "secret-2" in document[1].get_textpage().get_text_range()
        assert document[0].get_size() == (200, 100)
        shown = document[0].render(scale=1).to_pil().convert("RGB")
    assert near(shown.getpixel((12, 22)), BLACK)
    assert near(shown.getpixel((128, 48)), BLACK)
    assert near(shown.getpixel((140, 30)), WHITE)
    assert min(pixel[0] for pixel in shown.crop((20, 70, 80, 90)).get_flattened_data()) < 120, "the rest of the page is seen"
    thumb = picture(storage, received.thumb_key)
    assert near(thumb.getpixel((100, 80)), BLACK)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_an_area_of_a_turned_page_lies_where_it_is_seen(storage, rotate):
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(200, 100)).obj
    page.Contents = document.make_stream(b"0 0 1 rg 0 0 200 100 re f")
    page.Rotate = rotate
    received = receive(hostile._saved(document), "x.pdf", storage, areas=[[1, 0, 0, 0.5, 0.5]])
    shown = drawn(stored(storage, received.full_key))
    assert shown.size == ((200, 100) if rotate % 180 == 0 else (100, 200)) == (received.width, received.height)
    assert near(shown.getpixel((5, 5)), BLACK)
    assert near(shown.getpixel((shown.width - 5, 5)), (0, 0, 255))
    assert near(shown.getpixel((5, shown.height - 5)), (0, 0, 255))


NONSENSE = [
    [[2, 0, 0, 1, 1]], [[0, 0, 0, 1, 1]], [[1, -0.1, 0, 1, 1]], [[1, 0, 0, 1.1, 1]], [[1, 0.5, 0, 0.6, 1]], [[1, 0, 0, 0, 1]],
    [[1, 0, 0, 1]], [[1, 0, 0, 1, 1, 1]], [["1", 0, 0, 1, 1]], [[1.5, 0, 0, 1, 1]], [[True, 0, 0, 1, 1]], [1], [None], ["abcde"],
    [[1, float("nan"), 0, 1, 1]], [[1, 0, 0, float("inf"), 1]], [[10**400, 0, 0, 1, 1]], [[1, 0, 0, 1, 1]] * 501,
]  # fmt: skip


@pytest.mark.parametrize("areas", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("make", [hostile.jpeg, hostile.pdf])
def test_areas_outside_of_a_file_are_refused(storage, make, areas):
    with pytest.raises(Refused) as caught:
        receive(make(), "x", storage, areas=areas)
    assert caught.value.code == "bad_boxes"


@pytest.mark.parametrize("text", ["", '{"abcde": 1}', "null", "1", "[" * 100_000, '"abcde"', "[[1,0,0,1,1]"])
def test_areas_that_are_no_list_are_refused(text):
    with pytest.raises(Unfit):
        boxes_of(text)
