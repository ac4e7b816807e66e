"""Documents that act, tell, point at themselves, or ask for more than they are."""

import io
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.attachments import hostile
from tests.attachments.hostile import encoded, quarters
from tests.attachments.hostile_case import MADE, MARK, case
from tests.attachments.hostile_pictures import icc

TEXT = MARK.decode()
SQUARE = b"0.8 0.1 0.1 rg 20 20 60 60 re f "


class Paper:
    """A one-page document to be spoilt: `document`, `page` and what is most often put in."""

    def __init__(self, content: bytes = SQUARE) -> None:
        self.document = pikepdf.new()
        self.page = self.document.add_blank_page(page_size=(200, 200)).obj
        self.page.Contents = self.document.make_stream(content)
        self.page.Resources = Dictionary()
        self.root = self.document.Root
        self.script = Dictionary(S=Name.JavaScript, JS=String(f"{TEXT}; app.alert(1)"))

    def stream(self, data: bytes = MARK, **facts: object) -> pikepdf.Object:
        made = self.document.make_stream(data)
        made.update(Dictionary(**facts))
        return made

    def form(self, content: bytes = SQUARE, **facts: object) -> pikepdf.Object:
        return self.stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 200]), **facts)

    def file(self) -> Dictionary:
        held = self.stream(MARK, Type=Name.EmbeddedFile)
        return Dictionary(Type=Name.Filespec, F=String(TEXT), EF=Dictionary(F=held))

    def note(self, subtype: str, **facts: object) -> None:
        note = Dictionary(
            Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([0, 0, 99, 99]), Contents=String(TEXT), **facts
        )
        self.page.Annots = Array([self.document.make_indirect(note)])

    def saved(self, **saving: object) -> bytes:
        out = io.BytesIO()
        self.document.save(out, **saving)
        return out.getvalue()


def spoilt(spoil: Callable[[Paper], object], content: bytes = SQUARE) -> Callable[[], bytes]:
    def make() -> bytes:
        paper = Paper(content)
        spoil(paper)
        return paper.saved()

    return make


def action(kind: str, **facts: object) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name(f"/{kind}"), **facts)


def opens_with(kind: str, **facts: object) -> Callable[[], bytes]:
    return spoilt(lambda paper: paper.root.update(Dictionary(OpenAction=action(kind, **facts))))


def linked(kind: str, **facts: object) -> Callable[[], bytes]:
    return spoilt(lambda paper: paper.note("Link", A=action(kind, **facts)))


def field(paper: Paper) -> None:
    name = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("a"),
        V=String("x"),
        Rect=Array([0, 0, 50, 20]),
        AA=Dictionary(C=paper.script, K=paper.script),
    )
    kept = paper.document.make_indirect(name)
    paper.page.Annots = Array([kept])
    paper.root.AcroForm = Dictionary(
        Fields=Array([kept]), CO=Array([kept]), NeedAppearances=True, DA=String("/Helv 0 Tf")
    )


def said_about(paper: Paper) -> None:
    paper.document.docinfo["/Author"] = TEXT
    with paper.document.open_metadata() as metadata:
        metadata["dc:title"] = TEXT


def layers(paper: Paper) -> None:
    layer = paper.document.make_indirect(
        Dictionary(Type=Name.OCG, Name=String(TEXT), Usage=Dictionary(CreatorInfo=Dictionary(Creator=String(TEXT))))
    )
    paper.root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    paper.page.Resources.Properties = Dictionary(L=layer)


def image(paper: Paper, data: bytes, compression: str, **facts: object) -> None:
    held = {"Width": 80, "Height": 60, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB, **facts}
    made = pikepdf.Stream(paper.document, data)
    made.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Image, Filter=Name(f"/{compression}"), **held)
    paper.page.Resources.XObject = Dictionary(P=paper.document.make_indirect(made))
    paper.page.Contents = paper.document.make_stream(b"q 100 0 0 100 0 0 cm /P Do Q")


def laughs(paper: Paper) -> None:
    """A form that draws ten times a form that draws ten times …, 30 deep."""
    inner = paper.form()
    for _ in range(30):
        inner = paper.form(b"/F Do " * 10, Resources=Dictionary(XObject=Dictionary(F=inner)))
    paper.page.Resources.XObject = Dictionary(F=inner)


def itself(paper: Paper) -> None:
    form = paper.form(b"/F Do")
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    paper.page.Resources.XObject = Dictionary(F=form)


def pattern_of_itself(paper: Paper) -> None:
    tile = paper.stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 9, 9]),
        XStep=0.001,
        YStep=0.001,
    )
    tile.Resources = Dictionary(Pattern=Dictionary(P=tile))
    paper.page.Resources.Pattern = Dictionary(P=tile)


def letters_of_themselves(paper: Paper) -> None:
    glyph = paper.stream(b"9 0 d0 BT /T 9 Tf (a) Tj ET")
    font = paper.document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=Array([0, 0, 9, 9]),
            FontMatrix=Array([1, 0, 0, 1, 0, 0]),
            CharProcs=Dictionary(a=glyph),
            Encoding=Dictionary(Differences=Array([97, Name.a])),
            FirstChar=97,
            LastChar=97,
            Widths=Array([9]),
        )
    )
    font.Resources = Dictionary(Font=Dictionary(T=font))
    paper.page.Resources.Font = Dictionary(T=font)


def raw(*objects: str, trailer: str = "/Root 1 0 R") -> Callable[[], bytes]:
    """A document written by hand, with a table that is right."""

    def make() -> bytes:
        out, at = bytearray(b"%PDF-1.7\n"), []
        for number, body in enumerate(objects, 1):
            at.append(len(out))
            out += f"{number} 0 obj {body} endobj\n".encode("latin-1")
        start = len(out)
        out += f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n".encode()
        out += b"".join(b"%010d 00000 n \n" % one for one in at)
        out += f"trailer <</Size {len(at) + 1} {trailer}>>\nstartxref\n{start}\n%%EOF".encode()
        return bytes(out)

    return make


CATALOG = "<</Type/Catalog/Pages 2 0 R>>"
TREE = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>"
DRAWS = "<</Length 9>>stream\n0 0 9 9 re\nendstream"


def page_with(more: str, box: str = "0 0 200 200") -> Callable[[], bytes]:
    return raw(CATALOG, TREE, f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R{more}>>", DRAWS)


def packed(times: int, mebibytes: int) -> Callable[[], bytes]:
    """A page that unpacks to so many blanks, packed so many times."""

    def make() -> bytes:
        packer = zlib.compressobj(9)
        data = b"".join(packer.compress(b" " * 1024**2) for _ in range(mebibytes)) + packer.flush()
        for _ in range(times - 1):
            data = zlib.compress(data, 9)
        paper = Paper()
        paper.page.Contents = pikepdf.Stream(paper.document, data)
        paper.page.Contents.Filter = Array([Name.FlateDecode] * times)
        return paper.saved(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)

    return make


def filtered(name: str, data: bytes, times: int = 1) -> Callable[[], bytes]:
    def make() -> bytes:
        paper = Paper()
        paper.page.Contents = pikepdf.Stream(paper.document, data)
        paper.page.Contents.Filter = Array([Name(f"/{name}")] * times)
        return paper.saved(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)

    return make


def locked(**how: object) -> Callable[[], bytes]:
    return lambda: hostile.pdf(encryption=pikepdf.Encryption(owner="owner", **how))


def many_pages(count: int) -> bytes:
    """Pages that are all the same, as a tree of rows of one hundred."""
    rows = -(-count // 100)
    kids = " ".join(f"{3 + one} 0 R" for one in range(rows))
    tree = [
        f"<</Type/Pages/Parent 2 0 R/Count {min(100, count - one * 100)}/Kids["
        + f" {3 + rows} 0 R" * min(100, count - one * 100)
        + "]>>"
        for one in range(rows)
    ]
    return raw(
        CATALOG,
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        *tree,
        "<</Type/Page/Parent 3 0 R/MediaBox[0 0 200 200]>>",
    )()


def deep_tree(depth: int) -> bytes:
    rows = [f"<</Type/Pages/Parent {2 + one} 0 R/Kids[{4 + one} 0 R]/Count 1>>" for one in range(depth)]
    return raw(CATALOG, TREE, *rows, f"<</Type/Page/Parent {2 + depth} 0 R/MediaBox[0 0 200 200]>>")()


def object_stream(extends: int) -> bytes:
    body = "5 0 <</A 1>>"
    return raw(
        CATALOG,
        TREE,
        PAGE,
        f"<</Type/ObjStm/N 1/First 4/Extends {extends} 0 R/Length {len(body)}>>stream\n{body}\nendstream",
    )()


def stream_of_references(previous: str) -> bytes:
    """A cross-reference stream whose /Prev is itself."""
    start = b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n"
    at = len(start)
    rows = bytes((0, 0, 0, 255)) + b"".join(bytes((1, *one.to_bytes(2, "big"), 0)) for one in (9, 54, at))
    head = f"3 0 obj <</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Prev {previous.format(at=at)}/Length {len(rows)}>>stream\n"
    return start + head.encode() + rows + f"\nendstream endobj\nstartxref\n{at}\n%%EOF".encode()


def table_again() -> bytes:
    data = raw(CATALOG, TREE, PAGE, DRAWS)()
    start = data.rindex(b"xref\n0")
    return data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % start)


def added_to() -> bytes:
    """What was saved over, with the older words still in it."""
    data = hostile.pdf()
    return data.replace(b"%PDF-1", b"%PDF-1", 1).rstrip() + b"\n99 0 obj (" + MARK + b") endobj\n%%EOF\n"


def inherited_for_both(paper: Paper) -> None:
    paper.page.Resources.Font = Dictionary(
        F=Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            OpenAction=paper.script,
            AA=Dictionary(O=paper.script),
        )
    )


def outside(address: str) -> list[Callable[[], bytes]]:
    """Documents that ask for something elsewhere, at this address."""
    far = Dictionary(FS=Name.URL, F=String(address))

    def stream_elsewhere(paper: Paper) -> None:
        paper.page.Contents.update(Dictionary(F=far))

    def form_elsewhere(paper: Paper) -> None:
        paper.page.Resources.XObject = Dictionary(F=paper.form(Ref=Dictionary(F=far, Page=0)))
        paper.page.Contents = paper.document.make_stream(b"/F Do")

    def picture_elsewhere(paper: Paper) -> None:
        image(
            paper,
            encoded(quarters(), "JPEG"),
            "DCTDecode",
            Alternates=Array([Dictionary(Image=paper.stream(F=far))]),
            OPI=Dictionary(F=far),
        )

    def profile_elsewhere(paper: Paper) -> None:
        paper.root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, DestOutputProfileRef=far)])

    def file_elsewhere(paper: Paper) -> None:
        paper.page.Contents.update(Dictionary(F=String("/etc/passwd")))

    return [
        spoilt(one) for one in (stream_elsewhere, form_elsewhere, picture_elsewhere, profile_elsewhere, file_elsewhere)
    ] + [
        opens_with("URI", URI=String(address)),
        opens_with("SubmitForm", F=far),
        opens_with("GoToR", F=far, D=Array([0, Name.Fit])),
        opens_with("ImportData", F=far),
        linked("GoToE", F=far, D=Array([0, Name.Fit])),
        linked("Launch", F=far),
    ]


# fmt: off
ACTING = [
    case("pdf OpenAction of JavaScript", spoilt(lambda p: p.root.update(Dictionary(OpenAction=p.script))), MADE),
    case("pdf names of JavaScript", spoilt(lambda p: p.root.update(Dictionary(Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), p.script])))))), MADE),
    case("pdf AA of the document", spoilt(lambda p: p.root.update(Dictionary(AA=Dictionary(WC=p.script, WP=p.script)))), MADE),
    case("pdf AA of the page", spoilt(lambda p: p.page.update(Dictionary(AA=Dictionary(O=p.script, C=p.script)))), MADE),
    case("pdf actions in a row", spoilt(lambda p: p.root.update(Dictionary(OpenAction=action("Hide", Next=Array([p.script] * 50))))), MADE),
    case("pdf Launch", opens_with("Launch", F=String(TEXT), Win=Dictionary(F=String("cmd.exe"), P=String(TEXT))), MADE),
    case("pdf link that launches", linked("Launch", F=String("/bin/sh")), MADE),
    case("pdf link with a script", spoilt(lambda p: p.note("Link", A=p.script)), MADE),
    case("pdf link of javascript:", linked("URI", URI=String(f"javascript:alert('{TEXT}')")), MADE),
    case("pdf Named", opens_with("Named", N=Name.Print), MADE),
    case("pdf Rendition", spoilt(lambda p: p.note("Screen", A=action("Rendition", JS=String(TEXT), OP=0))), MADE),
    case("pdf Movie", spoilt(lambda p: p.note("Movie", Movie=Dictionary(F=String(TEXT)))), MADE),
    case("pdf Sound", spoilt(lambda p: p.note("Sound", Sound=p.stream())), MADE),
    case("pdf RichMedia", spoilt(lambda p: p.note("RichMedia", RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([String("a.swf"), p.file()]))))), MADE),
    case("pdf 3D with a script", spoilt(lambda p: p.note("3D", **{"3DD": p.stream(OnInstantiate=p.stream())})), MADE),
    case("pdf thread", spoilt(lambda p: p.root.update(Dictionary(Threads=Array([Dictionary(I=Dictionary(Title=String(TEXT)))])))), MADE),
    case("pdf field that counts", spoilt(field), MADE),
    case("pdf XFA", spoilt(lambda p: p.root.update(Dictionary(AcroForm=Dictionary(Fields=Array(), XFA=p.stream(b"<xdp>" + MARK + b"</xdp>"))))), MADE),
    case("pdf XFA in parts", spoilt(lambda p: p.root.update(Dictionary(AcroForm=Dictionary(Fields=Array(), XFA=Array([String("template"), p.stream()]))))), MADE),
    case("pdf embedded file", spoilt(lambda p: p.document.attachments.__setitem__("a.exe", MARK)), MADE),
    case("pdf file on the page", spoilt(lambda p: p.note("FileAttachment", FS=p.file())), MADE),
    case("pdf associated file", spoilt(lambda p: p.page.update(Dictionary(AF=Array([p.file()])))), MADE),
    case("pdf collection", spoilt(lambda p: p.root.update(Dictionary(Collection=Dictionary(View=Name.D), Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array([String("a"), p.file()])))))), MADE),
    case("pdf metadata", spoilt(said_about), MADE),
    case("pdf metadata of the page", spoilt(lambda p: p.page.update(Dictionary(Metadata=p.stream(), PieceInfo=Dictionary(A=String(TEXT))))), MADE),
    case("pdf outlines", spoilt(lambda p: p.root.update(Dictionary(Outlines=p.document.make_indirect(Dictionary(First=Dictionary(Title=String(TEXT), A=p.script)))))), MADE),
    case("pdf page labels", spoilt(lambda p: p.root.update(Dictionary(PageLabels=Dictionary(Nums=Array([0, Dictionary(P=String(TEXT))]))))), MADE),
    case("pdf structure", spoilt(lambda p: p.root.update(Dictionary(StructTreeRoot=Dictionary(K=Dictionary(Alt=String(TEXT)))))), MADE),
    case("pdf signature", spoilt(lambda p: p.root.update(Dictionary(Perms=Dictionary(DocMDP=Dictionary(Contents=String(TEXT)))))), MADE),
    case("pdf keys of its own", spoilt(lambda p: p.root.update(Dictionary(Secret=String(TEXT)))), MADE),
    case("pdf page keys of its own", spoilt(lambda p: p.page.update(Dictionary(Secret=String(TEXT), Thumb=p.stream(), B=Array([String(TEXT)])))), MADE),
    case("pdf comments among the operators", spoilt(lambda p: None, b"% " + MARK + b"\n" + SQUARE + b"%" + MARK), MADE),
    case("pdf comments in a form", spoilt(lambda p: (p.page.Resources.update(Dictionary(XObject=Dictionary(F=p.form(SQUARE + b"%" + MARK)))), p.page.update(Dictionary(Contents=p.stream(b"/F Do"))))), MADE),
    case("pdf comments outside objects", lambda: hostile.pdf().replace(b"%PDF-1", b"%PDF-1", 1) + b"%" + MARK + b"\n%%EOF\n", MADE),
    case("pdf form with a history", spoilt(lambda p: (p.page.Resources.update(Dictionary(XObject=Dictionary(F=p.form(PieceInfo=Dictionary(A=String(TEXT)), Metadata=p.stream())))), p.page.update(Dictionary(Contents=p.stream(b"/F Do"))))), MADE),
    case("pdf actions in a font", spoilt(inherited_for_both, b"BT /F 9 Tf (a) Tj ET"), MADE),
    case("pdf resources of its own", spoilt(lambda p: p.page.Resources.update(Dictionary(Hidden=p.stream(), JavaScript=p.script))), MADE),
    case("pdf form nobody draws", spoilt(lambda p: p.page.Resources.update(Dictionary(XObject=Dictionary(F=p.form(MARK))))), MADE),
    case("pdf saved over", added_to, MADE),
    case("pdf photo with EXIF", spoilt(lambda p: image(p, hostile.jpeg().replace(hostile.CANARY, MARK[: len(hostile.CANARY)]), "DCTDecode")), MADE),
    case("pdf photo with a zip behind", spoilt(lambda p: image(p, encoded(quarters(), "JPEG") + MARK, "DCTDecode")), MADE),
    case("pdf scan with boxes", spoilt(lambda p: image(p, hostile.jpeg2000(), "JPXDecode")), MADE),
    case("pdf everything at once", hostile.hostile_pdf, MADE),
    case("pdf in ten objects streams", lambda: Paper().saved(object_stream_mode=pikepdf.ObjectStreamMode.generate), MADE),
    case("pdf made for the web", lambda: Paper().saved(linearize=True), MADE),
]
LOCKED = [
    case("pdf RC4, 40 bits, to be opened", locked(user="rahasia", R=2, aes=False, metadata=False), "encrypted"),
    case("pdf RC4, 40 bits", locked(user="", R=2, aes=False, metadata=False), "encrypted"),
    case("pdf RC4, 128 bits, to be opened", locked(user="rahasia", R=3, aes=False, metadata=False), "encrypted"),
    case("pdf RC4, 128 bits", locked(user="", R=3, aes=False, metadata=False), "encrypted"),
    case("pdf AES, 128 bits, to be opened", locked(user="rahasia", R=4), "encrypted"),
    case("pdf AES, 128 bits", locked(user="", R=4), "encrypted"),
    case("pdf AES, 256 bits, to be opened", locked(user="rahasia", R=6), "encrypted"),
    case("pdf AES, 256 bits", locked(user="", R=6), "encrypted"),
    case("pdf locked by an unknown", raw(CATALOG, TREE, PAGE, DRAWS, "<</Filter/Evil/V 9>>", trailer="/Root 1 0 R/Encrypt 5 0 R"), "encrypted", "damaged"),
    case("pdf locked by itself", raw(CATALOG, TREE, PAGE, DRAWS, trailer="/Root 1 0 R/Encrypt 1 0 R"), "encrypted", "damaged"),
]
COUNTED = [
    case("pdf of 10,000 pages", lambda: many_pages(10_000), "too_many_pages", alone=True),
    case("pdf of 101 pages", lambda: hostile.pdf(101), "too_many_pages"),
    case("pdf of 100 pages", lambda: hostile.pdf(100), MADE),
    case("pdf of 500 times one page", lambda: many_pages(500), "too_many_pages"),
    case("pdf of no page", raw(CATALOG, "<</Type/Pages/Kids[]/Count 0>>"), "damaged"),
    case("pdf that counts to 2147483647", raw(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 2147483647>>", PAGE, DRAWS), MADE, "damaged", "too_many_pages"),
    case("pdf that counts backwards", raw(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count -1>>", PAGE, DRAWS)),
    case("pdf whose tree is itself", raw(CATALOG, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), "damaged"),
    case("pdf whose tree turns back", raw(CATALOG, "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"), "damaged"),
    case("pdf whose page is its own parent", raw(CATALOG, TREE, "<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>")),
    case("pdf whose root is its tree", raw("<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]/Count 1>>"), "damaged"),
    case("pdf without a root", raw(CATALOG, TREE, PAGE, DRAWS, trailer="")),
    case("pdf whose root is elsewhere", raw(CATALOG, TREE, PAGE, DRAWS, trailer="/Root 99 0 R")),
    case("pdf of a tree 450 deep", lambda: deep_tree(450)),
    case("pdf of a tree 20,000 deep", lambda: deep_tree(20_000), alone=True),
    case("pdf of kids that are numbers", raw(CATALOG, "<</Type/Pages/Kids[1 2 3 (a) null]/Count 5>>"), "damaged"),
]
TWISTED = [
    case("pdf stream of objects that goes on in itself", lambda: object_stream(4)),
    case("pdf stream of objects that goes on in the page", lambda: object_stream(3)),
    case("pdf references that begin again", lambda: stream_of_references("{at}"), "damaged"),
    case("pdf references that begin nowhere", lambda: stream_of_references("999999999"), "damaged"),
    case("pdf table that begins again", table_again),
    case("pdf table of wrong places", lambda: raw(CATALOG, TREE, PAGE, DRAWS)().replace(b"00000 n", b"00001 n")),
    case("pdf without a table", lambda: raw(CATALOG, TREE, PAGE, DRAWS)().replace(b"startxref", b"startnone")),
    case("pdf that starts at 9999999999", lambda: raw(CATALOG, TREE, PAGE, DRAWS)()[:-10] + b"9999999999\n%%EOF"),
    case("pdf whose length is itself", raw(CATALOG, TREE, PAGE, "<</Length 4 0 R>>stream\n0 0 9 9 re\nendstream")),
    case("pdf whose length is 2 GB", raw(CATALOG, TREE, PAGE, DRAWS.replace("9>>", "2147483647>>"))),
    case("pdf whose length is less than nothing", raw(CATALOG, TREE, PAGE, DRAWS.replace("9>>", "-5>>"))),
    case("pdf whose object is a reference to itself", raw(CATALOG, TREE, PAGE, "4 0 R")),
    case("pdf of arrays 100,000 deep", page_with("/A " + "[" * 100_000 + "]" * 100_000), alone=True),
    case("pdf of dictionaries 50,000 deep", page_with("/Group " + "<</A" * 50_000 + " 1" + ">>" * 50_000), alone=True),
    case("pdf of an array of 200,000", page_with("/Group [" + "0 " * 200_000 + "]"), alone=True),
    case("pdf of a name of 4,000 characters", page_with("/" + "a" * 4_000 + " 1"), MADE),
    case("pdf of a number of 4,000 figures", page_with("/Rotate " + "9" * 4_000)),
    case("pdf of a string that does not end", page_with("/A (((((((((")),
    case("pdf page of no size", page_with("", "0 0 0 0")),
    case("pdf page of less than no size", page_with("", "200 200 0 0"), MADE),
    case("pdf page as large as a land", page_with("", "0 0 1e30 1e30")),
    case("pdf page of 14,400 points", page_with("", "0 0 14400 14400"), MADE),
    case("pdf page as thin as a hair", page_with("", "0 0 1000000 0.001")),
    case("pdf page of words instead of a size", page_with("", "(a) /b null true")),
    case("pdf page turned by 45 degrees", page_with("/Rotate 45")),
    case("pdf page of units of a mile", page_with("/UserUnit 100000000"), MADE),
    case("pdf page cut outside itself", page_with("/CropBox[900 900 999 999]")),
    case("pdf page of 20,000 contents", raw(CATALOG, TREE, PAGE.replace("4 0 R", "[" + "4 0 R " * 20_000 + "]"), DRAWS), alone=True),
    case("pdf page whose content is a page", raw(CATALOG, TREE, PAGE.replace("4 0 R", "3 0 R"), DRAWS)),
    case("pdf page whose resources are itself", page_with("/Resources 3 0 R")),
    case("pdf form that draws itself", spoilt(itself, b"/F Do"), MADE),
    case("pdf forms that draw ten, thirty deep", spoilt(laughs, b"/F Do"), alone=True, cpu_seconds=4),
    case("pdf pattern of itself in steps of a hair", spoilt(pattern_of_itself, b"/Pattern cs /P scn 0 0 200 200 re f"), alone=True, cpu_seconds=4),
    case("pdf letters of themselves", spoilt(letters_of_themselves, b"BT /T 9 Tf (aaaa) Tj ET")),
    case("pdf of q 200,000 times", spoilt(lambda p: None, b"q " * 200_000), MADE),
    case("pdf of Q 200,000 times", spoilt(lambda p: None, b"Q " * 200_000), MADE),
    case("pdf of 300,000 strokes", spoilt(lambda p: None, b"0 0 m 200 200 l S " * 300_000), alone=True, cpu_seconds=4),
    case("pdf of operators that are none", spoilt(lambda p: None, b"\x00\xff(<[{ evil " * 2_000)),
    case("pdf picture that says 100000 square", spoilt(lambda p: image(p, zlib.compress(bytes(99)), "FlateDecode", Width=100_000, Height=100_000)), alone=True),
    case("pdf picture that says -1", spoilt(lambda p: image(p, zlib.compress(bytes(99)), "FlateDecode", Width=-1, Height=-1))),
    case("pdf picture that is no JPEG", spoilt(lambda p: image(p, b"\xff\xd8\xff" + bytes(99), "DCTDecode")), MADE),
    case("pdf picture that is no JBIG2", spoilt(lambda p: image(p, b"\x97JB2" + b"\xff" * 999, "JBIG2Decode")), MADE),
    case("pdf picture that is no fax", spoilt(lambda p: image(p, b"\xaa" * 9_999, "CCITTFaxDecode", DecodeParms=Dictionary(K=-1, Columns=60_000, Rows=60_000)))),
    case("pdf picture that is no JPEG 2000", spoilt(lambda p: image(p, b"\0\0\0\x0cjP  " + b"\xff" * 999, "JPXDecode")), MADE),
    case("pdf packed twice, 200 MB", packed(2, 200), "took_too_long", alone=True),
    case("pdf packed three times, 200 MB", packed(3, 200), "took_too_long", alone=True),
    case("pdf packed once, 100 MB", packed(1, 100), "took_too_long", alone=True),
    case("pdf of 100 filters", filtered("ASCIIHexDecode", b"30" * 500, 100)),
    case("pdf of runs", filtered("RunLengthDecode", b"\x81 " * 200_000)),
    case("pdf of LZW that is none", filtered("LZWDecode", b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 99)),
    case("pdf of a filter that does not exist", filtered("EvilDecode", MARK)),
    case("pdf of Crypt", raw(CATALOG, TREE, PAGE, DRAWS.replace("9>>", "9/Filter/Crypt>>"))),
    case("pdf layer that nobody sees", spoilt(layers, b"/OC /L BDC 0 0 9 9 re f EMC")),
    case("pdf profile with words", spoilt(lambda p: p.page.Resources.update(Dictionary(ColorSpace=Dictionary(C=Array([Name.ICCBased, p.stream(icc(), N=3)])))), b"/C cs 1 0 0 sc 0 0 9 9 re f")),
    case("pdf with its header in capitals", lambda: hostile.pdf().replace(b"%PDF-1.", b"%PDF-9.", 1)),
    case("pdf without its end", lambda: hostile.pdf().replace(b"%%EOF", b"%%NOT"), "damaged"),
    case("pdf of nothing but beginnings", lambda: b"%PDF-1.7\n" * 10_000 + b"%%EOF", "damaged"),
    case("pdf of 20,000 objects that begin", lambda: b"%PDF-1.7\n" + b"1 0 obj <<" * 20_000 + b"%%EOF", "damaged", alone=True),
]
# fmt: on
