"""A package a day: made once, never changed, found by everybody, kept as long as it is promised."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from forum.opendata import folder, jobs, making
from forum.opendata.folder import kept
from tests.opendata.packages import made, rows, today
from tests.pages.test_cache import Site
from tests.receipts.test_chain import happen

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def place(setting, tmp_path):
    """A folder of its own for each test."""
    setting(open_dir=tmp_path / "open")
    return tmp_path / "open"


def put(day: date, data: bytes = b"PK") -> folder.Dump:
    """A published file of a day, which need not be a package."""
    return folder.publish(day, lambda file: file.write(data))[0]


def test_it_is_made_once_a_day_and_not_before_yesterday_is_settled(cast, place):
    cast.letter()
    with time_machine.travel(datetime(2026, 3, 1, 17, 5, tzinfo=UTC), tick=False) as now:  # five past midnight in Jakarta
        jobs.publish_today()
        assert folder.days() == []
        now.shift(timedelta(minutes=10))
        jobs.publish_today()
        assert folder.days() == [date(2026, 3, 2)]
        first = today().read_bytes()
        cast.letter()
        now.shift(timedelta(hours=3))
        jobs.publish_today()
        assert today().read_bytes() == first
    assert sorted(one.name for one in place.iterdir()) == [".lock", "2026-03-02.zip", "2026-03-02.zip.sha256"]


def test_the_head_of_yesterday_is_in_it(app, cast):
    with time_machine.travel(NOON, tick=True):
        happen(cast.letter().id)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        making.make()
        assert [row["day"] for row in rows(today(), "heads")] == ["2026-03-02"]
        assert app.test_cli_runner().invoke(args=["dump", "check", str(today())]).exit_code == 0


def test_by_hand_it_is_made_and_removed(app, cast, place):
    run = app.test_cli_runner().invoke
    told = run(args=["dump", "make"])
    found = folder.find(folder.days()[0])
    assert (told.exit_code, found.sha256 in told.output, "made," in told.output) == (0, True, True)
    assert (place / f"{found.path.name}.sha256").read_text() == f"{found.sha256}  {found.path.name}\n"
    assert "there already" in run(args=["dump", "make"]).output
    assert run(args=["dump", "remove", str(found.day)]).exit_code == 0
    assert folder.days() == []
    assert run(args=["dump", "remove", str(found.day)]).exit_code == 1
    assert run(args=["dump", "remove", "yesterday"]).exit_code == 2


def test_a_package_that_is_another_than_the_published_one_is_told(app, cast, tmp_path):
    making.make()
    other = tmp_path / "other.zip"
    cast.letter()
    told = app.test_cli_runner().invoke(args=["dump", "check", str(made(other))])
    assert told.exit_code == 1
    assert "the site published another package of this day" in told.output


def test_two_at_once_make_one(place):
    begun, go_on, refused = threading.Event(), threading.Event(), []

    def slow(file) -> None:
        begun.set()
        assert go_on.wait(10)
        file.write(b"first")

    first = threading.Thread(target=folder.publish, args=(NOON.date(), slow))
    first.start()
    assert begun.wait(10)
    assert folder.days() == [], "nothing half written is published"
    try:
        folder.publish(NOON.date(), lambda file: file.write(b"second"))
    except folder.Making:
        refused.append(True)
    go_on.set()
    first.join()
    assert refused
    assert folder.find(NOON.date()).path.read_bytes() == b"first"
    assert folder.publish(NOON.date(), lambda file: file.write(b"third"))[1] is False


def test_what_a_crash_left_is_not_published_and_goes_away(place):
    def fails(file) -> None:
        file.write(b"half")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        folder.publish(NOON.date(), fails)
    place.joinpath(".unfinished-1").write_bytes(b"of a process that was killed")
    place.joinpath("2026-03-02.zip.sha256").write_text("a sum without its file")
    assert folder.days() == []
    put(NOON.date(), b"whole")
    assert sorted(one.name for one in place.iterdir()) == [".lock", "2026-03-02.zip", "2026-03-02.zip.sha256"]
    assert folder.find(NOON.date()).size == 5


def test_old_ones_go_but_the_first_of_each_month(setting):
    setting(open_days=3)
    for day in (date(2026, 1, 1), date(2026, 1, 2), date(2026, 2, 5), date(2026, 2, 6), date(2026, 2, 27), date(2026, 3, 1), date(2026, 3, 2)):
        put(day)
    assert folder.prune(date(2026, 3, 2)) == [date(2026, 1, 2), date(2026, 2, 6), date(2026, 2, 27)]
    assert folder.days() == [date(2026, 3, 2), date(2026, 3, 1), date(2026, 2, 5), date(2026, 1, 1)]
    assert folder.prune(date(2026, 3, 2)) == []


def test_pruning_each_day_or_once_is_the_same():
    days = [date(2026, 1, 3) + timedelta(days=number) for number in range(200)]
    stay: set[date] = set()
    for day in days:
        stay = kept({*stay, day}, day, 30)
    assert stay == kept(days, days[-1], 30)
    assert len(stay) == 30 + len({(day.year, day.month) for day in days if day <= days[-31] and day not in days[-30:]})


def test_the_page_tells_the_newest_and_lists_the_others_by_key(cast, browse):
    guest = browse()
    assert "Belum ada paket" in guest.open("/open")
    cast.letter()
    making.make()
    newest = folder.find(folder.days()[0])
    for number in range(1, 33):
        put(newest.day - timedelta(days=number), b"%d" % number)
    page = guest.open("/open")
    assert page.status == 200
    assert len(page.queries) <= 3
    assert newest.sha256 in page
    assert "data/cases.csv" in page
    assert f"/open/{newest.day}.zip" in page.links()
    assert len(page.find("table", class_="open__older")[0].findall("tbody/tr")) == 30
    older = guest.open(next(link for link in page.links() if "after=" in link))
    assert len(older.find("table", class_="open__older")[0].findall("tbody/tr")) == 2
    assert not [link for link in older.links() if "after=" in link]
    assert guest.open("/open").response.headers.get("Set-Cookie") is None
    for bad in ("x", "W1sicyIsICJub3BlIl1d", "W1siaSIsMV1d"):
        assert guest.open(f"/open?after={bad}").status == 400
    english = browse(language="en").open("/open")
    assert "Open data" in english
    assert "All heads as a file" in browse(language="en").open("/ledger/heads")
    for where in ("/", "/ledger/heads", "/statistics/method"):
        assert "/open" in guest.open(where).links()
    assert "/open</loc>" in guest.open("/sitemap-pages.xml").text


def test_a_package_is_sent_whole_in_parts_and_not_again(cast, app):
    cast.letter()
    making.make()
    found = folder.find(folder.days()[0])
    data, url, client = found.path.read_bytes(), f"/open/{found.day}.zip", app.test_client()
    whole = client.get(url)
    assert whole.data == data
    assert whole.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert whole.headers["ETag"] == f'"{found.sha256}"'
    assert whole.mimetype == "application/zip"
    assert whole.headers["Content-Disposition"] == f"attachment; filename=surat-pembaca-{found.day}.zip"
    assert "Set-Cookie" not in whole.headers
    part = client.get(url, headers={"Range": "bytes=5-20"})
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, data[5:21], f"bytes 5-20/{len(data)}")
    assert client.get(url, headers={"If-None-Match": f'"{found.sha256}"'}).status_code == 304
    assert client.get(url, headers={"Range": "bytes=5-20", "If-Range": '"other"'}).data == data
    assert client.get(url, headers={"Range": f"bytes={len(data)}-"}).status_code == 416
    head = client.head(url)
    assert (head.status_code, head.content_length, head.data) == (200, len(data), b"")


@pytest.mark.parametrize("name", ["2026-03-03", "2026-02-30", "20260302", "2026-W10-1", "x", "..%2f2026-03-02", "2026-03-02.zip.sha256"])
def test_a_day_without_a_package_is_told_in_words(browse, name):
    put(NOON.date())
    page = browse().open(f"/open/{name}.zip")
    assert page.status == 404
    assert "Cache-Control" not in page.response.headers or "immutable" not in page.response.headers["Cache-Control"]
    if "%2f" not in name:
        assert "Tidak ada paket" in page
        assert "/open/2026-03-02.zip" in page.links()


def test_a_file_that_is_no_package_does_not_break_the_page(browse):
    put(NOON.date(), b"not a ZIP at all")
    assert browse().open("/open").status == 200


def test_the_page_is_ready_for_the_next_reader_and_the_file_passes(committing_app, place):
    site = Site(committing_app)
    put(NOON.date(), b"PK" * 5_000)
    assert b"2026-03-02" in site.get("/open").data
    reached = site.reached
    site.get("/open")
    assert site.reached == reached
    for _ in range(2):
        answer = site.get("/open/2026-03-02.zip", Accept_Encoding="gzip")
        assert (answer.data, answer.headers.get("Content-Encoding")) == (b"PK" * 5_000, None)
    assert site.get("/open/2026-03-02.zip", Range="bytes=0-1").data == b"PK"
