"""Whether a file is the one of a receipt: found out in a real browser, which sends nothing of it anywhere."""

import hashlib

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.e2e.person import Person
from tests.e2e.site import Site

pytestmark = pytest.mark.browser
BYTES = bytes(range(256)) * 40
HASH = hashlib.sha256(BYTES).hexdigest()
DROP = """(text) => {
    const moved = new DataTransfer();
    moved.items.add(new File([text], "seret.txt"));
    document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: moved, bubbles: true, cancelable: true}));
}"""
LARGE = """(size) => {
    const moved = new DataTransfer();
    const file = new File(["x"], "besar.pdf");
    Object.defineProperty(file, "size", {value: size});
    moved.items.add(file);
    const event = new DragEvent("drop", {bubbles: true, cancelable: true});
    Object.defineProperty(event, "dataTransfer", {value: {types: ["Files"], files: [file]}});
    document.body.dispatchEvent(event);
}"""


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def results(page: Page) -> list[str]:
    return page.locator(".check__verdict").all_inner_texts()


def test_files_are_compared_with_a_receipt_and_stay_here(chromium: Browser, site: Site) -> None:
    reader = Person(chromium, site, "Guest")
    page, sent = reader.page, []
    page.goto(f"/check-file#{HASH}")
    expect(page.locator("#fingerprint")).to_have_value(HASH)
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#checked").set_input_files(
        [payload("bukti.jpg", BYTES), payload("lain.jpg", BYTES + b"!"), payload("kosong", b"")]
    )
    expect(page.locator(".check__result code").nth(2)).to_have_text(hashlib.sha256().hexdigest())
    assert [words.split(":")[0] for words in results(page)] == ["Sama", "Berbeda", "Berbeda"]
    expect(page.locator(".check__result code").first).to_have_text(HASH)

    page.locator("#fingerprint").fill(f"  {HASH.upper()[:32]} {HASH[32:]}\n")
    assert results(page)[0].startswith("Sama")
    page.locator("#fingerprint").fill(HASH[:-1])
    expect(page.get_by_role("alert")).to_contain_text("64")
    assert results(page) == ["", "", ""]
    page.locator("#fingerprint").fill("")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert results(page)[0].startswith("Ini sidik berkas")

    page.locator("#fingerprint").fill(hashlib.sha256(b"seret").hexdigest())
    page.evaluate(DROP, "seret")
    expect(page.locator(".check__verdict")).to_contain_text("Sama")
    page.evaluate(LARGE, 500 * 1000**2 + 1)
    expect(page.locator(".check__verdict")).to_contain_text("terlalu besar")
    assert sent == []
    assert reader.problems == []


@pytest.mark.parametrize("fragment", ["%", "%E0%A4%A", "x" * 64, "<b>", HASH[:-1]])
def test_whatever_stands_behind_the_address_the_page_works(chromium: Browser, site: Site, fragment: str) -> None:
    reader = Person(chromium, site, "Guest")
    reader.open(f"/check-file#{fragment}")
    expect(reader.page.locator("#fingerprint")).to_have_value("")
    reader.page.locator("#checked").set_input_files([payload("bukti.jpg", BYTES)])
    expect(reader.page.locator(".check__result code")).to_have_text(HASH)
    assert reader.problems == []


def test_without_scripts_it_says_how_and_takes_nothing(chromium: Browser, site: Site) -> None:
    reader = Person(chromium, site, "Guest", scripts=False)
    reader.open("/check-file")
    expect(reader.page.locator("#checked")).to_be_hidden()
    expect(reader.page.locator("#fingerprint")).to_be_hidden()
    for words in ("sha256sum", "shasum -a 256", "certutil -hashfile"):
        reader.sees(words)
