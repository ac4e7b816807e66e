"""Names that strangers give their files, through a real answer to a real client."""

import http.client
import re
import threading
import unicodedata
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from werkzeug.http import parse_options_header

from forum.attachments.names import content_disposition, safe_name

pytestmark = pytest.mark.pure

HOSTILE = {
    "traversal": "../../../../etc/passwd",
    "traversal, windows": "..\\..\\windows\\system32\\cmd.exe",
    "traversal, encoded": "..%2f..%2fetc%2fpasswd",
    "traversal, full width": "．．／．．／etc／passwd",
    "absolute": "/etc/shadow",
    "drive": "C:\\autoexec.bat",
    "share": "\\\\server\\share\\a.jpg",
    "file address": "file:///etc/passwd",
    "stream of NTFS": "a.jpg:evil.exe",
    "CRLF": "a.jpg\r\nSet-Cookie: stolen=1\r\n\r\n<script>alert(1)</script>",
    "line feed": "a\nb.jpg",
    "other line ends": "a\u2028b\u2029c\x85d\x0be.jpg",
    "bidi override": "foto\u202egpj.exe",
    "bidi isolate": "a\u2066b\u2069.jpg",
    "marks without width": "a\u200b\u200d\ufeffb.jpg",
    "quotes": 'a"; filename="evil.exe',
    "single quotes": "a'; drop table files; --.jpg",
    "back slash before quote": 'a\\"; x=y.jpg',
    "semicolons": "a;filename*=UTF-8''evil.exe",
    "percent": "%00%0d%0aSet-Cookie:%20x=1.jpg",
    "NUL": "a.php\0.jpg",
    "bell and escape": "\x1b]0;evil\x07.jpg",
    "4,000 characters": "x" * 4_000 + ".jpg",
    "4,000 wide characters": "表" * 4_000 + ".jpg",
    "4,000 dots": "." * 4_000,
    "4,000 blanks": " " * 4_000 + ".jpg",
    "many marks on one letter": "a" + "\u0301" * 4_000 + ".jpg",
    "emoji": "👩‍👩‍👧‍👦🔥.jpg",
    "flags": "🇮🇩.jpg",
    "half a pair": "a\ud800b.jpg",
    "private use": "\ue000\U000f0000.jpg",
    "device": "CON",
    "device with extension": "nul.jpg",
    "device, numbered": "COM1.tar.gz",
    "device, superscript": "lpt¹.jpg",
    "hidden": ".htaccess",
    "dot": ".",
    "two dots": "..",
    "nothing": "",
    "only an extension": ".jpg",
    "two extensions": "faktur.pdf.exe",
    "script": "<script>alert(1)</script>.jpg",
    "image tag": '"><img src=x onerror=alert(1)>.jpg',
    "template": "{{7*7}}${7*7}.jpg",
    "shell": "$(rm -rf ~);`id`|sh&.jpg",
    "option": "-rf",
    "wildcards": "*?[a].jpg",
    "right to left": "صورة.jpg",
    "composed apart": "re\u0301sume\u0301.pdf",
    "ligatures": "ﬁle…™.jpg",
    "encoded word": "=?utf-8?B?ZXZpbC5leGU=?=",
}  # fmt: skip
MIMES = {"image/webp": ".webp", "application/pdf": ".pdf"}


@pytest.fixture(scope="module")
def download():
    """Ask a real server for a file of a name; returns what its client reads of the headers."""
    wanted = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Disposition", content_disposition(wanted["name"], inline=False))
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()

    def ask(name):
        wanted["name"] = name
        connection = http.client.HTTPConnection(*server.server_address, timeout=10)
        connection.request("GET", "/")
        answer = connection.getresponse()
        assert answer.read() == b"ok"
        connection.close()
        return answer.headers

    yield ask
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("mime", MIMES)
@pytest.mark.parametrize("given", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_harmless_in_a_download(download, given, mime):
    name = safe_name(given, mime)
    assert name.endswith(MIMES[mime])
    assert 0 < len(name) <= 100
    assert len(name.encode()) <= 200
    assert not name.startswith((".", " "))
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', name)
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for one in name)
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name, re.IGNORECASE)
    headers = download(name)
    assert set(headers.keys()) <= {"Server", "Date", "Content-Disposition", "Content-Length"}
    kind, facts = parse_options_header(headers["Content-Disposition"])
    assert kind == "attachment"
    assert facts == {"filename": name}


@pytest.mark.parametrize("given", HOSTILE.values(), ids=HOSTILE)
def test_even_a_name_that_was_not_rebuilt_stays_inside_its_header(download, given):
    headers = download(given)
    assert set(headers.keys()) <= {"Server", "Date", "Content-Disposition", "Content-Length"}
    kind, facts = parse_options_header(headers["Content-Disposition"])
    assert kind == "attachment"
    assert set(facts) == {"filename"}
