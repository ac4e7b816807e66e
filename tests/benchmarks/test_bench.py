import json
import os
import shutil
import subprocess
import sys
import threading

import pytest
from flask import Flask, abort, make_response, redirect, request
from werkzeug.serving import make_server

from benchmarks import bench, desks, load, processes
from benchmarks.browser import Browser, Page
from benchmarks.people import people, sign_in
from benchmarks.servers import Served, environment, rest, web
from forum.accounts import totp
from tests.needs import need

REPORT = """Running 8s test @ http://127.0.0.1:9/
  1 threads and 8 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.06ms    1.96ms  31.69ms   96.49%
  Latency Distribution
     50%  612.00us
     75%    0.94ms
     90%    1.63ms
     99%   11.20ms
  80000 requests in 8.00s, 4.71GB read
  Non-2xx or 3xx responses: 3
Requests/sec:   9999.50
Transfer/sec:    603.23MB
"""


def test_a_report_of_wrk_is_read_with_its_units():
    run = load.parse(REPORT, cpu_spent_seconds=8.0)
    assert run == load.Run(per_second=9999.5, p50=0.612, p99=11.2, cpu=0.1, refused=3)


def test_something_else_is_not_taken_for_a_report():
    with pytest.raises(ValueError, match="not a report"):
        load.parse("unable to connect", 1.0)


def test_medians_are_taken_and_refusals_added():
    runs = [load.Run(100, 1, 10, 0.1, 0), load.Run(300, 3, 30, 0.3, 1), load.Run(200, 2, 99, 0.2, 1)]
    assert load.middle(runs) == load.Run(200, 2, 30, 0.2, 2)


def test_the_tree_of_this_process_costs_something():
    assert os.getpid() in processes.tree(os.getppid())
    assert processes.cpu_seconds(os.getpid()) > 0
    assert 5 < processes.memory_megabytes(os.getpid()) < 2000


def test_a_busy_tree_is_waited_for():
    busy = "import time\nwhile time.process_time() < 2: pass\ntime.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", busy]) as process:
        rest(process.pid, step=1)
        spent = processes.cpu_seconds(process.pid)
        process.kill()
    assert spent > 1.9
    with pytest.raises(RuntimeError, match="does not come to rest"):
        rest(os.getpid(), patience=0)


def test_the_site_under_measure_takes_only_the_database_of_the_caller(monkeypatch, tmp_path):
    monkeypatch.setenv("FORUM_DATABASE_URL", "postgresql://nobody@127.0.0.1/bench")
    monkeypatch.setenv("FORUM_SMTP_URL", "smtp://127.0.0.1")
    found = environment(tmp_path)
    assert found["FORUM_DATABASE_URL"] == "postgresql://nobody@127.0.0.1/bench"
    assert "FORUM_SMTP_URL" not in found


def test_a_form_is_read_as_it_stands():
    page = Page(
        "/letters/5-x",
        200,
        """<form action=/search><input name=q></form>
        <form method=post action=/letters/5/comments><input type=hidden name=key value=abc><textarea name=text>ada</textarea>
        <input type=checkbox name=no><select name=s><option value=1><option value=2 selected></select><button name=b>x</button>""",
    )
    form = page.form("text")
    assert (form.action, form.method) == ("/letters/5/comments", "POST")
    assert form.fields == {"key": "abc", "text": "ada", "s": "2"}
    with pytest.raises(LookupError):
        page.form("absent")


SECRET = totp.new_secret()


def small_site() -> Flask:
    """The few pages the benchmark walks through, with the site's addresses and rules."""
    app = Flask(__name__)
    app.comments = []
    app.thin = False

    @app.get("/")
    def home():
        return '<h1>Rumah</h1><a href="/merchants/toko-jaya">Toko Jaya</a>'

    @app.get("/merchants/<slug>")
    def merchant(slug):
        return "<h1>Toko</h1>"

    @app.get("/letters/<name>")
    def letter(name):
        if "-" not in name:
            return redirect(f"/letters/{name}-judul-surat")
        both = {"11-judul": ("toko-jaya", "kurir"), "13-judul": ("bank-maju",)}.get(name, ("toko-jaya",))
        return "".join(f'<a href="/merchants/{one}">Toko</a>' for one in both) + (
            f"<h1>Surat barang</h1><form method=post action=/letters/{name.split('-')[0]}/comments>"
            f"<input type=hidden name=csrf value={'token' if request.cookies.get('s') else ''}><textarea name=text></textarea></form>"
        )

    @app.get("/search")
    def search():
        return f"<h1>{request.args['q']}</h1>"

    @app.route("/sign-in", methods=["GET", "POST"])
    def sign_in():
        if request.method == "GET":
            return "<form method=post><input name=email><input name=password type=password></form>"
        if request.form["password"] != "kata-sandi-ana":
            return "<h1>Salah</h1>"
        if request.form["email"].startswith("bima@"):
            return redirect("/sign-in/second?next=")
        answer = make_response(redirect("/"))
        answer.set_cookie("s", request.form["email"].split("@", maxsplit=1)[0], httponly=True)
        return answer

    @app.route("/sign-in/second", methods=["GET", "POST"])
    def second():
        if request.method == "GET":
            return "<form method=post><input name=code></form>"
        if totp.matching_counter(SECRET, request.form["code"], after=0) is None:
            return "<h1>Salah</h1>"
        answer = make_response(redirect("/"))
        answer.set_cookie("s", "bima", httponly=True)
        return answer

    @app.get("/desk")
    def desk():
        first = {"bima": 1, "citra": 3}[request.cookies["s"]]
        few = app.thin and "category" in request.args
        cases = range(first, first + (1 if few else 2))
        return "".join(f'<a href="/desk/cases/{number}?show=all" data-item>Surat</a>' for number in cases)

    @app.get("/desk/cases/<int:number>")
    def desk_case(number):
        return f'<a href="/letters/{number + 10}-judul">Surat</a>'

    @app.get("/sitemap-letters-0.xml")
    def letters():
        places = ("/letters/1-judul-surat", "/letters/2-x")
        return "".join(f"<url><loc>http://127.0.0.1:8000{place}</loc></url>" for place in places)

    @app.post("/letters/<int:number>/comments")
    def comment(number):
        if request.form["csrf"] != "token" or request.headers.get("Sec-Fetch-Site") != "same-origin":
            abort(403)
        app.comments.append((number, request.form["text"]))
        return redirect(f"/letters/{number}-judul-surat")

    return app


@pytest.fixture
def site():
    app = small_site()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    served = Served(server.server_port, os.getpid())
    yield app, served
    server.shutdown()
    thread.join()


def test_targets_are_final_addresses_and_the_rare_word_is_that_of_the_fill(site, tmp_path):
    targets = bench.targets(site[1], site[1], tmp_path)
    found = {target.name: target.path for target in targets}
    assert [target.turn.read_text() for target in targets if target.turn] == [
        "/letters/1-judul-surat\n/letters/2-x\n",
        "/search?q=judul+surat\n/search?q=x\n",
    ]
    assert found["letter, 100 comments, cold"] == "/letters/1-judul-surat"
    assert found["letter, 5,000 comments, cold"] == "/letters/2-judul-surat"
    assert found["business, cold"] == "/merchants/toko-jaya"
    assert found["search, common word, cold"] == "/search?q=barang"
    assert found["search, rare word, cold"] == "/search?q=kasuari"


def accounts(folder, password):
    people = [
        {"name": "Dewi", "role": "moderator", "email": "dewi@forum.example", "password": "kata-sandi-dewi"},
        {"name": "Ana", "role": "author", "email": "ana@forum.example", "password": password},
        {"name": "Bima", "role": "business", "email": "bima@forum.example", "password": password, "totp": SECRET},
        {"name": "Citra", "role": "business", "email": "citra@forum.example", "password": password, "totp": ""},
    ]
    (folder / "demo-accounts.json").write_text(json.dumps(people))


def test_comments_are_posted_signed_in_and_each_is_different(site, tmp_path):
    accounts(tmp_path, "kata-sandi-ana")
    spent = bench.comment_posts(site[1], tmp_path, 5)
    assert len(spent) == 5
    assert min(spent) > 0
    assert len(set(site[0].comments)) == 5
    assert {number for number, _ in site[0].comments} == {bench.COMMENTED_LETTER}


def test_the_floor_is_asked_one_time_after_the_other(site):
    assert min(bench.floor_alone(site[1], 3)) > 0


def test_a_refused_sign_in_stops_the_benchmark(site, tmp_path):
    accounts(tmp_path, "salah")
    with pytest.raises(RuntimeError, match="could not sign in"):
        bench.comment_posts(site[1], tmp_path, 1)


def test_desks_of_both_voices_are_compared_signed_in_page_by_page(site, tmp_path):
    accounts(tmp_path, "kata-sandi-ana")
    found = {pair.name: pair for pair in desks.pairs(site[1], site[1], tmp_path)}
    assert [one.path for one in (found["business, cold"].many, found["business, cold"].few)] == [
        "/merchants/toko-jaya",
        "/merchants/bank-maju",
    ]
    for name, path in desks.LISTS.items():
        assert (found[name].many.path, found[name].many.cookie) == (path, "s=bima")
        assert (found[name].few.path, found[name].few.cookie) == (path, "s=citra")
    turn = found["desk, 2 cases in turn"]
    assert turn.many.turn.read_text() == "/desk/cases/1\n/desk/cases/2\n"
    assert turn.few.turn.read_text() == "/desk/cases/3\n/desk/cases/4\n"
    assert found["statistics of the site, cold"].few.cookie == ""


def test_a_list_that_is_not_full_compares_nothing(site, tmp_path):
    accounts(tmp_path, "kata-sandi-ana")
    site[0].thin = True
    with pytest.raises(RuntimeError, match="only 1 cases"):
        desks.pairs(site[1], None, tmp_path)


def test_a_refused_code_stops_the_benchmark(site, tmp_path):
    accounts(tmp_path, "kata-sandi-ana")
    bima = next(one for one in people(tmp_path) if one["name"] == "Bima")
    with pytest.raises(RuntimeError, match="could not sign in"):
        sign_in(Browser(site[1].port), {**bima, "totp": totp.new_secret()})


def test_a_page_beyond_the_aim_is_missed():
    side = desks.Side(Served(1, 1), "/desk")
    run = load.Run(100, 1, 10, 0.1, 0)
    pair = desks.Pair("desk", side, side)
    assert "| 1.2 held |" in desks.row(desks.Compared(pair, run, run, 1.2, 1.0))
    assert "MISSED" in desks.row(desks.Compared(pair, run, run, 1.21, 1.0))
    assert "desk (3 refused!)" in desks.row(desks.Compared(pair, run, load.Run(100, 1, 10, 0.1, 3), 1, 1))


@pytest.mark.processes
@pytest.mark.pure
def test_a_page_against_itself_with_a_cookie_costs_the_same():
    need("wrk", found=shutil.which("wrk") is not None, how="apt install wrk")
    with web("benchmarks.floor:app", os.environ) as floor:
        side = desks.Side(floor, "/", "s=1")
        found = desks.compare(desks.Pair("floor", side, side), rounds=1, seconds=1)
    assert 0.1 < found.times < 10
    assert 0.1 < found.times_cpu < 10
    assert found.many.refused + found.few.refused == 0


def test_an_error_page_is_not_measured(site):
    with pytest.raises(RuntimeError, match="answered 404"):
        Browser(site[1].port).open("/absent")


@pytest.mark.processes
@pytest.mark.pure
def test_the_floor_against_itself_is_about_one():
    need("wrk", found=shutil.which("wrk") is not None, how="apt install wrk")
    with web("benchmarks.floor:app", os.environ) as floor:
        result = bench.measure(bench.Target("floor", floor, "/"), floor, rounds=1, seconds=1)
    assert 0.1 < result.ratio < 10
    assert 0.1 < result.by_cpu < 10
    assert 0.01 < result.run.cpu < 5
    assert result.run.refused == 0
    assert "MISSED" not in bench.row(result)
