import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.attachments.names import content_disposition, safe_name

pytestmark = pytest.mark.pure

PDF, WEBP = "application/pdf", "image/webp"


@pytest.mark.parametrize(
    ("given_name", "mime", "name"),
    [
        ("struk.jpg", WEBP, "struk.webp"),
        ("Foto 1.HEIC", WEBP, "Foto 1.webp"),
        ("bukti", PDF, "bukti.pdf"),
        ("faktur.pdf", PDF, "faktur.pdf"),
        ("faktur.pdf.PDF", PDF, "faktur.pdf"),
        ("faktur.pdf.exe", PDF, "faktur.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("C:\\Users\\Lina\\struk.png", WEBP, "struk.webp"),
        ("surat no.5", PDF, "surat no.5.pdf"),
        ("Rp.62.000", PDF, "Rp.62.000.pdf"),
        ("foto\u202egpj.exe", WEBP, "fotogpj.webp"),
        ("a\r\nSet-Cookie: x=1.jpg", WEBP, "a Set-Cookie x=1.webp"),
        ("nul\x00byte.png", WEBP, "nulbyte.webp"),
        ("re\u0301sume\u0301.pdf", PDF, "résumé.pdf"),
        ('"<kutip>".png', WEBP, "kutip.webp"),
        ("CON", PDF, "_CON.pdf"),
        ("com1.pdf", PDF, "_com1.pdf"),
        (".htaccess", PDF, "htaccess.pdf"),
        ("", WEBP, "lampiran.webp"),
        ("....", WEBP, "lampiran.webp"),
        (".jpg", WEBP, "lampiran.webp"),
        ("表格.pdf", PDF, "表格.pdf"),
        ("x" * 500 + ".jpg", WEBP, "x" * 95 + ".webp"),
    ],
)
def test_a_name_is_rebuilt(given_name, mime, name):
    assert safe_name(given_name, mime) == name


def test_only_types_that_are_stored_have_a_name():
    with pytest.raises(KeyError):
        safe_name("x.svg", "image/svg+xml")


@given(st.text(max_size=300))
def test_every_name_is_short_plain_and_stays_the_same_when_rebuilt(anything):
    name = safe_name(anything, PDF)
    assert name.endswith(".pdf")
    assert len(name) <= 100
    assert len(name.encode()) <= 200
    assert not re.search(r'[\x00-\x1f\x7f-\x9f\\/:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]', name)
    assert not name.startswith(".")
    assert safe_name(name, PDF) == name


@pytest.mark.parametrize(
    ("name", "inline", "value"),
    [
        ("struk.webp", True, 'inline; filename="struk.webp"'),
        ("struk 1.pdf", False, 'attachment; filename="struk 1.pdf"'),
        ("résumé.pdf", False, "attachment; filename=\"resume.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf"),
        ("表格.pdf", False, "attachment; filename=\"lampiran.pdf\"; filename*=UTF-8''%E8%A1%A8%E6%A0%BC.pdf"),
        ("100%20.pdf", True, "inline; filename=\"100_20.pdf\"; filename*=UTF-8''100%2520.pdf"),
        ("it's.pdf", True, 'inline; filename="it\'s.pdf"'),
        ('a"; x="b.pdf', True, 'inline; filename="a; x=b.pdf"'),
        ("a\r\nX-Evil: 1", True, 'inline; filename="aX-Evil 1"'),
    ],
)
def test_the_header_names_the_download(name, inline, value):
    assert content_disposition(name, inline=inline) == value


@given(st.text(max_size=100), st.booleans())
def test_no_name_breaks_out_of_the_header(name, inline):
    value = content_disposition(name, inline=inline)
    assert re.fullmatch(
        r"(inline|attachment); filename=\"[\x20-\x21\x23-\x5b\x5d-\x7e]+\""
        r"(; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+)?",
        value,
    )
