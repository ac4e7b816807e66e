"""Pages of administrators: who sees them, what they show, what they cost."""

import pytest
from flask import url_for

from forum.accounts.lifecycle import ReadingReason
from forum.console import actions
from forum.console.lifecycle import Level
from forum.core.clock import utcnow
from forum.core.db import db, unit_of_work
from forum.core.events import Kind
from forum.core.jobs import Job
from forum.core.mail import Mail, MailState
from forum.core.rates import LIMITS
from tests.cast import Cast
from tests.moderation.stage import events

PAGES = (
    "/console", "/console/changes", "/console/health", "/console/categories", "/console/categories/penipuan", "/console/limits",
    "/console/limits/comment", "/console/announcements", "/console/read-only", "/console/jobs", "/console/jobs?state=waiting",
    "/console/jobs?state=running", "/console/mails", "/console/mails?state=refused&kind=welcome",
)  # fmt: skip
MOST_QUERIES = {"/console/limits": 14}


@unit_of_work
def make_job(kind: str = "deliver_event", **values: object) -> Job:
    job = Job(kind=kind, payload={"event_id": 1}, run_at=utcnow(), attempts=0, **values)
    db.session.add(job)
    db.session.flush()
    return job


def failed_job(kind: str = "deliver_event", error: str = "ValueError('kata rahasia Ana')") -> Job:
    return make_job(kind, dead_at=utcnow(), error=error)


@unit_of_work
def make_mail(state: MailState = MailState.SENT, to: str = "ana.wijaya@surat.example", **values: object) -> Mail:
    content = {"subject": "Halo", "text": "isi rahasia", "html": "<p>isi rahasia</p>", "unsubscribe": ""}
    mail = Mail(kind="welcome", to=to, content=content, state=state, **values)
    db.session.add(mail)
    db.session.flush()
    return mail


def fill(cast: Cast) -> None:
    """Something on every page."""
    for _ in range(40):
        failed_job()
        make_job()
        make_mail()
        make_mail(MailState.PARKED, error="550 5.1.1 <ana.wijaya@surat.example> unknown")
    make_job(leased_until=utcnow().replace(year=2099))
    actions.announce("Situs pindah malam ini.", "We move tonight.", level=Level.WARNING, starts_at=None, ends_at=None, by=cast.surya)
    for number in range(12):
        actions.set_limit("comment", number + 40, by=cast.surya, why="Banyak komentar hari ini.", seen=number)
    cast.letter()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_the_same_however_much_there_is(cast, browse, path: str) -> None:
    surya = browse(cast.surya)
    surya.open(path)
    few = surya.open(path)
    assert few.status == 200
    fill(cast)
    cast.surya  # noqa: B018
    many = surya.open(path)
    many = surya.open(path)
    assert many.status == 200
    assert len(many.queries) <= MOST_QUERIES.get(path, 9), many.queries
    assert len(many.queries) <= len(few.queries) + 1, many.queries


def test_the_overview_leads_to_every_page(app, cast, browse) -> None:
    links = browse(cast.surya).open("/console").links()
    with app.test_request_context():
        names = ("read_only", "announcements", "limits", "categories", "jobs", "mails", "health", "changed")
        wanted = {url_for(f"console.{name}") for name in names}
        wanted |= {url_for("people.people"), url_for("crowds.terms"), url_for("handover.edit_bodies")}
    assert wanted <= set(links)
    assert "/console" in browse(cast.surya).open("/moderation").links()
    assert "/console" not in browse(cast.dewi).open("/moderation").links()


@pytest.mark.parametrize("path", PAGES)
def test_moderators_are_not_administrators(cast, browse, path: str) -> None:
    assert browse(cast.dewi).open(path).status == 403
    assert "/sign-in" in browse().request("GET", path).response.headers["Location"]


def test_a_limit_is_set_within_its_bounds_and_holds_at_once(cast, browse) -> None:
    surya = browse(cast.surya)
    surya.open("/console/limits/comment")
    page = surya.submit(form="/console/limits/comment", number="100000", why="Ujian batas atas.")
    assert page.status == 422
    assert "Ujian batas atas." in page.text  # what was typed is kept
    assert LIMITS["comment"].number == 30
    surya.submit(form="/console/limits/comment", number="2", why="Serangan komentar iklan.")
    assert LIMITS["comment"].number == 2
    letter = cast.letter()
    citra = browse(cast.citra)
    statuses = []
    for number in range(3):
        citra.open(f"/letters/{letter.id}")
        statuses.append(citra.submit(form=f"/letters/{letter.id}/comments", text=f"Saya juga, nomor {number}.").status)
    assert statuses[-1] == 429, statuses
    (event,) = events(Kind.SITE_CHANGED)
    assert event.data == {
        "what": "limit", "name": "comment", "before": {"number": 30}, "after": {"number": 2}, "why": "Serangan komentar iklan.",
    }  # fmt: skip
    changes = surya.open("/console/changes")
    assert "30 → 2" in changes.words
    surya.open("/console/limits/comment")
    surya.submit(form="/console/limits/comment", number="", why="Serangan sudah lewat.")
    assert LIMITS["comment"].number == LIMITS["comment"].usual == 30


def test_changes_are_told_in_words_and_not_by_keys(cast, browse) -> None:
    actions.set_limit("letter-business", LIMITS["letter-business"].usual + 1, by=cast.surya, why="Banyak surat hari ini.", seen=0)
    actions.add_category("Sewa rumah liburan", "Holiday homes", by=cast.surya)
    actions.announce("Situs pindah malam ini.", "We move tonight.", level=Level.WARNING, starts_at=None, ends_at=None, by=cast.surya)
    job = failed_job()
    actions.retry_job(job, by=cast.surya)
    surya = browse(cast.surya)
    for path in ("/console", "/console/changes"):
        words = surya.open(path).words
        assert "Kategori · Sewa rumah liburan" in words
        assert f"no. {job.id}" in words
        for key in ("letter-business", "sewa-rumah-liburan", "deliver_event"):
            assert key not in words, (path, key)


def test_what_guards_accounts_only_gets_tighter(cast, browse) -> None:
    surya = browse(cast.surya)
    surya.open("/console/limits/second-factor")
    assert surya.submit(form="/console/limits/second-factor", number="6", why="Longgarkan sedikit.").status == 422
    assert surya.submit(form="/console/limits/second-factor", number="3", why="Lebih ketat dulu.").status == 200
    assert LIMITS["second-factor"].number == 3


def test_two_administrators_at_once(cast, browse) -> None:
    surya, other = browse(cast.surya), browse(cast.surya)
    for one in (surya, other):
        one.open("/console/limits/report")
    surya.submit(form="/console/limits/report", number="3", why="Banjir laporan palsu.")
    page = other.submit(form="/console/limits/report", number="9", why="Menurut saya sembilan.")
    assert page.status == 422
    assert "Menurut saya sembilan." in page.text
    assert LIMITS["report"].number == 3


def test_the_sum_is_asked_for_while_the_site_is_under_attack(cast, browse) -> None:
    assert 'data-behaviour="work"' not in browse().open("/sign-up").text
    surya = browse(cast.surya)
    surya.open("/console/limits")
    assert surya.submit(form="/console/limits/sums", mode="on", why="Serangan pendaftaran palsu.").status == 200
    from forum.core import work

    assert work.is_asked("sign-up-site")
    surya.open("/console/limits")
    assert surya.submit(form="/console/limits/sums", mode="off", why="Sudah selesai sekarang.").status == 200
    assert not work.is_asked("sign-up-site")


def test_errors_of_jobs_tell_no_words(cast, browse) -> None:
    job = failed_job()
    page = browse(cast.surya).open("/console/jobs")
    assert "ValueError" in page.words
    assert "rahasia" not in page.text
    assert str(job.id) in page.words


def test_jobs_are_tried_again_and_dropped(cast, browse) -> None:
    surya, job, other = browse(cast.surya), failed_job(), failed_job("tick_prune")
    surya.open("/console/jobs")
    surya.submit(form=f"/console/jobs/{job.id}/retry")
    again = db.session.get_one(Job, job.id)
    db.session.refresh(again)
    assert (again.dead_at, again.attempts, again.error) == (None, 0, None)
    surya.open("/console/jobs")
    surya.submit(form="/console/jobs/retry")
    db.session.refresh(db.session.get_one(Job, other.id))
    assert db.session.get_one(Job, other.id).dead_at is None
    surya.open(f"/console/jobs/{other.id}/drop")
    assert surya.submit(form=f"/console/jobs/{other.id}/drop", why="x").status == 422
    assert surya.submit(form=f"/console/jobs/{other.id}/drop", why="Tidak diperlukan lagi.").status == 200
    assert surya.open(f"/console/jobs/{other.id}/drop").status == 404
    told = [(one.data["name"], one.data["after"]) for one in events(Kind.SITE_CHANGED)]
    assert told == [
        (f"deliver_event {job.id}", {"state": "waiting", "error": "", "attempts": 0}), ("tick_prune", {"failed": 0}),
        (f"tick_prune {other.id}", None),
    ]  # fmt: skip


def test_a_job_that_runs_is_not_dropped_nor_one_of_the_same_work_doubled(cast, browse) -> None:
    surya = browse(cast.surya)
    running = make_job(leased_until=utcnow().replace(year=2099))
    surya.open(f"/console/jobs/{running.id}/drop")
    assert surya.submit(form=f"/console/jobs/{running.id}/drop", why="Terlalu lama berjalan.").status == 422
    dead = make_job("tick_prune", dedupe="tick_prune", dead_at=utcnow())
    make_job("tick_prune", dedupe="tick_prune")  # waits by now
    surya.open("/console/jobs")
    assert surya.submit(form=f"/console/jobs/{dead.id}/retry").status == 200
    db.session.refresh(db.session.get_one(Job, dead.id))
    assert db.session.get_one(Job, dead.id).dead_at is None


def test_the_log_masks_addresses_and_finds_by_state(cast, browse) -> None:
    surya = browse(cast.surya)
    make_mail()
    parked = make_mail(MailState.PARKED, error="550 5.1.1 <ana.wijaya@surat.example> unknown")
    page = surya.open("/console/mails?state=refused")
    assert "a•••@s•••.example" in page.words
    assert "550" in page.words
    assert "ana.wijaya" not in page.text
    assert "rahasia" not in page.text
    assert len(page.find("tr")) == 2
    page = surya.open(f"/console/mails/{parked.id}")
    assert "ana.wijaya" not in page.text


def test_an_address_is_read_with_a_reason_and_a_row(cast, browse) -> None:
    surya, mail = browse(cast.surya), make_mail()
    surya.open(f"/console/mails/{mail.id}")
    assert "ana.wijaya" not in surya.submit(form=f"/console/mails/{mail.id}/address").text
    page = surya.submit(form=f"/console/mails/{mail.id}/address", why=ReadingReason.SAFETY.value)
    assert "ana.wijaya@surat.example" in page.words
    assert page.response.headers["Cache-Control"] == "no-store"
    (event,) = events(Kind.PRIVATE_READ)
    assert (event.about, event.data["what"], event.data["why"]) == (f"mail:{mail.id}", "mailed", "safety")
    assert surya.open("/moderation/readings").status == 200


def test_a_mail_is_sent_again(cast, browse) -> None:
    surya, mail = browse(cast.surya), make_mail(MailState.PARKED, error="550 no", attempts=3, uncertain=2)
    surya.open(f"/console/mails/{mail.id}")
    assert surya.submit(form=f"/console/mails/{mail.id}/resend").status == 200
    again = db.session.get_one(Mail, mail.id)
    db.session.refresh(again)
    assert (again.state, again.attempts, again.uncertain, again.error) == (MailState.NEW, 0, 0, None)
    page = surya.open(f"/console/mails/{mail.id}")
    assert not page.find("form", action=f"/console/mails/{mail.id}/resend")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/console/jobs?state=nothing", 400),
        ("/console/jobs?after=%00", 400),
        ("/console/jobs?after=AAAA", 400),
        ("/console/mails?state=%27--", 400),
        ("/console/mails?kind=%27%20OR%201=1--", 200),
        ("/console/changes?after=W10", 400),
        ("/console/limits/nothing", 404),
        ("/console/categories/nothing", 404),
        ("/console/jobs/9223372036854775807/drop", 404),
        ("/console/mails/9223372036854775807", 404),
        ("/console/announcements/99999", 404),
    ],
)
def test_hostile_addresses(cast, browse, path: str, status: int) -> None:
    assert browse(cast.surya).open(path).status == status
