"""Evidence in a real browser on a phone: chosen, covered by a finger, sent one by one over a line that breaks, put in order."""

import base64
import hashlib
import io
import json
import os
import re
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Locator, Page, Route, expect

from tests.attachments import hostile
from tests.e2e.person import Person
from tests.e2e.site import Site
from tests.processes import below

pytestmark = pytest.mark.browser
SECRET = (300, 300, 2600, 1200)  # where the number stands, of 3000 × 4000 pixels
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PHONE = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def payload(name: str, mime: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": mime, "buffer": data}


def photo(number: int) -> FilePayload:
    """A photo of 12 megapixels with a white field in it."""
    image = Image.effect_noise((375, 500), 60).resize((3000, 4000)).convert("RGB")
    ImageDraw.Draw(image).rectangle(SECRET, fill="white")
    ImageDraw.Draw(image).text((400, 500), f"0812-3456-78{number:02}", fill="black", font_size=260)
    return payload(f"IMG_{number}.jpg", "image/jpeg", hostile.encoded(image, "JPEG", quality=90))


def screenshot() -> FilePayload:
    image = Image.new("RGB", (720, 1600), "#cde")
    ImageDraw.Draw(image).text((40, 40), "Pesanan dibatalkan", fill="black", font_size=40)
    return payload("layar.png", "image/png", hostile.encoded(image, "PNG"))


def bill() -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF")
    return payload("faktur.pdf", "application/pdf", out.getvalue())


@pytest.fixture
def ana(chromium: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Person]:
    """Ana on the page on which letters are written."""
    person = Person(chromium, site, "Ana Wijaya", f"ana.{abs(hash(request.node.name))}@surat.example", **PHONE)
    person.sign_up()
    person.open("/letters/write")
    expect(person.page.locator(".evidence--live")).to_be_visible()
    yield person
    assert not person.problems, person.problems
    person.context.close()


def choose(page: Page, *files: FilePayload) -> None:
    page.locator("#files").set_input_files(list(files))


def row(page: Page, name: str) -> Locator:
    return page.locator(".tray-file", has_text=name)


def kept(page: Page) -> Locator:
    return page.locator(".kept-file")


def send(page: Page) -> None:
    page.locator(".tray__bar [data-do=send]").click()


def names(page: Page) -> list[str]:
    return [str(one.get_attribute("data-name")) for one in kept(page).all()]


def saved(page: Page) -> None:
    """Wait until the form has saved itself after the last change."""
    with page.expect_response(lambda answer: re.search(r"/letters/drafts/\d+$", answer.url) is not None and answer.ok):
        pass


def picture(page: Page, name: str) -> Image.Image:
    """The picture that the site serves of a kept file."""
    link = page.locator(f'.kept-file[data-name="{name}"] .attachment__name a')
    answer = page.request.get(str(link.get_attribute("href")))
    assert answer.ok
    return Image.open(io.BytesIO(answer.body())).convert("RGB")


def touch_drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """One finger that goes from one place of the screen to another, once what it touches is drawn."""
    page.evaluate(DRAWN)
    finger = page.context.new_cdp_session(page)
    for kind, (x, y) in (("touchStart", start), *(("touchMove", at) for at in between(start, end))):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    page.wait_for_timeout(
        300
    )  # held still: a finger that leaves at full speed throws the page, and the next tap only stops it
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    finger.detach()


def between(start: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
    for step in range(1, 9):
        yield start[0] + (end[0] - start[0]) * step / 8, start[1] + (end[1] - start[1]) * step / 8


def test_five_photos_a_bill_and_a_finger(ana: Person) -> None:
    """The picture is covered before it leaves; a broken line costs one file some seconds; order, captions and audiences stay."""
    page = ana.page
    ana.fill(title="Barang tidak datang")
    choose(page, photo(1), photo(2), screenshot(), payload("IMG_9.HEIC", "image/heic", hostile.HEIC), photo(4), bill())
    expect(row(page, "IMG_1.jpg").get_by_role("button", name="Tutupi bagian")).to_be_visible()
    expect(row(page, "faktur.pdf").get_by_role("button", name="Tutupi bagian")).to_be_hidden()
    assert kept(page).count() == 0

    row(page, "IMG_1.jpg").get_by_role("button", name="Tutupi bagian").tap()
    canvas = page.locator(".cover canvas")
    box = canvas.bounding_box()
    assert box
    left, top, right, low = (side / whole for side, whole in zip(SECRET, (3000, 4000, 3000, 4000), strict=True))
    touch_drag(
        page,
        (box["x"] + (left - 0.02) * box["width"], box["y"] + (top - 0.02) * box["height"]),
        (box["x"] + (right + 0.02) * box["width"], box["y"] + (low + 0.02) * box["height"]),
    )
    expect(page.locator(".cover__row")).to_have_count(1)
    page.get_by_role("button", name="Selesai").tap()
    expect(row(page, "IMG_1.jpg")).to_contain_text("1 bagian ditutupi")

    broken: list[str] = []

    def break_once(route: Route) -> None:
        sent = route.request.post_data_buffer or b""
        if route.request.method == "POST" and b"IMG_2" in sent and not broken:
            broken.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/files", break_once)
    page.get_by_role("button", name="Kirim berkas (6)").tap()
    expect(kept(page)).to_have_count(6, timeout=60_000)
    assert broken
    expect(page.locator(".tray")).to_be_hidden()
    expect(page.locator(".kept-file[data-state=waiting]")).to_have_count(0, timeout=60_000)
    assert names(page) == ["IMG_1.webp", "IMG_2.webp", "layar.webp", "IMG_9.webp", "IMG_4.webp", "faktur.pdf"]

    shown = picture(page, "IMG_1.webp")
    across, down = shown.size
    inside = shown.crop((int(left * across), int(top * down), int(right * across), int(low * down)))
    assert max(high for _low, high in inside.getextrema()) < 16
    assert min(picture(page, "IMG_2.webp").getpixel((across // 2, int((low - 0.01) * down)))) > 240

    last = page.locator('.kept-file[data-name="faktur.pdf"]')
    last.get_by_role("button", name="Naikkan").tap()
    last.get_by_label("Keterangan").fill("Faktur dari toko")
    last.get_by_label("Siapa yang boleh melihat").select_option("moderators")
    saved(page)
    page.reload()
    assert names(page) == ["IMG_1.webp", "IMG_2.webp", "layar.webp", "IMG_9.webp", "faktur.pdf", "IMG_4.webp"]
    last = page.locator('.kept-file[data-name="faktur.pdf"]')
    expect(last.get_by_label("Keterangan")).to_have_value("Faktur dari toko")
    expect(last.get_by_label("Siapa yang boleh melihat")).to_have_value("moderators")
    expect(page.locator('main [name="title"]')).to_have_value("Barang tidak datang")


def test_a_photo_is_made_smaller_unless_its_owner_wants_it_whole(ana: Person) -> None:
    page, whole = ana.page, photo(3)
    choose(page, whole)
    send(page)
    expect(kept(page)).to_have_count(1)
    expect(page.locator(".kept-file[data-state=waiting]")).to_have_count(0, timeout=60_000)
    with page.expect_download() as saving:
        page.get_by_role("link", name="Simpan berkas seperti yang terkirim").tap()
    copy = Path(saving.value.path()).read_bytes()
    assert hashlib.sha256(copy).hexdigest() == page.locator(".attachment__receipt code").text_content()
    page.get_by_label("Kirim berkas asli tanpa diperkecil").check()
    choose(page, whole)
    send(page)
    expect(kept(page)).to_have_count(2, timeout=30_000)
    expect(page.get_by_role("link", name="Simpan berkas seperti yang terkirim")).to_have_count(1)
    large = hostile.encoded(Image.new("L", (8000, 5001)), "PNG")
    choose(page, payload("luas.png", "image/png", large))
    send(page)
    expect(row(page, "luas.png")).to_contain_text("40 megapiksel")
    facts = [prepared_and_size(ana.site, name) for name in ("as_it_was", "shrunk")]
    assert facts[0] == len(whole["buffer"])
    assert 0 < facts[1] < facts[0] / 2


def test_what_waits_on_the_device_is_for_whom_its_owner_says_last(ana: Person) -> None:
    page = ana.page
    choose(page, screenshot())
    ana.choose(new_audience="business")
    send(page)
    expect(kept(page).locator("select")).to_have_value("business")


def test_a_row_is_dragged_to_another_place_by_a_finger(ana: Person) -> None:
    page = ana.page
    choose(page, screenshot(), bill())
    send(page)
    expect(kept(page)).to_have_count(2)
    page.locator(".kept-file__grip").last.scroll_into_view_if_needed()
    at = [page.locator(".kept-file__grip").nth(place).bounding_box() for place in (1, 0)]
    start, end = ((box["x"] + 20, box["y"] + 20) for box in at if box)
    with page.expect_response(lambda answer: re.search(r"/letters/drafts/\d+$", answer.url) is not None and answer.ok):
        touch_drag(page, start, (end[0], end[1] - 120))
    assert names(page) == ["faktur.pdf", "layar.webp"]
    page.reload()
    assert names(page) == ["faktur.pdf", "layar.webp"]


def prepared_and_size(site: Site, prepared: str) -> int:
    """The bytes of the newest file that was so prepared."""
    with closing(sqlite3.connect(site.folder / "forum.sqlite3")) as kept:
        asked = "select original_size from attachment where prepared = ? order by id desc"
        return int(kept.execute(asked, [prepared]).fetchone()[0])


def test_paused_offline_and_gone_on(ana: Person) -> None:
    page = ana.page
    ana.context.set_offline(True)
    choose(page, screenshot(), bill())
    send(page)
    expect(row(page, "layar.png")).to_contain_text("Sambungan terputus")
    page.get_by_role("button", name="Jeda").tap()
    expect(row(page, "layar.png")).to_contain_text("Dijeda")
    ana.context.set_offline(False)
    expect(kept(page)).to_have_count(0)
    page.get_by_role("button", name="Lanjut", exact=True).tap()
    expect(kept(page)).to_have_count(2)


def test_what_cannot_be_taken_is_told_before_it_is_sent(ana: Person) -> None:
    page, asked = ana.page, []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    choose(
        page,
        payload("rekaman.mp4", "video/mp4", b"\0\0\0\x18ftypmp42"),
        payload("suara.ogg", "audio/ogg", b"OggS"),
        payload("kosong.pdf", "application/pdf", b""),
        payload("lembar.xlsx", "application/vnd.ms-excel", b"PK"),
        payload("besar.pdf", "application/pdf", b"%PDF-" + bytes(16 * 1024**2)),
    )
    for name, words in (
        ("rekaman.mp4", "Ini video"),
        ("suara.ogg", "Ini rekaman suara"),
        ("kosong.pdf", "kosong"),
        ("lembar.xlsx", "bukan gambar atau PDF"),
        ("besar.pdf", "terlalu besar"),
    ):
        expect(row(page, name)).to_contain_text(words)
    expect(page.locator(".tray__bar [data-do=send]")).to_be_hidden()
    row(page, "besar.pdf").get_by_role("button", name="Hapus").tap()
    expect(page.locator(".tray-file")).to_have_count(4)
    assert not [url for url in asked if url.endswith("/files")]


DROPPED = """([name, base64, kind]) => {
  const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type: "image/png" }));
  const place = document.querySelector("main");
  if (kind === "drop") {
    place.dispatchEvent(new DragEvent("dragover", { dataTransfer: carried, bubbles: true, cancelable: true }));
    place.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
  } else place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true }));
}"""


def test_dropped_and_pasted_and_the_button_that_waits_for_them(ana: Person) -> None:
    """The preview is asked for while nothing was sent: the files go first, then it answers with them."""
    page = ana.page
    encoded = base64.b64encode(screenshot()["buffer"]).decode()
    page.evaluate(DROPPED, ["jatuh.png", encoded, "drop"])
    expect(row(page, "jatuh.png")).to_be_visible()
    page.evaluate(
        DROPPED, ["image.png", base64.b64encode(hostile.encoded(hostile.quarters(), "PNG")).decode(), "paste"]
    )
    expect(row(page, "Gambar tempelan 2.png")).to_be_visible()
    page.get_by_role("button", name="Pratinjau").tap()
    expect(page.locator(".problems")).to_be_visible()  # the letter itself is not written yet
    assert sorted(names(page)) == ["Gambar tempelan 2.webp", "jatuh.webp"]


def test_a_closed_tab_loses_nothing_that_arrived_and_warns_of_the_rest(ana: Person) -> None:
    page = ana.page
    choose(page, screenshot())
    send(page)
    expect(kept(page)).to_have_count(1)
    choose(page, bill())
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    again = ana.context.new_page()
    assert asked == ["beforeunload"]
    again.goto("/letters/mine")
    again.locator(".draft-row a").first.click()
    expect(kept(again)).to_have_count(1)


def test_a_signed_out_person_is_told_what_to_do_and_loses_no_word(ana: Person) -> None:
    page = ana.page
    ana.fill(title="Kata yang harus tinggal")
    ana.context.clear_cookies()
    choose(page, screenshot())
    send(page)
    expect(row(page, "layar.png")).to_contain_text("Simpan draf")
    ana.problems.clear()  # saving by itself is refused as well
    ana.press("Simpan draf")
    ana.fill(email=ana.email, password="kopi tubruk tanpa gula")
    ana.press("Masuk")
    expect(page.locator('main [name="title"]')).to_have_value("Kata yang harus tinggal")


def test_areas_by_keys_are_added_moved_sized_undone_and_removed(ana: Person) -> None:
    page = ana.page
    choose(page, screenshot())
    row(page, "layar.png").get_by_role("button", name="Tutupi bagian").press("Enter")
    add = page.get_by_role("button", name="Tambah bidang")
    add.press("Enter")
    pick = page.locator(".cover__row button").first
    expect(pick).to_be_focused()
    expect(pick).to_have_attribute("aria-label", "Bidang 1: 30% dari kiri, 40% dari atas, lebar 40%, tinggi 12%")
    pick.press("ArrowRight")
    pick.press("ArrowUp")
    pick.press("Shift+ArrowDown")
    expect(pick).to_have_attribute("aria-label", "Bidang 1: 31% dari kiri, 39% dari atas, lebar 40%, tinggi 13%")
    page.get_by_role("button", name="Urungkan").press("Enter")
    expect(pick).to_have_attribute("aria-label", "Bidang 1: 31% dari kiri, 39% dari atas, lebar 40%, tinggi 12%")
    pick.press("Delete")
    expect(page.locator(".cover__row")).to_have_count(0)
    expect(add).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#cover-dialog")).to_be_hidden()
    assert "ditutupi" not in row(page, "layar.png").inner_text()
    open_board = row(page, "layar.png").get_by_role("button", name="Tutupi bagian")
    open_board.press("Enter")
    add.press("Enter")
    page.keyboard.press("Escape")  # as the phone's way back: what was drawn is not lost unseen
    expect(row(page, "layar.png")).to_contain_text("1 bagian ditutupi")
    open_board.press("Enter")
    add.press("Enter")
    page.get_by_role("button", name="Batal").press("Enter")
    expect(row(page, "layar.png")).to_contain_text("1 bagian ditutupi")


def test_the_board_of_a_stored_picture_keeps_areas_in_its_field(ana: Person) -> None:
    """The contract with the page that covers what is stored: [[page, x, y, width, height], …] in a hidden field."""
    page = ana.page
    page.evaluate(
        """async () => {
          const field = Object.assign(document.createElement("input"), { type: "hidden", id: "areas", value: "[[2,0.1,0.1,0.2,0.2],[1,0.5,0.5,0.25,0.1]]" });
          const place = Object.assign(document.createElement("div"), { className: "cover" });
          place.dataset.field = "areas";
          const image = Object.assign(new Image(), { alt: "", src: Object.assign(document.createElement("canvas"), { width: 200, height: 300 }).toDataURL() });
          await image.decode();
          place.append(image);
          document.querySelector("main").prepend(field, place);
          const base = document.querySelector("script[type=module]").src.replace("site.js", "");
          (await import(`${base}behaviours/cover.js`)).default(place);
        }"""
    )
    board = page.locator("main > .cover")
    expect(board.locator(".cover__row")).to_have_count(1)
    box = board.locator("img").bounding_box()
    assert box
    touch_drag(page, (box["x"] + 20, box["y"] + 30), (box["x"] + 60, box["y"] + 60))
    expect(board.locator(".cover__row")).to_have_count(2)
    areas = json.loads(page.locator("#areas").input_value())
    assert [one[0] for one in areas] == [1, 1, 2]
    assert areas[0] == [1, 0.5, 0.5, 0.25, 0.1]
    assert areas[1] == pytest.approx([1, 0.1, 0.1, 0.2, 0.1], abs=0.01)


def test_a_worker_killed_in_the_middle_loses_nothing_and_shows_nothing_half(ana: Person) -> None:
    page, site = ana.page, ana.site
    worker = next(pid for pid in below(site.process.pid) if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(worker, signal.SIGSTOP)
    choose(page, photo(5), screenshot())
    send(page)
    expect(page.locator(".kept-file[data-state=waiting]")).to_have_count(2, timeout=30_000)
    expect(page.locator(".kept-file img")).to_have_count(0)
    os.kill(worker, signal.SIGCONT)
    os.kill(worker, signal.SIGKILL)
    expect(page.locator(".kept-file[data-state=ready]")).to_have_count(2, timeout=90_000)
    assert picture(page, "layar.webp").size == (720, 1600)
